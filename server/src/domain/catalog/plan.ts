/**
 * A change of the catalogue as it is being decided: entities as they will be, laid over those that are. Collects events;
 * touches no state. Sensor rows are made at the end, from everything together.
 */
import type { Entity, EntityDraft, EntityKind, EntityLink } from '../../../../shared/model/catalog.ts'
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { FieldError } from '../../../../shared/model/refusal.ts'
import { entityKinds, requiredLinks } from '../../../../shared/model/catalog.ts'
import { lastEvents } from '../alarm/moves.ts'
import type { Context, Decision } from '../context.ts'
import { refused } from '../context.ts'
import type { CityState } from '../state.ts'
import { sensorOf } from './sensor-of.ts'

type Links = Readonly<Partial<Record<EntityKind, readonly EntityLink[]>>>

export class CatalogPlan {
  readonly events: DomainEvent[] = []
  readonly errors: FieldError[] = []
  readonly #state: CityState
  readonly #context: Context
  /** null = deleted. */
  readonly #laid = new Map<string, Entity | null>()
  readonly #datastreams = new Set<number>()
  readonly #newIds: number[] = []
  #drafts: readonly EntityDraft[] = []

  constructor(state: CityState, context: Context) {
    this.#state = state
    this.#context = context
  }

  readonly entity = (kind: EntityKind, id: number): Entity | undefined => {
    const laid = this.#laid.get(`${kind}(${id})`)
    return laid === null ? undefined : (laid ?? this.#state.entities[kind].get(id))
  }

  /** Gives ids to all drafts first, so that they may lead to one another in any order; answers the ids. */
  create(drafts: readonly EntityDraft[]): readonly number[] {
    this.#drafts = drafts
    const next = { ...this.#state.counters.entities }
    for (const { kind } of drafts) this.#newIds.push(++next[kind])
    const entities = drafts.map((draft, i) => {
      const links = this.links(draft.kind, draft.links, `drafts.${i}.links`)
      for (const kind of requiredLinks[draft.kind]) {
        if (!links[kind]?.length) this.#fail(`drafts.${i}.links.${kind}`, `a ${draft.kind} needs its ${kind}`)
      }
      return { kind: draft.kind, id: this.#newIds[i] as number, body: draft.body, links }
    })
    for (const entity of entities) this.#lay(entity, { type: 'catalog.created', entity })
    return this.#newIds
  }

  update(entity: Entity): void {
    this.#lay(entity, { type: 'catalog.updated', entity })
  }

  delete(kind: EntityKind, id: number): void {
    this.#laid.set(`${kind}(${id})`, null)
    if (kind === 'Datastream') this.#removeSensor(id)
    this.events.push({ type: 'catalog.deleted', kind, id })
  }

  /** Resolved links; what leads nowhere is noted as an error of its field. */
  links(owner: EntityKind, links: Links, field: string): Entity['links'] {
    const resolved: Partial<Record<EntityKind, readonly number[]>> = {}
    for (const kind of entityKinds) {
      const given = links[kind]
      if (given === undefined) continue
      const ids = given.map((link, i) => this.#resolve(kind, link, `${field}.${kind}.${i}`))
      if (requiredLinks[owner].includes(kind) && ids.length === 0) this.#fail(`${field}.${kind}`, 'must not be empty')
      // A spread set keeps room for seventeen: in a city of devices most of their memory.
      resolved[kind] = ids.length < 2 ? ids : [...new Set(ids)]
    }
    return resolved
  }

  /** This entity's sensors may have another name, place, kind or unit now. */
  touch({ kind, id }: { readonly kind: EntityKind; readonly id: number }): void {
    const { links } = this.#state
    if (kind === 'Datastream') this.#datastreams.add(id)
    else if (kind === 'Thing' || kind === 'ObservedProperty')
      for (const each of links.to(kind, id, 'Datastream')) this.#datastreams.add(each)
    else if (kind === 'Location')
      for (const thing of links.to('Location', id, 'Thing')) this.touch({ kind: 'Thing', id: thing })
  }

  decide(data: Readonly<Record<string, unknown>>): Decision {
    if (this.errors.length > 0) {
      const { field, problem } = this.errors[0] as FieldError
      return refused('INVALID', `${field}: ${problem}`, { fields: this.errors })
    }
    for (const id of this.#datastreams) this.#register(id)
    return { ok: true, events: this.events.map((event) => ({ event })), data }
  }

  #fail(field: string, problem: string): void {
    this.errors.push({ field, problem })
  }

  #lay(entity: Entity, event: DomainEvent): void {
    this.#laid.set(`${entity.kind}(${entity.id})`, entity)
    this.events.push(event)
    this.touch(entity)
  }

  #resolve(kind: EntityKind, link: EntityLink, field: string): number {
    if (typeof link === 'number') {
      if (this.entity(kind, link) === undefined) this.#fail(field, `there is no ${kind} ${link}`)
      return link
    }
    if (this.#drafts[link.new]?.kind !== kind) this.#fail(field, `draft ${link.new} is no ${kind}`)
    return this.#newIds[link.new] ?? 0
  }

  #register(id: number): void {
    const datastream = this.entity('Datastream', id)
    if (datastream === undefined) return
    const known = this.#state.sensors.get(id)
    const sensor = sensorOf(datastream, known, this.entity, this.#context)
    if (known !== undefined && JSON.stringify(known) === JSON.stringify(sensor)) return
    // Another kind has other limits: what stood by the old ones stands no longer.
    if (known !== undefined && known.kind !== sensor.kind) this.#returnAlarm(id)
    this.events.push({ type: 'sensor.registered', sensor })
  }

  #removeSensor(id: number): void {
    this.#returnAlarm(id)
    this.events.push({ type: 'sensor.removed', sensorId: id })
  }

  #returnAlarm(sensorId: number): void {
    for (const index of [
      this.#state.alarmOfSensor,
      this.#state.dataAlarmOfSensor,
      this.#state.deviationAlarmOfSensor,
    ]) {
      const alarm = this.#state.alarms.get(index.get(sensorId) ?? '')
      if (alarm !== undefined) this.events.push(...lastEvents(alarm))
    }
  }
}
