import type { CameraRow, PartRow } from '../../../shared/contract/city-pack.ts'
import type { WorkingCalendar } from '../../../shared/model/working-calendar.ts'
import type { CityProfile } from '../../../shared/model/division.ts'
import type { DutyBook } from '../../../shared/model/duty-roster.ts'
import type { DispatchSettings } from '../../../shared/model/dispatch-settings.ts'
import type { Instant } from '../../../shared/model/ids.ts'
import type { Term } from '../../../shared/model/term.ts'
import type { LonLat } from '../../../shared/model/geo.ts'
import type { WarningPolygon } from '../../../shared/model/warning.ts'
import type { ResponsePlan } from '../../../shared/model/response-plan.ts'
import type { CaseSettings } from '../../../shared/model/case-settings.ts'
import type { WallProgramme } from '../../../shared/model/display.ts'
import type { ModeTable } from '../../../shared/model/mode-effects.ts'
import type { CaseClass } from '../../../shared/model/case-class.ts'
import type { AlarmRule } from '../../../shared/model/alarm.ts'
import type { InternalCommand } from '../../../shared/model/command.ts'

/** Seconds and metres from one place to another, and on what ground they stand. */
export interface Travel {
  readonly seconds: number
  readonly metres: number
  /** `road` = shortest time on the pack's roads; `straight` = straight line × 1.3 at 30 km/h, where there are none. */
  readonly basis: 'road' | 'straight'
}

/** The deployment: what a city pack says about its city. Immutable after start. */
export interface City {
  readonly profile: CityProfile
  /** Whose data the ground is, to be shown with the map; may be empty. */
  readonly attribution: string
  readonly caseClasses: readonly CaseClass[]
  readonly alarmRules: readonly AlarmRule[]
  readonly crews: readonly Extract<InternalCommand, { type: 'unit.enrol' }>[]
  /** Response plans, none where the pack brings none. */
  readonly plans: readonly ResponsePlan[]
  /** When its offices work; null where the pack does not say. */
  readonly calendar: WorkingCalendar | null
  /** Limits of a case it sets for itself; absent = the customary ones. */
  readonly caseSettings?: CaseSettings
  /** Its roster of duty; absent = it keeps none here. */
  readonly duty?: DutyBook
  /** What its modes change; absent = as is customary. */
  readonly modes?: ModeTable
  /** What its wall shows when; absent = as is customary. */
  readonly programme?: WallProgramme
  readonly cameras: readonly CameraRow[]
  /** 部件, in the order of the file; the only copy: not to be kept again. */
  readonly parts: readonly PartRow[]
  /**
   * What covers the place, the finest first: `[unit grid, responsibility grid, street, district]`, without those the pack does
   * not have there. Empty outside the city.
   */
  locate(at: LonLat): readonly string[]
  /** District (level 2) of a place, or null outside all. */
  districtOf(at: LonLat): string | null
  /** Districts (level 2) that any of the areas touches, in the pack's order. Streets (level 3) where a pack has no districts. */
  districtsTouching(areas: readonly WarningPolygon[]): readonly string[]
  /** Without `at`, as fast as the roads allow; with it, at that hour's speeds. */
  travel(from: LonLat, to: LonLat, at?: Instant): Travel
  /** The hours `travel` reckons with at that instant; null = roads are free. Absent = it knows no hours. */
  roadBandAt?(at: Instant): Term | null
  /** Absent = the usual ones. */
  readonly dispatch?: DispatchSettings
  /**
   * GeoJSON of a map layer (`divisions`, `grids`, `roads`, `rail`, `water`, `green`, `buildings`, `places`) in WGS 84, as UTF-8
   * bytes; null where the pack has none.
   */
  layer(name: string): Uint8Array | null
  readonly layerNames: readonly string[]
}
