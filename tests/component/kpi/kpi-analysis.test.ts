/** The analysis tab: every number opens its cases, a name leads into its member, and the address holds it all. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Query } from '../../../client/src/stores/remote.ts'
import { heatLevel, heatRanges, heatSteps, weeksOf } from '../../../shared/model/heat-levels.ts'
import { distributionOption } from '../../../client/src/charts/options/distribution-option.ts'
import { trendOption } from '../../../client/src/charts/options/trend-option.ts'
import { chartLook } from '../../../client/src/charts/chart-look.ts'
import { funnelOf } from '../../../shared/model/case-steps.ts'
import type { KpiRow } from '../../../shared/model/kpi.ts'
import { noon, sampleIncident } from '../../support/sample-rows.ts'
import { kpiWorld, lastAsked, open, page, router } from './open-kpi.ts'

const asOf = new Date(noon).toISOString()
const row = (key: KpiRow['key'], reported: number): KpiRow => ({
  ...{ key, reported, filed: 0, closed: 0, refused: 0, onTime: 0, overdue: 0, open: 0 },
  ...{ responseCount: 0, responseP50Ms: null, responseP90Ms: null },
})
const steps = funnelOf([
  { step: 'closed', isOpen: false, count: 60 },
  { step: 'filed', isOpen: true, count: 15 },
  { step: 'filed', isOpen: false, count: 5 },
  { step: 'reported', isOpen: true, count: 20 },
])
const answers: Record<string, unknown> = {
  '/incidents': { items: [sampleIncident({ id: 'c7', title: '下穿通道积水' })], next: null },
  '/kpi/heat': {
    asOf,
    days: [
      { day: '2026-07-31', reported: 4 },
      { day: '2026-08-01', reported: 9 },
    ],
    hours: Array.from({ length: 7 }, (_, d) => Array.from({ length: 24 }, (_h, h) => (d === 5 && h === 9 ? 13 : 0))),
  },
  '/kpi/funnel': { asOf, steps },
  '/kpi/distribution': {
    ...{ asOf, interval: 'total', count: 3, p50Ms: 90_000, p90Ms: 110_000, p95Ms: 115_000, targets: [] },
    bins: [
      { fromMs: 0, toMs: 60_000, count: 1 },
      { fromMs: 60_000, toMs: null, count: 2 },
    ],
  },
  '/kpi/groups': { asOf, rows: [row('d1', 7), row(null, 9)], total: row(null, 16), compare: null },
  '/kpi/series': { asOf, rows: [row(noon, 3), row(noon + 1, 6)], total: row(null, 9), compare: null },
  '/kpi/trend': {
    ...{ asOf, sign: 'reported', signs: ['reported', 'closed', 'water-level'], unit: '', sensors: null },
    ...{ season: 'week', level: 0.9, coverage: 0.887, tried: 168 },
    points: [
      { hourAt: asOf, value: 5, expected: 4, low: 1, high: 8 },
      { hourAt: asOf, value: null, expected: 4, low: 1, high: 8 },
    ],
  },
}
beforeEach(() =>
  Object.assign(kpiWorld, { asked: [], fails: false, answer: (path: string, _query: Query) => answers[path] }),
)
afterEach(() => {
  page.unmount()
  document.body.innerHTML = ''
})

// Mounted whole, with charts: a busy machine takes its time.
describe('the analysis', { timeout: 60_000 }, () => {
  it('opens the cases of a day and of an hour of the week', async () => {
    await open('/kpi?tab=analysis&period=7d&src=iot&dept=water')
    await page.get('[data-day="2026-08-01"]').trigger('click')
    await flushPromises()
    expect(lastAsked('/incidents')).toMatchObject({
      ...{ base: 'reported', inKpi: true, source: 'iot', department: 'water' },
      ...{ from: '2026-07-31T16:00:00.000Z', to: asOf },
    })
    await page.get('[data-hour="6-9"]').trigger('click')
    await flushPromises()
    expect(lastAsked('/incidents')).toMatchObject({ weekday: 6, hour: 9, from: '2026-07-25T16:00:00.000Z' })
    expect(page.get('[data-hour="1-0"]').attributes('disabled')).toBeDefined()
  })

  it('says why each panel could not be read, and reads no longer', async () => {
    kpiWorld.fails = true
    await open('/kpi?tab=analysis')
    const panels = page.findAll('section.panel')
    expect(panels.length).toBe(5)
    for (const panel of panels) {
      expect(panel.get('[role="alert"]').text()).toContain('系统繁忙')
      expect(panel.get('.empty').text()).toBe('读取失败')
    }
  })

  it('shows what is lost at each step, and opens it', async () => {
    await open('/kpi?tab=analysis')
    const lines = page.findAll('[data-step]')
    expect(lines.map((line) => [line.get('.name').text(), line.get('.count').text()])).toEqual([
      ...[
        ['上报', '100'],
        ['受理', '80'],
        ['立案', '80'],
        ['派遣', '60'],
      ],
      ...[
        ['处置', '60'],
        ['反馈', '60'],
        ['核查', '60'],
        ['结案', '60'],
      ],
    ])
    expect(page.get('[data-step="filed"] .losses').text()).toMatch(/停留 15\s*终止 5/)
    await page.get('[data-step="filed"] .ended').trigger('click')
    await flushPromises()
    expect(lastAsked('/incidents')).toMatchObject({ stopped: 'filed', open: false, base: 'reported' })
    await page.get('[data-step="closed"] .count').trigger('click')
    await flushPromises()
    expect(lastAsked('/incidents')).toMatchObject({ reached: 'closed' })
  })

  it('ranks members on one scale; a name leads into it, a number to its cases', async () => {
    await open('/kpi?tab=analysis&by=district')
    const members = page.findAll('[data-member]')
    expect(members.map((one) => [one.get('.rank').text(), one.get('.name').text(), one.get('.value').text()])).toEqual([
      ['1', '位置待定', '9'],
      ['2', '云岫区', '7'],
    ])
    expect(
      kpiWorld.asked.filter(({ path, query }) => path === '/kpi/series' && query['district'] === '-'),
    ).toHaveLength(1)
    await members[0]?.get('.value').trigger('click')
    await flushPromises()
    expect(lastAsked('/incidents')).toMatchObject({ district: '-', base: 'reported', inKpi: true })
    await members[1]?.get('.name').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query).toMatchObject({ tab: 'analysis', district: 'd1' })
    expect(lastAsked('/kpi/funnel')).toMatchObject({ district: 'd1' })
  })

  it('says how the band is made and how well it held', async () => {
    await open('/kpi?tab=analysis&sign=reported')
    const text = page.text()
    expect(text).toContain('季节朴素法：上周同时刻')
    expect(text).toContain('回测：应含 90.0%，实含 88.7%（168 小时）')
  })
})

describe('options and weeks', () => {
  const look = chartLook(true)
  it('of a distribution mark percentiles between the classes', () => {
    const bins = [1, 2].map((count) => ({ name: String(count), count, share: '1%' }))
    const marks = [{ name: 'P50', at: 1.5, kind: 'percentile' as const }]
    const { series } = distributionOption({ bins, marks, countWord: 'n', shareWord: '%', look })
    expect(series).toMatchObject([{ data: [1, 2] }, { markLine: { data: [{ xAxis: 1.5, name: 'P50' }] } }])
  })
  it('of a trend stand a band on its lower edge, and end it where nothing is known', () => {
    const points = [
      { at: noon, value: 5, expected: 4, low: 1, high: 8 },
      { at: noon + 1, value: 5, expected: null, low: null, high: null },
    ]
    const words = { value: 'v', expected: 'e', band: 'b' }
    const { series } = trendOption({ points, words, format: String, timeZone: 'UTC', look })
    const values = (series as { data: [number, number | null][] }[]).map(({ data }) => data.map(([, value]) => value))
    expect(values).toEqual([
      [1, null],
      [7, null],
      [4, null],
      [5, 5],
    ])
  })
  it('put days under their weekday, and months over the week they begin in', () => {
    const days = Array.from({ length: 10 }, (_, i) => ({
      day: new Date(Date.UTC(2026, 6, 30 + i)).toISOString().slice(0, 10),
      reported: i,
    }))
    const weeks = weeksOf(days)
    expect(weeks.map(({ month, days: own }) => [month, own.map((one) => one?.reported ?? null)])).toEqual([
      [7, [null, null, null, 0, 1, 2, 3]],
      [null, [4, 5, 6, 7, 8, 9, null]],
    ])
    expect(weeksOf([])).toEqual([])
    expect([0, 1, 20, 21, 100].map((count) => heatLevel(count, 100))).toEqual([0, 1, 1, 2, heatSteps])
  })
  it('says which counts wear which colour', () => {
    for (const most of [0, 1, 3, 7, 40, 132]) {
      const said = heatRanges(most).flatMap(({ level, from, to }) =>
        Array.from({ length: to - from + 1 }, (_, i) => [from + i, level]),
      )
      expect(said).toEqual(Array.from({ length: most }, (_, i) => [i + 1, heatLevel(i + 1, most)]))
    }
  })
})
