/** What load control keeps with each alarm: see `load-control.ts` for what it does by it. */
import type { AlarmGroupId, Instant } from './ids.ts'
import type { Role } from './role.ts'

/** What a console plays; null = nothing. */
export const alarmSounds = ['critical', 'urgent', 'notice'] as const
export type AlarmSound = (typeof alarmSounds)[number]

/** 颤动: going to and fro faster than anybody can follow. Announced once; counted on until it has been quiet. */
export interface Chattering {
  readonly sinceAt: Instant
  /** Raises and returns counted, those that made it chattering among them. */
  readonly transitions: number
  readonly lastAt: Instant
  /** It is over when nothing has moved until then. */
  readonly quietAt: Instant
}

/** Told further because nobody acknowledged. */
export interface Escalation {
  /** 1 for the first step of its priority, 2 for the next. */
  readonly level: number
  readonly to: Role
  readonly at: Instant
}

/** What load control keeps with an alarm. */
export interface AlarmLoad {
  /** What the time to acknowledge runs from: the announcement that still waits, or the last one. */
  readonly announcedAt: Instant
  /** Of its newest announcement. */
  readonly sound: AlarmSound | null
  /** Counted in KPIs: real, or of a drill that counts. */
  readonly isInKpi: boolean
  readonly groupId: AlarmGroupId | null
  readonly chattering: Chattering | null
  /** Was it ever chattering? */
  readonly hasChattered: boolean
  /** How often it came and went by itself within seconds, before anybody acted. */
  readonly fleetings: number
  /** The furthest step since it was announced. */
  readonly escalation: Escalation | null
}
