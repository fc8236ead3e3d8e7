/**
 * A city pack as the rest of the server knows it: the `City` port. Read once at the start, immutable after.
 */
import { looseModes } from '../../../shared/contract/mode-effects.ts'
import { looseClasses } from '../../../shared/contract/city-pack-ties.ts'
import type { AlarmRule } from '../../../shared/model/alarm.ts'
import type { CaseClass } from '../../../shared/model/case-class.ts'
import type { BBox } from '../../../shared/model/geo.ts'
import type { City } from '../ports/city.ts'
import { defaultDispatchSettings } from '../../../shared/model/dispatch-settings.ts'
import { areaFinder } from './area-finder.ts'
import { CityPackError } from './city-pack-error.ts'
import { withLeads } from './lead-departments.ts'
import { placeFinder } from './place-finder.ts'
import { readPack, type PackContent } from './read-pack.ts'
import { roadHours } from './road-hours.ts'
import { travelFinder } from './travel-finder.ts'

/** Tables used where the pack brings none of its own. */
export interface CityDefaults {
  readonly caseClasses: readonly CaseClass[]
  readonly alarmRules: readonly AlarmRule[]
}

/** Of the roads, where a pack has no divisions. */
function roadsBox(pack: PackContent): BBox {
  let [west, south, east, north] = [180, 90, -180, -90]
  for (const { geometry } of pack.roads) {
    for (const [lon, lat] of geometry.coordinates) {
      west = Math.min(west, lon)
      south = Math.min(south, lat)
      east = Math.max(east, lon)
      north = Math.max(north, lat)
    }
  }
  return west > east ? [-180, -90, 180, 90] : [west, south, east, north]
}

/**
 * Loads the pack in `dir`. Throws `CityPackError` listing every problem by file, feature and field.
 * A built-in case class led by a department this city does not have is led by who claims it, else by none; a rule that opens
 * cases of a class this city does not have is an error, and so is a part or a claim of such a class.
 */
export async function loadCity(dir: string, defaults: CityDefaults): Promise<City> {
  const pack = await readPack(dir)
  const finder = placeFinder(pack.divisions, pack.grids)
  const caseClasses = withLeads(pack.caseClasses ?? defaults.caseClasses, pack.departments)
  const alarmRules: readonly AlarmRule[] = pack.alarmRules ?? defaults.alarmRules
  const { departments, parts } = pack
  const loose = looseClasses(new Set(caseClasses.map((row) => row.code)), {
    departments,
    parts,
    alarmRules,
    plans: pack.plans,
  }).concat(looseModes(pack.modes, caseClasses, alarmRules))
  if (loose.length) throw new CityPackError(dir, loose)
  const { id, name, nameEn, timeZone, attribution } = pack.head
  const dispatch = { ...defaultDispatchSettings, ...pack.dispatch }
  const hours = roadHours(dispatch.roadBands, timeZone)
  return {
    profile: {
      id,
      name,
      nameEn,
      timeZone,
      bbox: finder.bbox ?? roadsBox(pack),
      divisions: finder.divisions,
      departments: pack.departments.map((row) => ({ id: row.id, name: row.name, nameEn: row.nameEn })),
    },
    attribution,
    caseClasses,
    alarmRules,
    crews: pack.crews.map(
      ({ unitId, name: crewName, kind, capabilities, departmentId, station, shift, staffedBy }) => ({
        type: 'unit.enrol',
        unitId,
        name: crewName,
        kind,
        capabilities,
        departmentId,
        station,
        shift,
        ...(staffedBy === '' ? {} : { staffedBy }),
      }),
    ),
    plans: pack.plans,
    calendar: pack.calendar,
    caseSettings: pack.caseSettings,
    ...(pack.modes === null ? {} : { modes: pack.modes }),
    ...(pack.duty === null ? {} : { duty: pack.duty }),
    ...(pack.programme === null ? {} : { programme: pack.programme }),
    cameras: pack.cameras,
    parts: pack.parts,
    locate: finder.locate,
    districtOf: finder.districtOf,
    districtsTouching: areaFinder(pack.divisions),
    dispatch,
    roadBandAt: (at) => dispatch.roadBands[hours.bandAt(at)]?.name ?? null,
    travel: travelFinder(
      pack.roads,
      pack.crews.map(({ station }) => station).filter((station) => station !== null),
      hours,
    ),
    layer: (layerName) => (pack.layers as ReadonlyMap<string, Uint8Array>).get(layerName) ?? null,
    layerNames: [...pack.layers.keys()],
  }
}
