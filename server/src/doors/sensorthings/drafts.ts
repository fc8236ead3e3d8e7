/**
 * A request body with everything nested in it, as one list of entities to create. Guarantees: what an entity links to
 * stands before it in the list, so one command makes all or nothing. Refuses to touch state beyond asking what exists.
 */
import type { EntityDraft, EntityKind, EntityLink } from '../../../../shared/model/catalog.ts'
import type { FieldError } from '../../../../shared/model/refusal.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import { isObject, join } from '../json-input.ts'
import { readProperties } from './entity-schema.ts'
import { readObservation, type ObservationInput } from './observation-input.ts'
import { navigationTo, words, type StaKind } from './words.ts'

const maxDrafts = 2000
type Body = Readonly<Record<string, unknown>>
export type Links = Partial<Record<EntityKind, readonly EntityLink[]>>

export interface NestedObservation {
  readonly datastream: EntityLink
  readonly input: ObservationInput
}

/** Which kinds an entity of this kind stores links to. The rest of its links are stored on the other side. */
export const storedLinks: Readonly<Record<EntityKind, readonly EntityKind[]>> = {
  Thing: ['Location'],
  Location: [],
  HistoricalLocation: ['Thing', 'Location'],
  Sensor: [],
  ObservedProperty: [],
  Datastream: ['Thing', 'Sensor', 'ObservedProperty'],
  FeatureOfInterest: [],
}
const mandatoryLinks: Readonly<Partial<Record<EntityKind, readonly EntityKind[]>>> = {
  Datastream: ['Thing', 'Sensor', 'ObservedProperty'],
  HistoricalLocation: ['Thing', 'Location'],
}

export interface DraftList {
  readonly drafts: EntityDraft[]
  readonly observations: NestedObservation[]
  readonly errors: FieldError[]
  /** Things that exist and move to a Location created here. */
  readonly moves: { readonly thingId: number; readonly location: EntityLink }[]
  /** Adds an entity and all that is nested in it; answers the link to it. */
  add(kind: EntityKind, body: unknown, field: string, preset: Links): EntityLink
  /** Links in a body to kinds this entity stores links to; nested ones are added first. */
  linksOf(kind: EntityKind, body: Body, field: string, preset: Links): Links
  /** One link: `{"@iot.id": 1}`, or an entity to create. */
  link(kind: EntityKind, value: unknown, field: string): EntityLink
  /** Keeps a Thing's new place in its history. */
  addHistory(thing: EntityLink, locations: readonly EntityLink[]): void
}

/** The id in `{"@iot.id": 1}`; undefined where the object is not a link. */
export function linkedId(value: unknown): unknown {
  if (!isObject(value)) return undefined
  if (Object.hasOwn(value, '@iot.id')) return value['@iot.id']
  const keys = Object.keys(value)
  return keys.length === 1 && keys[0] === 'id' ? value['id'] : undefined
}

