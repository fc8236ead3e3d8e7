/** Text with choices in it: `{a|b|}` is one of a, b or nothing; choices nest. `<slot>` is filled by who speaks. Pure and seeded. */
import type { Random } from '../../city/random.ts'

type Part = string | readonly (readonly Part[])[]

function parse(pattern: string): readonly Part[] {
  let at = 0
  const sequence = (isInside: boolean): Part[] => {
    const parts: Part[] = []
    let text = ''
    const flush = () => {
      if (text !== '') parts.push(text)
      text = ''
    }
    while (at < pattern.length) {
      const letter = pattern[at] as string
      if (isInside && (letter === '|' || letter === '}')) break
      at++
      if (letter !== '{') text += letter
      else {
        flush()
        const choices: Part[][] = []
        do {
          choices.push(sequence(true))
        } while (pattern[at++] === '|')
        parts.push(choices)
      }
    }
    flush()
    return parts
  }
  return sequence(false)
}

const parsed = new Map<string, readonly Part[]>()
const partsOf = (pattern: string): readonly Part[] => {
  let parts = parsed.get(pattern)
  if (!parts) parsed.set(pattern, (parts = parse(pattern)))
  return parts
}

/** One of the texts the pattern allows. A slot nobody fills stays as it is written. */
export function speak(pattern: string, random: Random, slots: Readonly<Record<string, string>> = {}): string {
  const say = (parts: readonly Part[]): string =>
    parts.map((part) => (typeof part === 'string' ? part : say(random.pick(part)))).join('')
  return say(partsOf(pattern)).replace(/<(\w+)>/g, (slot, name: string) => slots[name] ?? slot)
}

/** How many texts the pattern allows. */
export function ways(pattern: string): number {
  const count = (parts: readonly Part[]): number =>
    parts.reduce(
      (product, part) =>
        typeof part === 'string' ? product : product * part.reduce((sum, one) => sum + count(one), 0),
      1,
    )
  return count(partsOf(pattern))
}
