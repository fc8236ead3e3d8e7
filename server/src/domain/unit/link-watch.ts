/**
 * 失联: which crews have not been heard of for five minutes. One timer a crew, moved by each fix, so that a thousand that are heard cost
 * nothing when time passes. Says each loss once, and once that it is over. Being merely stale is a matter of age and is no event: a
 * crew that reports once a minute would come and go all day.
 */
import type { UnitEvent } from '../../../../shared/model/event.ts'
import type { Instant, UnitId } from '../../../../shared/model/ids.ts'
import { fixLostMs, type Unit } from '../../../../shared/model/unit.ts'
import { TimerQueue } from '../deadline/timer-queue.ts'

export class LinkWatch {
  readonly #timers = new TimerQueue()
  readonly #fixAt = new Map<UnitId, Instant>()

  /** A fix has come: moves the timer, and says that the crew is back where it was lost. One older than the last says nothing. */
  heard({ id: unitId, lostFixAt }: Pick<Unit, 'id' | 'lostFixAt'>, fixAt: Instant): UnitEvent[] {
    if (fixAt <= (this.#fixAt.get(unitId) ?? -Infinity)) return []
    this.#fixAt.set(unitId, fixAt)
    this.#timers.set(unitId, fixAt + fixLostMs + 1)
    return lostFixAt === undefined || fixAt <= lostFixAt ? [] : [{ type: 'unit.regained', unitId, fixAt }]
  }

  /** Crews whose five minutes are over; at most so many, the rest at the next tick. A loss the log has said already is not said again. */
  tick(units: ReadonlyMap<UnitId, Pick<Unit, 'lostFixAt'>>, now: Instant, most = 1000): UnitEvent[] {
    return this.#timers.due(now, most).flatMap(({ key: unitId }): UnitEvent[] => {
      this.#timers.set(unitId, null)
      const unit = units.get(unitId)
      const fixAt = this.#fixAt.get(unitId) as Instant
      return unit === undefined || unit.lostFixAt === fixAt ? [] : [{ type: 'unit.lost', unitId, fixAt }]
    })
  }
}
