/** The parts of the KPI page beside its overview: evaluation, load of alarms, times of dispatch. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useLinkStore } from '../../../client/src/stores/link.ts'
import { percentWords, targetWords } from '../../../client/src/components/kpi/figure-words.ts'
import type { AlarmKpiAnswer } from '../../../shared/contract/http.ts'
import type { IndicatorFigure } from '../../../shared/contract/indicator.ts'
import type { BadActor } from '../../../shared/model/alarm-kpi.ts'
import { caseIntervals } from '../../../shared/model/case-times.ts'
import { indicatorOf, indicators } from '../../../shared/model/kpi-indicator.ts'
import { kpiBaseNames } from '../../../shared/model/kpi-measure.ts'
import { formulaInWords } from '../../../shared/model/kpi-wording.ts'
import type { IntervalKpi } from '../../../shared/model/time-kpi.ts'
import { noon, sampleIncident } from '../../support/sample-rows.ts'
import { kpiWorld, lastAsked, open, page, router } from './open-kpi.ts'

const asOf = new Date(noon).toISOString()
beforeEach(() => Object.assign(kpiWorld, { asked: [], fails: false }))
afterEach(() => {
  page.unmount()
  document.body.innerHTML = ''
})
const line = (key: string, of = 0) =>
  page
    .findAll('.panel')
    [of]?.findAll('[data-row]')
    .find((row) => row.attributes('data-row') === key)
const cells = (key: string, of = 0) =>
  line(key, of)
    ?.findAll('td')
    .map((cell) => cell.text())
async function press(key: string, figure: string, of = 0) {
  await line(key, of)?.find(`[data-figure="${figure}"] button`).trigger('click')
  await flushPromises()
}

describe('evaluation', () => {
  const figure = (code: string, numerator: number, denominator: number | null, grade: 'A' | 'D' | null) => {
    const value = denominator === null ? numerator : denominator === 0 ? null : numerator / denominator
    return { code, value, numerator, denominator, grade } satisfies IndicatorFigure
  }
  const shown = ['filed', 'inTimeArchiveRate', 'returnRate', 'avgHandleTime', 'areaScore']
  const figures = (closed: number, grade: 'A' | 'D'): IndicatorFigure[] => [
    figure('filed', 1203, null, null),
    figure('inTimeArchiveRate', closed, 100, grade),
    figure('returnRate', 0, 0, null),
    { code: 'avgHandleTime', value: 7_200_000, numerator: 14_400_000, denominator: 2, grade: null },
    { code: 'areaScore', value: 87.25, numerator: null, denominator: null, grade: 'D' },
  ]
  const formula = (code: string) => {
    const indicator = indicatorOf(code)
    if (indicator === undefined) throw new Error(code)
    const base = indicator.kind === 'score' ? null : kpiBaseNames[indicator.base]
    const { group, name, kind, note } = indicator
    return { code, group, name, kind, note: note ?? null, base, formula: formulaInWords(indicator) }
  }
  beforeEach(() => {
    kpiWorld.answer = (path) => {
      if (path === '/kpi/formulas') return { items: shown.map(formula) }
      if (path === '/incidents') return { items: [sampleIncident()], next: null }
      return {
        ...{ from: '', to: '', asOf, by: 'district', compare: null },
        rows: [
          { key: 'd1', indicators: figures(99, 'A') },
          { key: null, indicators: figures(40, 'D') },
        ],
        total: { key: null, indicators: figures(93, 'A') },
      }
    }
  })

  it('shows value, parts, target, grade, formula and time base; unknown is a dash', async () => {
    await open('/kpi?tab=indicators')
    expect(cells('inTimeArchiveRate')).toEqual([
      ...['93.0%', '93', '100', '≥ 90%', 'A', '按期结案数 ÷ 应结案数', '按截止时间'],
    ])
    expect(cells('returnRate')?.slice(0, 5)).toEqual(['—', '0', '0', '≤ 10%', '—'])
    expect(cells('filed')?.slice(0, 5)).toEqual(['1,203', '1,203', '—', '—', '—'])
    expect(cells('avgHandleTime')?.slice(0, 5)).toEqual(['120 分', '—', '2', '—', '—'])
    expect(cells('areaScore')?.slice(0, 5)).toEqual(['87.3', '—', '—', '≥ 90', 'D'])
    expect(line('areaScore')?.find('.bad').text()).toBe('D')
    expect(page.find('.panel .source').text()).toContain('截至 12:00:00')
  })

  it('opens the cases behind each number, and none behind a score', async () => {
    await open('/kpi?tab=indicators&pick=inTimeArchiveRate&dim=street')
    await press('inTimeArchiveRate', 'denominator')
    expect(lastAsked('/incidents')).toMatchObject({ indicator: 'inTimeArchiveRate', of: 'denominator' })
    expect(lastAsked('/incidents')).not.toHaveProperty('street')
    expect(document.body.textContent).toContain('按期结案率 · 全市')
    expect(lastAsked('/kpi/indicators')).toMatchObject({ by: 'street' })
    await press('d1', 'value', 1)
    expect(lastAsked('/incidents')).toMatchObject({ of: 'numerator', street: 'd1' })
    await press('-', 'numerator', 1)
    expect(lastAsked('/incidents')).toMatchObject({ of: 'numerator', street: '-' })
    expect(line('areaScore')?.find('td button').exists()).toBe(false)
  })

  it('keeps the indicator and the dimension in the address', async () => {
    await open('/kpi?tab=indicators')
    await line('returnRate')?.find('th button').trigger('click')
    await flushPromises()
    await page.get('[aria-label="分组"]').findAll('button')[2]?.trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ tab: 'indicators', pick: 'returnRate', dim: 'department' })
    expect(lastAsked('/kpi/indicators')).toMatchObject({ by: 'department' })
    expect(cells('d1', 1)?.slice(0, 3)).toEqual(['—', '0', '0'])
  })

  it('is asked again once a minute, and keeps what it has when it cannot be', async () => {
    await open('/kpi?tab=indicators')
    const before = kpiWorld.asked.length
    kpiWorld.fails = true
    useLinkStore().tick(noon + 59_000)
    await flushPromises()
    expect(kpiWorld.asked.length).toBe(before)
    useLinkStore().tick(noon + 60_000)
    await flushPromises()
    expect(page.find('[role="alert"]').text()).toContain('数字停在 12:00:00')
    expect(cells('inTimeArchiveRate')?.[0]).toBe('93.0%')
    // Of another period nothing is known.
    await router.replace('/kpi?tab=indicators&period=7d')
    await flushPromises()
    expect(line('inTimeArchiveRate')).toBeUndefined()
  })

  it('has a target where something is good or bad, and nowhere else', () => {
    for (const indicator of indicators) {
      const isJudged = indicator.kind === 'score' || (indicator.kind === 'ratio' && indicator.better !== undefined)
      expect(targetWords(indicator) !== null, indicator.code).toBe(isJudged)
    }
    expect([percentWords(null), percentWords(0.9999), percentWords(1), percentWords(0.29)]).toEqual([
      ...[null, '99.9%', '100.0%', '29.0%'],
    ])
  })
})

describe('load of alarms', () => {
  const actor = (sensorName: string, announced: number): BadActor => ({
    ...{ sensorId: 7, sensorName, ruleId: 'r', name: { zh: '水位高', en: 'Level high' }, announced, share: 0.4 },
    ...{ alarms: 3, chattering: 2, fleeting: 1, stale: 0, falseAlarms: 0 },
  })
  const kpi = (over: Partial<AlarmKpiAnswer> = {}): AlarmKpiAnswer => ({
    consoles: 2,
    rates: {
      ...{ announced: 90, perDay: 45, perHour: 1.9, per10Min: 0.3125 },
      peak10Min: { beginsAt: new Date(noon - 600_000).toISOString(), count: 11 },
      peakHour: { beginsAt: null, count: 0 },
      busyHours: { count: 0, share: 0 },
      floodSlots: { count: 0, share: 0 },
    },
    ...{ level: 'manageable', floodShare: 0.0125, floods: [], top: [actor('一号井', 9)], topShare: 0.4 },
    split: [
      { id: 'high', count: 6, share: 0.06, target: 0.05 },
      { id: 'medium', count: 14, share: 0.15, target: 0.15 },
      { id: 'low', count: 80, share: 0.79, target: 0.8 },
    ],
    ...{ chattering: [actor('一号井', 9)], fleeting: [], standing: 4, stale: 1, staleOnADay: 1 },
    acknowledge: { count: 8, p50Ms: 30_000, p90Ms: 600_000, inTimeShare: 0.875, waiting: 2 },
    ...{
      alarms: 40,
      falseAlarms: 2,
      falseShare: 0.05,
      falseBySensor: [],
      falseByRule: [],
      withCase: 4,
      conversion: 0.1,
    },
    ...{ from: '', to: '', countedTo: asOf },
    ...over,
  })
  let answered = kpi()
  beforeEach(() => {
    answered = kpi()
    kpiWorld.answer = (path) =>
      path === '/kpi/alarms' ? answered : { month: '2026-08', from: '', to: '', items: [actor('月度井', 99)] }
  })
  const tile = (key: string) => page.find(`[data-tile="${key}"]`)

  it('shows each number with its limit’s verdict and what it is made of', async () => {
    await open('/kpi?tab=alarms')
    const values = page.findAll('[data-tile] .value').map((one) => one.text())
    expect(values).toEqual(['0.31', '45.0', '11.0', '1.2%', '30 秒', '10 分', '5.0%', '1', '1', '可应对'])
    expect(tile('peak').find('.bad').exists()).toBe(true)
    expect(tile('peak').text()).toContain('08/01 11:50 起')
    expect(tile('acknowledgeP50').text()).toContain('按时确认 87.5%')
    expect(cells('high', 1)).toEqual(['6', '6.0%', '5.0%'])
    expect(line('high', 1)?.find('.bad').exists()).toBe(true)
    expect(line('medium', 1)?.find('.bad').exists()).toBe(false)
    expect(page.find('.panel .source').text()).toBe('来源：告警记录 · 截至 12:00:00')
  })

  it('shows what nobody could tell as dashes', async () => {
    answered = kpi({
      acknowledge: { count: 0, p50Ms: null, p90Ms: null, inTimeShare: null, waiting: 0 },
      ...{ falseShare: null, conversion: null },
      split: kpi().split.map((part) => ({ ...part, share: null })),
    })
    await open('/kpi?tab=alarms')
    for (const key of ['acknowledgeP50', 'acknowledgeP90', 'falseShare'])
      expect(tile(key).find('.value').text(), key).toBe('—')
    expect(cells('high', 1)).toEqual(['6', '—', '5.0%'])
  })

  it('names who speaks most, of the period or of its month by the city’s calendar', async () => {
    await open('/kpi?tab=alarms&from=2026-07-31T00:00:00Z&to=2026-07-31T16:00:01Z')
    expect(lastAsked('/kpi/alarms/bad-actors')).toEqual({ month: '2026-08', limit: 10 })
    expect(cells('7 r')).toEqual(['9', '40.0%', '3', '2', '1', '0', '0'])
    await page.get('[aria-label="高频告警范围"]').findAll('button')[1]?.trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query['actors']).toBe('month')
    expect(line('7 r')?.text()).toContain('月度井')
    expect(cells('7 r')?.[0]).toBe('99')
  })
})

describe('times of dispatch', () => {
  const none: IntervalKpi = {
    ...{ count: 0, p50Ms: null, p90Ms: null, p95Ms: null, withTarget: 0, kept: 0, compliance: null },
  }
  const travel: IntervalKpi = {
    ...{ count: 12, p50Ms: 240_000, p90Ms: 600_000, p95Ms: 660_000, withTarget: 8, kept: 7, compliance: 0.875 },
  }
  const intervals = Object.fromEntries(caseIntervals.map((one) => [one, one === 'travel' ? travel : none]))
  beforeEach(() => {
    kpiWorld.answer = () => ({
      ...{ from: '', to: '', asOf, total: { key: null, intervals } },
      rows: [
        { key: 'd1', intervals },
        { key: null, intervals },
      ],
      targets: [
        { interval: 'travel', priority: 1, departmentId: null, seconds: 240, share: 0.9 },
        { interval: 'travel', priority: null, departmentId: 'health', seconds: 60, share: 0.9 },
      ],
    })
  })

  it('shows percentiles beside targets and how many kept them', async () => {
    await open('/kpi?tab=times')
    expect(cells('travel')).toEqual([
      ...['12', '4.0 分', '10 分', '11 分', '87.5%', '7 / 8'],
      ...['特急 4.0 分 内 90.0%；health 60 秒 内 90.0%', '出动 至 到场'],
    ])
    expect(line('travel')?.find('.bad').text()).toBe('87.5%')
    expect(cells('answer')?.slice(0, 7)).toEqual(['0', '—', '—', '—', '—', '—', '—'])
    expect(page.find('.panel .source').text()).toContain('截至 12:00:00')
  })

  it('shows one stretch by group, filtered as the address says', async () => {
    await open('/kpi?tab=times&by=class&district=d1&pick=travel')
    expect(lastAsked('/kpi/times')).toMatchObject({ by: 'class', district: 'd1' })
    expect(cells('d1', 1)?.[0]).toBe('12')
    expect(line('-', 1)?.text()).toContain('未分类')
    await line('answer')?.find('th button').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ tab: 'times', by: 'class', district: 'd1', pick: 'answer' })
    expect(cells('d1', 1)?.[1]).toBe('—')
  })
})
