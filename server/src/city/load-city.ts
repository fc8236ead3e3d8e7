/**
 * A city pack as the rest of the server knows it: the `City` port. Read once at the start, immutable after.
 */
import { classlessRules } from '../../../shared/contract/city-pack-ties.ts'
import type { AlarmRule } from '../../../shared/model/alarm.ts'
import type { CaseClass } from '../../../shared/model/case-class.ts'
import type { BBox } from '../../../shared/model/geo.ts'
import type { City } from '../ports/city.ts'
import { placeFinder } from './place-finder.ts'
import { CityPackError, readPack, type PackContent } from './read-pack.ts'
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
 * A built-in case class led by a department this city does not have is led by none; a rule that opens cases of a class
 * this city does not have is an error.
 */
export async function loadCity(dir: string, defaults: CityDefaults): Promise<City> {
  const pack = await readPack(dir)
  const finder = placeFinder(pack.divisions)
  const departments = new Set(pack.departments.map((d) => d.id))
  const caseClasses: readonly CaseClass[] =
    pack.caseClasses ??
    defaults.caseClasses.map((row) =>
      row.departmentId === null || departments.has(row.departmentId) ? row : { ...row, departmentId: null },
    )
  const alarmRules: readonly AlarmRule[] = pack.alarmRules ?? defaults.alarmRules
  const codes = new Set(caseClasses.map((row) => row.code))
  const unknown = classlessRules(alarmRules, codes)
  if (unknown.length) throw new CityPackError(dir, unknown)
  const { id, name, nameEn, timeZone } = pack.head
  return {
    profile: {
      id,
      name,
      nameEn,
      timeZone,
      bbox: finder.bbox ?? roadsBox(pack),
      divisions: finder.divisions,
      departments: pack.departments,
    },
    caseClasses,
    alarmRules,
    crews: pack.crews.map((crew) => ({ type: 'unit.enrol', ...crew })),
    locate: finder.locate,
    districtOf: finder.districtOf,
    travel: travelFinder(pack.roads),
    layer: (layerName) => (pack.layers as ReadonlyMap<string, Uint8Array>).get(layerName) ?? null,
    layerNames: [...pack.layers.keys()],
  }
}
