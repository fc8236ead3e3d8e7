import type {
  CrewRow,
  DeviceRow,
  DivisionFeature,
  PackHead,
  PlaceFeature,
  RoadFeature,
  WorkingCalendar,
} from '../../shared/contract/city-pack.ts'

/** The parts of a city pack that life needs. */
export interface LivedCity {
  readonly head: PackHead
  readonly divisions: readonly DivisionFeature[]
  readonly roads: readonly RoadFeature[]
  readonly places: readonly PlaceFeature[]
  readonly crews: readonly CrewRow[]
  readonly devices: readonly DeviceRow[]
  /** Null = its offices never close. */
  readonly calendar: WorkingCalendar | null
}
