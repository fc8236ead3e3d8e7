import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { chartLook, wallChartLook } from '../../../client/src/charts/chart-look.ts'
import { flowOption } from '../../../client/src/charts/options/flow-option.ts'
import { safe, tip } from '../../../client/src/charts/options/frame.ts'
import { linesOption } from '../../../client/src/charts/options/lines-option.ts'
import { rankingOption } from '../../../client/src/charts/options/ranking-option.ts'
import { curveExtent, sensorCurveOption } from '../../../client/src/charts/options/sensor-curve-option.ts'
import { mapLook } from '../../../client/src/map/map-look.ts'

const look = chartLook(true)
const zone = 'Asia/Shanghai'
const at = Date.parse('2026-03-28T08:00:00+08:00')
const hour = 3_600_000
type Series = { id?: string; data?: unknown[]; markLine?: { data: unknown[] }; markArea?: { data: unknown[] } }
const seriesOf = (option: { series?: unknown }) => option.series as Series[]
const formatterOf = (option: { tooltip?: unknown }) =>
  (option.tooltip as { formatter: (params: unknown) => string }).formatter

describe('the looks', () => {
  const css = readFileSync(fileURLToPath(new URL('../../../client/src/styles/tokens.css', import.meta.url)), 'utf8')
  const tokens = (theme: string) => {
    const block = css.match(new RegExp(`\\[data-theme='${theme}'\\][^{]*\\{([^}]*)\\}`))?.[1] ?? ''
    return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]+);/g)].map((m) => [m[1], m[2]]))
  }

  it.each([
    ['dark', true],
    ['light', false],
  ] as const)('are the page’s tokens: %s', (theme, isDark) => {
    const page = tokens(theme)
    const chart = chartLook(isDark)
    expect({
      text: chart.text,
      'text-2': chart.text2,
      'text-3': chart.text3,
      panel: chart.panel,
      line: chart.line,
      'line-strong': chart.lineStrong,
      accent: chart.accent,
    }).toEqual(
      Object.fromEntries(
        ['text', 'text-2', 'text-3', 'panel', 'line', 'line-strong', 'accent'].map((name) => [name, page[name]]),
      ),
    )
    const map = mapLook(isDark, 1)
    for (const level of [1, 2, 3, 4] as const) {
      expect(chart.levels[level]).toBe(page[`p${level}`])
      expect(map.levels[level]).toBe(page[`p${level}`])
    }
    // By day the ground lies a shade below the page, so that streets can be white.
    if (isDark) expect(map.background).toBe(page['bg'])
    expect(map.accent).toBe(page['accent'])
  })

  it('write no smaller than asked', () => {
    expect(chartLook(true).fontPx).toBe(12)
    expect(wallChartLook(2).fontPx).toBe(36)
    expect(wallChartLook(1.01).fontPx).toBe(19)
  })
})

describe('flowOption', () => {
  const input = {
    times: [at, at + hour],
    reported: [3, 0],
    closed: [1, 2],
    words: { reported: '受理', closed: '结案' },
    timeZone: zone,
    look,
    hover: true,
  }

  it('puts both on the city’s clock', () => {
    const [bars, line] = seriesOf(flowOption(input))
    expect(bars?.data).toEqual([
      [Date.UTC(2026, 2, 28, 8), 3],
      [Date.UTC(2026, 2, 28, 9), 0],
    ])
    expect(line?.data?.[1]).toEqual([Date.UTC(2026, 2, 28, 9), 2])
  })

  it('has nothing to hover on a wall', () => {
    expect(flowOption({ ...input, hover: false }).tooltip).toBeUndefined()
  })

  it('says a bucket in words', () => {
    const text = formatterOf(flowOption(input))([{ dataIndex: 1, value: [Date.UTC(2026, 2, 28, 9), 0] }])
    expect(text).toContain('3-28 09:00')
    expect(text).toContain('受理</span><b>0</b>')
    expect(text).toContain('结案</span><b>2</b>')
  })
})

