/**
 * Socket.IO: every event of both lanes, and what it carries. `docs/realtime.md` is checked against this file.
 *
 * State lane: a snapshot, then deltas that name the revision they follow (`prev`) and the one they reach (`rev`). A client
 * holding `rev` takes a delta when `prev <= rev < delta.rev`; when `prev > rev` it has a gap and says hello again.
 * Rows are whole, so taking one twice does no harm. Telemetry lane: latest values only; frames may be thinned, and say so.
 */
import { z } from 'zod'
import type { Alarm } from '../model/alarm.ts'
import type { Response } from '../model/response.ts'
import type { CasePlan } from '../model/case-plan.ts'
import type { WallControl } from '../model/display.ts'
import type { CityMode } from '../model/city-mode.ts'
import type { AlarmGroup, Flood } from '../model/load-control.ts'
import type { Drill } from '../model/drill.ts'
import type { DutyNow } from '../model/duty.ts'
import type { Incident } from '../model/incident.ts'
import type { Unit } from '../model/unit.ts'
import type { Warning } from '../model/warning.ts'
import type { KpiToday } from '../model/kpi.ts'
import type { CityVitals } from '../model/city-vitals.ts'
import type { Sensor } from '../model/sensor.ts'
import type { Instant } from '../model/ids.ts'
import type { MapView } from '../model/sensor-mark.ts'
import type { Hand, OwnHand } from './hands.ts'
import type { MapSensors } from './map-sensors.ts'
import type { DisplayHere, DisplayNow } from './display-roll.ts'
import type { WireError } from './errors.ts'
import type { Submission } from './command.ts'

/** Raised when a client of another number must reload to go on. */
export const contractVersion = 2

/** Tables of the state lane. `alarm-group` has the groups of which an alarm is open, `flood` the flood that is on, if any. `kpi` has one row, id `today`; `drill` has the running one, if any; `mode` has one row, id `city`; `wall` one, id `wall`, once something was pushed; `duty` has one row, id `now`, once anybody is on duty. `sensor` comes in deltas only; the list is fetched once by HTTP. */
export interface StateTables {
  alarm: Alarm
  'alarm-group': AlarmGroup
  flood: Flood
  incident: Incident
  unit: Unit
  warning: Warning
  drill: Drill
  mode: CityMode
  response: Response
  duty: DutyNow
  wall: WallControl
  plan: CasePlan
  kpi: KpiToday & { readonly id: 'today' }
  sensor: Sensor
}
export type StateTable = keyof StateTables
export const stateTables = [
  'alarm',
  'alarm-group',
  'flood',
  'incident',
  'unit',
  'warning',
  'drill',
  'mode',
  'response',
  'duty',
  'wall',
  'plan',
  'kpi',
  'sensor',
] as const satisfies readonly StateTable[]

/** A row that is now so, or (`row: null`) is no longer in this client's picture. */
export type RowChange = {
  [T in StateTable]: { readonly table: T; readonly id: string; readonly row: StateTables[T] | null }
}[StateTable]

export const helloSchema = z.object({
  /** The log this client has seen, from an earlier snapshot. */
  epoch: z.string().max(64).optional(),
  rev: z.number().int().min(0).optional(),
  contract: z.literal(contractVersion),
  topics: z.object({
    /** Values of sensors, and crews' positions. Absent = none. */
    telemetry: z
      .object({
        /** Only sensors within; absent = the whole city. */
        bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]).readonly().optional(),
        /** Only sensors of these kinds; none = crews' positions alone; absent = all. */
        kinds: z.array(z.string().max(64)).max(64).readonly().optional(),
      })
      .optional(),
    /** The city's sensors in numbers. */
    vitals: z.boolean().default(false),
    state: z.boolean().default(true),
  }),
})
export type Hello = z.input<typeof helloSchema>

export interface Snapshot {
  readonly epoch: string
  readonly rev: number
  readonly at: Instant
  readonly rows: readonly RowChange[]
}

export interface Delta {
  readonly epoch: string
  readonly prev: number
  readonly rev: number
  readonly at: Instant
  readonly changes: readonly RowChange[]
}

/** Every few seconds, also when nothing happens: the link is alive, this is the server's clock, this the newest data. */
export interface Pulse {
  readonly epoch: string
  readonly rev: number
  readonly at: Instant
  /** When the newest reading arrived; null before the first. */
  readonly newestReadingAt: Instant | null
}

/** A crew's place on the telemetry lane. */
export interface UnitPlace {
  readonly unitId: string
  readonly lon: number
  readonly lat: number
  readonly headingDeg: number | null
  readonly speedMps: number | null
  readonly fixAt: Instant
}

export type HelloAnswer =
  | {
      readonly ok: true
      readonly mode: 'resumed' | 'snapshot'
      readonly rev: number
      readonly epoch: string
      readonly at: Instant
      /** Which build of the pages is served; a page of another is old. Null = none is. */
      readonly build: string | null
    }
  | { readonly ok: false; readonly error: WireError }

export type CommandAck =
  | { readonly ok: true; readonly rev: number; readonly data: unknown }
  | { readonly ok: false; readonly error: WireError }

export interface ClientToServer {
  'sync:hello': (hello: Hello, ack: (answer: HelloAnswer) => void) => void
  'command:submit': (submission: Submission, ack: (answer: CommandAck) => void) => void
  /** Not answered. See `hands.ts`. */
  'desk:hand': (hand: OwnHand) => void
  /** Not answered. See `map-sensors.ts`. */
  'map:view': (view: MapView | null) => void
  /** Not answered. See `display-roll.ts`. */
  'display:here': (here: DisplayHere) => void
}

export interface ServerToClient {
  'state:snapshot': (snapshot: Snapshot) => void
  'state:delta': (delta: Delta) => void
  /** See `telemetry-frame.ts`. */
  'telemetry:frame': (frame: Uint8Array) => void
  'telemetry:units': (places: readonly UnitPlace[]) => void
  /** To whoever asked for them, once a second. */
  'telemetry:vitals': (vitals: CityVitals) => void
  /** To whoever said what its map shows; see `map-sensors.ts`. */
  'map:sensors': (sensors: MapSensors) => void
  'sync:pulse': (pulse: Pulse) => void
  /** All there are, whenever one changes; to officers' desks alone. */
  'desk:hands': (hands: readonly Hand[]) => void
  /** All there are, at each pulse and whenever one changes; to officers' desks alone. */
  'wall:displays': (displays: readonly DisplayNow[]) => void
  /** The session ended or its rights changed: sign in again. */
  'session:ended': (reason: 'signed-out' | 'rights-changed' | 'expired') => void
}
