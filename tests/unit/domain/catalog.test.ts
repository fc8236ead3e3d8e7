import { describe, expect, it } from 'vitest'
import type { EntityDraft } from '../../../shared/model/catalog.ts'
import type { InternalCommand } from '../../../shared/model/command.ts'
import { systemActor } from '../../../shared/model/role.ts'
import { sensorDrafts } from '../../support/engine.ts'
import { Paper, refusalOf } from './support.ts'

const ask = (paper: Paper, command: InternalCommand) => paper.ask({ name: 'door:gateway', role: 'door' }, command)
function withSensor(...wish: Parameters<typeof sensorDrafts>): Paper {
  const paper = new Paper(false)
  expect(refusalOf(ask(paper, { type: 'catalog.create', drafts: sensorDrafts(...wish) }))).toBeNull()
  return paper
}
const sensorOf = (paper: Paper) => [...paper.state.sensors.values()][0]
const update = (paper: Paper, command: Partial<Extract<InternalCommand, { type: 'catalog.update' }>>) =>
  ask(paper, { type: 'catalog.update', kind: 'Thing', id: 1, body: {}, links: {}, drafts: [], ...command })

describe('creating', () => {
  it('makes all entities at once and answers their ids in order', () => {
    const paper = new Paper(false)
    const first = ask(paper, { type: 'catalog.create', drafts: sensorDrafts({ kind: 'water-depth', unit: 'm' }) })
    expect(first).toMatchObject({ ok: true, data: { ids: [1, 1, 1, 1, 1] } })
    const second = ask(paper, { type: 'catalog.create', drafts: sensorDrafts({ kind: 'smoke' }) })
    expect(second).toMatchObject({ ok: true, data: { ids: [2, 2, 2, 2, 2] } })
    expect(paper.state.sensors.get(1)).toEqual({
      id: 1,
      name: '测点',
      kind: 'water-depth',
      unit: 'cm',
      sentUnit: 'm',
      thingId: 1,
      position: [121.4, 31.2],
      districtId: 'd1',
      intervalMs: 60_000,
      registeredAt: paper.now,
    })
  })

  it('refuses links that lead nowhere and what lacks its mandatory links, and then makes nothing', () => {
    const paper = new Paper(false)
    const fields = (drafts: readonly EntityDraft[]) =>
      refusalOf(ask(paper, { type: 'catalog.create', drafts }))?.details?.fields?.map(({ field }) => field)
    const bare: EntityDraft = { kind: 'Datastream', body: {}, links: {} }
    expect(fields([bare])).toEqual(['drafts.0.links.Thing', 'drafts.0.links.Sensor', 'drafts.0.links.ObservedProperty'])
    const thing: EntityDraft = { kind: 'Thing', body: {}, links: { Location: [7] } }
    expect(fields([thing])).toEqual(['drafts.0.links.Location.0'])
    expect(fields([{ kind: 'Thing', body: {}, links: { Location: [{ new: 3 }] } }])).toEqual([
      'drafts.0.links.Location.0',
    ])
    expect(fields([{ kind: 'Thing', body: {}, links: { Location: [{ new: 0 }] } }])).toEqual([
      'drafts.0.links.Location.0',
    ])
    expect(paper.log).toEqual([])
  })

  it('is for doors only', () => {
    const decision = new Paper().ask({ name: 'duty', role: 'duty' }, { type: 'catalog.create', drafts: [] })
    expect(refusalOf(decision)?.code).toBe('FORBIDDEN')
  })
})