export function createDraftList(exists: (kind: EntityKind, id: number) => boolean, now: Instant): DraftList {
  const drafts: EntityDraft[] = []
  const observations: NestedObservation[] = []
  const errors: FieldError[] = []
  const moves: DraftList['moves'] = []
  const fail = (field: string, problem: string) => void errors.push({ field, problem })

  function push(kind: EntityKind, body: Body, links: Links): EntityLink {
    if (drafts.length === maxDrafts) fail('', `would create more than ${maxDrafts} entities`)
    if (drafts.length < maxDrafts) drafts.push({ kind, body, links })
    return { new: drafts.length - 1 }
  }

  function link(kind: EntityKind, value: unknown, field: string): EntityLink {
    const id = linkedId(value)
    if (id === undefined) return add(kind, value, field, {})
    if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 1)
      fail(join(field, '@iot.id'), 'must be a positive whole number')
    else if (!exists(kind, id)) fail(join(field, '@iot.id'), `names no ${kind}`)
    else return id
    return 0
  }

  function linksOf(kind: EntityKind, body: Body, field: string, preset: Links): Links {
    const links: Links = { ...preset }
    for (const to of storedLinks[kind]) {
      const name = navigationTo(kind, to)
      if (name === undefined || !Object.hasOwn(body, name) || body[name] === null) continue
      const at = join(field, name)
      if (preset[to]) fail(at, 'is said by the address already')
      else if (!words[kind].navigation[name]?.many) links[to] = [link(to, body[name], at)]
      else links[to] = entries(body[name], at).map(({ value, at }) => link(to, value, at))
    }
    return links
  }

  function entries(value: unknown, field: string): { value: unknown; at: string }[] {
    if (!Array.isArray(value)) {
      fail(field, 'must be a list')
      return []
    }
    return value.map((each: unknown, i) => ({ value: each, at: join(field, String(i)) }))
  }

  function add(kind: EntityKind, body: unknown, field: string, preset: Links): EntityLink {
    if (!isObject(body)) {
      fail(field, `must be an object: a ${kind}, or a link such as {"@iot.id": 1}`)
      return 0
    }
    if (drafts.length >= maxDrafts) return push(kind, {}, {})
    const properties = readProperties(kind, body, field, false, errors)
    const links = linksOf(kind, body, field, preset)
    for (const to of mandatoryLinks[kind] ?? []) {
      const name = navigationTo(kind, to) ?? to
      if (!links[to]?.length && !Object.hasOwn(body, name)) fail(join(field, name), 'is mandatory')
    }
    const self = push(kind, properties, links)
    if (kind === 'Thing' && links.Location?.length) addHistory(self, links.Location)
    addDependents(kind, body, field, self, links)
    return self
  }

  function addHistory(thing: EntityLink, locations: readonly EntityLink[]): void {
    push('HistoricalLocation', { time: new Date(now).toISOString() }, { Thing: [thing], Location: locations })
  }

  /** What is nested in the body and stores its link on its own side. */
  function addDependents(kind: EntityKind, body: Body, field: string, self: EntityLink, links: Links): void {
    for (const [name, word] of Object.entries(words[kind].navigation)) {
      const isStored = word.kind !== 'Observation' && storedLinks[kind].includes(word.kind)
      if (isStored || !Object.hasOwn(body, name) || body[name] === null) continue
      const at = join(field, name)
      if (!isTakenHere(kind, word.kind)) fail(at, `cannot be created inside a ${kind}`)
      else for (const each of entries(body[name], at)) addDependent(kind, word.kind, each.value, each.at, self, links)
    }
  }

  function addDependent(
    kind: EntityKind,
    to: StaKind,
    value: unknown,
    field: string,
    self: EntityLink,
    links: Links,
  ): void {
    if (to === 'Observation') {
      const input = readObservation(value, field, now, errors)
      if (isObject(value) && ('Datastream' in value || 'FeatureOfInterest' in value))
        fail(field, 'may not name a Datastream or FeatureOfInterest when nested in a Datastream')
      if (observations.length >= maxDrafts) fail(field, `is one of more than ${maxDrafts} observations`)
      else if (input) observations.push({ datastream: self, input })
    } else if (kind === 'Location' && to === 'Thing' && linkedId(value) !== undefined) {
      const thingId = link(to, value, field)
      if (typeof thingId === 'number') moves.push({ thingId, location: self })
    } else if (linkedId(value) !== undefined) fail(field, `is a link: change the ${to} instead`)
    else {
      const preset: Links = { [kind]: [self] }
      // A history without places is of the places the Thing has now.
      if (to === 'HistoricalLocation' && links.Location && !(isObject(value) && 'Locations' in value))
        preset.Location = links.Location
      add(to, value, field, preset)
    }
  }

  return { drafts, observations, errors, moves, add, linksOf, link, addHistory }
}

const isTakenHere = (kind: EntityKind, to: StaKind): boolean =>
  to === 'Observation' ? kind === 'Datastream' : storedLinks[to].includes(kind)
