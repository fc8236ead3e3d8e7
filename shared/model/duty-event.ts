/** What happened on duty. */
import type { DutyCall, HandOver, OnDuty, RosterChange } from './duty.ts'
import type { Attendance, RollCall, RollCallOutcome } from './duty-attendance.ts'
import type { Term } from './term.ts'
import type { DutyShift, RosterKind } from './duty-roster.ts'

interface Crew {
  readonly kind: RosterKind
  readonly occasion: string | null
  readonly onDuty: readonly OnDuty[]
}

export type DutyEvent =
  | ({ readonly type: 'duty.shift-began'; readonly shift: DutyShift } & Crew)
  /** The same shift, other people: a mode was switched, or a change of the roster approved. */
  | ({ readonly type: 'duty.crew-changed'; readonly shiftId: string } & Crew)
  | { readonly type: 'duty.noted'; readonly text: string }
  | { readonly type: 'duty.call-recorded'; readonly call: DutyCall }
  | { readonly type: 'duty.corrected'; readonly ofSeq: number; readonly text: string }
  | { readonly type: 'duty.change-asked'; readonly change: RosterChange }
  /** Each with the change as it is now. */
  | { readonly type: 'duty.change-decided'; readonly change: RosterChange }
  | { readonly type: 'duty.console-taken'; readonly by: string }
  | { readonly type: 'duty.console-released'; readonly from: string; readonly reason: string }
  | { readonly type: 'duty.hand-over-prepared'; readonly handOver: HandOver }
  | { readonly type: 'duty.hand-over-signed'; readonly handOverId: string }
  | { readonly type: 'duty.hand-over-cancelled'; readonly handOverId: string; readonly reason: string }
  | { readonly type: 'duty.items-acknowledged'; readonly handOverId: string; readonly itemIds: readonly string[] }
  /** Each with the officer's row as it is now. */
  | { readonly type: 'duty.signed-on' | 'duty.signed-off' | 'duty.found-absent'; readonly attendance: Attendance }
  | { readonly type: 'duty.roll-called'; readonly rollCall: RollCall }
  | {
      readonly type: 'duty.roll-marked'
      readonly rollCallId: string
      readonly subject: string
      readonly outcome: RollCallOutcome
      readonly note: string
    }
  /** How many answered, and who did not. */
  | {
      readonly type: 'duty.roll-ended'
      readonly rollCallId: string
      readonly answered: number
      readonly absent: readonly Term[]
    }
  | { readonly type: 'duty.handed-over'; readonly handOverId: string; readonly from: string; readonly to: string }
