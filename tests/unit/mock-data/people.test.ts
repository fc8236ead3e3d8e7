import { describe, expect, it } from 'vitest'
import { generateCity } from '../../../mock-data/city/generate-city.ts'
import { crewKinds } from '../../../mock-data/city/organisation.ts'
import { seededRandom } from '../../../mock-data/city/random.ts'
import { crewMind } from '../../../mock-data/crews/crew-mind.ts'
import { officerMind } from '../../../mock-data/crews/officer-mind.ts'
import { placeOf, roadMap } from '../../../mock-data/crews/road-map.ts'
import { classRates } from '../../../mock-data/incidents/class-rates.ts'
import { defaultCaseClasses } from '../../../server/src/domain/case-classes.ts'
import { checkLayer } from '../../../shared/contract/pack-check.ts'
import type { Alarm } from '../../../shared/model/alarm.ts'
import { distanceM, type LonLat } from '../../../shared/model/geo.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import type { Unit, UnitStatus } from '../../../shared/model/unit.ts'

const pack = generateCity(1)
const layer = <N extends 'roads' | 'places' | 'divisions'>(name: N) => {
  const checked = checkLayer(name, JSON.parse(pack.get(`${name}.geojson`) as string))
  if (!checked.ok) throw new Error(checked.problems.join())
  return checked.value
}
const ground = { roads: layer('roads'), places: layer('places'), divisions: layer('divisions') }
const incident = (over: Partial<Incident>): Incident =>
  ({
    id: '20260301-000001',
    version: 3,
    state: 'reported',
    classCode: 'E0110',
    priority: 4,
    source: 'open311',
    position: [122.93, 30.98],
    address: null,
    description: '',
    reportedAt: 0,
    updatedAt: 0,
    reworkCount: 0,
    assignments: [],
    ...over,
  }) as Incident
const unit = (status: UnitStatus, incidentId: string | null = null): Unit =>
  ({ id: 'PUMP-01', version: 1, status, incidentId }) as Unit

describe('every case class', () => {
  it('has a crew of the demo city that can take it', () => {
    for (const { code } of defaultCaseClasses)
      expect(
        crewKinds.some(({ capabilities }) => capabilities.some((prefix) => code.startsWith(prefix))),
        code,
      ).toBe(true)
  })
  it('that happens exists', () => {
    const codes = new Set(defaultCaseClasses.map(({ code }) => code))
    expect(classRates.map(({ code }) => code).filter((code) => !codes.has(code))).toEqual([])
  })
})

describe('driving', () => {
  const roads = roadMap(ground.roads)
  const from: LonLat = [122.905, 30.965]
  const to: LonLat = [122.955, 30.995]
  it('goes by the streets from door to door', () => {
    const legs = roads.route(from, to)
    expect(legs.length).toBeGreaterThan(10)
    expect(legs[0]?.from).toEqual(from)
    expect(legs.at(-1)?.to).toEqual(to)
    legs.forEach((leg, i) => {
      if (i > 0) expect(distanceM(leg.from, legs[i - 1]!.to)).toBeLessThan(1)
    })
    const total = legs.reduce((sum, leg) => sum + leg.seconds, 0)
    expect(total).toBeGreaterThan(distanceM(from, to) / (80 / 3.6))
    const drive = { legs, startAt: 1000, haste: 2 }
    expect(placeOf(drive, 0).position).toEqual(from)
    const half = placeOf(drive, 1000 + (total / 2 / 2) * 1000)
    expect(half.arrived).toBe(false)
    expect(half.speedKmh).toBeGreaterThan(10)
    expect(placeOf(drive, 1000 + (total / 2) * 1000 + 1)).toMatchObject({ position: to, arrived: true, speedKmh: 0 })
  })
  it('goes straight where there are no streets', () => {
    expect(roadMap([]).route(from, to)).toMatchObject([{ from, to }])
  })
})

