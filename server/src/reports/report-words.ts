/** The words of one report in its language: the page's, the report's own, names of members, and instants by the city's clock. */
import { DateTime } from 'luxon'
import { noneOf } from '../../../shared/contract/http.ts'
import { incidentSourceNames, type IncidentSource } from '../../../shared/model/incident.ts'
import type { KpiBucket } from '../../../shared/model/kpi.ts'
import type { Instant } from '../../../shared/model/ids.ts'
import type { Term } from '../../../shared/model/term.ts'
import type { City } from '../ports/city.ts'
import { pageWords, type PageWord } from './page-words.ts'

/** What only files and bulletins say. */
const ownWords = {
  report: ['运行绩效', 'Performance'],
  weekly: ['运行绩效周报', 'Weekly bulletin'],
  monthly: ['运行绩效月报', 'Monthly bulletin'],
  overview: ['总览', 'Overview'],
  analysis: ['分析', 'Analysis'],
  indicators: ['评价指标', 'Indicators'],
  alarms: ['告警负荷', 'Alarm load'],
  times: ['调度时效', 'Dispatch times'],
  city: ['城市', 'City'],
  period: ['统计周期', 'Period'],
  compared: ['对比周期', 'Compared with'],
  filter: ['筛选', 'Only'],
  asOf: ['数据截至', 'As of'],
  madeBy: ['制表', 'Made by'],
  scope: ['数据范围', 'Part of the city'],
  wholeCity: ['全市', 'the whole city'],
  bySchedule: ['系统定时生成', 'the system, by schedule'],
  until: ['至', 'to'],
  key: ['主要指标', 'Main numbers'],
  measure: ['指标', 'Measure'],
  now: ['本期', 'Now'],
  before: ['对比期', 'Before'],
  change: ['变化', 'Change'],
  formula: ['口径', 'Formula'],
  base: ['时间口径', 'Time base'],
  source: ['来源', 'From'],
  time: ['时间', 'Time'],
  day: ['日期', 'Day'],
  weekday: ['星期', 'Weekday'],
  step: ['步骤', 'Step'],
  reached: ['到达', 'Reached'],
  ofAll: ['占上报', 'Of reported'],
  still: ['停留', 'Still here'],
  ended: ['终止', 'Ended here'],
  took: ['用时', 'Took'],
  cases: ['案件', 'Cases'],
  lower: ['下限', 'Low'],
  upper: ['上限', 'High'],
  expected: ['预期', 'Expected'],
  perHour: ['每小时受理', 'Reported an hour'],
  fromCases: ['案件事件账', 'the log of cases'],
  fromTimes: ['案件时间节点 T0–T14', 'the times of cases, T0–T14'],
  fromAlarms: ['告警记录', 'the alarm records'],
  byReported: ['受理时间', 'by the time of the report'],
  byEach: ['见各指标口径', 'as each formula says'],
  byAnnounced: ['提示时间', 'by the time of the announcement'],
  byHour: ['所在小时', 'by the hour'],
  none: ['该周期没有数据', 'Nothing in this period'],
  inWorkbook: ['逐项数值见同一视图的工作簿。', 'Each value is in the workbook of the same view.'],
  page: ['第 {page} 页 共 {pages} 页', 'Page {page} of {pages}'],
  signMade: ['制表人', 'Made by'],
  signChecked: ['审核人', 'Checked by'],
  signIssued: ['签发人', 'Issued by'],
  signDate: ['日期', 'Date'],
  band: ['应含 90% 的区间', '90 % band'],
} as const
type OwnWord = keyof typeof ownWords

export interface Words {
  readonly language: 'zh-CN' | 'en'
  readonly timeZone: string
  /** A word of the page, by its key there. */
  of(key: PageWord): string
  own(key: OwnWord): string
  term(term: Term | undefined): string
  /** A member of a dimension by name. */
  member(key: string | number | null, dimension: 'district' | 'street' | 'class' | 'department' | 'source'): string
  /** `2026-11-28 14:05` by the city's clock. */
  moment(at: Instant): string
  /** Where a step of a course begins: of whole days the day alone. */
  step(at: Instant, bucket: KpiBucket): string
  span(from: Instant, to: Instant): string
  weekday(day: number): string
}

/** Without the sentences that tell what can be pressed; and with an apostrophe that is no wider than in print. */
export const onPaper = (words: string): string =>
  words
    .replaceAll(/点[^。]*查看[^。]*。/gu, '')
    .replaceAll(/\s*(?:Each|A) (?:\w+ )?opens? [^.]*\./gu, '')
    .replaceAll('’', "'")

export function wordsIn(language: 'zh-CN' | 'en', city: Pick<City, 'profile' | 'caseClasses'>): Words {
  const { divisions, departments, timeZone } = city.profile
  const pick = ([zh, en]: readonly [zh: string, en: string]) => (language === 'en' ? en : zh)
  const named = (row: { readonly name: string; readonly nameEn: string } | undefined) =>
    row === undefined ? '' : language === 'en' ? row.nameEn || row.name : row.name
  const places = new Map(divisions.map((row) => [row.id, named(row)]))
  const offices = new Map(departments.map((row) => [row.id, named(row)]))
  const term = (words: Term | undefined) => (words === undefined ? '' : language === 'en' ? words.en : words.zh)
  const classes = new Map(city.caseClasses.map((row) => [row.code, term(row.name)]))
  const moment = (at: Instant) => DateTime.fromMillis(at, { zone: timeZone }).toFormat('yyyy-MM-dd HH:mm')
  const names = { district: places, street: places, class: classes, department: offices } as const
  return {
    language,
    timeZone,
    of: (key) => onPaper(pick(pageWords[key])),
    own: (key) => pick(ownWords[key]),
    term,
    member(key, dimension) {
      if (key === null || key === noneOf) return pick(pageWords[`unknown.${dimension}`])
      const code = String(key)
      const name =
        dimension === 'source' ? term(incidentSourceNames[code as IncidentSource]) : names[dimension].get(code)
      return name || code
    },
    moment,
    step: (at, bucket) => (bucket === 'minute' || bucket === 'hour' ? moment(at) : moment(at).slice(0, 10)),
    span: (from, to) => `${moment(from)} ${pick(ownWords.until)} ${moment(to)}`,
    weekday: (day) =>
      DateTime.fromObject({ year: 2024, month: 1, day }, { zone: 'utc', locale: language }).toFormat('ccc'),
  }
}
