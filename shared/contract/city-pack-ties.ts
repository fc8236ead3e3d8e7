/**
 * What one file of a pack says of another: ids that must be there once, parents, departments, grids and classes that must
 * exist. The form of each file is `city-pack.ts`'s; here every row already has it. Pure, so that the server and the tools say
 * the same. Every problem names file, feature or row (counted from 0) and field; a file has at most twenty of a sort said.
 */
import type { LayerFeature, TableRow } from './city-pack.ts'
import type { WorkingCalendar } from '../model/working-calendar.ts'

/** The rows that speak of one another. What is left out is not spoken of. */
export interface TiedRows {
  readonly divisions: readonly LayerFeature<'divisions'>[]
  readonly grids?: readonly LayerFeature<'grids'>[]
  readonly placeIds?: readonly string[]
  readonly departments: readonly TableRow<'departments.json'>[]
  readonly crews: readonly TableRow<'crews.json'>[]
  readonly devices?: readonly TableRow<'devices.json'>[]
  readonly cameras?: readonly TableRow<'cameras.json'>[]
  readonly parts?: readonly TableRow<'parts.json'>[]
  readonly caseClasses: readonly TableRow<'case-classes.json'>[] | null
  readonly calendar?: WorkingCalendar | null
  readonly plans?: readonly TableRow<'plans.json'>[]
}

const mostOfASort = 20

const repeated = (file: string, word: string, field: string, ids: readonly string[]): string[] => {
  const seen = new Set<string>()
  return ids.flatMap((id, index) => {
    const again = seen.has(id)
    seen.add(id)
    return again ? [`${file}: ${word} ${index}: ${field} ${id} is there twice`] : []
  })
}

function parentlessDivisions({ divisions }: TiedRows): string[] {
  const districts = new Set(divisions.filter((d) => d.properties.level === 2).map((d) => d.properties.id))
  return divisions.flatMap(({ properties: { level, parentId } }, index) => {
    const at = `divisions.geojson: feature ${index}: properties.parentId:`
    if (parentId === null) return []
    if (level === 2) return [`${at} a district (level 2) has none`]
    return districts.has(parentId) ? [] : [`${at} no district ${parentId}`]
  })
}

function parentlessGrids({ divisions, grids = [] }: TiedRows): string[] {
  const streets = new Set(divisions.filter((d) => d.properties.level === 3).map((d) => d.properties.id))
  const responsible = new Set(grids.filter((g) => g.properties.level === 4).map((g) => g.properties.id))
  return grids.flatMap(({ properties: { level, parentId } }, index) => {
    const [parents, what] = level === 4 ? [streets, 'street'] : [responsible, 'responsibility grid']
    return parentId === null || parents.has(parentId)
      ? []
      : [`grids.geojson: feature ${index}: properties.parentId: no ${what} ${parentId}`]
  })
}

function muddledCalendar(calendar: WorkingCalendar): string[] {
  const { hours, days } = calendar
  const muddled = hours.flatMap(({ from, to }, index) => {
    const at = `calendar.json: hours.${index}:`
    if (from >= to) return [`${at} ends before it begins`]
    return from < (hours[index - 1]?.to ?? '') ? [`${at} begins before the one before has ended`] : []
  })
  const dates = days.map((day) => day.date)
  return [...muddled, ...repeated('calendar.json', 'day', 'date', dates)]
}

function planDistricts({ divisions, plans = [] }: TiedRows): string[] {
  const districts = new Set(divisions.map((division) => division.properties.id))
  return plans.flatMap(({ scope }, index) =>
    scope.districtIds
      .filter((id) => !districts.has(id))
      .map((id) => `plans.json: row ${index}: scope.districtIds: no division ${id}`),
  )
}

