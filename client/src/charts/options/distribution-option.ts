/** Durations as a histogram: classes of one width, with where half, nine and nineteen of twenty lie, and what is asked for. Pure. */
import type { EChartsOption } from 'echarts'
import type { ChartLook } from '../chart-look.ts'
import { frame, tip, valueAxis } from './frame.ts'

export interface DistributionInput {
  readonly bins: readonly { readonly name: string; readonly count: number; readonly share: string }[]
  /** Where a line stands, in classes from the left: 2.5 is the middle of the third. */
  readonly marks: readonly { readonly name: string; readonly at: number; readonly kind: 'percentile' | 'target' }[]
  readonly countWord: string
  readonly shareWord: string
  readonly look: ChartLook
}

export function distributionOption({ bins, marks, countWord, shareWord, look }: DistributionInput): EChartsOption {
  const base = frame({ look, hover: true, legend: false })
  const s = look.scale
  const lines = marks
    .toSorted((a, b) => a.at - b.at)
    .map(({ name, at, kind }, i) => {
      const isTarget = kind === 'target'
      // Names stand in turns, so that lines close to each other can be read.
      const turn = i % 3
      return {
        xAxis: at,
        name,
        lineStyle: {
          color: isTarget ? look.text2 : look.text,
          type: isTarget ? ('dashed' as const) : ('solid' as const),
          width: s,
        },
        label: {
          formatter: name,
          color: isTarget ? look.text2 : look.text,
          fontSize: look.fontPx,
          position: 'end' as const,
          distance: [0, turn * (look.fontPx + 2 * s)],
        },
      }
    })
  return {
    ...base,
    grid: { ...(base.grid as object), top: look.fontPx * 4 + 12 * s },
    xAxis: [
      {
        type: 'category',
        data: bins.map(({ name }) => name),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: look.lineStrong } },
        axisLabel: { color: look.text3, fontSize: look.fontPx, hideOverlap: true },
      },
      // The same width counted in classes: lines stand between them.
      { type: 'value', min: 0, max: bins.length, show: false, position: 'bottom' },
    ],
    yAxis: { ...valueAxis(look), minInterval: 1, min: 0 },
    series: [
      {
        id: 'bins',
        type: 'bar',
        barCategoryGap: '8%',
        itemStyle: { color: look.quiet },
        emphasis: { itemStyle: { color: look.text2 } },
        data: bins.map(({ count }) => count),
      },
      {
        id: 'marks',
        type: 'line',
        xAxisIndex: 1,
        data: [],
        markLine: { silent: true, symbol: 'none', animation: false, data: lines },
      },
    ],
    tooltip: {
      ...(base.tooltip as object),
      axisPointer: { type: 'shadow', shadowStyle: { color: look.band } },
      formatter: (params: unknown) => {
        const index = (Array.isArray(params) ? (params[0] as { dataIndex?: number }) : undefined)?.dataIndex ?? 0
        const bin = bins[index]
        if (bin === undefined) return ''
        return tip(bin.name, [
          { colour: look.quiet, name: countWord, value: String(bin.count) },
          { colour: 'transparent', name: shareWord, value: bin.share },
        ])
      },
    },
  }
}
