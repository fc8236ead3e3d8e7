/** What crews tell beside their plain way: waiting short of a place, taking somebody along, answering a call, arrivals told late, packing up. */
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../mock-data/city/random.ts'
import { crewDay } from '../../../mock-data/crews/crew-day.ts'
import { crewMind } from '../../../mock-data/crews/crew-mind.ts'
import { roadMap } from '../../../mock-data/crews/road-map.ts'
import { cityNow } from '../../../mock-data/life/city-now.ts'
import { cityTime } from '../../../mock-data/life/city-time.ts'
import { defaultPeopleRates, type PeopleRates } from '../../../mock-data/life/people-rates.ts'
import { distanceM, type LonLat } from '../../../shared/model/geo.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import type { Unit, UnitStatus } from '../../../shared/model/unit.ts'

const [minMs, hourMs] = [60_000, 3_600_000]
/** A Wednesday morning. */
const nine = Date.parse('2026-03-11T09:00:00+08:00')
const city = cityNow(cityTime({ startAt: nine, originAt: nine, speed: 1, timeZone: 'Asia/Shanghai' }))

describe('a crew', () => {
  const station: LonLat = [122.92, 30.98]
  const scene: LonLat = [122.95, 30.985]
  const plain = {
    ...defaultPeopleRates,
    ...{ unsaidArrivalShare: 0, stageShare: {}, transportShare: {}, clearShare: {}, welfareShare: 0 },
    ...{ declineShare: 0, notOursShare: 0, unheardShare: 0, helpShare: { 1: 0, 2: 0, 3: 0, 4: 0 } },
  }
  const statusAfter: Readonly<Record<string, UnitStatus>> = {
    'incident.acknowledge': 'acknowledged',
    'incident.depart': 'en-route',
    'incident.stage': 'staged',
    'incident.arrive': 'on-scene',
    'incident.transport': 'transporting',
    'incident.reach': 'at-destination',
    'incident.finish': 'available',
  }
  /** One case from the call to the end: what it said, when, and from where. */
  function lives(rates: Partial<PeopleRates>, kind = 'drainage', suggestedAfterMs: number | null = null) {
    const mind = crewMind({
      ...{ unitId: 'A-01', kind, station, shift: 'round-the-clock', roads: roadMap([]), seed: 1, speed: 1, city },
      random: seededRandom(7),
      rates: { ...plain, ...rates },
    })
    const incident = {
      ...{ id: 'c1', classCode: 'E0502', priority: 1, position: scene },
      ...{ assignments: [], finishedAt: null, reworkCount: 0 },
    } as unknown as Incident
    let unit = { id: 'A-01', status: 'dispatched', statusSince: nine, incidentId: incident.id } as Unit
    const said: { readonly type: string; readonly at: number; readonly from: LonLat; readonly act: object }[] = []
    for (let now = nine; now < nine + 5 * hourMs && unit.incidentId !== null; now += 1000) {
      const { arrived } = mind.place(now)
      const stands = unit.status === 'en-route' && arrived && mind.isMoving === false
      if (stands && suggestedAfterMs !== null && unit.arrivalSuggestedAt === undefined)
        unit = { ...unit, arrivalSuggestedAt: now + suggestedAfterMs }
      const act = mind.next(unit, incident, now)
      if (act === null) continue
      mind.answered(true, now)
      said.push({ type: act.type, at: now, from: mind.place(now).position, act })
      const status = statusAfter[act.type]
      if (status !== undefined)
        unit = { id: 'A-01', status, statusSince: now, incidentId: status === 'available' ? null : incident.id } as Unit
    }
    return said
  }
  const at = (said: ReturnType<typeof lives>, type: string) => said.find((one) => one.type === type)

  it('waits short of a place that is not safe yet, then goes in', () => {
    const said = lives({ stageShare: { E0502: 1 } })
    expect(said.map(({ type }) => type)).toEqual([
      ...['incident.acknowledge', 'incident.depart', 'incident.stage', 'incident.arrive', 'incident.finish'],
    ])
    const short = distanceM(at(said, 'incident.stage')!.from, scene)
    expect(short).toBeGreaterThan(150)
    expect(short).toBeLessThan(210)
    expect(at(said, 'incident.arrive')!.at - at(said, 'incident.stage')!.at).toBeGreaterThan(minMs / 2)
    expect(distanceM(at(said, 'incident.arrive')!.from, scene)).toBeLessThan(5)
  })
  it('takes somebody along to where it is stationed, and hands over there', () => {
    const said = lives({ transportShare: { medical: 1 } }, 'medical')
    expect(said.slice(-3).map(({ type }) => type)).toEqual(['incident.transport', 'incident.reach', 'incident.finish'])
    expect(distanceM(at(said, 'incident.reach')!.from, station)).toBeLessThan(5)
    expect(lives({ transportShare: { medical: 1 } }).map(({ type }) => type)).not.toContain('incident.transport')
  })
  it('answers when it is called at the scene, again and again while it works', () => {
    const said = lives({ welfareShare: 1, workMin: {}, otherWorkMin: 70, workSpread: 0 })
    const arrivedAt = at(said, 'incident.arrive')!.at
    const answers = said.filter(({ type }) => type === 'plan.answer').map((one) => one.at)
    expect(answers.length).toBeGreaterThanOrEqual(2)
    answers.forEach((when, n) => expect(when - (answers[n - 1] ?? arrivedAt)).toBeGreaterThan(20 * minMs))
    expect(at(lives({ otherWorkMin: 70, workMin: {} }), 'plan.answer')).toBeUndefined()
  })
  it('says that it is there when it is asked, or later by the time it was', () => {
    const forgets = { unsaidArrivalShare: 1 }
    const thought = at(lives({}), 'incident.arrive')!
    expect(thought.act).not.toHaveProperty('occurredAt')
    const late = at(lives(forgets), 'incident.arrive')!
    const { occurredAt } = late.act as { occurredAt: number }
    expect(late.at - occurredAt).toBeGreaterThanOrEqual(plain.lateArrivalMin * minMs)
    expect(Math.abs(thought.at - occurredAt)).toBeLessThan(2 * minMs)
    const confirmed = at(lives(forgets, 'drainage', 5000), 'incident.arrive')!
    expect(confirmed.at).toBeLessThan(late.at)
    expect(confirmed.at - (confirmed.act as { occurredAt: number }).occurredAt).toBeLessThan(2 * minMs)
  })
  it('packs up where its kind does, and stands by after that', () => {
    const last = (clearShare: PeopleRates['clearShare']) => lives({ clearShare }).at(-1)?.act
    expect(last({ drainage: 1 })).toMatchObject({ type: 'incident.finish', clearing: true })
    expect(last({ fire: 1 })).not.toHaveProperty('clearing')
    const day = crewDay({
      ...{ unitId: 'A-01', shift: 'round-the-clock', random: seededRandom(1), seed: 1, speed: 1, city },
      rates: plain,
    })
    const packing = { id: 'A-01', status: 'clearing', statusSince: nine, incidentId: null } as Unit
    expect(day.next(packing, nine + minMs)).toBeNull()
    expect(day.next(packing, nine + hourMs)).toEqual({ type: 'unit.set-status', status: 'available', reason: null })
  })
})
