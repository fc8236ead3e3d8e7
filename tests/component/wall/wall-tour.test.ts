import { describe, expect, it } from 'vitest'
import { criticalOf, nextShot, tourTimes, type Shot } from '../../../client/src/components/wall/wall-tour.ts'
import { worstList } from '../../../client/src/components/wall/worst-list.ts'
import { noon, sampleIncident } from '../../support/sample-rows.ts'

const list = (...rows: Parameters<typeof sampleIncident>[0][]) => worstList(rows.map(sampleIncident), [], noon)
const quietly = { priority: 3 as const, state: 'handling' as const }

/** Runs the tour second by second and answers the ids shown, each once in a row. */
function played(worst: ReturnType<typeof list>, seconds: number, first: Shot | null = null): (string | null)[] {
  const shown: (string | null)[] = []
  let shot = first
  for (let i = 0; i <= seconds; i++) {
    const next = nextShot(shot, worst, noon + i * 1000)
    if (next !== shot) shown.push(next.id)
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
    expect(played(worst, 300)).toEqual([null])
  })

  it('goes round the worst places and comes back to the whole city', () => {
    const worst = list({ ...quietly, id: 'a' }, { ...quietly, id: 'b' })
    expect(played(worst, 90)).toEqual([null, 'a', 'b', null, 'a'])
  })

  it('keeps each shot its time: below, at and above', () => {
    const worst = list({ ...quietly, id: 'a' })
    const overview = nextShot(null, worst, noon)
    expect(nextShot(overview, worst, noon + tourTimes.overviewMs - 1)).toBe(overview)
    const place = nextShot(overview, worst, noon + tourTimes.overviewMs)
    expect(place).toMatchObject({ kind: 'place', id: 'a' })
    expect(nextShot(place, worst, place.sinceAt + tourTimes.placeMs - 1)).toBe(place)
    expect(nextShot(place, worst, place.sinceAt + tourTimes.placeMs).kind).toBe('overview')
  })

  it('leaves a place at once when it is put right', () => {
    const worst = list({ ...quietly, id: 'a' })
    const place = nextShot(nextShot(null, worst, noon), worst, noon + tourTimes.overviewMs)
    expect(nextShot(place, [], place.sinceAt + 1).kind).toBe('overview')
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
    expect(played(worst, 46)).toEqual(['new', 'old', 'new', 'old'])
  })

  it('needs a place, and to be a P1 case', () => {
    expect(criticalOf(list({ ...critical, position: null }, { ...critical, id: 'p2', priority: 2 }), noon)).toEqual([])
  })
})
