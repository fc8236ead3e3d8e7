/**
 * The class table a city starts from; a pack may bring its own. Classes, conditions and limits after a city's published table (field
 * reference §2.3-2.4), in this project's own words. Who leads is not a matter of the standard: `departmentId` is null here.
 */
import type { CaseClass } from '../case-class.ts'
import { eventClasses } from './event-classes.ts'
import { partClasses } from './part-classes.ts'
import { builtInStandardId } from '../standard-name.ts'
import { readClasses } from './read-classes.ts'

export const builtInStandard = { standardId: builtInStandardId, standardVersion: '2026.2' } as const

export const builtInClasses: readonly CaseClass[] = readClasses(`${partClasses}${eventClasses}`, builtInStandard)
