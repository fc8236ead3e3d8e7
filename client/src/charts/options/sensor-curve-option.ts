/** One sensor around a moment: its curve, where a quiet day lies, the limit it is held to, and the moment itself. Pure. */
import type { EChartsOption, LineSeriesOption } from 'echarts'
import type { ChartLook } from '../chart-look.ts'
import { onAxis } from '../chart-time.ts'
import { frame, timeAxis, tip, tipMoment, valueAxis } from './frame.ts'

export interface SensorCurveInput {
  readonly times: readonly number[]
  readonly values: readonly (number | null)[]
  /** The alarm rule's limit; null where none applies. */
  readonly limit: number | null
  /** Values of a quiet day; null where the kind has none. */
  readonly normal: readonly [min: number, max: number] | null
  readonly unit: string
  /** The moment the alarm was raised; null for none. */
  readonly at: number | null
  readonly timeZone: string
  readonly look: ChartLook
}

/** A band this wide says nothing (a kind nobody knows). */
const isBand = (normal: SensorCurveInput['normal']): normal is readonly [number, number] =>
  normal !== null && Math.abs(normal[0]) < 1e12 && Math.abs(normal[1]) < 1e12

/** The lowest and highest the axis must show, so that a limit never lies outside the picture. */
export function curveExtent({ values, limit }: Pick<SensorCurveInput, 'values' | 'limit'>): [number, number] | null {
  const seen = values.filter((value): value is number => value !== null)
  const all = limit === null ? seen : [...seen, limit]
  if (all.length === 0) return null
  const low = all.reduce((a, b) => Math.min(a, b))
  const high = all.reduce((a, b) => Math.max(a, b))
  const room = (high - low || Math.abs(high) || 1) * 0.08
  return [low >= 0 && low - room < 0 ? 0 : low - room, high + room]
}

const short = (value: number) => String(Math.round(value * 100) / 100)

export function sensorCurveOption(input: SensorCurveInput): EChartsOption {
  const { look, unit } = input
  const s = look.scale
  const extent = curveExtent(input)
  const moved = input.times.map((at) => onAxis(at, input.timeZone))
  const word = (value: number) => `${short(value)}${unit === '' ? '' : ` ${unit}`}`
  const lines: NonNullable<LineSeriesOption['markLine']>['data'] = []
  if (input.limit !== null) {
    lines.push({
      yAxis: input.limit,
      lineStyle: { color: look.text2, type: 'dashed', width: 1 },
      label: { formatter: word(input.limit), position: 'insideEndTop', color: look.text2 },
    })
  }
  if (input.at !== null) {
    lines.push({
      xAxis: onAxis(input.at, input.timeZone),
      lineStyle: { color: look.accent, type: 'solid', width: 1 },
      label: { show: false },
    })
  }
  const base = frame({ look, hover: true, legend: false })
  return {
    ...base,
    xAxis: timeAxis(look, moved),
    yAxis: {
      ...valueAxis(look),
      ...(extent === null ? {} : { min: extent[0], max: extent[1] }),
      // The ends are where the picture ends, no round values: only the marks between them are named.
      axisLabel: {
        color: look.text3,
        fontSize: look.fontPx,
        formatter: short,
        showMinLabel: false,
        showMaxLabel: false,
      },
    },
    series: [
      {
        id: 'curve',
        type: 'line',
        showSymbol: false,
        connectNulls: false,
        lineStyle: { color: look.accent, width: 1.6 * s },
        itemStyle: { color: look.accent },
        data: moved.map((at, i) => [at, input.values[i] ?? null]),
        markLine: { silent: true, symbol: 'none', animation: false, data: lines },
        markArea: {
          silent: true,
          animation: false,
          itemStyle: { color: look.band },
          data: isBand(input.normal) ? [[{ yAxis: input.normal[0] }, { yAxis: input.normal[1] }]] : [],
        },
      },
    ],
    tooltip: {
      ...(base.tooltip as object),
      formatter: (params: unknown) => {
        const { index, title } = tipMoment(params)
        const value = input.values[index] ?? null
        return tip(title, [{ colour: look.accent, name: '', value: value === null ? '—' : word(value) }])
      },
    },
  }
}
