/**
 * Which case classes people use for one and the same thing. A caller chooses from a list and a sensor has its own word, so reports of one
 * happening often differ in 小类; seldom in the family. By code; codes a city does not have do no harm.
 */
const families: readonly (readonly string[])[] = [
  // Covers and grates: told apart by whoever lifts them.
  ['P0101', 'P0102', 'P0103', 'P0104', 'P0106', 'P0110', 'P0111', 'P0114', 'P0118', 'P0123', 'E0505'],
  // Water where none belongs.
  ['E0501', 'E0503', 'E0506', 'E0512', 'P0104', 'P0124', 'P0508', 'P0597'],
  // What lies about.
  ['E0110', 'E0111', 'E0112', 'E0135', 'E0136', 'E0192', 'P0305'],
  // The ground one goes on.
  ['E0113', 'P0284', 'E0505', 'E0302'],
  // Smoke and smell.
  ['E0120', 'E0587', 'E0304', 'E0686', 'E0502', 'P0111'],
  // Power and light.
  ['P0128', 'P0137', 'P0289', 'E0508', 'E0598'],
  // Trees, boards and what may fall.
  ['P0402', 'E0596', 'E0203', 'P0306', 'E0508'],
  // Works and their noise.
  ['E0301', 'E0302', 'E0304'],
  // What stands in the way.
  ['E0401', 'E0405', 'E0406', 'E0410', 'E0496', 'P0201'],
  ['E0488', 'E0689', 'P0289'],
  ['P0596', 'E0599'],
  ['P0212', 'P0217', 'P0408', 'E0203'],
  ['E0126', 'E0512', 'E0125', 'E0130'],
  ['E0201', 'E0203', 'E0207'],
]
/** Chosen where nothing in the list fits: says nothing against any other. */
const others = new Set(['E0595', 'E0699'])

const familiesOf = new Map<string, Set<number>>()
families.forEach((codes, family) => {
  for (const code of codes) familiesOf.set(code, (familiesOf.get(code) ?? new Set()).add(family))
})

/** What is felt over some streets at once: a jam, a power cut, low water pressure, a river, a smell. */
const wide = new Set(['E0501', 'E0512', 'E0598', 'E0686', 'E0689'])
/** How many times farther apart two reports of one happening of this class may lie than those of an ordinary one. */
export const reachOf = (code: string): number => (wide.has(code) ? 3 : 1)

export type ClassRelation = 'same' | 'family' | 'other' | 'group' | 'apart'

/** How near two classes are: one 小类, one family, one of them 其他, one 大类, or none of it. */
export function classRelation(a: string, b: string): ClassRelation {
  if (a === b) return 'same'
  const ofB = familiesOf.get(b)
  for (const family of familiesOf.get(a) ?? []) if (ofB?.has(family)) return 'family'
  if (others.has(a) || others.has(b)) return 'other'
  return a.slice(0, 3) === b.slice(0, 3) ? 'group' : 'apart'
}
