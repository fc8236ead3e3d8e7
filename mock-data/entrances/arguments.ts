/** Command lines: `--flag value`, `--switch`, and words. An unknown flag is named, never ignored. */
export interface Arguments {
  readonly words: readonly string[]
  readonly flags: ReadonlyMap<string, readonly string[]>
  has(flag: string): boolean
  text(flag: string): string | null
  number(flag: string, fallback: number, min: number, max: number): number
}

/** A mistake of the person at the keyboard: shown as one line, exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}

/** `repeatable` flags may come again, in order; others only once. `switches` take no value. */
export function readArguments(
  argv: readonly string[],
  valued: readonly string[],
  switches: readonly string[],
): Arguments & { readonly ordered: readonly (readonly [flag: string, value: string])[] } {
  const words: string[] = []
  const flags = new Map<string, string[]>()
  const ordered: (readonly [string, string])[] = []
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] as string
    if (!word.startsWith('--')) {
      words.push(word)
      continue
    }
    const [flag, inline] = word.slice(2).split(/=(.*)/s, 2) as [string, string | undefined]
    if (switches.includes(flag)) {
      flags.set(flag, [])
      continue
    }
    if (!valued.includes(flag))
      throw new UsageError(`unknown flag --${flag}; known: ${[...valued, ...switches].map((f) => `--${f}`).join(' ')}`)
    const value = inline ?? argv[++i]
    if (value === undefined) throw new UsageError(`--${flag} needs a value`)
    flags.set(flag, [...(flags.get(flag) ?? []), value])
    ordered.push([flag, value])
  }
  const text = (flag: string) => flags.get(flag)?.at(-1) ?? null
  return {
    words,
    flags,
    ordered,
    has: (flag) => flags.has(flag),
    text,
    number(flag, fallback, min, max) {
      const given = text(flag)
      if (given === null) return fallback
      const n = Number(given)
      if (!Number.isFinite(n) || n < min || n > max)
        throw new UsageError(`--${flag} is ${given}; allowed: a number from ${min} to ${max}`)
      return n
    },
  }
}
