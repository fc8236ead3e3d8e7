/** Words for the map: short enough to stand beside a mark. Pure. */

const minuteMs = 60_000

/** `3分`, `2时`, `4天`: short enough to stand beside a mark. Below a minute `<1分`. */
export function ageLabel(ageMs: number, locale: 'zh-CN' | 'en'): string {
  const [m, h, d] = locale === 'en' ? ['m', 'h', 'd'] : ['分', '时', '天']
  const minutes = Math.floor(Math.max(0, ageMs) / minuteMs)
  if (minutes < 1) return `<1${m}`
  if (minutes < 60) return `${minutes}${m}`
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)}${h}`
  return `${Math.floor(minutes / 1440)}${d}`
}

/** The first `max` letters, with a mark where something was left out. */
export function shortened(text: string, max: number): string {
  const letters = [...text]
  return letters.length <= max ? text : `${letters.slice(0, max - 1).join('')}…`
}
