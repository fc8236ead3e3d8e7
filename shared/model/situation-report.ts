/**
 * 信息报送: what is told upwards about a case that is graded (事件等级): by telephone, in writing, again as it goes on, and at its end. Each is
 * a duty with a clock; what was not told in time stays late (迟报). The clocks are the city's to set (field reference §1.5: places differ).
 */
import type { CaseGrade } from './case-grade.ts'
import type { Instant } from './ids.ts'
import type { IncidentSource } from './incident.ts'
import type { Term } from './term.ts'

export const reportKinds = ['oral', 'first', 'follow-up', 'final'] as const
export type ReportKind = (typeof reportKinds)[number]
export const reportKindNames: Record<ReportKind, Term> = {
  oral: { zh: '电话初报', en: 'First report by telephone' },
  first: { zh: '书面初报', en: 'First report in writing' },
  'follow-up': { zh: '续报', en: 'Follow-up report' },
  final: { zh: '终报', en: 'Final report' },
}

/** Minutes by night and day; null = no such report is owed. */
export interface ReportClock {
  /** 电话初报, from the grading. */
  readonly oralMin: number | null
  /** 书面初报, from the grading. */
  readonly firstMin: number
  /** 续报, from the report before it, for as long as the case is open. */
  readonly followUpMin: number | null
  /** 终报, from the end of the case. */
  readonly finalMin: number | null
}
export type ReportClocks = Readonly<Record<CaseGrade, ReportClock | null>>

/** A place to start from, and no law: 30 minutes by telephone and an hour in writing is told of one city, two hours of some provinces. */
export const customaryReports: ReportClocks = {
  extraordinary: { oralMin: 30, firstMin: 60, followUpMin: 60, finalMin: 1440 },
  major: { oralMin: 30, firstMin: 60, followUpMin: 60, finalMin: 1440 },
  serious: { oralMin: null, firstMin: 120, followUpMin: 240, finalMin: 1440 },
  ordinary: null,
}

/** What a report says besides what the case says itself; the names of the fields are those of the form. */
export interface ReportBody {
  /** 性质 */
  readonly nature: string
  /** 影响范围 */
  readonly scope: string
  /** 初步损失（伤亡） */
  readonly losses: string
  /** 发展趋势 */
  readonly trend: string
  /** 领导到位情况 */
  readonly leaders: string
  /** 已采取措施 */
  readonly measures: string
  /** 建议 */
  readonly advice: string
}

/** What the case said when it was reported: it may say otherwise later. */
export interface ReportFacts {
  /** 接报时间 and 事发时间 */
  readonly reportedAt: Instant
  readonly occurredAt: Instant
  /** 信息来源 */
  readonly source: IncidentSource
  readonly title: string
  readonly classCode: string
  /** 地点 */
  readonly address: string | null
  readonly grade: CaseGrade
}

export interface SituationReport {
  readonly kind: ReportKind
  /** 续报一, 续报二 …: counted from 1; 1 of all others. */
  readonly number: number
  readonly dueAt: Instant
  /** Ran past its time; never taken back. */
  readonly late?: true
  /** Null while it is owed, and all below. */
  readonly madeAt: Instant | null
  readonly by: string | null
  /** 报送对象: who was told. */
  readonly to: string | null
  readonly body: ReportBody | null
  readonly facts: ReportFacts | null
}
/** A case's row holds as many that were made; the log has all. */
export const mostReportsKept = 60

export const isOwed = ({ madeAt }: SituationReport): boolean => madeAt === null
export const owedOf = (reports: readonly SituationReport[] | undefined, kind: ReportKind) =>
  reports?.find((one) => one.kind === kind && isOwed(one))

const digits = '〇一二三四五六七八九'
/** 1 to 99 as they are counted aloud: 一, 十, 十二, 三十; beyond, in digits. */
function chineseNumber(n: number): string {
  if (n > 99) return String(n)
  const [tens, ones] = [Math.floor(n / 10), n % 10]
  const ten = tens === 0 ? '' : `${tens === 1 ? '' : digits[tens]}十`
  return ten + (ones === 0 ? '' : digits[ones])
}
/** What a report is called: 续报二 is the second follow-up. */
export function reportNameOf({ kind, number }: Pick<SituationReport, 'kind' | 'number'>): Term {
  const { zh, en } = reportKindNames[kind]
  return kind === 'follow-up' ? { zh: zh + chineseNumber(number), en: `${en} ${number}` } : { zh, en }
}
