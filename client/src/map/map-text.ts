/**
 * Words for the map, and the letters to draw them. The map caches a letter as it first drew it, so a letter whose font file
 * had not arrived would stay wrong for ever: text is shown only after its letters are there.
 */
import { mapFont } from './map-look.ts'

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

const loaded = new Set<string>()

/** Resolves when every letter of the texts can be drawn. Never rejects: a missing font falls back to the system's. */
export async function withLetters(texts: Iterable<string>): Promise<void> {
  const wanted = new Set<string>()
  for (const text of texts) for (const letter of text) if (!loaded.has(letter)) wanted.add(letter)
  if (wanted.size === 0 || typeof document === 'undefined' || document.fonts === undefined) return
  try {
    await document.fonts.load(`24px "${mapFont}"`, [...wanted].join(''))
  } catch {
    // Drawn with whatever the system has: worse letters are better than no names.
  }
  for (const letter of wanted) loaded.add(letter)
}
