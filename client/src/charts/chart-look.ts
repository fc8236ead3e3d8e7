/**
 * The charts' colours and sizes: the page's own tokens as numbers, because a chart is drawn, not styled. A test holds the two
 * to each other.
 */
import type { Priority } from '../../../shared/model/alarm.ts'

export interface ChartLook {
  readonly dark: boolean
  /** Pixels a unit of the type scale stands for: 1 on a desk, height ÷ 1080 on a wall. */
  readonly scale: number
  /** Size of all letters, px. */
  readonly fontPx: number
  readonly text: string
  readonly text2: string
  readonly text3: string
  readonly panel: string
  readonly line: string
  readonly lineStrong: string
  readonly accent: string
  /** What is compared with: the period before, the quiet series. */
  readonly quiet: string
  /** Where a quiet day lies. */
  readonly band: string
  readonly levels: Readonly<Record<Priority, string>>
}

const dark: Omit<ChartLook, 'scale' | 'fontPx'> = {
  dark: true,
  text: '#e8edef',
  text2: '#a3b0b5',
  text3: '#7f8d95',
  panel: '#151b1e',
  line: '#232b2f',
  lineStrong: '#35424a',
  accent: '#9cc4bd',
  quiet: '#66757d',
  band: 'rgba(163,176,181,0.10)',
  levels: { 1: '#ff4d4f', 2: '#ff922b', 3: '#ffd43b', 4: '#4dabf7' },
}

const light: Omit<ChartLook, 'scale' | 'fontPx'> = {
  dark: false,
  text: '#12181b',
  text2: '#455359',
  text3: '#5f6d73',
  panel: '#ffffff',
  line: '#dbe2e4',
  lineStrong: '#b4c0c4',
  accent: '#2f655d',
  quiet: '#93a1a7',
  band: 'rgba(69,83,89,0.08)',
  levels: { 1: '#c9252b', 2: '#b34a00', 3: '#806000', 4: '#1763ad' },
}

/** The look of a page's charts, `scale` pixels to a unit. */
export const chartLook = (isDark: boolean, scale = 1): ChartLook => ({
  ...(isDark ? dark : light),
  scale,
  fontPx: 12 * scale,
})

/** Eight metres away: letters no smaller than 1/60 of the height, and none fainter than the second strength. */
export const wallChartLook = (scale: number): ChartLook => ({
  ...dark,
  text3: dark.text2,
  scale,
  fontPx: Math.ceil(18 * scale),
})
