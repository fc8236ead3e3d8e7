/** Command ids by seed: the same past has the same log, and the log names its commands. */
import type { Random } from '../city/random.ts'

const hex = (random: Random, digits: number): string => {
  let text = ''
  for (let n = 0; n < digits; n++) text += random.whole(0, 15).toString(16)
  return text
}

/** UUIDs of version 4 in form, though not in chance. */
export const uuids = (random: Random) => (): string =>
  `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-8${hex(random, 3)}-${hex(random, 12)}`
