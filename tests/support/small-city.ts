/** A small fixed city for tests: two districts side by side, four crews, the built-in tables, straight roads. */
import { distanceM, type LonLat } from '../../shared/model/geo.ts'
import { defaultAlarmRules } from '../../server/src/domain/alarm-rules.ts'
import { defaultCaseClasses } from '../../server/src/domain/case-classes.ts'
import type { City } from '../../server/src/ports/city.ts'

/** West of 121.5 lies `d1`, east of it `d2`; both 30 to 32 degrees north. */
const districtAt = ([lon, lat]: LonLat): string | null =>
  lat < 30 || lat > 32 || lon < 121 || lon > 122 ? null : lon < 121.5 ? 'd1' : 'd2'

const division = (id: string, west: number, east: number) =>
  ({
    id,
    name: `${id}区`,
    nameEn: `District ${id}`,
    level: 2,
    parentId: null,
    bbox: [west, 30, east, 32],
    centre: [(west + east) / 2, 31],
  }) as const

const departments = ['drainage', 'roads', 'gas', 'sanitation', 'fire'].map((id) => ({ id, name: id, nameEn: id }))

const crew = (unitId: string, kind: string, capabilities: readonly string[], station: LonLat | null) =>
  ({ type: 'unit.enrol', unitId, name: `${unitId}组`, kind, capabilities, departmentId: kind, station }) as const

export const smallCity = (over: Partial<City> = {}): City => ({
  profile: {
    id: 'small',
    name: '小城',
    nameEn: 'Small city',
    timeZone: 'Asia/Shanghai',
    bbox: [121, 30, 122, 32],
    divisions: [division('d1', 121, 121.5), division('d2', 121.5, 122)],
    departments,
  },
  attribution: '',
  caseClasses: defaultCaseClasses.map((row) =>
    departments.some(({ id }) => id === row.departmentId) ? row : { ...row, departmentId: null },
  ),
  alarmRules: defaultAlarmRules,
  crews: [
    crew('PUMP-01', 'drainage', ['E0506', 'E0503'], [121.41, 31.2]),
    crew('PUMP-02', 'drainage', ['E0506', 'E0503'], [121.6, 31.2]),
    crew('FIRE-01', 'fire', ['E05'], [121.42, 31.2]),
    crew('SANI-01', 'sanitation', ['E01', 'P03'], null),
  ],
  plans: [],
  calendar: null,
  cameras: [],
  parts: [],
  locate: (at) => [districtAt(at)].filter((id) => id !== null),
  districtOf: districtAt,
  // By box: enough for areas of four sides.
  districtsTouching: (areas) =>
    (['d1', 'd2'] as const).filter((id) => {
      const [west, east] = id === 'd1' ? [121, 121.5] : [121.5, 122]
      return areas.some(([ring = []]) => {
        const [lons, lats] = [ring.map(([lon]) => lon), ring.map(([, lat]) => lat)]
        const isBeside = Math.max(...lons) < west || Math.min(...lons) > east
        return !isBeside && Math.max(...lats) >= 30 && Math.min(...lats) <= 32
      })
    }),
  travel(from, to) {
    const metres = distanceM(from, to) * 1.3
    return { metres, seconds: metres / (30 / 3.6), basis: 'straight' }
  },
  layer: () => null,
  layerNames: [],
  ...over,
})
