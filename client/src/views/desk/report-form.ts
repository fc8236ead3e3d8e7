/** The form of a report upwards: which are owed, what the next one starts from, and the command made of it. Pure. */
import type { CaseGrade } from '../../../../shared/model/case-grade.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import {
  isOwed,
  type ReportBody,
  type ReportKind,
  type SituationReport,
} from '../../../../shared/model/situation-report.ts'
import type { Draft } from '../../stores/remote.ts'

/** In the order the form has them. */
export const bodyFields = ['nature', 'scope', 'losses', 'trend', 'leaders', 'measures', 'advice'] as const
/** Without these nothing is told in writing; by telephone none is asked for. */
export const mandatoryFields: readonly (keyof ReportBody)[] = ['nature', 'measures']

export type WrittenReport = Record<keyof ReportBody | 'to', string>

/** Owed, the soonest due first. */
export const owedFirst = (reports: readonly SituationReport[]): readonly SituationReport[] =>
  reports.filter(isOwed).sort((a, b) => a.dueAt - b.dueAt)

/** What was said last and to whom: the next report goes on from it. The very first starts from what the case says. */
export function startOf(
  reports: readonly SituationReport[],
  { description }: Pick<Incident, 'description'>,
): WrittenReport {
  const last = reports.reduce<SituationReport | null>(
    (latest, one) => ((one.madeAt ?? -Infinity) > (latest?.madeAt ?? -Infinity) ? one : latest),
    null,
  )
  const blank = { nature: description, scope: '', losses: '', trend: '', leaders: '', measures: '', advice: '' }
  return { ...(last?.body ?? blank), to: last?.to ?? '' }
}

/** What is still missing before it may be sent. */
export const missingIn = (kind: ReportKind, written: WrittenReport): readonly (keyof WrittenReport)[] =>
  (['to', ...(kind === 'oral' ? [] : mandatoryFields)] as const).filter((name) => written[name].trim() === '')

/** The command, or null while something is missing or nobody graded the case. */
export function reportDraft(
  incidentId: string,
  grade: CaseGrade | null,
  kind: ReportKind,
  written: WrittenReport,
): Draft | null {
  if (grade === null || missingIn(kind, written).length > 0) return null
  const { to, ...body } = written
  const trimmed = Object.fromEntries(bodyFields.map((name) => [name, body[name].trim()])) as Record<
    keyof ReportBody,
    string
  >
  return { type: 'plan.report', incidentId, kind, to: to.trim(), body: trimmed }
}