describe('a crew', () => {
  const roads = roadMap(ground.roads)
  const station: LonLat = [122.92, 30.98]
  const scene: LonLat = [122.93, 30.985]
  const mind = (seed = 3, speed = 1) => crewMind({ station, roads, random: seededRandom(seed), speed })

  it('hears, accepts, drives, arrives, works, reports and drives home', () => {
    const crew = mind()
    let status: UnitStatus = 'dispatched'
    const done: string[] = []
    const next: Record<string, UnitStatus> = {
      'incident.acknowledge': 'acknowledged',
      'incident.depart': 'en-route',
      'incident.arrive': 'on-scene',
      'incident.finish': 'available',
    }
    for (let now = 0; now < 1_500_000; now += 1000) {
      const act = crew.next(unit(status, status === 'available' ? null : 'c1'), scene, now)
      if (!act) continue
      crew.answered(true, now)
      done.push(act.type)
      if (act.type === 'incident.arrive') expect(crew.place(now).position).toEqual(scene)
      status = next[act.type] as UnitStatus
    }
    expect(done).toEqual(Object.keys(next))
    expect(crew.place(1_500_000).position).toEqual(station)
    expect(crew.isMoving).toBe(false)
  })
  it('does nothing twice while the server has not answered, and tries again after a refusal', () => {
    const crew = mind()
    const asked: number[] = []
    for (let now = 0; now < 60_000; now += 1000)
      if (crew.next(unit('dispatched', 'c1'), scene, now)) {
        asked.push(now)
        crew.answered(false, now)
      }
    expect(asked.length).toBeGreaterThan(5)
    asked.forEach((at, i) => i > 0 && expect(at - asked[i - 1]!).toBeGreaterThanOrEqual(5000))
  })
  it('declines about one call in twenty, with a reason', () => {
    let declined = 0
    for (let seed = 0; seed < 600; seed++) {
      const crew = mind(seed)
      for (let now = 0; now < 20_000; now += 1000) {
        const act = crew.next(unit('dispatched', 'c'), scene, now)
        if (act?.type === 'incident.decline') {
          expect(act.reason).not.toBe('')
          declined++
        }
        if (act) break
      }
    }
    expect(declined).toBeGreaterThan(10)
    expect(declined).toBeLessThan(60)
  })
  it('called off on the way turns home; a case without a place is reached by phone', () => {
    const crew = mind()
    crew.next(unit('en-route', 'c1'), scene, 0)
    expect(crew.isMoving).toBe(true)
    const there = crew.place(30_000).position
    expect(distanceM(there, station)).toBeGreaterThan(50)
    crew.next(unit('available'), null, 30_000)
    expect(distanceM(crew.place(30_000).position, there)).toBeLessThan(1)
    for (let now = 30_000; now < 300_000; now += 1000) crew.next(unit('available'), null, now)
    expect(crew.place(300_000).position).toEqual(station)
    const types: unknown[] = []
    for (let now = 0; now < 200_000; now += 1000) types.push(mind(1).next(unit('en-route', 'c2'), null, now)?.type)
    const lost = mind(1)
    lost.next(unit('en-route', 'c2'), null, 0)
    expect(lost.next(unit('en-route', 'c2'), null, 59_000)).toBeNull()
    expect(lost.next(unit('en-route', 'c2'), null, 181_000)?.type).toBe('incident.arrive')
  })
  it('keeps the pace of the simulation', () => {
    const crew = mind(3, 60)
    crew.next(unit('on-scene', 'c1'), scene, 0)
    expect(crew.next(unit('on-scene', 'c1'), scene, 4000)?.type).toBe('incident.finish')
  })
})

