/**
 * Which measures a case is in, and which instant of it each goes by. Guarantees: a function of the case alone, so that taking back what a
 * case counted and counting it anew always balances; cases that do not count are in none; what is not known is in no measure, neither good
 * nor bad. 申诉 upheld (exempt) takes a case out of all that goes by its limit, 挂账 as long as it lasts.
 */
import type { Instant } from './ids.ts'
import { isInKpi, isOpenState, type Incident, type Stage } from './incident.ts'
import { kpiMeasureInfo, type KpiBase, type KpiDimension, type KpiMeasure } from './kpi-measure.ts'

/** A case, of its rarer facts only as much as is counted. */
export type CountedCase = Omit<
  Incident,
  'merge' | 'suspension' | 'verification' | 'lead' | 'firstContact' | 'callBacks'
> & {
  readonly merge?: { readonly mainId: string }
  readonly suspension?: { readonly endedAt: Instant | null }
  readonly verification?: {
    readonly askedAt: Instant
    readonly answeredAt: Instant | null
    readonly answeredBy: string | null
  }
  readonly lead?: { readonly sentBy: string; readonly sentAt: Instant }
  readonly firstContact?: { readonly state: string }
  readonly callBacks?: readonly { readonly solved: string | null; readonly satisfaction: string | null }[]
}

export interface CaseMeasures {
  /** Bit `n` stands for the measure of that number; a whole number below 2^53. */
  readonly flags: number
  readonly at: Readonly<Record<KpiBase, Instant | null>>
  /** Filing to closing, ms; null until closed. */
  readonly handleMs: number | null
}

const ownEyes: readonly string[] = ['iot', 'video', 'patrol']
const publicSources: readonly string[] = ['hotline', 'open311']
/** What lies open in the street, where a patrol passes: 部件, and events of 01 to 04. */
const isStreetClass = (code: string): boolean => /^(?:P|E0[1-4])/.test(code)
const closedStates: readonly string[] = ['closed', 'force-closed', 'evaluated']
const refusedStates: readonly string[] = ['rejected', 'void']

const grades: Readonly<Record<string, KpiMeasure>> = {
  satisfied: 'satisfied',
  mostly: 'mostlySatisfied',
  'so-so': 'soSo',
  dissatisfied: 'dissatisfied',
}
/** Cases evaluated before there were grades, on the scale of 1 to 5. */
const gradeOfScore = (score: number): KpiMeasure =>
  score >= 5 ? 'satisfied' : score >= 4 ? 'mostlySatisfied' : score >= 3 ? 'soSo' : 'dissatisfied'

/** Who sent it out first, an account or a rule; null where nobody has. */
export function firstDispatcher({ assignments, lead }: CountedCase): string | null {
  const [first] = assignments
  if (first === undefined) return lead?.sentBy ?? null
  return lead !== undefined && lead.sentAt < first.dispatchedAt ? lead.sentBy : first.dispatchedBy
}

const isByRule = (actor: string | null): boolean => actor !== null && /^(?:system$|rule:)/.test(actor)

function hotlineMeasures(row: CountedCase, isClosed: boolean): readonly (KpiMeasure | false)[] {
  if (row.source !== 'hotline') return []
  const first = row.callBacks?.find(({ satisfaction, solved }) => satisfaction !== null || solved !== null)
  const { closedAt, dueAt } = row
  const grade =
    first?.satisfaction != null
      ? grades[first.satisfaction]
      : first === undefined && row.satisfaction !== null
        ? gradeOfScore(row.satisfaction)
        : undefined
  return [
    'hotlineReported',
    isClosed && 'hotlineClosed',
    isClosed && row.exempt !== true && closedAt !== null && dueAt !== null && closedAt > dueAt && 'hotlineLate',
    isClosed && row.firstContact?.state === 'yes' && 'contactedFirst',
    isClosed && row.firstContact?.state === 'no' && 'contactedLate',
    isClosed && first?.solved === 'solved' && 'solved',
    isClosed && first?.solved === 'explained' && 'explained',
    isClosed && grade !== undefined && grade,
  ]
}

