/**
 * How the load of alarms is kept human (ISA-18.2 / IEC 62682, EEMUA 191; field reference §4.3, §4.4): what counts as chattering and
 * fleeting, which alarms belong together, when a console is flooded, what may sound, and who is told when nobody acknowledges. Limits are
 * data. Nothing here hides an alarm: every one is in the log, in the list, and open to whoever asks.
 */
import type { AlarmGroupId, AlarmId, DistrictId, FloodId, Instant } from './ids.ts'
import type { Alarm } from './alarm.ts'
import type { AlarmLoad, AlarmSound, Chattering } from './alarm-load.ts'
import type { Priority } from './priority.ts'
import { isHiddenState } from './alarm.ts'
import type { LonLat } from './geo.ts'
import type { Role } from './role.ts'
import type { Term } from './term.ts'

/** What an announcement of each priority sounds like; in a flood only a new P1 does. */
export const soundRules: Readonly<Record<'calm' | 'flood', Readonly<Record<Priority, AlarmSound | null>>>> = {
  calm: { 1: 'critical', 2: 'urgent', 3: 'notice', 4: null },
  flood: { 1: 'critical', 2: null, 3: null, 4: null },
}

/** Load of an alarm; what was raised before there was any says nothing of it. */
export const loadOf = (alarm: Alarm): AlarmLoad => alarm.load ?? plainLoad(alarm.raisedAt, !alarm.drill)

export const plainLoad = (raisedAt: Instant, isInKpi = true): AlarmLoad => ({
  announcedAt: raisedAt,
  sound: null,
  isInKpi,
  groupId: null,
  chattering: null,
  hasChattered: false,
  fleetings: 0,
  escalation: null,
})

/** Its condition went away while it chatters: it stands, and waits for quiet. */
export const isDampedAway = (alarm: Alarm): boolean =>
  !alarm.active && loadOf(alarm).chattering !== null && !isHiddenState(alarm.state)

export interface ChatterLimit {
  /** So many raises and returns of one sensor and rule … */
  readonly transitions: number
  /** … within this time (both ends in it) are chattering … */
  readonly withinMs: number
  /** … until none came for this long. */
  readonly quietMs: number
}

const s = 1000
const min = 60 * s

export const chatterLimit: ChatterLimit = { transitions: 3, withinMs: min, quietMs: 10 * min }
/** Kinds that move more slowly, and chatter all the same. */
export const chatterLimits: Readonly<Record<string, ChatterLimit>> = {
  elevator: { transitions: 3, withinMs: 10 * min, quietMs: 30 * min },
}
export const chatterLimitOf = (kind: string): ChatterLimit => chatterLimits[kind] ?? chatterLimit
/** No transition older than this is of interest to anyone. */
export const longestChatterMs = Math.max(...[chatterLimit, ...Object.values(chatterLimits)].map((one) => one.withinMs))

/** Gone before this, and nobody acted: fleeting. */
export const fleetingMs = 30 * s

/** Alarms of one cause: what may have started it, and what may follow from it. */
export interface CauseFamily {
  readonly id: string
  readonly name: Term
  /** Sensor kinds whose alarms are of this cause. */
  readonly kinds: readonly string[]
  /** Kinds whose alarms may follow from it: they join such a group, and start none. */
  readonly effects: readonly string[]
  /** From the place of the alarm the group began with. */
  readonly radiusM: number
  /** After the newest alarm of the group. */
  readonly withinMs: number
}

