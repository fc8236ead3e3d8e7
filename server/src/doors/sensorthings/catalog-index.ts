/**
 * The catalogue's links read both ways, as the standard's navigation does. Guarantees: what it answers agrees with the
 * engine's state of this turn, and costs what is asked for, however large the catalogue. Keeps nothing; refuses to write.
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
}

export function createCatalogIndex(engine: Pick<Engine, 'view'>): CatalogIndex {
  const lookUp = (kind: EntityKind, ids: Iterable<number>): Entity[] =>
    [...new Set(ids)]
      .sort((a, b) => a - b)
      .map((id) => engine.view.entity(kind, id))
      .filter((entity) => entity !== undefined)

  function featureOf(datastream: Entity): Entity | undefined {
    const own = datastream.links.FeatureOfInterest?.[0]
    if (own !== undefined) return engine.view.entity('FeatureOfInterest', own)
    const thing = engine.view.entity('Thing', datastream.links.Thing?.[0] ?? 0)
    const newest = Math.max(0, ...engine.view.linksTo('Location', thing?.links.Location?.[0] ?? 0, 'FeatureOfInterest'))
    return engine.view.entity('FeatureOfInterest', newest)
  }

  return {
    related: (entity, kind) =>
      lookUp(kind, [...(entity.links[kind] ?? []), ...engine.view.linksTo(entity.kind, entity.id, kind)]),
    featureOf,
    observersOf(feature) {
      const direct = engine.view.linksTo('FeatureOfInterest', feature.id, 'Datastream')
      const things = (feature.links.Location ?? []).flatMap((id) => [...engine.view.linksTo('Location', id, 'Thing')])
      const there = things.flatMap((id) => [...engine.view.linksTo('Thing', id, 'Datastream')])
      return lookUp('Datastream', [...direct, ...there]).filter((each) => featureOf(each)?.id === feature.id)
    },
  }
}
