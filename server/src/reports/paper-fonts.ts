/**
 * The letters of one paper, cut out of the packaged Noto Sans SC. It comes in a hundred slices by range of code points, each with all weights:
 * of those slices that hold a letter of the paper, these letters in this weight become a font that is embedded. Guarantees that whoever opens
 * the paper sees what was written, with no font of their own, and can search it; a letter that no slice holds is shown as □.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import subsetFont from 'subset-font'

const missing = '□'
const packageDir = dirname(createRequire(import.meta.url).resolve('@fontsource-variable/noto-sans-sc/package.json'))

interface Slice {
  readonly name: string
  readonly ranges: readonly (readonly [from: number, to: number])[]
}

function readSlices(): Slice[] {
  const ranges = JSON.parse(readFileSync(join(packageDir, 'unicode.json'), 'utf8')) as Record<string, string>
  return Object.entries(ranges).map(([name, text]) => ({
    name: name.replace(/[[\]]/g, ''),
    ranges: text.split(',').map((range) => {
      const [from = '', to = from] = range.trim().replace(/^U\+/i, '').split('-')
      return [Number.parseInt(from, 16), Number.parseInt(to, 16)]
    }),
  }))
}

export type Weight = 400 | 600
/** Letters of one slice: drawn with one font. */
export interface Run {
  readonly font: string
  readonly text: string
}
export interface PaperFonts {
  /** By name, as TrueType. */
  readonly files: ReadonlyMap<string, Uint8Array>
  runs(text: string, weight: Weight): Run[]
}

/** `letters`: all that is written in each weight, in any order and as often as it comes. */
export async function paperFonts(letters: Readonly<Record<Weight, string>>): Promise<PaperFonts> {
  const slices = readSlices()
  const sliceOf = new Map<string, string | null>()
  const find = (letter: string): string | null => {
    const known = sliceOf.get(letter)
    if (known !== undefined) return known
    const point = letter.codePointAt(0) ?? 0
    const found = slices.find(({ ranges }) => ranges.some(([from, to]) => point >= from && point <= to))?.name ?? null
    sliceOf.set(letter, found)
    return found
  }
  const files = new Map<string, Uint8Array>()
  for (const weight of [400, 600] as const) {
    const bySlice = new Map<string, string>()
    for (const letter of new Set([...letters[weight], missing])) {
      const slice = find(letter)
      if (slice !== null) bySlice.set(slice, (bySlice.get(slice) ?? '') + letter)
    }
    for (const [slice, own] of bySlice) {
      const file = readFileSync(join(packageDir, 'files', `noto-sans-sc-${slice}-wght-normal.woff2`))
      const cut = await subsetFont(file, own, { targetFormat: 'truetype', variationAxes: { wght: weight } })
      files.set(`${slice}-${weight}`, cut)
    }
  }
  return {
    files,
    runs(text, weight) {
      const runs: { font: string; text: string }[] = []
      for (const letter of text) {
        const slice = find(letter)
        const shown = slice === null ? missing : letter
        const font = `${slice ?? find(missing) ?? ''}-${weight}`
        const last = runs.at(-1)
        if (last?.font === font) last.text += shown
        else runs.push({ font, text: shown })
      }
      return runs
    },
  }
}
