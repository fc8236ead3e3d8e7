import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useKpiTodayStore } from '../../../client/src/stores/kpi-today.ts'
import { useLinkStore } from '../../../client/src/stores/link.ts'
import type { Query } from '../../../client/src/stores/remote.ts'
import type { KpiRow } from '../../../shared/model/kpi.ts'
import { noon, sampleIncident } from '../../support/sample-rows.ts'
import { kpiWorld, lastAsked, open, page, router } from './open-kpi.ts'

const row = (key: KpiRow['key'], over: Partial<KpiRow> = {}): KpiRow => ({
  key,
  reported: 10,
  filed: 9,
  closed: 8,
  refused: 0,
  onTime: 6,
  overdue: 2,
  open: 2,
  responseCount: 4,
  responseP50Ms: 6 * 60_000,
  responseP90Ms: 12 * 60_000,
  ...over,
})

let total = row(null)
function answer(path: string, query: Query): unknown {
  if (path === '/incidents')
    return { items: [sampleIncident({ id: '20260801-000007', title: '下穿通道积水' })], next: 'more' }
  const rows =
    path === '/kpi/series'
      ? [row(noon - 3_600_000), row(noon)]
      : [row('d1'), row(null, { reported: 3, responseP50Ms: null })]
  const isBefore = query['by'] === 'priority'
  return {
    from: '',
    to: '',
    asOf: new Date(noon).toISOString(),
    rows,
    total: isBefore ? row(null, { reported: 5, onTime: 8 }) : total,
    compare: null,
  }
}
const asked = () => kpiWorld.asked

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  Object.assign(kpiWorld, { asked: [], fails: false, answer })
  total = row(null)
})
afterEach(() => {
  page.unmount()
  document.body.innerHTML = ''
  vi.useRealTimers()
})

describe('the KPI page', () => {
  it('shows the period’s numbers beside the period before', async () => {
    await open()
    const cards = page.findAll('.card')
    expect(cards.map((card) => card.find('h3').text())).toEqual([
      '受理',
      '结案',
      '按时结案率',
      '响应 P50',
      '响应 P90',
      '超期',
    ])
    expect(cards[0]?.find('.value').text()).toBe('10件')
    expect(cards[0]?.find('.change').text()).toContain('+100.0%')
    expect(cards[2]?.find('.value').text()).toBe('75.0%')
    expect(cards[2]?.find('.change').text()).toContain('−25.0个百分点')
    expect(cards[2]?.find('.change').classes()).toContain('worse')
    expect(cards[3]?.find('.value').text()).toBe('6.0分')
  })

  it('shows unknown measures as dashes', async () => {
    total = row(null, { closed: 0, onTime: 0, responseCount: 0, responseP50Ms: null, responseP90Ms: null })
    await open()
    const values = page.findAll('.card .value').map((cell) => cell.text())
    expect(values).toEqual(['10件', '0件', '—', '—', '—', '2件'])
  })

  it('reads its view from the address and writes it back', async () => {
    await open('/kpi?period=30d&by=class&district=d1&compare=year')
    expect(lastAsked('/kpi/series')).toMatchObject({ by: 'day', district: 'd1' })
    expect(lastAsked('/kpi/groups')).toMatchObject({ by: 'class', district: 'd1' })
    await page.get('[aria-label="统计周期"]').findAll('button')[2]?.trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ period: '24h', by: 'class', district: 'd1', compare: 'year' })
    expect(lastAsked('/kpi/series')).toMatchObject({
      by: 'hour',
      from: new Date(noon - 86_400_000).toISOString(),
      to: new Date(noon).toISOString(),
    })
  })

  it('opens the cases behind a card, a group’s number, and those without a group', async () => {
    await open()
    await page.findAll('.card .value')[1]?.trigger('click')
    await flushPromises()
    expect(lastAsked('/incidents')).toMatchObject({ base: 'closed', state: 'closed,evaluated', inKpi: true })
    expect(document.body.textContent).toContain('下穿通道积水')
    expect(document.body.textContent).toContain('结案 · 全市')
    const lines = page.findAll('tbody tr')
    expect(lines.map((line) => line.find('th').text())).toEqual(['云岫区', '位置待定'])
    await lines[0]?.findAll('td button')[0]?.trigger('click')
    await flushPromises()
    expect(lastAsked('/incidents')).toMatchObject({ base: 'reported', district: 'd1' })
    await lines[1]?.findAll('td button')[0]?.trigger('click')
    await flushPromises()
    expect(lastAsked('/incidents')).toMatchObject({ base: 'reported', district: '-' })
  })

  it('leads from a name into it, told apart by what is still free', async () => {
    await open('/kpi?by=district&dept=water')
    await page.findAll('tbody tr')[1]?.get('th button').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ district: '-', dept: 'water', by: 'class' })
    expect(lastAsked('/kpi/groups')).toMatchObject({ district: '-', department: 'water', by: 'class' })
  })

  it('marks numbers made of a few cases', async () => {
    await open()
    expect(page.findAll('tbody tr')[0]?.findAll('.thin')).toHaveLength(2)
  })

  it('moves on when today’s numbers move, at most twice a second', async () => {
    await open()
    const before = asked().length
    const today = { id: 'today' } as never
    useKpiTodayStore().replace([{ id: 'today', row: { ...(today as object), closed: 1 } as never }])
    await flushPromises()
    useKpiTodayStore().replace([{ id: 'today', row: { ...(today as object), closed: 2 } as never }])
    await flushPromises()
    vi.advanceTimersByTime(499)
    await flushPromises()
    expect(asked().length).toBe(before)
    vi.advanceTimersByTime(1)
    await flushPromises()
    expect(asked().length).toBe(before + 3)
  })

  it('reaches as far as today’s numbers, which may be ahead of the page’s clock', async () => {
    await open()
    useKpiTodayStore().replace([{ id: 'today', row: { id: 'today', closed: 1, asOfAt: noon + 700 } as never }])
    await flushPromises()
    vi.advanceTimersByTime(500)
    await flushPromises()
    expect(lastAsked('/kpi/series')?.['to']).toBe(new Date(noon + 700).toISOString())
  })

  it('leaves a custom period alone', async () => {
    await open('/kpi?from=2026-07-01T00:00:00Z&to=2026-07-02T00:00:00Z')
    const before = asked().length
    useKpiTodayStore().replace([{ id: 'today', row: { closed: 1 } as never }])
    useLinkStore().tick(noon + 3_600_000)
    await flushPromises()
    vi.advanceTimersByTime(60_000)
    await flushPromises()
    expect(asked().length).toBe(before)
    expect((page.find('input[type="datetime-local"]').element as HTMLInputElement).value).toBe('2026-07-01T08:00')
  })

  it('keeps what it has when it cannot be read again, and says so', async () => {
    await open()
    kpiWorld.fails = true
    useLinkStore().tick(noon + 60_000)
    await flushPromises()
    expect(page.find('.failed').text()).toContain('系统繁忙')
    expect(page.find('.failed').text()).toContain('数字停在')
    expect(page.findAll('.card .value')[0]?.text()).toBe('10件')
    kpiWorld.fails = false
    await page.find('.failed button').trigger('click')
    await flushPromises()
    expect(page.find('.failed').exists()).toBe(false)
  })
})
