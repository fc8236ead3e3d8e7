/** A small line without axes, as an SVG path in a box of `width` × `height`. Pure; gaps stay gaps. */

export interface SparkInput {
  readonly times: readonly number[]
  readonly values: readonly (number | null)[]
  readonly normal: readonly [min: number, max: number] | null
  readonly fromAt: number
  readonly toAt: number
  readonly width: number
  readonly height: number
}

export interface SparkShape {
  /** The line; several pieces where there are gaps; empty without values. */
  readonly line: string
  /** Where a quiet day lies, top and height within the box; null where it is outside or unknown. */
  readonly band: { readonly y: number; readonly height: number } | null
  /** The newest point; null without values. */
  readonly last: { readonly x: number; readonly y: number } | null
}

const round = (n: number) => Math.round(n * 10) / 10

export function sparkShape(input: SparkInput): SparkShape {
  const { width, height, fromAt, toAt, normal } = input
  const seen = input.values.filter((value): value is number => value !== null && Number.isFinite(value))
  if (seen.length === 0 || toAt <= fromAt) return { line: '', band: null, last: null }
  let low = seen.reduce((a, b) => Math.min(a, b))
  let high = seen.reduce((a, b) => Math.max(a, b))
  const isNarrow = normal !== null && normal[1] - normal[0] < 1e6
  // The band gives the scale its meaning: a quiet line must look quiet, not be blown up to fill the box.
  if (isNarrow) {
    low = Math.min(low, normal[0])
    high = Math.max(high, normal[1])
  }
  const span = high - low || 1
  const inset = height * 0.06
  const y = (value: number) => round(height - inset - ((value - low) / span) * (height - 2 * inset))
  const x = (at: number) => round(((at - fromAt) / (toAt - fromAt)) * width)
  let line = ''
  let isOpen = false
  let last: SparkShape['last'] = null
  input.times.forEach((at, i) => {
    const value = input.values[i] ?? null
    if (value === null || !Number.isFinite(value) || at < fromAt || at > toAt) {
      isOpen = false
      return
    }
    last = { x: x(at), y: y(value) }
    line += `${isOpen ? 'L' : 'M'}${last.x} ${last.y}`
    isOpen = true
  })
  const band = isNarrow ? { y: y(normal[1]), height: round(y(normal[0]) - y(normal[1])) } : null
  return { line, band, last }
}
