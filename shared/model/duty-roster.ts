/**
 * 值班表: who is on duty when, made from the city's book of teams and the calendar alone, so that any date has a roster. What people changed
 * (替班, 换班) and what a mode or a holiday adds is laid over it. Rule's source: field reference §1.5.
 */
import type { CityDay, DayOf } from './city-calendar.ts'
import type { Instant } from './ids.ts'
import type { Term } from './term.ts'
import type { AttendanceRules } from './attendance-rules.ts'
import { shiftAt, shiftHours } from './shift.ts'

export const dutyPosts = ['leader', 'chief', 'accept', 'dispatch', 'assess', 'patrol', 'liaison', 'report'] as const
export type DutyPost = (typeof dutyPosts)[number]
export const dutyPostNames: Record<DutyPost, Term> = {
  leader: { zh: '带班领导', en: 'Leader on duty' },
  chief: { zh: '值班长', en: 'Shift chief' },
  accept: { zh: '受理席', en: 'Call taking' },
  dispatch: { zh: '派遣席', en: 'Dispatch' },
  assess: { zh: '研判席', en: 'Assessment' },
  patrol: { zh: '视频巡检席', en: 'Video patrol' },
  liaison: { zh: '联动席', en: 'Liaison' },
  report: { zh: '信息报送席', en: 'Reporting' },
}

export interface DutyOfficer {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  /** 值班电话; never on a wall. */
  readonly phone: string
  /** Posts this officer may sit at. */
  readonly posts: readonly DutyPost[]
  /** The account that signs on, signs off and answers for this officer; absent = any of the hall's does, and the log says which. */
  readonly account?: string
}

export interface DutyTeam {
  readonly id: string
  readonly name: Term
  readonly members: readonly { readonly post: DutyPost; readonly officerId: string }[]
}

/** `duty.json` of a city pack. */
export interface DutyBook {
  readonly officers: readonly DutyOfficer[]
  readonly teams: readonly DutyTeam[]
  /** First day of the cycle, `yyyy-mm-dd`. */
  readonly from: string
  /** Teams by the day of the cycle, over and over, before `from` as well. */
  readonly cycle: readonly Readonly<Record<'day' | 'night' | 'dayReserve' | 'nightReserve', string>>[]
  readonly strengthened: {
    /** Posts the reserve team fills as well on such a day. */
    readonly posts: readonly DutyPost[]
    /** 重大活动; public holidays of the city's calendar are strengthened by themselves. */
    readonly dates: readonly { readonly date: string; readonly name: string }[]
  }
  readonly attendance: AttendanceRules
}

/** One of the two shifts of a day; a night bears the date it begins on. */
export interface DutyShift {
  /** `yyyymmdd-day` or `yyyymmdd-night`. */
  readonly id: string
  readonly part: 'day' | 'night'
  readonly startAt: Instant
  /** The first instant of the next one. */
  readonly endAt: Instant
}

const hourMs = 3_600_000

const shiftOn = ({ ymd, startAt, endAt }: CityDay, part: 'day' | 'night'): DutyShift =>
  part === 'day'
    ? { id: `${ymd}-day`, part, startAt: startAt + shiftHours.day * hourMs, endAt: startAt + shiftHours.night * hourMs }
    : { id: `${ymd}-night`, part, startAt: startAt + shiftHours.night * hourMs, endAt: endAt + shiftHours.day * hourMs }

/** The shift the city is in. */
export function dutyShiftAt(dayOf: DayOf, now: Instant): DutyShift {
  const today = dayOf(now)
  const { shift, startAt } = shiftAt(today.startAt, now)
  return shiftOn(startAt < today.startAt ? dayOf(today.startAt - 1) : today, shift)
}

/** The shift of that name, or null for a name that is none. */
export function dutyShiftOf(dayOf: DayOf, id: string): DutyShift | null {
  const match = /^(\d{4})(\d{2})(\d{2})-(day|night)$/.exec(id)
  if (match === null) return null
  const [, year, month, date, part] = match
  // Noon by UTC lies within the day wanted or beside it, in any zone.
  const near = dayOf(Date.UTC(Number(year), Number(month) - 1, Number(date), 12))
  const ymd = `${year}${month}${date}`
  const day = near.ymd === ymd ? near : near.ymd < ymd ? dayOf(near.endAt) : dayOf(near.startAt - 1)
  return day.ymd === ymd ? shiftOn(day, part as 'day' | 'night') : null
}

