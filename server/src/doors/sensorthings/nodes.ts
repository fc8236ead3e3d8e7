/**
 * Entities and stored readings as one kind of thing that has properties and leads to others, as the standard sees them.
 */
import type { Entity } from '../../../../shared/model/catalog.ts'
import { quality, qualityNames, type QualityFlag, type Reading } from '../../../../shared/model/reading.ts'
import type { Engine } from '../../ports/engine.ts'
import type { CatalogIndex } from './catalog-index.ts'
import { words, type NavigationWord, type StaKind } from './words.ts'

export type Node =
  | { readonly kind: Entity['kind']; readonly id: number; readonly entity: Entity }
  | { readonly kind: 'Observation'; readonly id: number; readonly reading: Reading }

export const entityNode = (entity: Entity): Node => ({ kind: entity.kind, id: entity.id, entity })
export const observationNode = (reading: Reading): Node => ({ kind: 'Observation', id: reading.id, reading })

/** The result as it was sent, as far as it was kept: a number, another JSON value, or null where it is missing. */
export function resultOf(reading: Reading): unknown {
  if (reading.text === null) return Number.isFinite(reading.value) ? reading.value : null
  try {
    return JSON.parse(reading.text) as unknown
  } catch {
    return reading.text
  }
}

/** The flags in words: the standard's resultQuality. Absent where the value is good. */
export function qualityOf(flags: number): { flags: string[]; zh: string[] } | undefined {
  if (flags === quality.good) return undefined
  const names = (Object.keys(qualityNames) as QualityFlag[]).filter((flag) => (flags & quality[flag]) !== 0)
  return { flags: names, zh: names.map((name) => qualityNames[name].zh) }
}

/** The standard's own properties of a node, in the standard's order. */
export function propertiesOf(node: Node): Record<string, unknown> {
  if (node.kind !== 'Observation') {
    const found: Record<string, unknown> = {}
    for (const name of Object.keys(words[node.kind].properties)) {
      if (Object.hasOwn(node.entity.body, name)) found[name] = node.entity.body[name]
    }
    return found
  }
  const { reading } = node
  const judged = qualityOf(reading.quality)
  return {
    phenomenonTime: new Date(reading.phenomenonAt).toISOString(),
    resultTime: new Date(reading.receivedAt).toISOString(),
    result: resultOf(reading),
    ...(judged ? { resultQuality: judged } : {}),
  }
}

/** Nodes a navigation leads to, but for observations, which only the history knows. */
export function follow(engine: Engine, index: CatalogIndex, node: Node, word: NavigationWord): readonly Node[] {
  const to: StaKind = word.kind
  if (to === 'Observation') return []
  if (node.kind === 'Observation') {
    const datastream = engine.view.entity('Datastream', node.reading.sensorId)
    if (!datastream) return []
    if (to === 'Datastream') return [entityNode(datastream)]
    const feature = to === 'FeatureOfInterest' ? index.featureOf(datastream) : undefined
    return feature ? [entityNode(feature)] : []
  }
  return index.related(node.entity, to).map(entityNode)
}
