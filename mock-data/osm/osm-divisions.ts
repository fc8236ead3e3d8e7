/** Divisions out of `boundary=administrative`: the coarser level asked for becomes districts, the finer one streets. */
import type { DivisionSource } from '../city/import-city.ts'
import type { Tags } from './element.ts'
import type { OsmExtract } from './osm-extract.ts'
import type { Ground, OsmLayers } from './osm-layers.ts'
import { readNames } from './place-tags.ts'
import { areaOf } from './shape.ts'
import type { Tally } from './tally.ts'

/**
 * One source a level, for `importCity`. A boundary that does not close all the way round is left out: half a district would
 * answer wrongly for the other half.
 */
export function osmDivisions(
  extract: OsmExtract,
  layers: OsmLayers,
  tally: Tally,
  file: string,
  adminLevels: readonly number[],
  toleranceM: number,
): DivisionSource[] {
  const found = new Map<number, object[]>(adminLevels.map((level) => [level, []]))
  const add = (adminLevel: number, tags: Tags, id: string, example: string, ground: Ground) => {
    const geometry = 'reason' in ground || !ground.isWhole ? null : areaOf(ground.polygons, null, toleranceM)
    if (!geometry) {
      tally.leaveOut('divisions', 'reason' in ground ? ground.reason : 'its edge does not close all the way', example)
      return
    }
    found.get(adminLevel)?.push({ type: 'Feature', properties: { id, ...readNames(tags) }, geometry })
  }
  for (const relation of extract.relations) {
    if (!relation.boundary) continue
    const { adminLevel, tags } = relation.boundary
    add(adminLevel, tags, `r${relation.id}`, `relation ${relation.id}`, layers.groundOfRelation(relation))
  }
  for (const way of extract.ways) {
    if (way.boundary)
      add(way.boundary.adminLevel, way.boundary.tags, `w${way.id}`, `way ${way.id}`, layers.groundOfWay(way))
  }
  return adminLevels.map((adminLevel, index) => ({
    file: `${file} admin_level=${adminLevel}`,
    level: index === 0 ? 2 : 3,
    idField: 'id',
    nameField: 'name',
    nameEnField: 'nameEn',
    nameTemplate: null,
    nameEnTemplate: null,
    json: { type: 'FeatureCollection', features: found.get(adminLevel) },
  }))
}