/** So many shifts from the one that holds `from` on. */
export function dutyShiftsFrom(dayOf: DayOf, from: Instant, count: number): DutyShift[] {
  const shifts: DutyShift[] = []
  for (let at = from; shifts.length < count;) {
    const shift = dutyShiftAt(dayOf, at)
    shifts.push(shift)
    at = shift.endAt
  }
  return shifts
}

/** 平时, 节假日和重大活动加强值班, 应急班次. */
export const rosterKinds = ['ordinary', 'strengthened', 'emergency'] as const
export type RosterKind = (typeof rosterKinds)[number]
export const rosterKindNames: Record<RosterKind, Term> = {
  ordinary: { zh: '日常值班', en: 'Ordinary duty' },
  strengthened: { zh: '加强值班', en: 'Strengthened duty' },
  emergency: { zh: '应急班次', en: 'Emergency shift' },
}

/** Who sits at a post, and by what. */
export interface DutyPlace {
  readonly post: DutyPost
  readonly officerId: string
  readonly why: 'roster' | 'strengthened' | 'emergency' | 'substitute'
  /** Whom a substitute stands in for; null = nobody. */
  readonly insteadOf: string | null
}

/** 替班: one stands in for another at one shift. A swap (换班) is two of these. */
export interface Substitution {
  readonly shiftId: string
  readonly post: DutyPost
  readonly outId: string
  readonly inId: string
}

export interface DutyRoster {
  readonly shift: DutyShift
  readonly kind: RosterKind
  /** The holiday or the event; null on ordinary days. */
  readonly occasion: string | null
  readonly team: Term
  readonly places: readonly DutyPlace[]
}

const dayMs = 86_400_000
const isoDate = (shiftId: string) => `${shiftId.slice(0, 4)}-${shiftId.slice(4, 6)}-${shiftId.slice(6, 8)}`

/** The holiday or event of a shift's date. */
export type OccasionOf = (date: string) => string | null

/** Which occasions strengthen duty: the calendar's public holidays, and the book's own dates. */
export function occasionsOf(
  book: DutyBook,
  days: readonly { readonly date: string; readonly kind: string; readonly name: string }[],
): OccasionOf {
  const names = new Map(days.filter(({ kind }) => kind === 'holiday').map(({ date, name }) => [date, name]))
  for (const { date, name } of book.strengthened.dates) names.set(date, name)
  return (date) => names.get(date) ?? null
}

/** The roster of one shift. The same question has the same answer, for any date. */
export function rosterOf(
  book: DutyBook,
  shift: DutyShift,
  over: {
    readonly occasionOf: OccasionOf
    readonly isEmergency: boolean
    readonly substitutions: Iterable<Substitution>
  },
): DutyRoster {
  const date = isoDate(shift.id)
  const days = Math.round((Date.parse(date) - Date.parse(book.from)) / dayMs)
  const length = book.cycle.length
  const turn = book.cycle[((days % length) + length) % length]
  const teamOf = (id: string | undefined) => book.teams.find((team) => team.id === id)
  const team = teamOf(turn?.[shift.part])
  const reserve = teamOf(turn?.[shift.part === 'day' ? 'dayReserve' : 'nightReserve'])
  const occasion = over.occasionOf(date)
  const kind: RosterKind = over.isEmergency ? 'emergency' : occasion === null ? 'ordinary' : 'strengthened'
  const added =
    kind === 'ordinary'
      ? []
      : (reserve?.members ?? []).filter(({ post }) => kind === 'emergency' || book.strengthened.posts.includes(post))
  const substitutes = new Map<string, string>()
  for (const { shiftId, post, outId, inId } of over.substitutions)
    if (shiftId === shift.id) substitutes.set(`${post} ${outId}`, inId)
  const placed = (why: DutyPlace['why']) => (member: { readonly post: DutyPost; readonly officerId: string }) => {
    const inId = substitutes.get(`${member.post} ${member.officerId}`)
    return inId === undefined
      ? { ...member, why, insteadOf: null }
      : { post: member.post, officerId: inId, why: 'substitute' as const, insteadOf: member.officerId }
  }
  const places: DutyPlace[] = [
    ...(team?.members ?? []).map(placed('roster')),
    ...added.map(placed(kind === 'emergency' ? 'emergency' : 'strengthened')),
  ]
  places.sort((a, b) => dutyPosts.indexOf(a.post) - dutyPosts.indexOf(b.post))
  return { shift, kind, occasion, team: team?.name ?? { zh: '', en: '' }, places }
}
