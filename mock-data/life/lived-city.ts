import type {
  CrewRow,
  DeviceRow,
  DivisionFeature,
  PackHead,
  PlaceFeature,
  RoadFeature,
} from '../../shared/contract/city-pack.ts'
import type { CaseClass } from '../../shared/model/case-class.ts'
import type { CaseSettings } from '../../shared/model/case-settings.ts'
import type { Department } from '../../shared/model/division.ts'
import type { WorkingCalendar } from '../../shared/model/working-calendar.ts'

/** The parts of a city pack that life needs. */
export interface LivedCity {
  readonly head: PackHead
  readonly divisions: readonly DivisionFeature[]
  readonly roads: readonly RoadFeature[]
  readonly places: readonly PlaceFeature[]
  readonly departments: readonly Pick<Department, 'id'>[]
  /** Empty = the built-in ones, of one filing condition each. */
  readonly caseClasses: readonly Pick<CaseClass, 'code' | 'name' | 'conditions'>[]
  readonly caseSettings: CaseSettings
  readonly crews: readonly CrewRow[]
  readonly devices: readonly DeviceRow[]
  /** Null = its offices never close. */
  readonly calendar: WorkingCalendar | null
}
