/** What every chart here shares: a plain frame, quiet axes, no animation beyond showing change. Pure. */
import type { EChartsOption } from 'echarts'
import { pageFontFamily } from '../../fonts/page-font.ts'
import type { ChartLook } from '../chart-look.ts'
import { axisLabel, momentLabel, roundTicks } from '../chart-time.ts'

/** Where nothing may be hovered (a wall), no tooltip is made. */
export interface FrameOptions {
  readonly look: ChartLook
  readonly hover: boolean
  readonly legend: boolean
}

export function frame({ look, hover, legend }: FrameOptions): EChartsOption {
  const s = look.scale
  return {
    useUTC: true,
    animationDuration: 0,
    animationDurationUpdate: 250,
    animationEasingUpdate: 'cubicOut',
    backgroundColor: 'transparent',
    textStyle: { fontFamily: pageFontFamily, color: look.text2, fontSize: look.fontPx },
    grid: {
      left: 8 * s,
      right: 12 * s,
      top: legend ? look.fontPx * 1.4 + 12 * s : 12 * s,
      bottom: 4 * s,
      outerBoundsMode: 'same',
    },
    ...(legend
      ? {
          legend: {
            top: 0,
            left: 0,
            padding: 0,
            itemWidth: 14 * s,
            itemHeight: 8 * s,
            itemGap: 18 * s,
            selectedMode: false,
            textStyle: { color: look.text2, fontSize: look.fontPx },
          },
        }
      : {}),
    ...(hover
      ? {
          tooltip: {
            trigger: 'axis',
            confine: true,
            renderMode: 'html',
            transitionDuration: 0,
            backgroundColor: look.panel,
            borderColor: look.lineStrong,
            borderWidth: 1,
            padding: [8, 10],
            textStyle: { color: look.text, fontSize: look.fontPx, fontFamily: pageFontFamily },
            axisPointer: { type: 'line', lineStyle: { color: look.lineStrong, type: 'solid' } },
          },
        }
      : {}),
  }
}

const ticksShown = 7

/** A time axis for these moved instants, ascending, marked at round times of the city's clock. */
export const timeAxis = (look: ChartLook, moved: readonly number[]) => ({
  type: 'time' as const,
  axisLine: { lineStyle: { color: look.lineStrong } },
  axisTick: { show: false },
  splitLine: { show: false },
  axisLabel: {
    color: look.text3,
    fontSize: look.fontPx,
    hideOverlap: true,
    customValues: roundTicks(moved[0] ?? 0, moved.at(-1) ?? 0, ticksShown),
    formatter: (at: number) => axisLabel(at),
  },
  axisPointer: { label: { show: false } },
})

export const valueAxis = (look: ChartLook, name = '') => ({
  type: 'value' as const,
  name,
  nameTextStyle: { color: look.text3, fontSize: look.fontPx, align: 'right' as const },
  axisLine: { show: false },
  axisTick: { show: false },
  splitNumber: 3,
  minInterval: 0,
  splitLine: { lineStyle: { color: look.line } },
  axisLabel: { color: look.text3, fontSize: look.fontPx },
})

/** One line of a tooltip's table: made of text only, escaped by {@link safe}. */
export interface TipRow {
  readonly colour: string
  readonly name: string
  readonly value: string
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
/** Text from outside is never HTML: names of districts and classes come from the city's own files. */
export const safe = (text: string): string => text.replace(/[&<>"']/g, (letter) => escapes[letter] as string)

export function tip(title: string, rows: readonly TipRow[]): string {
  const line = ({ colour, name, value }: TipRow) =>
    `<div style="display:flex;gap:16px;justify-content:space-between"><span><i style="display:inline-block;width:8px;` +
    `height:8px;margin-right:6px;background:${safe(colour)}"></i>${safe(name)}</span><b>${safe(value)}</b></div>`
  return `<div style="margin-bottom:4px">${safe(title)}</div>${rows.map(line).join('')}`
}

/** The moved instant a tooltip stands on. */
export function tipMoment(params: unknown): { moved: number; index: number; title: string } {
  const first = (Array.isArray(params) ? params[0] : params) as { value?: unknown; dataIndex?: number } | undefined
  const moved = Array.isArray(first?.value) ? Number(first.value[0]) : 0
  return { moved, index: first?.dataIndex ?? 0, title: momentLabel(moved) }
}
