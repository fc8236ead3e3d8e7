/** What is asked about duty: the roster, the shift's log, the hand-over. */
import type { DutyCall } from './duty.ts'
import type { RollCallMeans, RollCallOutcome } from './duty-attendance.ts'
import type { Substitution } from './duty-roster.ts'
import type { Role } from './role.ts'

export type DutyCommand =
  /** Into the shift's log, by hand. */
  | { readonly type: 'duty.note'; readonly text: string }
  | { readonly type: 'duty.record-call'; readonly call: DutyCall }
  /** A line that puts an earlier one right; the earlier one stays. */
  | { readonly type: 'duty.correct'; readonly seq: number; readonly text: string }
  /** 替班 or 换班; holds once a second person has approved. */
  | { readonly type: 'duty.request-change'; readonly substitutions: readonly Substitution[]; readonly reason: string }
  | { readonly type: 'duty.approve-change'; readonly changeId: string; readonly note: string }
  | { readonly type: 'duty.decline-change'; readonly changeId: string; readonly reason: string }
  /** Where nobody has the chief's console. */
  | { readonly type: 'duty.take-console' }
  /** By a leader, where whoever has the console cannot hand it over. */
  | { readonly type: 'duty.release-console'; readonly reason: string }
  /** Draws the sheet up from what is so now; again, to bring it up to date before it is signed. */
  | { readonly type: 'duty.prepare-hand-over'; readonly matters: readonly string[] }
  | { readonly type: 'duty.sign-hand-over' }
  | { readonly type: 'duty.cancel-hand-over'; readonly reason: string }
  | { readonly type: 'duty.acknowledge-items'; readonly itemIds: readonly string[] }
  /** 签到: for this shift, or for the next one shortly before it begins. */
  | { readonly type: 'duty.sign-on'; readonly officerId: string }
  /** 签退; before the end of the shift with a reason. */
  | { readonly type: 'duty.sign-off'; readonly officerId: string; readonly reason: string }
  /** 点名: everybody on duty in the hall, duty rooms of districts, or both. */
  | {
      readonly type: 'duty.call-roll'
      readonly means: RollCallMeans
      readonly hall: boolean
      readonly centreIds: readonly string[]
    }
  | {
      readonly type: 'duty.mark-roll'
      readonly rollCallId: string
      readonly subject: string
      readonly outcome: RollCallOutcome
      readonly note: string
    }
  /** Before its time: who has not answered is absent. */
  | { readonly type: 'duty.end-roll'; readonly rollCallId: string }
  /** The incoming chief signs; the console is theirs from then on. */
  | { readonly type: 'duty.take-over' }

/** Who may ask it at all. */
export const dutyCommandRoles: Record<DutyCommand['type'], readonly Role[]> = {
  'duty.note': ['duty', 'chief'],
  'duty.record-call': ['duty', 'chief'],
  'duty.correct': ['duty', 'chief'],
  'duty.request-change': ['duty', 'chief'],
  'duty.approve-change': ['chief', 'manager'],
  'duty.decline-change': ['duty', 'chief', 'manager'],
  'duty.take-console': ['chief'],
  'duty.release-console': ['manager'],
  'duty.prepare-hand-over': ['chief'],
  'duty.sign-hand-over': ['chief'],
  'duty.cancel-hand-over': ['chief'],
  'duty.acknowledge-items': ['chief'],
  'duty.take-over': ['chief'],
  'duty.sign-on': ['duty', 'chief', 'manager'],
  'duty.sign-off': ['duty', 'chief', 'manager'],
  'duty.call-roll': ['chief', 'manager'],
  'duty.mark-roll': ['duty', 'chief', 'manager'],
  'duty.end-roll': ['chief', 'manager'],
}
