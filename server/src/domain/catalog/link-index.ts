/** Which entities lead to this one: the other direction of the links that entities carry. Rebuilt, never stored. */
import type { Entity, EntityKind } from '../../../../shared/model/catalog.ts'

const nobody: ReadonlySet<number> = new Set()

export class LinkIndex {
  readonly #byTarget = new Map<string, Map<number, Set<number>>>()

  add(entity: Entity): void {
    for (const [target, ids] of Object.entries(entity.links)) {
      const key = `${entity.kind}>${target}`
      let ofPair = this.#byTarget.get(key)
      if (ofPair === undefined) this.#byTarget.set(key, (ofPair = new Map()))
      for (const id of ids) {
        const owners = ofPair.get(id)
        if (owners === undefined) ofPair.set(id, new Set([entity.id]))
        else owners.add(entity.id)
      }
    }
  }

  remove(entity: Entity): void {
    for (const [target, ids] of Object.entries(entity.links)) {
      const ofPair = this.#byTarget.get(`${entity.kind}>${target}`)
      for (const id of ids) {
        const owners = ofPair?.get(id)
        owners?.delete(entity.id)
        if (owners?.size === 0) ofPair?.delete(id)
      }
    }
  }

  /** Ids of the `owner` kind whose links name this target. */
  to(target: EntityKind, id: number, owner: EntityKind): ReadonlySet<number> {
    return this.#byTarget.get(`${owner}>${target}`)?.get(id) ?? nobody
  }
}