/** Every loose end, case classes left aside; none = the pack holds together. */
export function looseEnds(rows: TiedRows): string[] {
  const { divisions, grids = [], placeIds = [], departments, crews, devices = [], cameras = [], parts = [] } = rows
  const known = new Set(departments.map((d) => d.id))
  const ground = new Set(grids.filter((g) => g.properties.level === 4).map((g) => g.properties.id))
  const missing = <R>(
    file: string,
    list: readonly R[],
    field: string,
    what: string,
    missed: (row: R) => string | null,
  ) =>
    list.flatMap((row, index) => {
      const id = missed(row)
      return id === null ? [] : [`${file}: row ${index}: ${field}: no ${what} ${id}`]
    })
  const nobody = (file: string, list: readonly { readonly departmentId: string | null }[]) =>
    missing(file, list, 'departmentId', 'department', ({ departmentId: id }) =>
      id === null || known.has(id) ? null : id,
    )
  const ids = (features: readonly { readonly properties: { readonly id: string } }[]) =>
    features.map((each) => each.properties.id)
  const table = <R>(file: string, field: string, list: readonly R[], idOf: (row: R) => string) =>
    repeated(file, 'row', field, list.map(idOf))
  return [
    repeated('divisions.geojson', 'feature', 'id', ids(divisions)),
    repeated('grids.geojson', 'feature', 'id', ids(grids)),
    repeated('places.geojson', 'feature', 'id', placeIds),
    table('departments.json', 'id', departments, (row) => row.id),
    table('crews.json', 'id', crews, (row) => row.unitId),
    table('devices.json', 'id', devices, (row) => row.code),
    table('cameras.json', 'id', cameras, (row) => row.id),
    table('parts.json', 'code', parts, (row) => row.code),
    table('plans.json', 'id', rows.plans ?? [], (row) => row.id),
    planDistricts(rows),
    parentlessDivisions(rows),
    parentlessGrids(rows),
    nobody('crews.json', crews),
    nobody('devices.json', devices),
    nobody('cameras.json', cameras),
    nobody('parts.json', parts),
    nobody('case-classes.json', rows.caseClasses ?? []),
    missing('parts.json', parts, 'gridId', 'responsibility grid', ({ gridId: id }) =>
      id === null || ground.has(id) ? null : id,
    ),
    rows.calendar ? muddledCalendar(rows.calendar) : [],
  ].flatMap((problems) => problems.slice(0, mostOfASort))
}

/** Claims of departments, parts and rules that speak of a case class the city does not have; and parts whose code says another. */
export function looseClasses(
  classCodes: ReadonlySet<string>,
  rows: {
    readonly departments: readonly TableRow<'departments.json'>[]
    readonly parts: readonly TableRow<'parts.json'>[]
    readonly alarmRules: readonly Pick<TableRow<'alarm-rules.json'>, 'id' | 'classCode' | 'opensIncident'>[]
    readonly plans?: readonly TableRow<'plans.json'>[]
  },
): string[] {
  const codes = [...classCodes]
  const claims = rows.departments.flatMap(({ classes }, index) =>
    classes
      .filter((prefix) => !codes.some((code) => code.startsWith(prefix)))
      .map((prefix) => `departments.json: row ${index}: classes: no case class ${prefix}`),
  )
  const planned = (rows.plans ?? []).flatMap(({ scope, needs }, index) => {
    const isKnown = (prefix: string) => codes.some((code) => code.startsWith(prefix))
    const capabilities = needs.map(({ capability }) => capability).filter((code) => code !== null)
    return [...scope.classes, ...capabilities]
      .filter((prefix) => !isKnown(prefix))
      .map((prefix) => `plans.json: row ${index}: no case class ${prefix}`)
  })
  const classless = rows.parts.flatMap(({ classCode }, index) =>
    classCodes.has(classCode) ? [] : [`parts.json: row ${index}: classCode: no case class ${classCode}`],
  )
  const miscoded = rows.parts.flatMap(({ code, classCode }, index) =>
    code.slice(6, 10) === classCode.slice(1)
      ? []
      : [`parts.json: row ${index}: code: its class ${code.slice(6, 10)} is not that of ${classCode}`],
  )
  const rules = rows.alarmRules.flatMap((rule) =>
    [rule.classCode, rule.opensIncident?.classCode ?? rule.classCode]
      .filter((code) => !classCodes.has(code))
      .map((code) => `alarm-rules.json: rule ${rule.id}: no case class ${code} in case-classes.json`),
  )
  return [claims, planned, classless, miscoded, [...new Set(rules)]].flatMap((problems) =>
    problems.slice(0, mostOfASort),
  )
}
