/**
 * 签到签退 and 点名: who came, when, and who answered when they were called. A shift expects everybody its roster places; an officer who comes later
 * is expected from when they were placed. Rule's source: field reference §1.5; how long anybody may take is the city's to set (`duty.json`).
 */
import type { Instant } from './ids.ts'
import type { Term } from './term.ts'
import type { OnDuty } from './duty.ts'

/** One officer at one shift. */
export interface Attendance extends OnDuty {
  readonly shiftId: string
  readonly expectedAt: Instant
  readonly signedOnAt: Instant | null
  readonly late: boolean
  /** Found absent by the clock; stays when they come after all. */
  readonly absentAt: Instant | null
  readonly signedOffAt: Instant | null
  /** Left before the end of the shift; `note` says why. */
  readonly early: boolean
  readonly note: string
}
export const attendanceKey = (shiftId: string, officerId: string): string => `${shiftId} ${officerId}`

export const attendanceStates = ['expected', 'on', 'late', 'absent', 'off', 'early'] as const
export type AttendanceState = (typeof attendanceStates)[number]
export const attendanceStateNames: Record<AttendanceState, Term> = {
  expected: { zh: '未签到', en: 'Not signed on' },
  on: { zh: '已签到', en: 'Signed on' },
  late: { zh: '迟到', en: 'Late' },
  absent: { zh: '缺岗', en: 'Absent' },
  off: { zh: '已签退', en: 'Signed off' },
  early: { zh: '早退', en: 'Left early' },
}
export function attendanceStateOf({ signedOnAt, signedOffAt, late, early, absentAt }: Attendance): AttendanceState {
  if (signedOffAt !== null) return early ? 'early' : 'off'
  if (signedOnAt !== null) return late ? 'late' : 'on'
  return absentAt === null ? 'expected' : 'absent'
}

export const rollCallMeans = ['video', 'phone', 'on-site'] as const
export type RollCallMeans = (typeof rollCallMeans)[number]
export const rollCallMeansNames: Record<RollCallMeans, Term> = {
  video: { zh: '视频点名', en: 'Roll call by video' },
  phone: { zh: '电话抽查', en: 'Check by telephone' },
  'on-site': { zh: '现场点名', en: 'Roll call in the hall' },
}

export const rollCallOutcomes = ['answered', 'absent'] as const
export type RollCallOutcome = (typeof rollCallOutcomes)[number]

/** An officer of the shift, or the duty room of a lower centre (下级中心). */
export interface RollCallItem {
  /** `officer:` or `centre:` and its id. */
  readonly subject: string
  readonly name: Term
  /** Null = has not answered yet. */
  readonly outcome: RollCallOutcome | null
  readonly markedAt: Instant | null
  readonly markedBy: string | null
  readonly note: string
}

export interface RollCall {
  /** `N` and a sequence number. */
  readonly id: string
  readonly version: number
  readonly shiftId: string
  readonly means: RollCallMeans
  readonly calledBy: string
  readonly calledAt: Instant
  /** Past it, whoever has not answered is absent. */
  readonly endsAt: Instant
  readonly endedAt: Instant | null
  readonly items: readonly RollCallItem[]
}
/** Of one shift, kept for its page; the log has all. */
export const mostRollCalls = 20
