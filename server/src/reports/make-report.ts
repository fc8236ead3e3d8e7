/** A report out of the numbers: which sections a part of the page has, and the head that says of what, of when and by whom. */
import type { ExportRequest } from '../../../shared/contract/kpi-export.ts'
import type { Instant } from '../../../shared/model/ids.ts'
import type { City } from '../ports/city.ts'
import type { Report, ReportOwner, Section } from '../ports/reports.ts'
import { analysisSections, distributionSection, funnelSection, timesSections } from './analysis-sections.ts'
import { alarmSections, indicatorSections } from './evaluation-sections.ts'
import { overviewSections } from './overview-sections.ts'
import type { Making, Question, Readers } from './report-parts.ts'
import { wordsIn, type Words } from './report-words.ts'

type Step = (making: Making) => Promise<readonly Section[]>
const one =
  (section: (making: Making) => Promise<Section>): Step =>
  async (making) => [await section(making)]
const steps: Record<ExportRequest['tab'], readonly Step[]> = {
  overview: [overviewSections],
  analysis: [analysisSections],
  indicators: [indicatorSections],
  alarms: [alarmSections],
  times: [timesSections],
}
/** A bulletin tells of everything. */
const bulletinSteps: readonly Step[] = [
  overviewSections,
  one(funnelSection),
  one(distributionSection),
  timesSections,
  indicatorSections,
  alarmSections,
]

export interface Wanted {
  readonly kind: 'view' | 'weekly' | 'monthly'
  readonly language: 'zh-CN' | 'en'
  readonly question: Question
  /** Null: made by schedule. */
  readonly owner: ReportOwner | null
  readonly now: Instant
}

function headOf({ question, owner, now }: Wanted, words: Words, cityName: string): Report['head'] {
  const { from, to, compared, district, class: code, department, source } = question
  const filters = [
    ...(district === undefined ? [] : [words.member(district, 'district')]),
    ...(code === undefined ? [] : [words.member(code, 'class')]),
    ...(department === undefined ? [] : [words.member(department, 'department')]),
    ...(source === undefined ? [] : [words.member(source, 'source')]),
  ]
  const scope = owner?.scope ?? null
  return [
    [words.own('city'), cityName],
    [words.own('period'), words.span(from, to)],
    ...(compared === undefined ? [] : [[words.own('compared'), words.span(compared.from, compared.to)] as const]),
    ...(filters.length === 0 ? [] : [[words.own('filter'), filters.join(' · ')] as const]),
    [words.own('scope'), scope === null ? words.own('wholeCity') : words.member(scope.districtId, 'district')],
    [words.own('asOf'), words.moment(now)],
    [words.own('madeBy'), owner === null ? words.own('bySchedule') : `${owner.displayName} (${owner.username})`],
  ]
}

/** Told how far it is after each step, 0 to 1. */
export async function makeReport(
  readers: Readers,
  city: Pick<City, 'profile' | 'caseClasses'>,
  wanted: Wanted,
  onProgress: (share: number) => void,
): Promise<Report> {
  const { kind, language, question, owner, now } = wanted
  const words = wordsIn(language, city)
  const making: Making = { ...readers, question, scope: owner?.scope ?? null, words, until: now }
  const todo = kind === 'view' ? steps[question.tab] : bulletinSteps
  const sections: Section[] = []
  for (const [i, step] of todo.entries()) {
    sections.push(...(await step(making)))
    onProgress((i + 1) / todo.length)
  }
  const part = kind === 'view' ? `${words.own('report')} · ${words.own(question.tab)}` : words.own(kind)
  const cityName = language === 'en' ? city.profile.nameEn || city.profile.name : city.profile.name
  return {
    language,
    title: `${cityName} ${part}`,
    head: headOf(wanted, words, cityName),
    sections,
    signatures: (['signMade', 'signChecked', 'signIssued', 'signDate'] as const).map((key) => words.own(key)),
    pageWords: words.own('page'),
    emptyWord: words.own('none'),
    inWorkbookWord: words.own('inWorkbook'),
    labels: { formula: words.own('formula'), base: words.own('base'), source: words.own('source') },
    timeZone: words.timeZone,
    madeAt: now,
  }
}
