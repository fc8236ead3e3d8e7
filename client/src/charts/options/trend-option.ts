/** What was, what was to be expected, and what is: a line, and the band nine of ten hours lie in, which goes on past now. Pure. */
import type { EChartsOption } from 'echarts'
import type { ChartLook } from '../chart-look.ts'
import { onAxis } from '../chart-time.ts'
import { frame, timeAxis, tip, tipMoment, valueAxis } from './frame.ts'

export interface TrendInput {
  readonly points: readonly {
    readonly at: number
    readonly value: number | null
    readonly expected: number | null
    readonly low: number | null
    readonly high: number | null
  }[]
  readonly words: { readonly value: string; readonly expected: string; readonly band: string }
  readonly format: (value: number) => string
  readonly timeZone: string
  readonly look: ChartLook
}

export function trendOption({ points, words, format, timeZone, look }: TrendInput): EChartsOption {
  const s = look.scale
  const base = frame({ look, hover: true, legend: true })
  const moved = points.map(({ at }) => onAxis(at, timeZone))
  const column = (of: (point: TrendInput['points'][number]) => number | null) =>
    points.map((point, i) => [moved[i] ?? 0, of(point)])
  const isOutside = ({ value, low, high }: TrendInput['points'][number]) =>
    value !== null && low !== null && high !== null && (value < low || value > high)
  const line = { type: 'line' as const, showSymbol: false, connectNulls: false }
  const unseen = { lineStyle: { opacity: 0 }, itemStyle: { color: look.quiet }, silent: true, stack: 'band' }
  return {
    ...base,
    legend: {
      ...(base.legend as object),
      data: [
        { name: words.value, icon: 'rect' },
        { name: words.expected, icon: 'rect' },
        { name: words.band, icon: 'rect', itemStyle: { color: look.quiet, opacity: 0.5 } },
      ],
    },
    xAxis: timeAxis(look, moved),
    yAxis: {
      ...valueAxis(look),
      scale: true,
      axisLabel: { color: look.text3, fontSize: look.fontPx, formatter: format },
    },
    series: [
      // A band is the height above its lower edge.
      { ...line, ...unseen, id: 'low', stackStrategy: 'all', data: column(({ low }) => low) },
      {
        ...{ ...line, ...unseen, id: 'band', name: words.band, stackStrategy: 'all' },
        areaStyle: { color: look.quiet, opacity: 0.28 },
        data: column(({ low, high }) => (low === null || high === null ? null : high - low)),
      },
      {
        ...{ ...line, id: 'expected', name: words.expected },
        lineStyle: { color: look.quiet, width: 1.5 * s, type: 'dashed' },
        itemStyle: { color: look.quiet },
        data: column(({ expected }) => expected),
      },
      {
        ...{ ...line, id: 'value', name: words.value, showSymbol: true, symbol: 'circle' },
        symbolSize: (_: unknown, params: { dataIndex?: number }) => {
          const point = points[params.dataIndex ?? -1]
          return point !== undefined && isOutside(point) ? 6 * s : 0
        },
        lineStyle: { color: look.accent, width: 2 * s },
        itemStyle: { color: look.accent },
        data: column(({ value }) => value),
      },
    ],
    tooltip: {
      ...(base.tooltip as object),
      formatter: (params: unknown) => {
        const { index, title } = tipMoment(params)
        const point = points[index]
        if (point === undefined) return ''
        const word = (value: number | null) => (value === null ? '—' : format(value))
        return tip(title, [
          { colour: look.accent, name: words.value, value: word(point.value) },
          { colour: look.quiet, name: words.expected, value: word(point.expected) },
          { colour: look.band, name: words.band, value: `${word(point.low)} – ${word(point.high)}` },
        ])
      },
    },
  }
}
