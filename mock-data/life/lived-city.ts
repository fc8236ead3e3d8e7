import type {
  CrewRow,
  DeviceRow,
  DivisionFeature,
  PackHead,
  PlaceFeature,
  RoadFeature,
} from '../../shared/contract/city-pack.ts'
import type { Department } from '../../shared/model/division.ts'
import type { WorkingCalendar } from '../../shared/model/working-calendar.ts'

/** The parts of a city pack that life needs. */
export interface LivedCity {
  readonly head: PackHead
  readonly divisions: readonly DivisionFeature[]
  readonly roads: readonly RoadFeature[]
  readonly places: readonly PlaceFeature[]
  readonly departments: readonly Pick<Department, 'id'>[]
  readonly crews: readonly CrewRow[]
  readonly devices: readonly DeviceRow[]
  /** Null = its offices never close. */
  readonly calendar: WorkingCalendar | null
}