describe('the officer', () => {
  const mind = (speed = 1) =>
    officerMind({ speed, seed: 1, placeOfWords: (words) => (words === '沐风路' ? [122.9, 31] : null) })
  const firstAct = (officer: ReturnType<typeof mind>, row: Incident, until: number) => {
    for (let now = 0; now <= until; now += 500) {
      const act = officer.actOnCase(row, [], now)
      if (act) return { now, act }
    }
    return null
  }

  it('waits its time, then does what each state asks for', () => {
    const wanted = {
      reported: 'incident.file',
      'pending-filing': 'incident.file',
      'pending-feedback': 'incident.feed-back',
      'pending-close': 'incident.close',
      closed: 'incident.evaluate',
    } as const
    for (const [state, type] of Object.entries(wanted)) {
      const found = firstAct(mind(), incident({ state: state as Incident['state'] }), 60_000)
      expect(found?.act, state).toMatchObject({ kind: 'case', body: { type }, version: 3 })
      expect(found?.now, state).toBeGreaterThanOrEqual(6000)
    }
    expect(firstAct(mind(), incident({ state: 'pending-dispatch' }), 60_000)?.act.kind).toBe('dispatch')
    expect(firstAct(mind(), incident({ state: 'handling' }), 600_000)).toBeNull()
    expect(firstAct(mind(), incident({ state: 'pending-feedback' }), 60_000)?.act).toMatchObject({ as: 'dept' })
    expect(firstAct(mind(60), incident({}), 60_000)?.now).toBeLessThanOrEqual(1000)
  })
  it('leaves alone for two minutes what a person took in hand, but not what it did itself', () => {
    const before = incident({ state: 'reported' })
    const after = incident({ state: 'pending-dispatch', updatedAt: 1000 })
    const watching = mind()
    watching.seen(before, after, 1000)
    expect(firstAct(watching, after, 120_500)).toBeNull()
    expect(firstAct(watching, after, 150_000)).not.toBeNull()
    const doing = mind()
    doing.mine(after.id, 900)
    doing.seen(before, after, 1000)
    expect(firstAct(doing, after, 30_000)).not.toBeNull()
    // A crew's own move is not an officer's.
    const crews = mind()
    crews.seen(incident({ state: 'handling' }), incident({ state: 'pending-feedback' }), 1000)
    expect(firstAct(crews, incident({ state: 'pending-feedback' }), 30_000)).not.toBeNull()
  })
  it('finds the place in the words, merges what was said twice, and sends a few back', () => {
    const unlocated = incident({ position: null, address: '沐风路' })
    expect(firstAct(mind(), unlocated, 30_000)?.act).toMatchObject({
      body: { type: 'incident.locate', position: [122.9, 31] },
    })
    expect(firstAct(mind(), incident({ position: null, address: '天上' }), 30_000)?.act).toMatchObject({
      body: { type: 'incident.file' },
    })
    const twin = incident({ id: '20260301-000000', position: [122.9301, 30.98] })
    const act = mind().actOnCase(incident({}), [twin], 25_000)
    expect(act).toMatchObject({ body: { type: 'incident.reject', reason: expect.stringContaining(twin.id) as string } })
    const checks = Array.from({ length: 400 }, (_, n) =>
      mind().actOnCase(incident({ id: `c${n}`, state: 'pending-check' }), [], 60_000),
    )
    const failed = checks.filter((one) => one?.kind === 'case' && one.body.type === 'incident.fail-check').length
    expect(failed).toBeGreaterThan(8)
    expect(failed).toBeLessThan(60)
    const again = mind().actOnCase(incident({ id: 'c1', state: 'pending-check', reworkCount: 1 }), [], 60_000)
    expect(again).toMatchObject({ body: { type: 'incident.pass-check' } })
  })
  it('reads: voids what is no case, and gives a case the class its words are about, where the city has it', () => {
    expect(firstAct(mind(), incident({ description: '喂？听得到吗？打错了。' }), 30_000)?.act).toMatchObject({
      body: { type: 'incident.void', reason: expect.stringMatching(/./) as string },
    })
    const bin = incident({ description: '沐风路8号垃圾桶满溢没人清' })
    const reads = officerMind({ speed: 1, seed: 1, placeOfWords: () => null, classes: new Set(['E0192']) })
    expect(firstAct(reads, bin, 30_000)?.act).toMatchObject({
      body: { type: 'incident.reclassify', classCode: 'E0192' },
    })
    expect(firstAct(reads, { ...bin, classCode: 'E0192' }, 30_000)?.act).toMatchObject({
      body: { type: 'incident.file' },
    })
    expect(firstAct(mind(), bin, 30_000)?.act).toMatchObject({ body: { type: 'incident.file' } })
    expect(firstAct(reads, { ...bin, source: 'iot' }, 30_000)?.act).toMatchObject({ body: { type: 'incident.file' } })
  })
  it('calls off a crew that has not answered for more than a minute, and no other', () => {
    const crew = (state: string, dispatchedAt = 0) => ({ unitId: 'PUMP-01', state, dispatchedAt })
    const waiting = (over: object) => incident({ state: 'pending-receipt', ...over } as Partial<Incident>)
    const silent = waiting({ assignments: [crew('dispatched')] })
    expect(mind().actOnCase(silent, [], 59_999)).toBeNull()
    expect(mind().actOnCase(silent, [], 60_000)).toBeNull()
    expect(mind().actOnCase(silent, [], 60_001)).toMatchObject({
      body: { type: 'incident.recall', unitId: 'PUMP-01', reason: '超时未接令，改派' },
    })
    expect(mind(60).actOnCase(silent, [], 5000)).toBeNull()
    expect(mind(60).actOnCase(silent, [], 5001)).toMatchObject({ body: { type: 'incident.recall' } })
    const mixed = waiting({
      state: 'handling',
      assignments: [crew('en-route'), { ...crew('dispatched'), unitId: 'PUMP-02' }],
    })
    expect(mind().actOnCase(mixed, [], 90_000)).toMatchObject({ body: { unitId: 'PUMP-02' } })
    expect(mind().actOnCase(waiting({ assignments: [crew('acknowledged')] }), [], 900_000)).toBeNull()
  })
  it('acknowledges alarms, and opens cases for the urgent ones', () => {
    const alarm = (over: Partial<Alarm>): Alarm =>
      ({
        id: 'A1',
        version: 1,
        state: 'unacknowledged',
        priority: 2,
        sensorId: 1,
        raisedAt: 0,
        acknowledgedAt: null,
        returnedAt: null,
        incidentId: null,
        ...over,
      }) as Alarm
    expect(mind().actOnAlarm(alarm({}), 7000)).toBeNull()
    expect(mind().actOnAlarm(alarm({}), 18_000)).toMatchObject({ type: 'alarm.acknowledge' })
    expect(mind().actOnAlarm(alarm({ state: 'returned', returnedAt: 50_000 }), 55_000)).toBeNull()
    const known = alarm({ state: 'acknowledged', acknowledgedAt: 0 })
    expect(mind().actOnAlarm(known, 15_000)).toMatchObject({ type: 'alarm.open-incident' })
    expect(mind().actOnAlarm({ ...known, incidentId: 'c' }, 60_000)).toBeNull()
    const low = Array.from({ length: 200 }, (_, n) => mind().actOnAlarm({ ...known, id: `A${n}`, priority: 4 }, 60_000))
    const opened = low.filter(Boolean).length
    expect(opened).toBeGreaterThan(20)
    expect(opened).toBeLessThan(90)
  })
})
