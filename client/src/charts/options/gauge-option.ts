/** A day of one gauge with the limits it is held to, to be read across a room: nothing in it is hovered. Pure. */
import type { EChartsOption } from 'echarts'
import type { ChartLook } from '../chart-look.ts'
import { onAxis } from '../chart-time.ts'
import { frame, timeAxis, valueAxis } from './frame.ts'

export interface GaugeInput {
  readonly times: readonly number[]
  readonly values: readonly (number | null)[]
  /** The lowest first. */
  readonly limits: readonly number[]
  readonly unit: string
  readonly timeZone: string
  readonly look: ChartLook
}

export function gaugeOption({ times, values, limits, unit, timeZone, look }: GaugeInput): EChartsOption {
  const s = look.scale
  const moved = times.map((at) => onAxis(at, timeZone))
  const highest = Math.max(...limits, ...values.map((value) => value ?? -Infinity))
  return {
    ...frame({ look, hover: false, legend: false }),
    xAxis: timeAxis(look, moved),
    // A limit outside the picture would look like none.
    yAxis: { ...valueAxis(look), ...(Number.isFinite(highest) ? { max: Math.ceil(highest * 1.1) } : {}) },
    series: [
      {
        id: 'gauge',
        type: 'line',
        showSymbol: false,
        connectNulls: false,
        lineStyle: { color: look.accent, width: 2.4 * s },
        itemStyle: { color: look.accent },
        data: moved.map((at, i) => [at, values[i] ?? null]),
        markLine: {
          silent: true,
          symbol: 'none',
          animation: false,
          data: [...new Set(limits)].map((limit) => ({
            yAxis: limit,
            lineStyle: { color: look.text2, type: 'dashed', width: s },
            label: {
              formatter: `${limit} ${unit}`,
              position: 'insideEndTop',
              color: look.text2,
              fontSize: look.fontPx,
            },
          })),
        },
      },
    ],
  }
}
