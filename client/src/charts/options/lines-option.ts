/** One to three measures over time as lines; where nothing could be measured the line has a gap, never a zero. Pure. */
import type { EChartsOption } from 'echarts'
import type { ChartLook } from '../chart-look.ts'
import { onAxis } from '../chart-time.ts'
import { frame, timeAxis, tip, tipMoment, valueAxis } from './frame.ts'

export interface LineSeries {
  readonly id: string
  readonly name: string
  readonly values: readonly (number | null)[]
  readonly strength: 'strong' | 'quiet'
}

export interface LinesInput {
  readonly times: readonly number[]
  readonly series: readonly LineSeries[]
  /** How a value is worded, unit included: `82.4 %`, `12 分`. */
  readonly format: (value: number) => string
  readonly max: number | null
  readonly timeZone: string
  readonly look: ChartLook
  readonly hover: boolean
}

export function linesOption(input: LinesInput): EChartsOption {
  const { look } = input
  const s = look.scale
  const moved = input.times.map((at) => onAxis(at, input.timeZone))
  const colour = (strength: LineSeries['strength']) => (strength === 'strong' ? look.accent : look.quiet)
  // A lone bucket between two gaps has no line to lie on, so it is marked.
  const isAlone = (values: LineSeries['values'], i: number) =>
    (values[i] ?? null) !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null
  return {
    ...frame({ look, hover: input.hover, legend: input.series.length > 1 }),
    xAxis: timeAxis(look, moved),
    yAxis: {
      ...valueAxis(look),
      min: 0,
      ...(input.max === null ? {} : { max: input.max, interval: input.max / 4 }),
      axisLabel: { color: look.text3, fontSize: look.fontPx, formatter: input.format },
    },
    series: input.series.map(({ id, name, values, strength }) => ({
      id,
      name,
      type: 'line' as const,
      symbol: 'circle',
      showSymbol: true,
      symbolSize: (_: unknown, params: { dataIndex?: number }) => (isAlone(values, params.dataIndex ?? 0) ? 6 * s : 0),
      connectNulls: false,
      lineStyle: { color: colour(strength), width: 2 * s },
      itemStyle: { color: colour(strength) },
      data: moved.map((at, i) => [at, values[i] ?? null]),
    })),
    ...(input.hover
      ? {
          tooltip: {
            ...(frame({ look, hover: true, legend: false }).tooltip as object),
            formatter: (params: unknown) => {
              const { index, title } = tipMoment(params)
              const word = (value: number | null | undefined) =>
                value === null || value === undefined ? '—' : input.format(value)
              return tip(
                title,
                input.series.map((row) => ({
                  colour: colour(row.strength),
                  name: row.name,
                  value: word(row.values[index]),
                })),
              )
            },
          },
        }
      : {}),
  }
}
