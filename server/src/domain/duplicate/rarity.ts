/** What a shingle says by how many reports have it: asked for each of two texts for every pair that is compared. */

const logs: number[] = []
const logOf = (n: number): number => (logs[n] ??= Math.log(n))

/** Near 1: next to none of `all` reports `have` it; 0: all do. `all` ≥ 2. */
export const rarity = (all: number, have: number): number => 1 - logOf(have + 1) / logOf(all)
