/**
 * Creates, changes and deletes entities through the engine. Guarantees: one command a request wherever the standard's
 * deep insert allows it, answered after the commit.
 */
import { randomUUID } from 'node:crypto'
import type { Entity, EntityKind, EntityLink } from '../../../../shared/model/catalog.ts'
import type { InternalCommand } from '../../../../shared/model/command.ts'
import { refuse } from '../../../../shared/model/refusal.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Engine } from '../../ports/engine.ts'
import { doorActor, type Caller } from '../door-keys.ts'
import { Refused, invalid, oneField } from '../http-door.ts'
import { isObject } from '../json-input.ts'
import { createDraftList, storedLinks, type DraftList } from './drafts.ts'
import { readProperties } from './entity-schema.ts'
import { entityNode, type Node } from './nodes.ts'
import type { ObservationWriter } from './observation-writer.ts'
import { words } from './words.ts'

export interface EntityWriter {
  /** `parent` is the entity whose navigation path was posted to. */
  create(kind: EntityKind, body: unknown, parent: Node | null, caller: Caller): Promise<Node>
  /** PATCH keeps what the body does not name; PUT does not. */
  change(node: Node, body: unknown, isWhole: boolean, caller: Caller): Promise<Node>
  remove(node: Node, caller: Caller): Promise<void>
}

export function createEntityWriter(engine: Engine, clock: Clock, observations: ObservationWriter): EntityWriter {
  const newList = () => createDraftList((kind, id) => engine.view.entity(kind, id) !== undefined, clock.now())
  const refuseErrors = ({ errors }: DraftList) => {
    if (errors.length > 0) throw new Refused(invalid(errors))
  }

  /** Ids of what the command created, in the order of its drafts. */
  async function submit(command: InternalCommand, caller: Caller): Promise<readonly number[]> {
    const outcome = await engine.submit(doorActor(caller), { commandId: randomUUID(), command })
    if (!outcome.ok) throw new Refused(outcome.refusal)
    const ids = outcome.data['ids']
    return Array.isArray(ids) ? ids.filter((id): id is number => typeof id === 'number') : []
  }

  function present(kind: EntityKind, id: number | undefined): Node {
    const entity = id === undefined ? undefined : engine.view.entity(kind, id)
    if (!entity) throw new Error(`${kind}(${id}) was written but is not in the state`)
    return entityNode(entity)
  }

  const entityOf = (node: Node): Entity => {
    if (node.kind === 'Observation') throw new Refused(kept, 405)
    return node.entity
  }

  /** The rest of a deep insert, which can only follow once the ids are known. */
  async function finish(list: DraftList, ids: readonly number[], caller: Caller): Promise<void> {
    const idOf = (link: EntityLink) => (typeof link === 'number' ? link : (ids[link.new] ?? 0))
    for (const { thingId, location } of list.moves) await move(thingId, idOf(location), caller)
    const items = list.observations.map(({ datastream, input }) => ({ sensorId: idOf(datastream), ...input }))
    await observations.createNested(items)
  }

  async function move(thingId: number, locationId: number, caller: Caller): Promise<void> {
    const thing = engine.view.entity('Thing', thingId)
    if (!thing) return
    const list = newList()
    list.addHistory(thingId, [locationId])
    await submit(
      {
        type: 'catalog.update',
        kind: 'Thing',
        id: thingId,
        body: thing.body,
        links: { Location: [locationId] },
        drafts: list.drafts,
      },
      caller,
    )
  }

  /** POST to `Things(1)/Locations`: the parent stores the link, so the parent is what changes. */
  async function createUnder(parent: Entity, kind: EntityKind, body: unknown, caller: Caller): Promise<Node> {
    const list = newList()
    const link = list.link(kind, body, '')
    // A Thing is where its newest Location says; other lists grow.
    const before = parent.kind === 'Thing' ? [] : (parent.links[kind] ?? [])
    if (parent.kind === 'Thing') list.addHistory(parent.id, [link])
    refuseErrors(list)
    const links = { [kind]: [...before, link] }
    const ids = await submit(
      { type: 'catalog.update', kind: parent.kind, id: parent.id, body: parent.body, links, drafts: list.drafts },
      caller,
    )
    await finish(list, ids, caller)
    return present(kind, typeof link === 'number' ? link : ids[link.new])
  }

  return {
    async create(kind, body, parent, caller) {
      const above = parent ? entityOf(parent) : null
      if (above && storedLinks[above.kind].includes(kind)) return createUnder(above, kind, body, caller)
      if (above && !storedLinks[kind].includes(above.kind))
        throw new Refused(refuse('INVALID', `${words[kind].set} cannot be created under ${above.kind}`), 405)
      const list = newList()
      const link = list.add(kind, body, '', above ? { [above.kind]: [above.id] } : {})
      refuseErrors(list)
      const ids = await submit({ type: 'catalog.create', drafts: list.drafts }, caller)
      await finish(list, ids, caller)
      return present(kind, typeof link === 'number' ? link : ids[link.new])
    },

    async change(node, body, isWhole, caller) {
      const entity = entityOf(node)
      if (!isObject(body)) throw new Refused(oneField('', 'must be an object'))
      const list = newList()
      const encoding = isWhole ? {} : { encodingType: entity.body['encodingType'] }
      const hasEncoding = 'encodingType' in words[entity.kind].properties && encoding.encodingType !== undefined
      const input = hasEncoding ? { ...encoding, ...body } : body
      const properties = readProperties(entity.kind, input, '', !isWhole, list.errors)
      for (const [name, word] of Object.entries(words[entity.kind].navigation)) {
        const isOwn = word.kind !== 'Observation' && storedLinks[entity.kind].includes(word.kind)
        if (!isOwn && Object.hasOwn(body, name))
          list.errors.push({ field: name, problem: `is not changed here: change the ${word.kind} instead` })
      }
      const links = list.linksOf(entity.kind, body, '', {})
      if (entity.kind === 'Thing' && links.Location?.length) list.addHistory(entity.id, links.Location)
      refuseErrors(list)
      const merged = isWhole ? properties : { ...entity.body, ...properties }
      const whole = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null))
      const { kind, id } = entity
      await submit({ type: 'catalog.update', kind, id, body: whole, links, drafts: list.drafts }, caller)
      return present(kind, id)
    },

    async remove(node, caller) {
      const { kind, id } = entityOf(node)
      await submit({ type: 'catalog.delete', kind, id }, caller)
    },
  }
}

const kept = refuse('INVALID', 'observations are history: they are neither changed nor deleted here')
