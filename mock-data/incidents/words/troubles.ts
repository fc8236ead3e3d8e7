/** All that people say something about: the vocabulary of every class of case. */
import { appearanceTroubles } from './appearance-troubles.ts'
import { emergencyTroubles } from './emergency-troubles.ts'
import { otherTroubles } from './other-troubles.ts'
import { streetTroubles } from './street-troubles.ts'
import type { Trouble } from './trouble.ts'

export const troubles: readonly Trouble[] = [
  ...appearanceTroubles,
  ...streetTroubles,
  ...emergencyTroubles,
  ...otherTroubles,
]
export const troubleByCode: ReadonlyMap<string, Trouble> = new Map(troubles.map((one) => [one.code, one]))
