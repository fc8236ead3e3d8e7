/** Who moves the desk's map: hands, the selected row, a crew that is followed, all open cases; never two at once. */
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref, shallowRef, type EffectScope } from 'vue'
import { useLinkStore } from '../../../client/src/stores/link.ts'
import { useUnitsStore } from '../../../client/src/stores/units.ts'
import { useMapMoves, type MapInUse } from '../../../client/src/views/desk/use-map-moves.ts'
import { untouchedMs } from '../../../client/src/views/desk/use-view-lock.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import { noon, sampleIncident, sampleUnit } from '../../support/sample-rows.ts'

const map = { focus: vi.fn(), fit: vi.fn(), follow: vi.fn(), centre: vi.fn() }
const queued = shallowRef<readonly Incident[]>([])
const incident = ref<Incident | null>(null)
let scope: EffectScope
let moves: ReturnType<typeof useMapMoves>

const at = (ms: number) => useLinkStore().heard(noon + ms, noon + ms, noon)
const place = (lat: number, fixAt: number, unitId = 'PUMP-01') => ({
  ...{ unitId, lon: 121.4, lat, headingDeg: null, speedMps: null, fixAt },
})
const drive = (lat: number, fixAt: number) => {
  useUnitsStore().movePlaces([place(lat, fixAt)])
  return nextTick()
}
const cases = (...places: (readonly [number, number] | null)[]) => {
  queued.value = places.map((position, n) => sampleIncident({ id: `I${n}`, position }))
  return nextTick()
}

beforeEach(() => {
  setActivePinia(createPinia())
  for (const one of Object.values(map)) one.mockReset()
  queued.value = []
  incident.value = null
  useLinkStore().setLamp('live', false)
  at(0)
  const unit = sampleUnit({ id: 'PUMP-01', incidentId: 'I0', status: 'en-route' })
  useUnitsStore().replace([{ id: unit.id, row: unit }])
  scope = effectScope()
  moves = scope.run(() => useMapMoves({ map: ref<MapInUse | null>(map), queued, incident }))!
})
afterEach(() => scope.stop())

describe('following', () => {
  it('goes with the crew on the selected case until somebody steers', async () => {
    incident.value = sampleIncident({ id: 'I0' })
    await drive(31.1, noon)
    moves.toggleFollow()
    await nextTick()
    expect(map.focus.mock.calls).toEqual([[[121.4, 31.1], 15]])
    await drive(31.2, noon + 5000)
    expect(map.follow.mock.lastCall).toEqual([[121.4, 31.2]])
    moves.steered()
    await nextTick()
    expect(map.follow.mock.lastCall).toEqual([null])
    map.follow.mockClear()
    await drive(31.3, noon + 10_000)
    expect(map.follow).not.toHaveBeenCalled()
    // Who steered still sees its way.
    expect(moves.watched.trail.value.points.length).toBeGreaterThan(1)
  })
  it('ends by the same key, by another case, and by going elsewhere', async () => {
    await drive(31.1, noon)
    moves.watched.look('PUMP-01')
    const follows = () => moves.watched.isFollowing.value
    moves.toggleFollow()
    expect(follows()).toBe(true)
    moves.toggleFollow()
    expect(follows()).toBe(false)
    moves.toggleFollow()
    incident.value = sampleIncident({ id: 'other' })
    await nextTick()
    expect(follows()).toBe(false)
    moves.toggleFollow()
    moves.go([121, 31])
    expect(follows()).toBe(false)
  })
  it('says so where there is nobody it could mean, until there is', async () => {
    moves.toggleFollow()
    expect([moves.watched.isNobody.value, moves.watched.isFollowing.value]).toEqual([true, false])
    incident.value = sampleIncident({ id: 'I0' })
    await drive(31.1, noon)
    moves.toggleFollow()
    expect([moves.watched.isNobody.value, moves.watched.isFollowing.value]).toEqual([false, true])
  })
})

describe('all open cases kept in view', () => {
  it('moves when it is switched on, then only when there are other cases', async () => {
    await cases([121.1, 31.1], [121.3, 31.2], null)
    expect(map.fit).not.toHaveBeenCalled()
    moves.toggleLock()
    await nextTick()
    expect(map.fit.mock.calls).toEqual([[[121.1, 31.1, 121.3, 31.2]]])
    // The same cases, in another order and with other ages.
    queued.value = [...queued.value].reverse()
    at(60_000)
    await nextTick()
    expect(map.fit).toHaveBeenCalledTimes(1)
    await cases([121.1, 31.1])
    expect(map.fit.mock.lastCall).toEqual([[121.1, 31.1, 121.1, 31.1]])
    moves.toggleLock()
    await cases([121.9, 31.9], [121.8, 31.8])
    expect(map.fit).toHaveBeenCalledTimes(2)
  })
  it('waits until nobody has touched the map for a while, and then catches up', async () => {
    await cases([121.1, 31.1])
    moves.toggleLock()
    await nextTick()
    moves.steered()
    await cases([121.1, 31.1], [121.5, 31.5])
    at(untouchedMs - 1)
    await nextTick()
    expect(map.fit).toHaveBeenCalledTimes(1)
    at(untouchedMs)
    await nextTick()
    expect(map.fit).toHaveBeenCalledTimes(2)
  })
  it('gives way to a crew that is followed, and the other way round', async () => {
    await drive(31.1, noon)
    moves.watched.look('PUMP-01')
    moves.toggleLock()
    moves.toggleFollow()
    expect([moves.isLocked.value, moves.watched.isFollowing.value]).toEqual([false, true])
    moves.toggleLock()
    expect([moves.isLocked.value, moves.watched.isFollowing.value]).toEqual([true, false])
  })
})
