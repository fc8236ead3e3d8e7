/**
 * What an import keeps of an extract. Three passes, each for one kind of element, in this order: relations say which ways they
 * are made of, ways which points, and of the points only those are remembered. Guarantees: a wish or a refusal of an element
 * is counted exactly once. Knows nothing of files; what becomes of wishes is `osm-layers.ts`'s.
 */
import type { ElementListener, Member, Tags } from './element.ts'
import type { Piece } from './join-rings.ts'
import { NodePositions, NumberList } from './node-positions.ts'
import {
  isRefusal,
  readPlaceTags,
  readRelationTags,
  readWayTags,
  type Reading,
  type TagSettings,
  type Wish,
} from './read-tags.ts'
import type { Tally } from './tally.ts'

/** `boundary=administrative` of a level that was asked for. */
export interface Boundary {
  readonly adminLevel: number
  readonly tags: Tags
}

export interface KeptWay {
  readonly id: number
  /** Its points lie from here to there in the list of all. */
  readonly from: number
  readonly to: number
  readonly wishes: readonly Wish[]
  readonly boundary: Boundary | null
}

export interface KeptRelation {
  readonly id: number
  readonly ways: readonly { readonly id: number; readonly isInner: boolean }[]
  readonly wishes: readonly Wish[]
  readonly boundary: Boundary | null
}

export interface KeptNode {
  readonly id: number
  readonly at: readonly [lon: number, lat: number]
  readonly wish: Wish
}

export interface ExtractSettings extends TagSettings {
  /** Levels that become divisions; empty = none. */
  readonly adminLevels: readonly number[]
}

const noWishes: readonly Wish[] = []
/** Different wishes that are remembered so as not to be kept twice. */
const mostAlike = 20_000

export class OsmExtract {
  readonly #settings: ExtractSettings
  readonly #tally: Tally
  readonly #memberIds = new Set<number>()
  readonly #alike = new Map<string, readonly Wish[]>()
  readonly #memberWays = new Map<number, KeptWay>()
  readonly #refs = new NumberList()
  #positions: NodePositions | null = null
  readonly relations: KeptRelation[] = []
  readonly ways: KeptWay[] = []
  readonly nodes: KeptNode[] = []
  /** Elements that ask for anything; of one that asks for several layers, one. */
  speaking = 0
  /** Relations that are administrative boundaries, by level: to say which could have been asked for. */
  readonly boundaryLevels = new Map<string, number>()

  constructor(settings: ExtractSettings, tally: Tally) {
    this.#settings = settings
    this.#tally = tally
  }

