/**
 * What folding events changed: the rows to store and to publish. A row that left memory is here in its last form, so
 * that the read models get it; whether it is still in the picture is asked of state.
 */
import type { Alarm } from '../../../shared/model/alarm.ts'
import type { Response } from '../../../shared/model/response.ts'
import type { CasePlan } from '../../../shared/model/case-plan.ts'
import type { WallControl } from '../../../shared/model/display.ts'
import type { CityMode } from '../../../shared/model/city-mode.ts'
import type { Announcement, Flood } from '../../../shared/model/load-control.ts'
import type { AlgorithmId } from '../../../shared/model/algorithm.ts'
import type { Drill } from '../../../shared/model/drill.ts'
import type { DutyEntry, DutyNow, HandOver } from '../../../shared/model/duty.ts'
import type { Entity, EntityKind } from '../../../shared/model/catalog.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import type { Sensor } from '../../../shared/model/sensor.ts'
import type { Unit } from '../../../shared/model/unit.ts'
import type { Warning } from '../../../shared/model/warning.ts'
import type { AlgorithmState } from './algorithm/state.ts'

export interface Changes {
  readonly alarms: Map<string, Alarm>
  /** Groups of alarms that changed; one that is gone has no alarm open. */
  readonly alarmGroups: Set<string>
  readonly floods: Map<string, Flood>
  readonly announcements: Announcement[]
  readonly incidents: Map<string, Incident>
  readonly units: Map<string, Unit>
  readonly warnings: Map<string, Warning>
  readonly drills: Map<string, Drill>
  readonly modes: Map<string, CityMode>
  readonly walls: Map<string, WallControl>
  readonly casePlans: Map<string, CasePlan>
  readonly responses: Map<string, Response>
  readonly duty: Map<string, DutyNow>
  readonly dutyEntries: DutyEntry[]
  /** In their last form, where they are not open any more. */
  readonly handOvers: Map<string, HandOver>
  readonly algorithms: Map<AlgorithmId, AlgorithmState>
  /** null = removed. */
  readonly sensors: Map<number, Sensor | null>
  readonly entities: Map<EntityKind, Map<number, Entity | null>>
  kpi: boolean
  /** A change of an alarm rule was proposed or decided. */
  rules: boolean
  /** A change of the roster was asked for or decided. */
  roster: boolean
}

export const noChanges = (): Changes => ({
  alarms: new Map(),
  alarmGroups: new Set(),
  floods: new Map(),
  announcements: [],
  incidents: new Map(),
  units: new Map(),
  warnings: new Map(),
  drills: new Map(),
  modes: new Map(),
  walls: new Map(),
  casePlans: new Map(),
  responses: new Map(),
  duty: new Map(),
  dutyEntries: [],
  handOvers: new Map(),
  algorithms: new Map(),
  sensors: new Map(),
  entities: new Map(),
  kpi: false,
  rules: false,
  roster: false,
})