describe('a sensor', () => {
  it('has its kind from its properties, else from the definition, else none', () => {
    const kindOf = (properties: object, definition: string) => {
      const drafts = sensorDrafts({ kind: 'x' }).map((draft) =>
        draft.kind === 'Datastream'
          ? { ...draft, body: { properties } }
          : draft.kind === 'ObservedProperty'
            ? { ...draft, body: { definition } }
            : draft,
      )
      const paper = new Paper(false)
      ask(paper, { type: 'catalog.create', drafts })
      return sensorOf(paper)?.kind
    }
    expect(kindOf({ kind: 'water-depth' }, 'urn:smoke')).toBe('water-depth')
    expect(kindOf({ kind: 'no such' }, 'http://example.org/defs/Road_Speed')).toBe('road-speed')
    expect(kindOf({}, 'urn:tongguan:pm25')).toBe('pm25')
    expect(kindOf({}, 'http://example.org/defs#noise')).toBe('noise')
    expect(kindOf({ kind: 7 }, '')).toBe('other')
  })

  it('keeps the unit it is sent in where nobody can convert it', () => {
    expect(sensorOf(withSensor({ kind: 'water-depth', unit: 'kg' }))).toMatchObject({ unit: 'kg', sentUnit: 'kg' })
    expect(sensorOf(withSensor({ kind: 'other', unit: 'lx' }))).toMatchObject({ unit: 'lx', sentUnit: 'lx' })
    expect(sensorOf(withSensor({ kind: 'smoke', unit: 'state' }))).toMatchObject({ unit: '', sentUnit: 'state' })
  })

  it('has the first position of any geometry, or none', () => {
    const at = (location: unknown) => {
      const drafts = sensorDrafts({ kind: 'noise' }).map((draft) =>
        draft.kind === 'Location' ? { ...draft, body: { location } } : draft,
      )
      const paper = new Paper(false)
      ask(paper, { type: 'catalog.create', drafts })
      return sensorOf(paper)?.position
    }
    expect(at({ type: 'Point', coordinates: [121.7, 31, 5] })).toEqual([121.7, 31])
    expect(at({ type: 'Feature', geometry: { type: 'Point', coordinates: [121.7, 31] } })).toEqual([121.7, 31])
    expect(
      at({
        type: 'Polygon',
        coordinates: [
          [
            [121.1, 31],
            [121.2, 31],
          ],
        ],
      }),
    ).toEqual([121.1, 31])
    expect(at({ type: 'Point', coordinates: [500, 31] })).toBeNull()
    expect(at('nowhere')).toBeNull()
  })

  it('follows its Thing, its place, its property and itself', () => {
    const paper = withSensor({ kind: 'noise', unit: 'dB' })
    update(paper, { body: { name: '新名' } })
    expect(sensorOf(paper)?.name).toBe('新名')
    const location = { location: { type: 'Point', coordinates: [121.8, 31] } }
    update(paper, {
      body: { name: '新名' },
      links: { Location: [{ new: 0 }] },
      drafts: [{ kind: 'Location', body: location, links: {} }],
    })
    expect(sensorOf(paper)).toMatchObject({ position: [121.8, 31], districtId: 'd2' })
    update(paper, { kind: 'Location', id: 2, body: { location: { type: 'Point', coordinates: [121.2, 31] } } })
    expect(sensorOf(paper)).toMatchObject({ districtId: 'd1' })
    update(paper, { kind: 'Datastream', body: { properties: { kind: 'pm25', intervalMs: 1000 } } })
    expect(sensorOf(paper)).toMatchObject({ kind: 'pm25', intervalMs: 1000, thingId: 1 })
    const before = paper.log.length
    update(paper, { kind: 'Datastream', body: { properties: { kind: 'pm25', intervalMs: 1000 } } })
    expect(paper.log.slice(before).map(({ event }) => event.type)).toEqual(['catalog.updated'])
  })
})

describe('updating', () => {
  it('refuses what is not there and links that lead nowhere', () => {
    const paper = withSensor({ kind: 'noise' })
    expect(refusalOf(update(paper, { id: 9 }))?.code).toBe('NOT_FOUND')
    expect(refusalOf(update(paper, { kind: 'Datastream', links: { Thing: [9] } }))?.code).toBe('INVALID')
    expect(refusalOf(update(paper, { kind: 'Datastream', links: { Thing: [] } }))?.code).toBe('INVALID')
  })
})

describe('deleting', () => {
  const history: EntityDraft = { kind: 'HistoricalLocation', body: {}, links: { Thing: [1], Location: [1] } }
  function full(): Paper {
    const paper = withSensor({ kind: 'noise' })
    ask(paper, { type: 'catalog.create', drafts: [history] })
    return paper
  }
  const left = (paper: Paper) =>
    Object.entries(paper.state.entities).flatMap(([kind, rows]) => [...rows.keys()].map((id) => `${kind}${id}`))

  it.each([
    ['Thing', ['Location1', 'Sensor1', 'ObservedProperty1'], 0],
    ['Sensor', ['Thing1', 'Location1', 'HistoricalLocation1', 'ObservedProperty1'], 0],
    ['ObservedProperty', ['Thing1', 'Location1', 'HistoricalLocation1', 'Sensor1'], 0],
    ['Datastream', ['Thing1', 'Location1', 'HistoricalLocation1', 'Sensor1', 'ObservedProperty1'], 0],
    ['Location', ['Thing1', 'Sensor1', 'ObservedProperty1', 'Datastream1'], 1],
  ] as const)('a %s takes along what cannot be without it', (kind, remaining, sensors) => {
    const paper = full()
    expect(refusalOf(ask(paper, { type: 'catalog.delete', kind, id: 1 }))).toBeNull()
    expect(left(paper)).toEqual(remaining)
    expect(paper.state.sensors.size).toBe(sensors)
  })

  it('leaves a Thing without its place, and gives no id twice', () => {
    const paper = full()
    ask(paper, { type: 'catalog.delete', kind: 'Location', id: 1 })
    expect(paper.state.entities.Thing.get(1)?.links).toEqual({ Location: [] })
    expect(sensorOf(paper)).toMatchObject({ position: null, districtId: null })
    ask(paper, { type: 'catalog.delete', kind: 'Thing', id: 1 })
    const made = paper.ask(systemActor, { type: 'catalog.create', drafts: sensorDrafts({ kind: 'noise' }) })
    expect(made).toMatchObject({ data: { ids: [2, 2, 2, 2, 2] } })
    expect(refusalOf(ask(paper, { type: 'catalog.delete', kind: 'Thing', id: 1 }))?.code).toBe('NOT_FOUND')
  })
})
