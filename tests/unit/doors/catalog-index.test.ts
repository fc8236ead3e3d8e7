import { describe, expect, it } from 'vitest'
import type { Entity, EntityKind } from '../../../shared/model/catalog.ts'
import { systemActor } from '../../../shared/model/role.ts'
import { createCatalogIndex } from '../../../server/src/doors/sensorthings/catalog-index.ts'
import { createFeatureKeeper } from '../../../server/src/doors/sensorthings/features.ts'
import { startTestEngine, type TestEngine } from '../../support/engine.ts'
import { FakeLog } from '../../support/doors-fakes.ts'

/** The engine's view, counting each entity and each link it hands out. */
function counted(city: TestEngine) {
  const { view } = city.engine
  const seen = { entities: 0 }
  function* counting<T>(items: Iterable<T>) {
    for (const item of items) {
      seen.entities++
      yield item
    }
  }
  const engine = {
    ...city.engine,
    view: Object.assign(Object.create(view) as typeof view, {
      entity(kind: EntityKind, id: number) {
        seen.entities++
        return view.entity(kind, id)
      },
      entities(kind: EntityKind) {
        seen.entities += view.entities(kind).size
        return view.entities(kind)
      },
      linksTo: (kind: EntityKind, id: number, owner: EntityKind) => counting(view.linksTo(kind, id, owner)),
    }),
  }
  return { engine, seen }
}

/** Entities looked at for the first observation of each of ten sensors, in a city of so many. */
async function lookedAt(sensors: number): Promise<number> {
  const city = await startTestEngine()
  const ids: number[] = []
  for (let n = 0; n < sensors; n++) ids.push(await city.sensor({ kind: 'smoke' }))
  const { engine, seen } = counted(city)
  const features = createFeatureKeeper(engine, createCatalogIndex(engine), new FakeLog())
  for (const id of ids.slice(-10)) {
    await city.tell(id, 0)
    await features.ensure(id)
  }
  expect(city.engine.view.entities('FeatureOfInterest').size).toBe(10)
  features.stop()
  await city.stop()
  return seen.entities
}

describe('the catalogue read both ways', () => {
  it('looks at no more of a large city than of a small one when an observation comes', async () => {
    const [few, many] = [await lookedAt(10), await lookedAt(300)]
    expect(few).toBeGreaterThan(10)
    expect(many / few).toBeLessThan(1.5)
  })

  it('follows the catalogue as it changes', async () => {
    const city = await startTestEngine()
    const first = await city.sensor({ kind: 'smoke' })
    const second = await city.sensor({ kind: 'smoke' })
    const { view } = city.engine
    const index = createCatalogIndex(city.engine)
    const one = (kind: EntityKind, id: number) => view.entity(kind, id) as Entity
    const idsOf = (kind: EntityKind, id: number, to: EntityKind) =>
      index.related(one(kind, id), to).map((each) => each.id)
    expect(idsOf('Thing', 1, 'Datastream')).toEqual([first])
    const body = one('Datastream', second).body
    const update = { type: 'catalog.update', kind: 'Datastream', drafts: [], body } as const
    await city.must(systemActor, { ...update, id: second, links: { Thing: [1] } })
    expect(idsOf('Thing', 1, 'Datastream')).toEqual([first, second])
    expect(idsOf('Thing', 2, 'Datastream')).toEqual([])
    await city.must(systemActor, { ...update, id: first, links: { Thing: [2] } })
    expect(idsOf('Thing', 1, 'Datastream')).toEqual([second])
    expect(idsOf('Thing', 2, 'Datastream')).toEqual([first])
    await city.must(systemActor, { type: 'catalog.delete', kind: 'Datastream', id: second })
    expect(idsOf('Thing', 1, 'Datastream')).toEqual([])
    expect(idsOf('Location', 2, 'Thing')).toEqual([2])
    await city.stop()
    const again = await startTestEngine({ store: city.memory })
    expect([...again.engine.view.linksTo('Thing', 2, 'Datastream')]).toEqual([first])
    await again.stop()
  })

  it('knows the feature of a place, and all that observe it', async () => {
    const city = await startTestEngine()
    const ids = [await city.sensor({ kind: 'smoke' }), await city.sensor({ kind: 'smoke' })]
    const index = createCatalogIndex(city.engine)
    const features = createFeatureKeeper(city.engine, index, new FakeLog())
    for (const id of ids) {
      await city.tell(id, 0)
      await features.ensure(id)
    }
    const { view } = city.engine
    const [first, second] = ids.map((id) => index.featureOf(view.entity('Datastream', id) as Entity))
    expect([first?.links.Location, second?.links.Location]).toEqual([[1], [2]])
    expect(index.observersOf(first as Entity).map(({ id }) => id)).toEqual([ids[0]])
    features.stop()
    await city.stop()
  })
})
