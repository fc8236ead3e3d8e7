/** Chance with a memory of where it began: the same seed gives the same city, the same day, the same words. */
export interface Random {
  /** 0 ≤ x < 1. */
  next(): number
  /** min ≤ x < max. */
  between(min: number, max: number): number
  /** Whole number, min ≤ n ≤ max. */
  whole(min: number, max: number): number
  chance(probability: number): boolean
  /** Throws RangeError on an empty list. */
  pick<T>(list: readonly T[]): T
  /** A copy in another order. */
  shuffled<T>(list: readonly T[]): T[]
  /** Bell-shaped around 0 with deviation 1. */
  normal(): number
}

/** Mixes text into a whole number, so that parts of a city draw from streams of their own. */
export function seedFrom(seed: number, word: string): number {
  let h = (seed ^ 0x9e3779b9) >>> 0
  for (let i = 0; i < word.length; i++) h = Math.imul(h ^ word.charCodeAt(i), 0x01000193) >>> 0
  return h
}

/** A small counter-based generator with 2³² starts; not for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const whole = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  return {
    next,
    between: (min, max) => min + next() * (max - min),
    whole,
    chance: (probability) => next() < probability,
    pick: (list) => {
      if (list.length === 0) throw new RangeError('nothing to pick from')
      return list[Math.floor(next() * list.length)] as (typeof list)[number]
    },
    shuffled: (list) => {
      const copy = [...list]
      for (let i = copy.length - 1; i > 0; i--) {
        const j = whole(0, i)
        const kept = copy[i] as (typeof copy)[number]
        copy[i] = copy[j] as (typeof copy)[number]
        copy[j] = kept
      }
      return copy
    },
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  }
}

/** A duration as people's are: half of them below the median, a few far above. `spread` = deviation of the logarithm. */
export const logNormal = (random: Pick<Random, 'normal'>, median: number, spread: number): number =>
  median * Math.exp(spread * random.normal())