  /** Counts refusals, answers wishes. */
  #sorted(readings: readonly Reading[], example: string): readonly Wish[] {
    if (readings.length === 0) return noWishes
    const wishes: Wish[] = []
    for (const reading of readings) {
      if (isRefusal(reading)) this.#tally.leaveOut(reading.layer, reading.reason, example)
      else wishes.push(reading)
    }
    return wishes
  }

  /** Houses that are alike ask alike: one answer is kept for all of them. */
  #shared(wishes: readonly Wish[]): readonly Wish[] {
    const key = JSON.stringify(wishes)
    const known = this.#alike.get(key)
    if (known) return known
    if (this.#alike.size < mostAlike) this.#alike.set(key, wishes)
    return wishes
  }

  #refuseAll(wishes: readonly Wish[], boundary: Boundary | null, reason: string, example: string): void {
    for (const { layer } of wishes) this.#tally.leaveOut(layer, reason, example)
    if (boundary) this.#tally.leaveOut('divisions', reason, example)
  }

  #boundaryOf(tags: Tags): Boundary | null {
    const { boundary, admin_level: level } = tags
    if (boundary !== 'administrative' || level === undefined) return null
    const adminLevel = Number(level)
    return this.#settings.adminLevels.includes(adminLevel) ? { adminLevel, tags } : null
  }

  readonly relationPass: ElementListener = {
    relation: (id, tags, members) => {
      const type = tags['type']
      const hasOutline = type === 'multipolygon' || type === 'boundary'
      const readings = readRelationTags(tags, this.#settings)
      const boundary = hasOutline ? this.#boundaryOf(tags) : null
      const level = tags['boundary'] === 'administrative' ? tags['admin_level'] : undefined
      if (level !== undefined) this.boundaryLevels.set(level, (this.boundaryLevels.get(level) ?? 0) + 1)
      if (readings.length === 0 && !boundary) return
      this.speaking++
      const example = `relation ${id}`
      const wishes = this.#sorted(readings, example)
      if (wishes.length === 0 && !boundary) return
      const ways = hasOutline ? edgeWays(members) : []
      if (ways.length === 0) {
        const reason = hasOutline ? 'a multipolygon without ways' : 'a relation that is no multipolygon'
        return this.#refuseAll(wishes, boundary, reason, example)
      }
      for (const way of ways) this.#memberIds.add(way.id)
      this.relations.push({ id, ways, wishes, boundary })
    },
  }

  readonly wayPass: ElementListener = {
    way: (id, tags, refs) => {
      const isClosed = refs.length >= 4 && refs[0] === refs.at(-1)
      const readings = readWayTags(tags, isClosed, this.#settings)
      // Ways along a border carry its tags too; only a closed one is a border by itself, and only if no relation has it.
      const isMember = this.#memberIds.has(id)
      const boundary = isClosed && !isMember ? this.#boundaryOf(tags) : null
      if (readings.length > 0 || boundary) this.speaking++
      const example = `way ${id}`
      const wishes = this.#sorted(readings, example)
      if (wishes.length === 0 && !boundary && !isMember) return
      if (refs.length < 2)
        return this.#refuseAll(
          wishes,
          boundary,
          refs.length === 1 ? 'a way of one point' : 'a way without points',
          example,
        )
      const from = this.#refs.length
      for (const ref of refs) this.#refs.push(ref)
      const way = { id, from, to: this.#refs.length, wishes: this.#shared(wishes), boundary }
      if (isMember) this.#memberWays.set(id, way)
      if (wishes.length > 0 || boundary) this.ways.push(way)
    },
  }

  /** From here on the points of the kept ways are known by their ids. */
  get nodePass(): ElementListener {
    const positions = (this.#positions = new NodePositions(this.#refs.slice(0, this.#refs.length)))
    return {
      node: (id, lon, lat, tags) => {
        positions.put(id, lon, lat)
        if (tags === null) return
        const reading = readPlaceTags(tags)
        if (reading === null) return
        this.speaking++
        const [wish] = this.#sorted([reading], `node ${id}`)
        if (!wish) return
        if (Math.abs(lon) <= 180 && Math.abs(lat) <= 90) this.nodes.push({ id, at: [lon, lat], wish })
        else this.#tally.leaveOut(wish.layer, 'lies nowhere on this earth', `node ${id}`)
      },
    }
  }

  refsOf({ from, to }: KeptWay): Float64Array {
    return this.#refs.slice(from, to)
  }

  /** Degrees of a point; null where the extract does not have it. */
  positionOf(nodeId: number): [lon: number, lat: number] | null {
    return this.#positions?.at(nodeId) ?? null
  }

  /** The pieces of a relation's edge that the extract has, and how many it has not. */
  piecesOf(relation: KeptRelation): { readonly pieces: readonly Piece[]; readonly missing: number } {
    const pieces: Piece[] = []
    let missing = 0
    for (const { id, isInner } of relation.ways) {
      const way = this.#memberWays.get(id)
      if (way) pieces.push({ id, refs: [...this.refsOf(way)], isInner })
      else missing++
    }
    return { pieces, missing }
  }
}

/** Ways that are the edge; roles such as `subarea` or `label` are of other things. */
function edgeWays(members: readonly Member[]): { id: number; isInner: boolean }[] {
  return members
    .filter(({ type, role }) => type === 'way' && ['', 'outer', 'inner', 'exclave', 'enclave'].includes(role))
    .map(({ ref, role }) => ({ id: ref, isInner: role === 'inner' || role === 'enclave' }))
}
