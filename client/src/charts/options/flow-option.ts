/** Arrivals as bars, closures as a line: does the city keep up? Pure. */
import type { EChartsOption } from 'echarts'
import type { ChartLook } from '../chart-look.ts'
import { onAxis } from '../chart-time.ts'
import { frame, timeAxis, tip, tipMoment, valueAxis } from './frame.ts'

export interface FlowInput {
  /** Bucket starts, ms, ascending. */
  readonly times: readonly number[]
  readonly reported: readonly number[]
  readonly closed: readonly number[]
  readonly words: { readonly reported: string; readonly closed: string }
  readonly timeZone: string
  readonly look: ChartLook
  /** False on a wall: nothing there is hovered. */
  readonly hover: boolean
}

export function flowOption(input: FlowInput): EChartsOption {
  const { look, words, times } = input
  const s = look.scale
  const moved = times.map((at) => onAxis(at, input.timeZone))
  return {
    ...frame({ look, hover: input.hover, legend: true }),
    xAxis: timeAxis(look, moved),
    // On a wall it stands in a corner: three marks are as many as have room.
    yAxis: { ...valueAxis(look), minInterval: 1, min: 0, ...(input.hover ? {} : { splitNumber: 2 }) },
    series: [
      {
        id: 'reported',
        name: words.reported,
        type: 'bar',
        barMaxWidth: 22 * s,
        barCategoryGap: '35%',
        itemStyle: { color: look.quiet },
        emphasis: { itemStyle: { color: look.text2 } },
        data: moved.map((at, i) => [at, input.reported[i] ?? null]),
      },
      {
        id: 'closed',
        name: words.closed,
        type: 'line',
        symbol: 'circle',
        showSymbol: times.length === 1,
        symbolSize: 6 * s,
        lineStyle: { color: look.accent, width: 2 * s },
        itemStyle: { color: look.accent },
        data: moved.map((at, i) => [at, input.closed[i] ?? null]),
      },
    ],
    ...(input.hover
      ? {
          tooltip: {
            ...(frame({ look, hover: true, legend: true }).tooltip as object),
            formatter: (params: unknown) => {
              const { index, title } = tipMoment(params)
              return tip(title, [
                { colour: look.quiet, name: words.reported, value: String(input.reported[index] ?? '—') },
                { colour: look.accent, name: words.closed, value: String(input.closed[index] ?? '—') },
              ])
            },
          },
        }
      : {}),
  }
}
