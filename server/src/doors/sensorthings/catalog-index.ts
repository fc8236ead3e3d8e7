/**
 * The catalogue's links read both ways. Guarantees: what it answers agrees with the engine's state of this turn.
 * Rebuilt at the first question after the catalogue changed; refuses to write.
 */
import type { Entity, EntityKind } from '../../../../shared/model/catalog.ts'
import type { Engine } from '../../ports/engine.ts'

export interface CatalogIndex {
  /** Entities of a kind that this one leads to, by its own links or by theirs; ascending ids. */
  related(entity: Entity, kind: EntityKind): readonly Entity[]
  /** The feature whose property a Datastream observes: its own, else the one made from its Thing's place. */
  featureOf(datastream: Entity): Entity | undefined
  /** Datastreams whose observations have this feature. */
  observersOf(feature: Entity): readonly Entity[]
  stop(): void
}

export function createCatalogIndex(engine: Engine): CatalogIndex {
  let reverse: Map<string, number[]> | null = null
  let featureByLocation = new Map<number, number>()

  const stop = engine.onCommit((commit) => {
    if (commit.events.some(({ event }) => event.type.startsWith('catalog.'))) reverse = null
  })

  function links(): Map<string, number[]> {
    if (reverse) return reverse
    reverse = new Map()
    featureByLocation = new Map()
    for (const kind of ['Thing', 'HistoricalLocation', 'Datastream', 'FeatureOfInterest'] as const)
      for (const entity of engine.view.entities(kind).values())
        for (const [to, ids] of Object.entries(entity.links))
          for (const id of ids ?? []) {
            const key = `${kind}<${to}(${id})`
            const list = reverse.get(key)
            if (list) list.push(entity.id)
            else reverse.set(key, [entity.id])
            if (kind === 'FeatureOfInterest' && to === 'Location') featureByLocation.set(id, entity.id)
          }
    return reverse
  }

  const lookUp = (kind: EntityKind, ids: readonly number[]): Entity[] =>
    [...new Set(ids)]
      .sort((a, b) => a - b)
      .map((id) => engine.view.entity(kind, id))
      .filter((entity) => entity !== undefined)

  function featureOf(datastream: Entity): Entity | undefined {
    const own = datastream.links.FeatureOfInterest?.[0]
    if (own !== undefined) return engine.view.entity('FeatureOfInterest', own)
    links()
    const thing = engine.view.entity('Thing', datastream.links.Thing?.[0] ?? 0)
    const feature = featureByLocation.get(thing?.links.Location?.[0] ?? 0)
    return feature === undefined ? undefined : engine.view.entity('FeatureOfInterest', feature)
  }

  return {
    related(entity, kind) {
      const own = entity.links[kind] ?? []
      return lookUp(kind, [...own, ...(links().get(`${kind}<${entity.kind}(${entity.id})`) ?? [])])
    },
    featureOf,
    observersOf(feature) {
      const table = links()
      const direct = table.get(`Datastream<FeatureOfInterest(${feature.id})`) ?? []
      const places = (feature.links.Location ?? []).flatMap((id) => table.get(`Thing<Location(${id})`) ?? [])
      const there = places.flatMap((id) => table.get(`Datastream<Thing(${id})`) ?? [])
      return lookUp('Datastream', [...direct, ...there]).filter((each) => featureOf(each)?.id === feature.id)
    },
    stop,
  }
}
