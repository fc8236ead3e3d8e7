/** Words for the map: short enough to stand beside a mark. Pure. */

const minuteMs = 60_000

const formats = new Map<string, Intl.NumberFormat>()
/** Units in the language's own short words, which every browser knows: a map has no dictionary. */
function short(n: number, unit: 'minute' | 'hour' | 'day', locale: string): string {
  const key = `${locale} ${unit}`
  const format = formats.get(key) ?? new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'narrow' })
  formats.set(key, format)
  return format.format(n)
}

/** `3分钟` or `3m`, hours, days: short enough to stand beside a mark. Below a minute `<1分钟`. */
export function ageLabel(ageMs: number, locale: 'zh-CN' | 'en'): string {
  const minutes = Math.floor(Math.max(0, ageMs) / minuteMs)
  if (minutes < 1) return `<${short(1, 'minute', locale)}`
  if (minutes < 60) return short(minutes, 'minute', locale)
  if (minutes < 48 * 60) return short(Math.floor(minutes / 60), 'hour', locale)
  return short(Math.floor(minutes / 1440), 'day', locale)
}

/** The first `max` letters, with a mark where something was left out. */
export function shortened(text: string, max: number): string {
  const letters = [...text]
  return letters.length <= max ? text : `${letters.slice(0, max - 1).join('')}…`
}
