/**
 * Writes single observations. Guarantees: answers after the commit, with the reading as it was stored.
 */
import { randomUUID } from 'node:crypto'
import type { Entity } from '../../../../shared/model/catalog.ts'
import type { Reading } from '../../../../shared/model/reading.ts'
import type { Refusal } from '../../../../shared/model/refusal.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Engine } from '../../ports/engine.ts'
import type { Intake } from '../../ports/intake.ts'
import type { Metrics } from '../../ports/metrics.ts'
import type { History } from '../../ports/store.ts'
import { doorActor, type Caller } from '../door-keys.ts'
import { Refused, invalid } from '../http-door.ts'
import { isObject } from '../json-input.ts'
import type { CatalogIndex } from './catalog-index.ts'
import { createDraftList, linkedId, type NestedObservation } from './drafts.ts'
import type { FeatureKeeper } from './features.ts'
import { observationNode, type Node } from './nodes.ts'
import { readObservation } from './observation-input.ts'

export interface ObservationWriterDeps {
  readonly engine: Engine
  readonly intake: Intake
  readonly history: History
  readonly clock: Clock
  readonly metrics: Metrics
  readonly index: CatalogIndex
  readonly features: FeatureKeeper
}

export interface ObservationWriter {
  /** One Observation; `parent` is the entity whose navigation path it was posted to. */
  create(body: unknown, parent: Node | null, caller: Caller): Promise<Node>
  /** Observations nested in a Datastream that was just made. */
  createNested(items: readonly (NestedObservation['input'] & { sensorId: number })[]): Promise<void>
}

export function createObservationWriter(deps: ObservationWriterDeps): ObservationWriter {
  const { engine, intake, history, clock, metrics, index, features } = deps

  async function stored(id: number, sensorId: number): Promise<Reading> {
    const latest = engine.view.latest.get(sensorId)
    if (latest?.id === id) return latest
    const { items } = await history.readings({
      id,
      orderBy: 'id',
      descending: false,
      limit: 1,
      offset: 0,
      count: false,
    })
    if (!items[0]) throw new Error(`observation ${id} was acknowledged but is not in the history`)
    return items[0]
  }

  function counted(refusal: Refusal | null): void {
    metrics.count('tongguan_door_observations_total', { door: 'sensorthings', outcome: refusal?.code ?? 'accepted' })
  }

  /** Gives the Datastream the feature its observation names, where that is not the one it has. */
  async function setFeature(value: unknown, datastream: Entity, caller: Caller): Promise<void> {
    const list = createDraftList((kind, id) => engine.view.entity(kind, id) !== undefined, clock.now())
    const present = index.featureOf(datastream)
    const link = list.link('FeatureOfInterest', value, 'FeatureOfInterest')
    if (list.errors.length > 0) throw new Refused(invalid(list.errors))
    const isSame =
      typeof link === 'number'
        ? link === present?.id
        : JSON.stringify(list.drafts[link.new]?.body) === JSON.stringify(present?.body)
    if (isSame) return
    const outcome = await engine.submit(doorActor(caller), {
      commandId: randomUUID(),
      command: {
        type: 'catalog.update',
        kind: 'Datastream',
        id: datastream.id,
        body: datastream.body,
        links: { FeatureOfInterest: [link] },
        drafts: list.drafts,
      },
    })
    if (!outcome.ok) throw new Refused(outcome.refusal)
  }

  function datastreamOf(body: unknown, parent: Node | null): Entity {
    const named = isObject(body) && body['Datastream'] !== undefined ? body['Datastream'] : undefined
    const parentId = parent?.kind === 'Datastream' ? parent.id : undefined
    const id = parentId ?? linkedId(named)
    const problem = (text: string, field = 'Datastream') => new Refused(invalid([{ field, problem: text }]))
    if (parentId !== undefined && named !== undefined && linkedId(named) !== parentId)
      throw problem('contradicts the address')
    if (id === undefined && named === undefined) throw problem('is mandatory')
    if (id === undefined) throw problem('must be a link such as {"@iot.id": 1}: create the Datastream first')
    const datastream = typeof id === 'number' ? engine.view.entity('Datastream', id) : undefined
    if (!datastream) throw problem('names no Datastream', 'Datastream.@iot.id')
    return datastream
  }

  return {
    async create(body, parent, caller) {
      const receivedAt = clock.now()
      const errors: Parameters<typeof readObservation>[3] = []
      const input = readObservation(body, '', receivedAt, errors)
      if (!input) {
        const refusal = invalid(errors)
        counted(refusal)
        throw new Refused(refusal)
      }
      const datastream = datastreamOf(body, parent)
      const named = isObject(body) ? body['FeatureOfInterest'] : undefined
      const feature = parent?.kind === 'FeatureOfInterest' ? { '@iot.id': parent.id } : named
      // The catalogue is not a drill's to change: what it says of a feature is let be.
      if (feature !== undefined && feature !== null && !caller.isDrill) await setFeature(feature, datastream, caller)
      const [outcome] = await intake.accept(
        [{ sensorId: datastream.id, ...input, isDrill: caller.isDrill }],
        receivedAt,
      )
      if (!outcome) throw new Error('intake gave no outcome')
      counted(outcome.ok ? null : outcome.refusal)
      if (!outcome.ok) throw new Refused(outcome.refusal)
      if (!caller.isDrill) await features.ensure(datastream.id)
      return observationNode(await stored(outcome.id, datastream.id))
    },

    async createNested(items) {
      if (items.length === 0) return
      const outcomes = await intake.accept(items, clock.now())
      for (const outcome of outcomes) counted(outcome.ok ? null : outcome.refusal)
      for (const sensorId of new Set(items.map((item) => item.sensorId))) await features.ensure(sensorId)
      const refused = outcomes.find((outcome) => !outcome.ok)
      if (refused && !refused.ok) throw new Refused(refused.refusal)
    },
  }
}
