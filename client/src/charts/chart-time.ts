/**
 * Time on an axis, by the city's own clock. The drawing library knows only the browser's zone and UTC, so instants are moved by the
 * city's offset and the axis is told it is UTC. Pure.
 */

const formats = new Map<string, Intl.DateTimeFormat>()

function parts(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(timeZone, format)
  }
  return format
}

/** How far the zone's clock is ahead of UTC at this instant, ms. */
export function zoneOffsetMs(at: number, timeZone: string): number {
  const read: Record<string, number> = {}
  for (const { type, value } of parts(timeZone).formatToParts(at)) read[type] = Number(value)
  const wall = Date.UTC(
    read['year'] ?? 0,
    (read['month'] ?? 1) - 1,
    read['day'] ?? 1,
    read['hour'] ?? 0,
    read['minute'] ?? 0,
    read['second'] ?? 0,
  )
  return wall - Math.floor(at / 1000) * 1000
}

/** The instant as the axis must hold it. */
export const onAxis = (at: number, timeZone: string): number => at + zoneOffsetMs(at, timeZone)

const two = (n: number) => String(n).padStart(2, '0')

/** `14:05` of a moved instant, or `3-28` at midnight: dates where days begin, hours between. */
export function axisLabel(moved: number): string {
  const at = new Date(moved)
  const hours = at.getUTCHours()
  const minutes = at.getUTCMinutes()
  if (hours === 0 && minutes === 0) return `${at.getUTCMonth() + 1}-${at.getUTCDate()}`
  return `${two(hours)}:${two(minutes)}`
}

/** `3-28 14:05` of a moved instant. */
export function momentLabel(moved: number): string {
  const at = new Date(moved)
  return `${at.getUTCMonth() + 1}-${at.getUTCDate()} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const steps = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minuteMs),
  ...[1, 2, 3, 6, 12].map((n) => n * hourMs),
  ...[1, 2, 7, 14, 30, 90, 365].map((n) => n * dayMs),
]

/** Round moved instants from the first to the last, at most `max`: whole minutes, hours or days by the city's clock. */
export function roundTicks(fromMoved: number, toMoved: number, max: number): number[] {
  if (!(toMoved > fromMoved)) return [fromMoved]
  const step = steps.find((ms) => (toMoved - fromMoved) / ms <= max - 1) ?? (steps.at(-1) as number)
  const ticks: number[] = []
  for (let at = Math.ceil(fromMoved / step) * step; at <= toMoved; at += step) ticks.push(at)
  return ticks
}