describe('linesOption', () => {
  const input = {
    times: [at, at + hour, at + 2 * hour],
    series: [{ id: 'rate', name: 'rate', values: [0.5, null, 1], strength: 'strong' as const }],
    format: (value: number) => `${value * 100}%`,
    max: 1,
    timeZone: zone,
    look,
    hover: true,
  }

  it('keeps an unknown a gap', () => {
    const [line] = seriesOf(linesOption(input))
    expect(line?.data?.map((point) => (point as [number, number | null])[1])).toEqual([0.5, null, 1])
    expect(formatterOf(linesOption(input))([{ dataIndex: 1, value: [0, null] }])).toContain('<b>—</b>')
  })

  it('marks a bucket that stands alone', () => {
    const size = (seriesOf(linesOption(input))[0] as { symbolSize: (v: unknown, p: { dataIndex: number }) => number })
      .symbolSize
    expect(size(null, { dataIndex: 0 })).toBe(6)
    expect(size(null, { dataIndex: 1 })).toBe(0)
  })

  it('has a legend only where lines must be told apart', () => {
    expect(linesOption(input).legend).toBeUndefined()
    expect(linesOption({ ...input, series: [...input.series, ...input.series] }).legend).toBeDefined()
  })
})

describe('rankingOption', () => {
  it('keeps the order given', () => {
    const option = rankingOption({
      rows: [
        { name: 'b', reported: 2, closed: 1 },
        { name: 'a', reported: 1, closed: 1 },
      ],
      words: { reported: 'r', closed: 'c' },
      look,
    })
    expect((option.yAxis as { data: string[] }).data).toEqual(['b', 'a'])
    expect(seriesOf(option)[0]?.data).toEqual([2, 1])
    expect(formatterOf(option)([])).toContain('b')
    expect(formatterOf(option)([{ dataIndex: 9 }])).toBe('')
  })
})

describe('sensorCurveOption', () => {
  const input = {
    times: [at, at + hour],
    values: [2, 30],
    limit: 27,
    normal: [0, 5] as const,
    unit: 'cm',
    at: at + hour,
    timeZone: zone,
    look,
  }

  it('shows band, limit and moment', () => {
    const [curve] = seriesOf(sensorCurveOption(input))
    expect(curve?.markLine?.data).toHaveLength(2)
    expect(curve?.markArea?.data).toEqual([[{ yAxis: 0 }, { yAxis: 5 }]])
  })

  it('leaves out what does not exist', () => {
    const [curve] = seriesOf(sensorCurveOption({ ...input, limit: null, at: null, normal: null }))
    expect(curve?.markLine?.data).toEqual([])
    expect(curve?.markArea?.data).toEqual([])
  })

  it('has no band for a kind whose band says nothing', () => {
    const [curve] = seriesOf(sensorCurveOption({ ...input, normal: [-Number.MAX_VALUE, Number.MAX_VALUE] }))
    expect(curve?.markArea?.data).toEqual([])
  })

  it('keeps the limit in the picture', () => {
    expect(curveExtent({ values: [1, 2], limit: 27 })?.[1]).toBeGreaterThan(27)
    expect(curveExtent({ values: [1, 2], limit: 27 })?.[0]).toBe(0)
    expect(curveExtent({ values: [-3, 2], limit: null })?.[0]).toBeLessThan(-3)
    expect(curveExtent({ values: [null], limit: null })).toBeNull()
    const flat = curveExtent({ values: [7, 7], limit: null })
    expect((flat?.[1] ?? 0) - (flat?.[0] ?? 0)).toBeGreaterThan(0)
  })
})

describe('tooltips', () => {
  it('are text, whatever a name holds', () => {
    expect(safe('<img src=x onerror="1">&\'')).toBe('&lt;img src=x onerror=&quot;1&quot;&gt;&amp;&#39;')
    expect(tip('<b>', [{ colour: '#fff', name: '<i>', value: '<u>' }])).not.toMatch(/<b><|<i>|<u>/)
  })
})
