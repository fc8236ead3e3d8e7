/**
 * What one file of a pack says of another: ids that must be there once, parents and departments that must exist. The form of
 * each file is `city-pack.ts`'s; here every row already has it. Pure, so that the server and the tools say the same.
 */
import type { LayerFeature, TableFile, TableRow } from './city-pack.ts'

/** The rows that speak of one another. What is left out is not spoken of. */
export interface TiedRows {
  readonly divisions: readonly LayerFeature<'divisions'>[]
  readonly grids?: readonly LayerFeature<'grids'>[]
  readonly departments: readonly TableRow<'departments.json'>[]
  readonly crews: readonly TableRow<'crews.json'>[]
  readonly devices?: readonly TableRow<'devices.json'>[]
  readonly cameras?: readonly TableRow<'cameras.json'>[]
  readonly parts?: readonly TableRow<'parts.json'>[]
  readonly caseClasses: readonly TableRow<'case-classes.json'>[] | null
}

function repeated(file: string, word: string, ids: readonly string[]): string[] {
  const seen = new Set<string>()
  return ids.flatMap((id, index) => {
    const again = seen.has(id)
    seen.add(id)
    return again ? [`${file}: ${word} ${index}: id ${id} is there twice`] : []
  })
}

function parentless({ divisions, grids = [] }: TiedRows): string[] {
  const problems: string[] = []
  const districts = new Set(divisions.filter((d) => d.properties.level === 2).map((d) => d.properties.id))
  divisions.forEach(({ properties: { level, parentId } }, index) => {
    const at = `divisions.geojson: feature ${index}: properties.parentId:`
    if (parentId === null) return
    if (level === 2) problems.push(`${at} a district (level 2) has none`)
    else if (!districts.has(parentId)) problems.push(`${at} no district ${parentId}`)
  })
  const streets = new Set(divisions.filter((d) => d.properties.level === 3).map((d) => d.properties.id))
  const wide = new Set(grids.filter((g) => g.properties.level === 4).map((g) => g.properties.id))
  grids.forEach(({ properties: { level, parentId } }, index) => {
    const at = `grids.geojson: feature ${index}: properties.parentId:`
    if (parentId === null) return
    if (level === 4 && !streets.has(parentId)) problems.push(`${at} no street ${parentId}`)
    if (level === 5 && !wide.has(parentId)) problems.push(`${at} no responsibility grid ${parentId}`)
  })
  return problems
}

/** Every loose end, in words that name file, feature or row (counted from 0) and field; none = the pack holds together. */
export function looseEnds(rows: TiedRows): string[] {
  const { divisions, grids = [], departments, crews, devices = [], cameras = [], parts = [], caseClasses } = rows
  const known = new Set(departments.map((d) => d.id))
  const nobody = (file: TableFile, list: readonly { readonly departmentId: string | null }[]) =>
    list.flatMap(({ departmentId }, index) =>
      departmentId === null || known.has(departmentId)
        ? []
        : [`${file}: row ${index}: departmentId: no department ${departmentId}`],
    )
  const ids = (features: readonly { readonly properties: { readonly id: string } }[]) =>
    features.map((each) => each.properties.id)
  const ground = new Set(ids(grids))
  return [
    ...repeated('divisions.geojson', 'feature', ids(divisions)),
    ...repeated('grids.geojson', 'feature', ids(grids)),
    ...repeated(
      'departments.json',
      'row',
      departments.map((row) => row.id),
    ),
    ...repeated(
      'crews.json',
      'row',
      crews.map((row) => row.unitId),
    ),
    ...repeated(
      'devices.json',
      'row',
      devices.map((row) => row.code),
    ),
    ...repeated(
      'cameras.json',
      'row',
      cameras.map((row) => row.id),
    ),
    ...repeated(
      'parts.json',
      'row',
      parts.map((row) => row.code),
    ),
    ...parentless(rows),
    ...nobody('crews.json', crews),
    ...nobody('devices.json', devices),
    ...nobody('cameras.json', cameras),
    ...nobody('parts.json', parts),
    ...nobody('case-classes.json', caseClasses ?? []),
    ...parts.flatMap(({ gridId }, index) =>
      gridId === null || ground.has(gridId) ? [] : [`parts.json: row ${index}: gridId: no grid ${gridId}`],
    ),
  ]
}

/** Rules that speak of a case class the city does not have. */
export function classlessRules(
  rules: readonly TableRow<'alarm-rules.json'>[],
  classCodes: ReadonlySet<string>,
): string[] {
  const problems = rules.flatMap((rule) =>
    [rule.classCode, rule.opensIncident?.classCode ?? rule.classCode]
      .filter((code) => !classCodes.has(code))
      .map((code) => `alarm-rules.json: rule ${rule.id}: no case class ${code} in case-classes.json`),
  )
  return [...new Set(problems)]
}