export const causeFamilies: readonly CauseFamily[] = [
  {
    id: 'waterlogging',
    name: { zh: '内涝', en: 'Waterlogging' },
    kinds: ['rainfall', 'water-depth', 'pump', 'river-level'],
    effects: ['road-speed'],
    radiusM: 1500,
    withinMs: 60 * min,
  },
  {
    id: 'power',
    name: { zh: '供电', en: 'Power supply' },
    kinds: ['supply-voltage'],
    effects: ['street-light', 'elevator', 'pump', 'water-pressure'],
    radiusM: 1000,
    withinMs: 15 * min,
  },
  {
    id: 'gas',
    name: { zh: '燃气', en: 'Gas' },
    kinds: ['methane', 'gas-pressure'],
    effects: ['manhole-tilt'],
    radiusM: 500,
    withinMs: 15 * min,
  },
  {
    id: 'fire',
    name: { zh: '火情', en: 'Fire' },
    kinds: ['smoke', 'cable-temperature', 'leakage-current'],
    effects: [],
    radiusM: 200,
    withinMs: 10 * min,
  },
  {
    id: 'water-supply',
    name: { zh: '供水', en: 'Water supply' },
    kinds: ['water-pressure'],
    effects: [],
    radiusM: 1000,
    withinMs: 15 * min,
  },
  {
    id: 'traffic',
    name: { zh: '交通', en: 'Traffic' },
    kinds: ['road-speed'],
    effects: [],
    radiusM: 1000,
    withinMs: 15 * min,
  },
  {
    id: 'wind',
    name: { zh: '大风', en: 'Wind' },
    kinds: ['wind-speed'],
    effects: ['street-light'],
    radiusM: 3000,
    withinMs: 30 * min,
  },
  {
    id: 'air',
    name: { zh: '空气质量', en: 'Air quality' },
    kinds: ['pm25', 'aqi', 'ozone', 'dust'],
    effects: [],
    radiusM: 3000,
    withinMs: 60 * min,
  },
  {
    id: 'crowd',
    name: { zh: '人群', en: 'Crowd' },
    kinds: ['crowd-density'],
    effects: [],
    radiusM: 500,
    withinMs: 15 * min,
  },
]

/** Several properties of one installation: whatever is wrong there, it is wrong in one place. */
export const sameDevice: Pick<CauseFamily, 'id' | 'name' | 'withinMs'> = {
  id: 'device',
  name: { zh: '同一装置', en: 'One installation' },
  withinMs: 10 * min,
}

/** In a flood, alarms of P3 and P4 of one family and one district are one group, however far apart: no older than this. */
export const rollUpWithinMs = 60 * min
/** What no family knows, and sensors that cannot be heard or believed, are rolled up under these. */
export const otherCause: Pick<CauseFamily, 'id' | 'name'> = { id: 'other', name: { zh: '其他', en: 'Other' } }
export const dataCause: Pick<CauseFamily, 'id' | 'name'> = { id: 'data', name: { zh: '数据异常', en: 'Data' } }

export const isRolledUp = (priority: Priority): boolean => priority >= 3

/** The most alarms a group ever takes; the next begins another. */
export const mostInGroup = 200

/** The alarm that began first in the world, as far as is known: 首发. */
export interface FirstOut {
  readonly alarmId: AlarmId
  readonly name: Term
  readonly sensorName: string
  readonly occurredAt: Instant
}

/** Why these are one. `place`: near each other, of one cause family. `device`: one installation. `flood`: rolled up by district and family. */
export type GroupBasis = 'place' | 'device' | 'flood'

/** Alarms that belong together, as officers see them: “12 个相关告警，首发：…”. */
export interface AlarmGroup {
  readonly id: AlarmGroupId
  /** Grows by one with every change of the group or of an alarm in it. */
  readonly version: number
  readonly basis: GroupBasis
  /** {@link CauseFamily} id; of a `device` group its installation. */
  readonly cause: string
  readonly name: Term
  readonly firstOut: FirstOut
  /** Those still open, the first out first. */
  readonly alarmIds: readonly AlarmId[]
  /** How many it ever held. */
  readonly total: number
  /** The worst of the open ones. */
  readonly priority: Priority
  /** Open ones nobody has acknowledged. */
  readonly unacknowledged: number
  /** Of the alarm it began with: distances are taken from there. */
  readonly position: LonLat | null
  readonly districtId: DistrictId | null
  readonly startedAt: Instant
  /** When the newest came. */
  readonly lastAt: Instant
  readonly drill: boolean
}

/** The act on a whole group. */
export const acknowledgeGroupName: Term = { zh: '整组确认', en: 'Acknowledge all' }

