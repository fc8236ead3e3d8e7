import { describe, expect, it } from 'vitest'
import {
  criticalOf,
  isSameView,
  nextShot,
  tourTimes,
  type Shot,
} from '../../../client/src/components/wall/wall-tour.ts'
import { worstList } from '../../../client/src/components/wall/worst-list.ts'
import { noon, sampleIncident } from '../../support/sample-rows.ts'

const list = (...rows: Parameters<typeof sampleIncident>[0][]) => worstList(rows.map(sampleIncident), [], noon)
const quietly = { priority: 3 as const, state: 'handling' as const }

const { slotMs } = tourTimes
/** When a round of so many places begins, at noon or soon after. */
function roundStart(places: number): number {
  const slots = Math.ceil(noon / slotMs)
  return (slots + ((2 + places - (slots % (2 + places))) % (2 + places))) * slotMs
}
/** Runs the tour second by second and answers the ids shown, each once in a row. */
function played(worst: ReturnType<typeof list>, seconds: number, fromAt: number): (string | null)[] {
  const shown: (string | null)[] = []
  let shot: Shot | null = null
  for (let i = 0; i <= seconds; i++) {
    const next = nextShot(shot, worst, fromAt + i * 1000)
    if (shot === null || next.id !== shot.id) shown.push(next.id)
    shot = next
  }
  return shown
}

describe('the tour', () => {
  it('stands still while all is well', () => {
    const first = nextShot(null, [], noon)
    expect(first).toMatchObject({ kind: 'overview', id: null })
    expect(nextShot(first, [], noon + 3_600_000)).toBe(first)
  })

  it('leaves P4 and the unplaced alone', () => {
    const worst = list({ ...quietly, priority: 4 }, { ...quietly, id: 'lost', position: null })
    expect(played(worst, 300, noon)).toEqual([null])
  })

  it('goes round the worst places and comes back to the whole city', () => {
    const worst = list({ ...quietly, id: 'a' }, { ...quietly, id: 'b' })
    expect(played(worst, 90, roundStart(2))).toEqual([null, 'a', 'b', null, 'a'])
  })

  it('keeps each shot its time: below, at and above', () => {
    const worst = list({ ...quietly, id: 'a' })
    const startAt = roundStart(1)
    const overview = nextShot(null, worst, startAt)
    expect(nextShot(overview, worst, startAt + slotMs - 1)).toBe(overview)
    expect(isSameView(overview, nextShot(overview, worst, startAt + 2 * slotMs - 1))).toBe(true)
    const place = nextShot(overview, worst, startAt + 2 * slotMs)
    expect(place).toMatchObject({ kind: 'place', id: 'a' })
    expect(nextShot(place, worst, place.untilAt - 1)).toBe(place)
    expect(nextShot(place, worst, place.untilAt).kind).toBe('overview')
  })

  it('leaves a place at once when it is put right', () => {
    const worst = list({ ...quietly, id: 'a' })
    const startAt = roundStart(1) + 2 * slotMs
    expect(nextShot(nextShot(null, worst, startAt), [], startAt + 1).kind).toBe('overview')
  })

  it('looks at the same place on a display that was just switched on', () => {
    const worst = list({ ...quietly, id: 'a' }, { ...quietly, id: 'b' }, { ...quietly, id: 'c' })
    let old: Shot | null = null
    for (let i = 0; i <= 150; i++) {
      const nowAt = roundStart(3) + i * 1000
      old = nextShot(old, worst, nowAt)
      expect(isSameView(old, nextShot(null, worst, nowAt)), String(i)).toBe(true)
    }
  })

  it('is in step again at the end of the slot in which the list changed', () => {
    const [before, after] = [list({ ...quietly, id: 'a' }), list({ ...quietly, id: 'a' }, { ...quietly, id: 'b' })]
    const startAt = roundStart(1) + 2 * slotMs
    const old = nextShot(null, before, startAt)
    expect(nextShot(old, after, startAt + slotMs - 1)).toBe(old)
    for (let i = 0; i < 100; i++) {
      const nowAt = startAt + slotMs + i * 1000
      expect(isSameView(nextShot(old, after, nowAt), nextShot(null, after, nowAt)), String(i)).toBe(true)
    }
  })
})

describe('a critical case', () => {
  const critical = { priority: 1 as const, state: 'reported' as const, reportedAt: noon }

  it('takes the picture by itself and gives it back once taken', () => {
    const worst = list({ ...critical, id: 'x' })
    const shot = nextShot(nextShot(null, [], noon), worst, noon)
    expect(shot).toMatchObject({ kind: 'critical', id: 'x' })
    expect(nextShot(shot, worst, noon + tourTimes.criticalMs)).toBe(shot)
    const taken = list({ ...critical, id: 'x', state: 'handling' })
    expect(nextShot(shot, taken, noon + tourTimes.criticalMs - 1)).toBe(shot)
    expect(nextShot(shot, taken, noon + tourTimes.criticalMs).kind).toBe('overview')
  })

  it('that nobody takes gives it back too, after its longest', () => {
    const worst = list({ ...critical, id: 'x' })
    expect(criticalOf(worst, noon + tourTimes.criticalMaxMs - 1)).toHaveLength(1)
    expect(criticalOf(worst, noon + tourTimes.criticalMaxMs)).toEqual([])
  })

  it('takes turns with others, the newest first', () => {
    const worst = list({ ...critical, id: 'old', reportedAt: noon - 10 }, { ...critical, id: 'new' })
    expect(played(worst, 46, noon)).toEqual(['new', 'old', 'new', 'old'])
    // Also on a display that was switched on in the second turn.
    expect(nextShot(null, worst, noon + tourTimes.criticalTurnMs)).toMatchObject({ kind: 'critical', id: 'old' })
  })

  it('needs a place, and to be a P1 case', () => {
    expect(criticalOf(list({ ...critical, position: null }, { ...critical, id: 'p2', priority: 2 }), noon)).toEqual([])
  })
})
