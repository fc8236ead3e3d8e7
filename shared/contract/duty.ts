/** Commands and questions about duty as they cross the wire. */
import { z } from 'zod'
import { dutyPosts, type DutyRoster } from '../model/duty-roster.ts'
import { rollCallMeans, rollCallOutcomes, type Attendance, type RollCall } from '../model/duty-attendance.ts'
import { dutyEntryKinds, type DutyNow, type HandOver, type RosterChange } from '../model/duty.ts'
import type { Term } from '../model/term.ts'
import { id, instantSchema, reason, text } from './fields.ts'

const said = text(2000).default('')
const shiftId = z.string().regex(/^\d{8}-(day|night)$/, 'a shift is yyyymmdd-day or yyyymmdd-night')

const substitutionSchema = z.object({ shiftId, post: z.enum(dutyPosts), outId: id, inId: id })
const callSchema = z.object({
  calledAt: instantSchema,
  place: text(200).default(''),
  origin: z.string().trim().min(1).max(2000),
  course: said,
  measures: said,
  result: said,
  impact: said,
  trend: said,
  informed: said,
  unit: text(120).default(''),
  name: text(80).default(''),
  title: text(80).default(''),
  phone: text(40).default(''),
  incidentId: id.nullable().default(null),
})

export const dutyCommandSchemas = [
  z.object({ type: z.literal('duty.note'), text: z.string().trim().min(1).max(2000) }),
  z.object({ type: z.literal('duty.record-call'), call: callSchema }),
  z.object({
    type: z.literal('duty.correct'),
    seq: z.number().int().min(1),
    text: z.string().trim().min(1).max(2000),
  }),
  z.object({
    type: z.literal('duty.request-change'),
    substitutions: z.array(substitutionSchema).min(1).max(2).readonly(),
    reason,
  }),
  z.object({ type: z.literal('duty.approve-change'), changeId: id, note: text(500).default('') }),
  z.object({ type: z.literal('duty.decline-change'), changeId: id, reason }),
  z.object({ type: z.literal('duty.take-console') }),
  z.object({ type: z.literal('duty.release-console'), reason }),
  z.object({
    type: z.literal('duty.prepare-hand-over'),
    matters: z.array(z.string().trim().min(1).max(500)).max(40).readonly().default([]),
  }),
  z.object({ type: z.literal('duty.sign-hand-over') }),
  z.object({ type: z.literal('duty.cancel-hand-over'), reason }),
  z.object({ type: z.literal('duty.acknowledge-items'), itemIds: z.array(id).min(1).max(500).readonly() }),
  z.object({ type: z.literal('duty.take-over') }),
  z.object({ type: z.literal('duty.sign-on'), officerId: id }),
  z.object({ type: z.literal('duty.sign-off'), officerId: id, reason: text(500).default('') }),
  z.object({
    type: z.literal('duty.call-roll'),
    means: z.enum(rollCallMeans),
    hall: z.boolean().default(true),
    centreIds: z.array(id).max(200).readonly().default([]),
  }),
  z.object({
    type: z.literal('duty.mark-roll'),
    rollCallId: id,
    subject: text(80),
    outcome: z.enum(rollCallOutcomes),
    note: text(500).default(''),
  }),
  z.object({ type: z.literal('duty.end-roll'), rollCallId: id }),
] as const

export const rosterQuerySchema = z
  .object({
    /** First day, `yyyy-mm-dd`; absent = today. */
    from: z.iso.date().exactOptional(),
    days: z.coerce.number().int().min(1).max(62).default(7),
  })
  .strict()

export const dutyLogQuerySchema = z
  .object({
    shift: shiftId.exactOptional(),
    kind: z.enum(dutyEntryKinds).exactOptional(),
    limit: z.coerce.number().int().min(1).max(500).default(200),
    /** Lines before this number, the newest first. */
    cursor: z.coerce.number().int().min(1).exactOptional(),
  })
  .strict()
export type DutyLogQuery = z.output<typeof dutyLogQuerySchema>

export const handOverQuerySchema = z
  .object({
    limit: z.coerce.number().int().min(1).max(100).default(20),
    cursor: z.coerce.number().int().min(1).exactOptional(),
  })
  .strict()

/** A roster with names; numbers are null for those who may not ring them. */
export interface RosterRow extends Omit<DutyRoster, 'places'> {
  readonly places: readonly (DutyRoster['places'][number] & { readonly name: Term; readonly phone: string | null })[]
}

/** `GET /duty/now` */
export interface DutyNowAnswer {
  readonly now: DutyNow | null
  readonly places: RosterRow['places']
  /** Whom the modes in force call in, and by when. */
  readonly calledIn: readonly { readonly who: Term; readonly byAt: number }[]
  readonly handOver: HandOver | null
  readonly changes: readonly RosterChange[]
  /** Of this shift, of the one before whoever has not signed off, of the next whoever has signed on; in the roster's order. */
  readonly attendance: readonly Attendance[]
  /** Of this shift, the newest first. */
  readonly rollCalls: readonly RollCall[]
}

/** `GET /duty/roster` */
export interface RosterAnswer {
  readonly items: readonly RosterRow[]
  readonly next: null
  /** Who may be asked to stand in; empty for those who may not ring them. */
  readonly officers: readonly { readonly id: string; readonly name: Term; readonly posts: readonly string[] }[]
}
