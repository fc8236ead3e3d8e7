/** Members of a group beside each other, most first: two bars each, what came and what was closed. Pure. */
import type { EChartsOption } from 'echarts'
import type { ChartLook } from '../chart-look.ts'
import { pageFontFamily } from '../../fonts/page-font.ts'
import { frame, tip } from './frame.ts'

export interface RankingInput {
  /** Shown from the top; the caller sorts. */
  readonly rows: readonly { readonly name: string; readonly reported: number; readonly closed: number }[]
  readonly words: { readonly reported: string; readonly closed: string }
  readonly look: ChartLook
}

const nameLetters = 10
const clipped = (name: string) =>
  [...name].length > nameLetters ? `${[...name].slice(0, nameLetters - 1).join('')}…` : name

export function rankingOption({ rows, words, look }: RankingInput): EChartsOption {
  const base = frame({ look, hover: true, legend: true })
  return {
    ...base,
    xAxis: {
      type: 'value',
      minInterval: 1,
      splitNumber: 3,
      axisLabel: { color: look.text3, fontSize: look.fontPx },
      splitLine: { lineStyle: { color: look.line } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map((row) => row.name),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: look.lineStrong } },
      axisLabel: { color: look.text2, fontSize: look.fontPx, fontFamily: pageFontFamily, formatter: clipped },
    },
    series: [
      {
        id: 'reported',
        name: words.reported,
        type: 'bar',
        barMaxWidth: 10 * look.scale,
        barGap: '20%',
        itemStyle: { color: look.quiet },
        data: rows.map((row) => row.reported),
      },
      {
        id: 'closed',
        name: words.closed,
        type: 'bar',
        barMaxWidth: 10 * look.scale,
        itemStyle: { color: look.accent },
        data: rows.map((row) => row.closed),
      },
    ],
    tooltip: {
      ...(base.tooltip as object),
      axisPointer: { type: 'shadow', shadowStyle: { color: look.band } },
      formatter: (params: unknown) => {
        const index = (Array.isArray(params) ? (params[0] as { dataIndex?: number }) : undefined)?.dataIndex ?? 0
        const row = rows[index]
        if (row === undefined) return ''
        return tip(row.name, [
          { colour: look.quiet, name: words.reported, value: String(row.reported) },
          { colour: look.accent, name: words.closed, value: String(row.closed) },
        ])
      },
    },
  }
}
