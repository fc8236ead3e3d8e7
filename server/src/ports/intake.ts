import type { Instant, SensorId } from '../../../shared/model/ids.ts'
import type { Refusal } from '../../../shared/model/refusal.ts'
import type { UnitFix } from '../../../shared/model/unit.ts'

/** A value as a door trusts it: parsed and authenticated, not yet judged. */
export interface IncomingObservation {
  readonly sensorId: SensorId
  readonly phenomenonAt: Instant
  /** Number, or null where the source says it is missing; any other JSON (string, boolean, object) is kept as text. */
  readonly result: unknown
  /** Came by the key of drills. Refused `FORBIDDEN` while none runs. */
  readonly isDrill?: boolean
}

export type IntakeOutcome =
  | { readonly ok: true; readonly id: number; readonly duplicate: boolean; readonly quality: number }
  | { readonly ok: false; readonly refusal: Refusal }

/** Between doors and engine: bounded, normalising, judging quality. Answers after the commit. */
export interface Intake {
  /**
   * Takes what a door brings in one piece; one outcome an item, same order. Unknown sensors are refused `NOT_FOUND`;
   * when the queue is full every item is refused `BUSY` with `retryAfterS`: nothing is dropped in silence.
   */
  accept(items: readonly IncomingObservation[], receivedAt: Instant): Promise<readonly IntakeOutcome[]>
  /** Resolves when there is room again; for doors that can hold their senders (MQTT QoS 1). */
  room(): Promise<void>
  /** Counts what a QoS 0 flood lost; the count is a metric, and past a limit an alarm. */
  dropped(count: number): void
  fixes(fixes: readonly UnitFix[]): Promise<void>
}