function listMeasures(row: CountedCase): readonly (KpiMeasure | false)[] {
  const { closedAt, dueAt, filedAt, fedBackAt, checkedAt } = row
  const isFiled = filedAt !== null
  const isVoid = row.state === 'void'
  // Neither owes an act of its own any more: what was merged goes as its main case goes.
  const isGone = isVoid || row.merge !== undefined
  const isClosed = closedStates.includes(row.state) && closedAt !== null
  const isSuspended = row.suspension !== undefined && row.suspension.endedAt === null
  const inTime = (stage: Stage): boolean => row.exempt === true || !row.overdueStages.includes(stage)
  const isPatrol = row.source === 'patrol'
  const isPublic = publicSources.includes(row.source)
  // Gone before anybody was sent: nothing was to be dispatched.
  const dispatcher = firstDispatcher(row)
  const isToDispatch = isFiled && (dispatcher !== null || !isGone)
  const isDue = isFiled && dueAt !== null && !isGone && !isSuspended && row.exempt !== true
  const isToCheck = fedBackAt !== null
  return [
    'reported',
    row.acceptedAt !== null && 'accepted',
    isFiled && 'reportedFiled',
    isPatrol && 'patrolReported',
    isPatrol && isFiled && !isVoid && 'patrolValid',
    row.merge !== undefined && 'duplicate',
    ownEyes.includes(row.source) && 'proactive',
    row.verification !== undefined && 'toVerify',
    row.verification?.answeredAt != null && inTime('verify') && 'verifiedOnTime',
    isFiled && 'filed',
    isFiled && inTime('accept') && inTime('file') && 'filedOnTime',
    isFiled && isVoid && 'filedVoid',
    isFiled && isSuspended && 'filedSuspended',
    isFiled && row.classCode.startsWith('E') && 'filedEvent',
    isFiled && row.classCode.startsWith('P') && 'filedPart',
    isFiled && isPublic && isStreetClass(row.classCode) && 'missed',
    isFiled && isPublic && !isVoid && 'publicFiled',
    isToDispatch && 'toDispatch',
    isToDispatch && dispatcher !== null && inTime('dispatch') && 'dispatchedOnTime',
    isToDispatch && dispatcher !== null && row.returnCount === 0 && row.reworkCount === 0 && 'dispatchedRight',
    isToDispatch && isByRule(dispatcher) && 'dispatchedSmart',
    isFiled && row.returnCount > 0 && 'returned',
    isFiled && isClosed && 'filedClosed',
    isDue && 'due',
    isDue && fedBackAt !== null && 'handled',
    isDue && fedBackAt !== null && fedBackAt <= dueAt && 'handledOnTime',
    isDue && isClosed && 'dueClosed',
    isDue && isClosed && closedAt <= dueAt && 'onTimeClosed',
    isDue && row.reworkCount > 0 && 'reworked',
    isToCheck && 'toCheck',
    isToCheck && checkedAt !== null && 'checked',
    isToCheck && checkedAt !== null && inTime('check') && 'checkedOnTime',
    isToCheck && checkedAt !== null && row.reworkCount === 0 && 'checkPassed',
    isClosed && 'closed',
    isClosed && inTime('close') && 'closeOnTime',
    row.overdueStages.length > 0 && 'overdue',
    isOpenState(row.state) && 'open',
    closedAt !== null && refusedStates.includes(row.state) && 'refused',
    // Closed by force was not done in time, whenever that was; a case without a limit cannot be late.
    isClosed && row.state !== 'force-closed' && (dueAt === null || closedAt <= dueAt) && 'closedInLimit',
    ...hotlineMeasures(row, isClosed),
  ]
}

/** What the case counts as it stands. */
export function measuresOf(row: CountedCase): CaseMeasures {
  const codes = isInKpi(row) ? listMeasures(row).filter((code) => code !== false) : []
  const isClosed = codes.includes('closed')
  return {
    flags: codes.reduce((sum, code) => sum + 2 ** kpiMeasureInfo[code].bit, 0),
    at: {
      reported: row.reportedAt,
      verify: row.verification?.askedAt ?? null,
      filed: row.filedAt,
      due: row.dueAt,
      'fed-back': row.fedBackAt,
      closed: row.closedAt,
    },
    handleMs: isClosed && row.closedAt !== null && row.filedAt !== null ? row.closedAt - row.filedAt : null,
  }
}

/** Is the case in this measure? */
export const hasMeasure = (flags: number, code: KpiMeasure): boolean =>
  Math.floor(flags / 2 ** kpiMeasureInfo[code].bit) % 2 === 1

/** What the case is told apart by; null = not known. */
export const dimensionsOf = (row: CountedCase): Readonly<Record<KpiDimension, string | null>> => ({
  district: row.districtId,
  street: row.streetId ?? null,
  grid: row.gridId ?? null,
  department: row.departmentId,
  class: row.classCode,
  group: row.classCode.slice(0, 3),
  source: row.source,
  priority: String(row.priority),
  acceptor: row.filedBy ?? null,
  dispatcher: firstDispatcher(row),
  collector: row.verification?.answeredBy ?? null,
})
