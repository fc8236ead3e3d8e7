/** Bodies of the questions algorithms answer before a case is filed. */
import { z } from 'zod'
import type { DuplicateCandidate } from '../model/duplicate.ts'
import type { Incident } from '../model/incident.ts'
import { incidentSources } from '../model/incident.ts'
import { lonLatSchema } from './fields.ts'

const text = (max: number) => z.string().trim().max(max)

/** `POST /api/v1/incidents/{duplicates,suggestions}`: a report that is only being written. Kept nowhere. */
export const draftReportSchema = z
  .object({
    classCode: text(64).default(''),
    title: text(120).default(''),
    description: text(4000).default(''),
    source: z.enum(incidentSources).default('hotline'),
    sourceRef: text(120).nullable().default(null),
    position: lonLatSchema.nullable().default(null),
    address: text(200).nullable().default(null),
    phone: text(40).nullable().default(null),
  })
  .strict()

/** `isOn` false = the algorithm is switched off, which is not the same as nothing found. */
export interface DuplicatesAnswer {
  readonly isOn: boolean
  readonly items: readonly (DuplicateCandidate & { readonly incident: Incident })[]
  readonly next: null
}
