/**
 * What the player of a past and the server say to each other while history is lived: the same things that reach the public doors,
 * each with the instant at which it does. One step is asked, answered, and only then the next: whoever plays sees what came of it.
 */
import { z } from 'zod'
import type { Alarm } from '../model/alarm.ts'
import type { DutyNow } from '../model/duty.ts'
import type { Incident } from '../model/incident.ts'
import type { Unit } from '../model/unit.ts'
import type { Warning } from '../model/warning.ts'

/** Longer pasts are refused: roll-ups are kept no longer by default. */
export const mostHistoryDays = 400

const instant = z.number().int().min(0).max(8_640_000_000_000_000)
const id = z.string().min(1).max(64)
const commandId = z.uuid()
const input = { at: instant }

/** `at`: when it reaches the server. In order within a step, and never before what was sent earlier. */
export const historyInputSchema = z.discriminatedUnion('kind', [
  /** SensorThings: entities with what is nested in them, as POST to the set would bring them one by one. */
  z.object({
    ...input,
    kind: z.literal('create'),
    commandId,
    set: z.enum(['Things', 'Sensors', 'ObservedProperties']),
    bodies: z.array(z.unknown()).min(1).max(450),
  }),
  /** SensorThings: observations. `result` as the door takes it. */
  z.object({
    ...input,
    kind: z.literal('readings'),
    items: z
      .array(z.object({ sensorId: z.number().int().min(1), phenomenonAt: instant, result: z.unknown() }))
      .min(1)
      .max(20_000),
  }),
  /** Open311: the fields of a request's form. */
  z.object({ ...input, kind: z.literal('request'), commandId, fields: z.record(z.string(), z.string()) }),
  /** CAP: a whole document, as POST of an alert brings it. */
  z.object({ ...input, kind: z.literal('alert'), commandId, xml: z.string().min(1).max(262_144) }),
  /** A person's command, worded as `POST /api/v1/commands` takes it. `as`: the account. */
  z.object({ ...input, kind: z.literal('command'), as: id, body: z.record(z.string(), z.unknown()) }),
  /** A duty officer's question: which crews for this case? */
  z.object({ ...input, kind: z.literal('proposals'), incidentId: id }),
  /** A duty officer's question: which open cases may this one be? */
  z.object({ ...input, kind: z.literal('duplicates'), incidentId: id }),
  /** OwnTracks: a message of this crew's device. */
  z.object({ ...input, kind: z.literal('fix'), user: id, message: z.unknown() }),
])
export type HistoryInput = z.infer<typeof historyInputSchema>

const stepSchema = z.object({
  kind: z.literal('step'),
  until: instant,
  inputs: z.array(historyInputSchema).max(50_000),
})
/** What the player says: one message for each of the server's. */
export const playerMessageSchema = z.discriminatedUnion('kind', [
  stepSchema,
  /** Has come to `until`. Answered by `begin` with a later one where time has gone on, else by the end of the line. */
  z.object({ kind: z.literal('arrived') }),
  /** This city has nobody to play. */
  z.object({ kind: z.literal('nothing'), why: z.string().max(500) }),
])
export type PlayerMessage = z.infer<typeof playerMessageSchema>
export type HistoryStep = z.infer<typeof stepSchema>

/** What came of one input. */
export type HistoryResult =
  | {
      readonly ok: true
      /** Of `create`: the entities made, as `[kind, id]` in the order they were made. */
      readonly made?: readonly (readonly [kind: string, id: number])[]
      /** Of `proposals`: best first. */
      readonly proposals?: readonly { readonly unitId: string; readonly etaS: number }[]
      /** Of `duplicates`: likeliest first, with the reasons in words. */
      readonly candidates?: readonly { readonly incidentId: string; readonly score: number; readonly reason: string }[]
      /** Of `readings`: those the intake refused. */
      readonly refused?: number
      /** Of `request`. */
      readonly incidentId?: string
    }
  | { readonly ok: false; readonly code: string; readonly message: string }

/** A row as it is now; null = no longer among what is open or ended lately. */
export type HistoryChange =
  | { readonly table: 'alarm'; readonly id: string; readonly row: Alarm | null }
  | { readonly table: 'incident'; readonly id: string; readonly row: Incident | null }
  | { readonly table: 'unit'; readonly id: string; readonly row: Unit | null }
  | { readonly table: 'warning'; readonly id: string; readonly row: Warning | null }
  /** Never gone once there. */
  | { readonly table: 'duty'; readonly id: string; readonly row: DutyNow }

/** What the server says. */
export type ServerMessage =
  | {
      readonly kind: 'begin'
      readonly from: number
      readonly until: number
      readonly seed: number
      readonly cityDir: string
    }
  | {
      readonly kind: 'stepped'
      /** One an input, in the same order. */
      readonly results: readonly HistoryResult[]
      readonly changes: readonly HistoryChange[]
    }
