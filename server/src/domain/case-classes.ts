/**
 * The built-in class table with who leads in the demo city, and in any that names its departments alike; a pack may bring its own list.
 */
import type { CaseClass } from '../../../shared/model/case-class.ts'
import { builtInClasses } from '../../../shared/model/case-table/built-in-classes.ts'

/** Lead department by the longest matching code; a city that has no such department leaves the choice to an officer. */
const leads: Readonly<Record<string, string>> = {
  P01: 'roads',
  P0101: 'water',
  P0102: 'drainage',
  P0104: 'drainage',
  P0111: 'gas',
  P0124: 'water',
  P0128: 'power',
  P0137: 'lighting',
  P02: 'roads',
  P0289: 'traffic',
  P03: 'sanitation',
  P04: 'parks',
  P0508: 'drainage',
  P0596: 'market',
  P0597: 'drainage',
  E01: 'urban',
  E0110: 'sanitation',
  E0111: 'sanitation',
  E0112: 'sanitation',
  E0113: 'roads',
  E0120: 'environment',
  E0126: 'environment',
  E0135: 'sanitation',
  E0137: 'sanitation',
  E0192: 'sanitation',
  E02: 'urban',
  E03: 'urban',
  E0304: 'environment',
  E04: 'urban',
  E0496: 'fire',
  E0501: 'water',
  E0502: 'gas',
  E0503: 'drainage',
  E0505: 'roads',
  E0506: 'drainage',
  E0507: 'sanitation',
  E0512: 'drainage',
  E0587: 'fire',
  E0596: 'urban',
  E0597: 'civil',
  E0598: 'power',
  E0599: 'fire',
  E0595: 'fire',
  E0686: 'environment',
  E0689: 'traffic',
}

function leadOf(code: string): string | null {
  for (let length = code.length; length >= 3; length--) {
    const lead = leads[code.slice(0, length)]
    if (lead !== undefined) return lead
  }
  return null
}

/** With all conditions of each class; the first is the customary one, which holds where an officer names none. */
export const defaultCaseClasses: readonly CaseClass[] = builtInClasses.map((row) => ({
  ...row,
  departmentId: leadOf(row.code),
}))
