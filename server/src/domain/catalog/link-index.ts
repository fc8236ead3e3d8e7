/**
 * Which entities lead to this one: the other direction of the links that entities carry. Rebuilt, never stored. Most
 * links have one owner, so one is kept as a number: a set for each would cost as much as the entities themselves.
 */
import type { Entity, EntityKind } from '../../../../shared/model/catalog.ts'

type Owners = number | Set<number>

export class LinkIndex {
  readonly #byPair = new Map<string, Map<number, Owners>>()

  add(entity: Entity): void {
    for (const [target, ids] of Object.entries(entity.links)) {
      const key = pairOf(entity.kind, target)
      let owners = this.#byPair.get(key)
      if (owners === undefined) this.#byPair.set(key, (owners = new Map()))
      for (const id of ids) {
        const known = owners.get(id)
        if (known === undefined) owners.set(id, entity.id)
        else if (typeof known !== 'number') known.add(entity.id)
        else if (known !== entity.id) owners.set(id, new Set([known, entity.id]))
      }
    }
  }

  remove(entity: Entity): void {
    for (const [target, ids] of Object.entries(entity.links)) {
      const owners = this.#byPair.get(pairOf(entity.kind, target))
      for (const id of ids) {
        const known = owners?.get(id)
        if (known === entity.id) owners?.delete(id)
        else if (typeof known === 'object' && known.delete(entity.id) && known.size === 0) owners?.delete(id)
      }
    }
  }

  /** Ids of the `owner` kind whose links name this target, in no promised order. */
  to(target: EntityKind, id: number, owner: EntityKind): Iterable<number> {
    const known = this.#byPair.get(pairOf(owner, target))?.get(id)
    return known === undefined ? [] : typeof known === 'number' ? [known] : known
  }
}

const pairOf = (owner: string, target: string): string => `${owner}>${target}`