/** Flood: more than `beginAbove` announcements a console within the window; over when fewer than `endBelow` are in it. */
export interface FloodLimit {
  readonly beginAbove: number
  readonly endBelow: number
  readonly windowMs: number
}
export const floodLimit: FloodLimit = { beginAbove: 10, endBelow: 5, windowMs: 10 * min }

/** Consoles are the officers on duty who share the load: a setting. */
export const mostConsoles = 50

export interface FloodCounts {
  /** Announcements since it began, those that made it one among them. */
  readonly announced: number
  readonly byPriority: Readonly<Record<Priority, number>>
  /** Of drills. */
  readonly ofDrill: number
  /** Most announcements within one window. */
  readonly peak: number
  readonly groups: number
  readonly grouped: number
  readonly escalated: number
  /** Cases opened from an alarm, or linked to one. */
  readonly cases: number
  readonly acknowledged: number
}

/** 告警洪泛 of the city's consoles: more than people can take in one by one. */
export interface Flood extends FloodCounts {
  readonly id: FloodId
  readonly version: number
  readonly startedAt: Instant
  readonly endedAt: Instant | null
  readonly consoles: number
  /** Rules that spoke most, the most frequent first; at most {@link mostInSummary}. */
  readonly topRules: readonly { readonly ruleId: string; readonly count: number }[]
}
export const mostInSummary = 10

/** Nobody acknowledged for so long: tell this role. */
export interface EscalationStep {
  readonly afterMs: number
  readonly to: Role
}

/** Per priority, in order. Counted from the announcement, whether the condition still holds or not. */
export const escalationSteps: Readonly<Record<Priority, readonly EscalationStep[]>> = {
  1: [
    { afterMs: min, to: 'chief' },
    { afterMs: 3 * min, to: 'manager' },
  ],
  2: [{ afterMs: 5 * min, to: 'chief' }],
  3: [{ afterMs: 15 * min, to: 'chief' }],
  4: [{ afterMs: 60 * min, to: 'chief' }],
}

/** 允许确认时间: an alarm is to be acknowledged not later than this after it was announced. */
export const allowedAcknowledgeMs = (priority: Priority): number =>
  (escalationSteps[priority][0] as EscalationStep).afterMs

export type AlarmLoadEvent =
  /** So often to and fro that it is damped from here on: this transition and the next are counted, not announced. */
  | {
      readonly type: 'alarm.chatter-began'
      readonly alarmId: AlarmId
      readonly state: Alarm['state']
      readonly chattering: Chattering
      /** Does the condition hold after this transition? */
      readonly holds: boolean
      readonly value: number
      /** This transition raised it again. */
      readonly isRaise: boolean
    }
  /** A raise or a return of a chattering alarm. */
  | {
      readonly type: 'alarm.fluttered'
      readonly alarmId: AlarmId
      readonly holds: boolean
      readonly value: number
      readonly quietAt: Instant
    }
  /** It has been quiet. Where the condition does not hold, its return follows. */
  | { readonly type: 'alarm.chatter-ended'; readonly alarmId: AlarmId; readonly transitions: number }
  | {
      readonly type: 'alarm.grouped'
      readonly alarmId: AlarmId
      readonly groupId: AlarmGroupId
      readonly basis: GroupBasis
      readonly cause: string
      readonly name: Term
    }
  | {
      readonly type: 'alarm.escalated'
      readonly alarmId: AlarmId
      readonly level: number
      readonly to: Role
      readonly waitedMs: number
    }

export const loadEventTypes = [
  'alarm.chatter-began',
  'alarm.fluttered',
  'alarm.chatter-ended',
  'alarm.grouped',
  'alarm.escalated',
] as const satisfies readonly AlarmLoadEvent['type'][]

/** `note`: the line for the shift log. */
export type FloodEvent =
  | { readonly type: 'flood.began'; readonly flood: Flood; readonly note: Term }
  /** With the after-action summary. */
  | { readonly type: 'flood.ended'; readonly flood: Flood; readonly note: Term }

/** One announcement to the officers, as KPIs count it. */
export interface Announcement {
  /** Of the event in the log: the same is never counted twice. */
  readonly seq: number
  readonly at: Instant
  readonly alarmId: AlarmId
  readonly priority: Priority
  readonly isInKpi: boolean
}
