/** Plots for the docs: two lines on one pair of axes, drawn without a browser into an SVG that reads on light and dark paper. */
import { writeFileSync } from 'node:fs'
import { LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer])

export interface Plot {
  readonly title: string
  readonly x: { readonly name: string; readonly min: number; readonly max: number; readonly isLog?: boolean }
  readonly y: { readonly name: string; readonly isShare: boolean; readonly min?: number }
  readonly lines: readonly { readonly name: string; readonly points: readonly (readonly [number, number])[] }[]
}

const ink = '#455359'
const colours = ['#2f655d', '#b34a00']

export function writePlot(file: string, { title, x, y, lines }: Plot): void {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 720, height: 320 })
  const axis = {
    nameLocation: 'middle' as const,
    nameTextStyle: { color: ink, fontSize: 13 },
    axisLabel: { color: ink, fontSize: 12 },
  }
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    color: colours,
    title: { text: title, left: 12, top: 8, textStyle: { color: '#12181b', fontSize: 15, fontWeight: 600 } },
    legend: { right: 12, top: 8, textStyle: { color: ink, fontSize: 13 } },
    grid: { left: 64, right: 24, top: 48, bottom: 48 },
    xAxis: {
      ...axis,
      type: x.isLog ? 'log' : 'value',
      name: x.name,
      nameGap: 30,
      min: x.min,
      max: x.max,
      splitLine: { show: false },
    },
    yAxis: {
      ...axis,
      type: 'value',
      name: y.name,
      nameGap: 46,
      min: y.min ?? 0,
      splitLine: { lineStyle: { color: '#dbe2e4' } },
      axisLabel: {
        ...axis.axisLabel,
        formatter: (value: number) => (y.isShare ? `${Math.round(value * 1000) / 10} %` : String(value)),
      },
    },
    series: lines.map(({ name, points }) => ({
      type: 'line',
      name,
      data: points.map(([a, b]) => [a, b]),
      showSymbol: false,
      lineStyle: { width: 2.5 },
    })),
  })
  writeFileSync(file, `${chart.renderToSVGString()}\n`)
  chart.dispose()
}

/** The share of values up to each value: an empirical distribution as a line of at most 200 points. */
export function spread(values: readonly number[]): [number, number][] {
  const sorted = values.toSorted((a, b) => a - b)
  const every = Math.max(1, Math.floor(sorted.length / 200))
  return sorted.flatMap((value, i) => (i % every === 0 ? [[value, (i + 1) / sorted.length] as [number, number]] : []))
}
