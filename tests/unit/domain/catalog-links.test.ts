/** The other direction of links: whatever comes and goes, the owners of a target are those that name it. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Entity } from '../../../shared/model/catalog.ts'
import { LinkIndex } from '../../../server/src/domain/catalog/link-index.ts'

const stream = (id: number, ids: readonly number[]) =>
  ({ kind: 'Datastream', id, links: { Thing: ids } }) as unknown as Entity
const ownersOf = (index: LinkIndex, id: number) => [...index.to('Thing', id, 'Datastream')].sort((a, b) => a - b)

it('keeps one owner, several, and none again', () => {
  const index = new LinkIndex()
  expect(ownersOf(index, 1)).toEqual([])
  for (const id of [7, 8, 9]) index.add(stream(id, [1]))
  index.add(stream(7, [1]))
  expect(ownersOf(index, 1)).toEqual([7, 8, 9])
  for (const id of [8, 7, 8]) index.remove(stream(id, [1]))
  expect(ownersOf(index, 1)).toEqual([9])
  index.remove(stream(9, [1]))
  expect(ownersOf(index, 1)).toEqual([])
  index.remove(stream(9, [1]))
  new LinkIndex().remove(stream(1, [1]))
})

it('names one owner once, though it says so twice', () => {
  const index = new LinkIndex()
  index.add(stream(7, [1, 1]))
  index.add(stream(7, [1]))
  expect(ownersOf(index, 1)).toEqual([7])
  index.remove(stream(8, [1]))
  expect(ownersOf(index, 1)).toEqual([7])
})

it('is what looking at all of them would say', () => {
  const id = fc.integer({ min: 1, max: 5 })
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), id, id)), (steps) => {
      const [index, plain] = [new LinkIndex(), new Map<number, Set<number>>()]
      for (const [isAdded, owner, target] of steps) {
        index[isAdded ? 'add' : 'remove'](stream(owner, [target]))
        const owners = plain.get(target) ?? new Set()
        owners[isAdded ? 'add' : 'delete'](owner)
        plain.set(target, owners)
        expect(ownersOf(index, target)).toEqual([...owners].sort((a, b) => a - b))
      }
    }),
  )
})
