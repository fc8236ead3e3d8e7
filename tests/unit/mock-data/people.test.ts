import { describe, expect, it } from 'vitest'
import { generateCity } from '../../../mock-data/city/generate-city.ts'
import { crewKinds } from '../../../mock-data/city/organisation.ts'
import { seededRandom } from '../../../mock-data/city/random.ts'
import { coarseRoads } from '../../../mock-data/crews/coarse-roads.ts'
import { crewCommand } from '../../../mock-data/crews/crew-act.ts'
import { crewMind } from '../../../mock-data/crews/crew-mind.ts'
import { officerMind } from '../../../mock-data/crews/officer-mind.ts'
import { placeOf, roadMap } from '../../../mock-data/crews/road-map.ts'
import { classRates } from '../../../mock-data/incidents/class-rates.ts'
import { cityNow } from '../../../mock-data/life/city-now.ts'
import { cityTime } from '../../../mock-data/life/city-time.ts'
import { defaultPeopleRates, type PeopleRates } from '../../../mock-data/life/people-rates.ts'
import { defaultCaseClasses } from '../../../server/src/domain/case-classes.ts'
import { checkLayer } from '../../../shared/contract/pack-check.ts'
import type { Alarm, Priority } from '../../../shared/model/alarm.ts'
import { distanceM, type LonLat } from '../../../shared/model/geo.ts'
import type { Assignment, Incident } from '../../../shared/model/incident.ts'
import { officeHours } from '../../../shared/model/office-hours.ts'
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
    stateSince: 0,
    dueAt: null,
    filedAt: null,
    finishedAt: null,
    reworkCount: 0,
    returnCount: 0,
    reporter: { name: null, phone: '1**********', email: null },
    closedAt: null,
    overdueStages: [],
    assignments: [],
    ...over,
  }) as Incident
const unit = (status: UnitStatus, incidentId: string | null, statusSince: number): Unit =>
  ({ id: 'PUMP-01', version: 1, status, statusSince, incidentId }) as Unit

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
  it('takes about as long by the coarse roads of a past as by the streets', () => {
    const coarse = coarseRoads(ground.roads)
    const random = seededRandom(5)
    const seconds = (legs: readonly { readonly seconds: number }[]) => legs.reduce((sum, leg) => sum + leg.seconds, 0)
    const stations = ground.places.map(({ geometry }): LonLat => [geometry.coordinates[0], geometry.coordinates[1]])
    const ratios = Array.from({ length: 120 }, () => {
      const [a, b] = [random.pick(stations), random.pick(stations)]
      return seconds(coarse.route(a, b)) / Math.max(60, seconds(roads.route(a, b)))
    }).sort((a, b) => a - b)
    expect(ratios[60]).toBeGreaterThan(0.75)
    expect(ratios[60]).toBeLessThan(1.35)
    expect(ratios[108]).toBeLessThan(2)
    expect(coarseRoads([]).route(from, to)).toEqual(roadMap([]).route(from, to))
  })
  it('goes straight where there are no streets', () => {
    expect(roadMap([]).route(from, to)).toMatchObject([{ from, to }])
  })
})

const alwaysOpen = officeHours({ hours: [{ from: '00:00', to: '24:00' }], weekend: [], days: [] }, 'Asia/Shanghai')
const noon = Date.parse('2026-03-11T12:00:00+08:00')
/** An ordinary Wednesday, its clock the server's own times `speed`. */
const cityOf = (speed = 1) => cityNow(cityTime({ startAt: noon, originAt: noon, speed, timeZone: 'Asia/Shanghai' }))
const calm = {
  ...defaultPeopleRates,
  declineShare: 0,
  notOursShare: 0,
  unheardShare: 0,
  refuelsPerDay: 0,
  breakdownsPerDay: 0,
  arriveS: 0,
  unsaidArrivalShare: 0,
  stageShare: {},
  transportShare: {},
  clearShare: {},
  welfareShare: 0,
}

describe('a crew', () => {
  const roads = roadMap(ground.roads)
  const station: LonLat = [122.92, 30.98]
  const scene: LonLat = [122.93, 30.985]
  const mind = (seed = 3, speed = 1, rates: PeopleRates = calm) =>
    crewMind({
      unitId: 'PUMP-01',
      kind: 'drainage',
      station,
      shift: 'round-the-clock',
      roads,
      random: seededRandom(seed),
      seed: 1,
      speed,
      city: cityOf(speed),
      rates,
    })
  const job = (over: Partial<Incident> = {}) => incident({ id: 'c1', position: scene, classCode: 'E0192', ...over })
  const at = (ms: number) => noon + ms

  it('hears, accepts, drives, arrives, works, reports and drives home', () => {
    const crew = mind()
    let [status, since]: [UnitStatus, number] = ['dispatched', noon]
    const done: string[] = []
    const next: Record<string, UnitStatus> = {
      'incident.acknowledge': 'acknowledged',
      'incident.depart': 'en-route',
      'incident.arrive': 'on-scene',
      'incident.finish': 'available',
    }
    for (let now = noon; now < at(2 * 3_600_000); now += 1000) {
      const isFree = status === 'available'
      const act = crew.next(unit(status, isFree ? null : 'c1', since), isFree ? null : job(), now)
      if (!act) continue
      crew.answered(true, now)
      done.push(act.type)
      if (act.type === 'incident.arrive') expect(crew.place(now).position).toEqual(scene)
      status = next[act.type] as UnitStatus
      since = now
    }
    expect(done).toEqual(Object.keys(next))
    expect(crew.place(at(2 * 3_600_000)).position).toEqual(station)
    expect(crew.isMoving).toBe(false)
  })
  it('does nothing twice while the server has not answered, and tries again after a refusal', () => {
    const crew = mind()
    const asked: number[] = []
    for (let now = noon; now < at(180_000); now += 1000)
      if (crew.next(unit('dispatched', 'c1', noon), job(), now)) {
        asked.push(now)
        crew.answered(false, now)
      }
    expect(asked.length).toBeGreaterThan(5)
    asked.forEach((when, i) => i > 0 && expect(when - asked[i - 1]!).toBeGreaterThanOrEqual(5000))
  })
  it('refuses, hands back or does not hear as often as its rates say, each with a reason', () => {
    const said = { decline: 0, notOurs: 0, late: 0, accepted: 0 }
    for (let seed = 0; seed < 1500; seed++) {
      const crew = mind(seed, 1, { ...calm, declineShare: 0.05, notOursShare: 0.04, unheardShare: 0.03 })
      for (let now = noon; now < at(600_000); now += 5000) {
        const act = crew.next(unit('dispatched', 'c', noon), job(), now)
        if (!act) continue
        if (act.type === 'incident.decline') said[/本单位|产权/.test(act.reason) ? 'notOurs' : 'decline']++
        else said[now > at(90_000) ? 'late' : 'accepted']++
        break
      }
    }
    expect(said.decline / 1500).toBeCloseTo(0.05, 1)
    expect(said.notOurs / 1500).toBeCloseTo(0.04, 1)
    expect(said.late / 1500).toBeGreaterThan(0.015)
    expect(said.late / 1500).toBeLessThan(0.06)
    expect(said.decline + said.notOurs + said.late + said.accepted).toBe(1500)
  })
  it('works as long as its class takes: half of them less than the median, few much longer', () => {
    const workMin = (classCode: string, seed: number) => {
      const crew = mind(seed)
      const row = unit('on-scene', 'c1', noon)
      crew.next(row, job({ classCode }), noon)
      return (crew.quietUntil - noon) / 60_000
    }
    for (const classCode of ['E0192', 'E0501', 'E0299']) {
      const wanted = defaultPeopleRates.workMin[classCode] ?? defaultPeopleRates.otherWorkMin
      const all = Array.from({ length: 400 }, (_, seed) => workMin(classCode, seed)).sort((a, b) => a - b)
      expect(all[200]! / wanted, classCode).toBeGreaterThan(0.9)
      expect(all[200]! / wanted, classCode).toBeLessThan(1.1)
      expect(all[380]! / wanted, classCode).toBeGreaterThan(1.6)
      expect(all[380]! / wanted, classCode).toBeLessThan(2.4)
    }
  })
  it('asks for help on a hard case once, stays longer, and is not asked for by the one that came to help', () => {
    const rates = { ...calm, helpShare: { 1: 1, 2: 1, 3: 1, 4: 1 } }
    const crew = mind(3, 1, rates)
    const row = unit('on-scene', 'c1', noon)
    const there = (unitId: string) => ({ unitId, state: 'on-scene', arrivedAt: noon, endedAt: null }) as Assignment
    const types: string[] = []
    for (let now = noon; now < at(3 * 3_600_000) && types.at(-1) !== 'incident.finish'; now += 5000) {
      const act = crew.next(row, job({ assignments: [there('PUMP-01')] }), now)
      if (!act) continue
      types.push(act.type)
      crew.answered(true, now)
    }
    expect(types).toEqual(['incident.comment', 'incident.finish'])
    const helper = mind(3, 1, rates)
    const both = job({ assignments: [there('PUMP-02'), there('PUMP-01')] })
    helper.next(row, both, noon)
    expect(helper.next(row, both, helper.quietUntil)?.type).toBe('incident.finish')
    expect(crewCommand({ type: 'incident.comment', text: '请求增援' }, row)).toEqual({
      type: 'incident.comment',
      text: '请求增援',
      incidentId: 'c1',
    })
  })
  it('called off on the way turns home; a case without a place is reached by phone', () => {
    const crew = mind()
    crew.next(unit('en-route', 'c1', noon), job(), noon)
    expect(crew.isMoving).toBe(true)
    const there = crew.place(at(30_000)).position
    expect(distanceM(there, station)).toBeGreaterThan(50)
    crew.next(unit('available', null, at(30_000)), null, at(30_000))
    expect(distanceM(crew.place(at(30_000)).position, there)).toBeLessThan(1)
    for (let ms = 30_000; ms < 400_000; ms += 1000) crew.next(unit('available', null, at(30_000)), null, at(ms))
    expect(crew.place(at(400_000)).position).toEqual(station)
    const lost = mind(1)
    const nowhere = job({ position: null })
    expect(lost.next(unit('en-route', 'c2', noon), nowhere, noon)).toBeNull()
    expect(lost.quietUntil - noon).toBeGreaterThan(60_000)
    expect(lost.next(unit('en-route', 'c2', noon), nowhere, lost.quietUntil)?.type).toBe('incident.arrive')
  })
  it('keeps the pace of the simulation', () => {
    const [slow, fast] = [mind(3, 1), mind(3, 60)]
    for (const crew of [slow, fast]) crew.next(unit('on-scene', 'c1', noon), job(), noon)
    expect((slow.quietUntil - noon) / (fast.quietUntil - noon)).toBeCloseTo(60, 5)
  })
  it('is slower in a jam, and feels less of it under blue lights', () => {
    const minutesTo = (priority: Priority, jam: number) => {
      const city = cityOf()
      city.begin({ time: city, slownessAt: () => jam })
      const crew = crewMind({
        ...{ unitId: 'A', kind: 'drainage', station, shift: 'day', roads, seed: 1, speed: 1, city, rates: calm },
        random: seededRandom(1),
      })
      crew.next(unit('en-route', 'c1', noon), job({ priority }), noon)
      return (crew.quietUntil - noon) / 60_000
    }
    expect(minutesTo(4, 2)).toBeCloseTo(2 * minutesTo(4, 1), 5)
    expect(minutesTo(1, 1)).toBeCloseTo(minutesTo(4, 1) / calm.blueLightFactor, 5)
    expect(minutesTo(1, 2)).toBeCloseTo(1.5 * minutesTo(1, 1), 5)
  })
})

describe('the officer', () => {
  const mind = (speed = 1, rates: PeopleRates = defaultPeopleRates) =>
    officerMind({
      speed,
      seed: 1,
      placeOfWords: (words) => (words === '沐风路' ? [122.9, 31] : null),
      city: cityOf(speed),
      office: alwaysOpen,
      rates,
    })
  /** `like`: what the server answers when the officer asks which case it may be. */
  const firstAct = (
    officer: ReturnType<typeof mind>,
    row: Incident,
    until: number,
    like: Parameters<ReturnType<typeof mind>['compared']>[1] = [],
  ) => {
    for (let now = 0; now <= until; now += 500) {
      const act = officer.actOnCase(row, now)
      if (act?.kind === 'compare') officer.compared(row.id, like)
      else if (act) return { now, act }
    }
    return null
  }
  const hourMs = 3_600_000

  it('waits its time, then does what each state asks for', () => {
    const wanted = {
      reported: 'incident.file',
      'pending-filing': 'incident.file',
      'pending-feedback': 'incident.feed-back',
      'pending-close': 'incident.close',
      closed: 'incident.call-back',
    } as const
    for (const [state, type] of Object.entries(wanted)) {
      const found = firstAct(mind(), incident({ state: state as Incident['state'] }), 3 * hourMs)
      expect(found?.act, state).toMatchObject({ kind: 'case', body: { type }, version: 3 })
      expect(found?.now, state).toBeGreaterThanOrEqual(5000)
    }
    expect(firstAct(mind(), incident({ state: 'pending-dispatch' }), hourMs)?.act.kind).toBe('dispatch')
    expect(firstAct(mind(), incident({ state: 'handling' }), 600_000)).toBeNull()
    expect(firstAct(mind(), incident({ state: 'pending-feedback' }), 3 * hourMs)?.act).toMatchObject({ as: 'dept' })
    expect(firstAct(mind(60), incident({}), 60_000)?.now).toBeLessThanOrEqual(5000)
  })
  it('leaves alone for two minutes what a person took in hand, but not what it did itself', () => {
    const before = incident({ state: 'reported' })
    const after = incident({ state: 'pending-dispatch', updatedAt: 1000 })
    const watching = mind()
    watching.seen(before, after, 1000)
    expect(firstAct(watching, after, 120_500)).toBeNull()
    expect(firstAct(watching, after, hourMs)?.now).toBeGreaterThan(121_000 - 500)
    const doing = mind()
    doing.mine(after.id, 900)
    doing.seen(before, after, 1000)
    expect(firstAct(doing, after, hourMs)).not.toBeNull()
    // A crew's own move is not an officer's.
    const crews = mind()
    crews.seen(incident({ state: 'handling' }), incident({ state: 'pending-feedback' }), 1000)
    expect(firstAct(crews, incident({ state: 'pending-feedback' }), 3 * hourMs)).not.toBeNull()
  })
  it('finds the place in the words, merges what was said twice, and sends a few back', () => {
    const unlocated = incident({ position: null, address: '沐风路' })
    expect(firstAct(mind(), unlocated, hourMs)?.act).toMatchObject({
      body: { type: 'incident.locate', position: [122.9, 31] },
    })
    expect(firstAct(mind(), incident({ position: null, address: '天上' }), hourMs)?.act).toMatchObject({
      body: { type: 'incident.file' },
    })
    const like = (score: number) => [{ incidentId: '20260301-000000', score, reason: '相距 12 米' }]
    const merging = { body: { type: 'incident.merge', mainId: '20260301-000000', reason: '相距 12 米' } }
    expect(firstAct(mind(), incident({}), hourMs, like(0.79))?.act).toMatchObject({ body: { type: 'incident.file' } })
    expect(firstAct(mind(), incident({}), hourMs, like(0.8))?.act).toMatchObject(merging)
    // Refused, because the other has ended meanwhile: it is filed on its own.
    const officer = mind()
    expect(firstAct(officer, incident({}), hourMs, like(0.9))?.act).toMatchObject(merging)
    expect(firstAct(officer, incident({}), hourMs)?.act).toMatchObject({ body: { type: 'incident.file' } })
    const checks = Array.from({ length: 400 }, (_, n) =>
      mind().actOnCase(incident({ id: `c${n}`, state: 'pending-check' }), 3 * hourMs),
    )
    const failed = checks.filter((one) => one?.kind === 'case' && one.body.type === 'incident.fail-check').length
    expect(failed).toBeGreaterThan(8)
    expect(failed).toBeLessThan(60)
    const again = mind().actOnCase(incident({ id: 'c1', state: 'pending-check', reworkCount: 1 }), 3 * hourMs)
    expect(again).toMatchObject({ body: { type: 'incident.pass-check' } })
  })
  it('calls back whose report was merged, once its main case has ended', () => {
    const merged = incident({ state: 'merged', satisfaction: null })
    expect(firstAct(mind(), { ...merged, closedAt: null }, 3 * hourMs)).toBeNull()
    expect(firstAct(mind(), { ...merged, closedAt: 1 }, 3 * hourMs)?.act).toMatchObject({
      body: { type: 'incident.call-back', from: merged.id },
    })
    const called = { from: merged.id, misses: 0, endedAt: 2, by: 'duty', solved: null, attitude: null, note: '' }
    const callBacks = [{ ...called, satisfaction: 'mostly' as const }]
    expect(firstAct(mind(), { ...merged, closedAt: 1, satisfaction: 4, callBacks }, 3 * hourMs)).toBeNull()
  })
  it('reads: voids what is no case, and gives a case the class its words are about, where the city has it', () => {
    expect(firstAct(mind(), incident({ description: '喂？听得到吗？打错了。' }), hourMs)?.act).toMatchObject({
      body: { type: 'incident.void', reason: expect.stringMatching(/./) as string },
    })
    const bin = incident({ description: '沐风路8号垃圾桶满溢没人清' })
    const reads = officerMind({
      ...{ speed: 1, seed: 1, placeOfWords: () => null, classes: new Set(['E0192']) },
      ...{ city: cityOf(), office: alwaysOpen },
    })
    expect(firstAct(reads, bin, hourMs)?.act).toMatchObject({
      body: { type: 'incident.reclassify', classCode: 'E0192' },
    })
    expect(firstAct(reads, { ...bin, classCode: 'E0192', version: 4 }, hourMs)?.act).toMatchObject({
      body: { type: 'incident.file' },
    })
    expect(firstAct(mind(), bin, hourMs)?.act).toMatchObject({ body: { type: 'incident.file' } })
    expect(firstAct(reads, { ...bin, source: 'iot', version: 5 }, hourMs)?.act).toMatchObject({
      body: { type: 'incident.file' },
    })
  })
  it('calls off a crew that has not answered for more than a minute, and no other', () => {
    const crew = (state: string, dispatchedAt = 0) => ({ unitId: 'PUMP-01', state, dispatchedAt })
    const waiting = (over: object) => incident({ state: 'pending-receipt', ...over } as Partial<Incident>)
    const silent = waiting({ assignments: [crew('dispatched')] })
    expect(mind().actOnCase(silent, 59_999)).toBeNull()
    expect(mind().actOnCase(silent, 60_000)).toBeNull()
    expect(mind().actOnCase(silent, 60_001)).toMatchObject({
      body: { type: 'incident.recall', unitId: 'PUMP-01', reason: '超时未接令，改派' },
    })
    expect(mind(60).actOnCase(silent, 5000)).toBeNull()
    expect(mind(60).actOnCase(silent, 5001)).toMatchObject({ body: { type: 'incident.recall' } })
    const mixed = waiting({
      state: 'handling',
      assignments: [crew('en-route'), { ...crew('dispatched'), unitId: 'PUMP-02' }],
    })
    expect(mind().actOnCase(mixed, 90_000)).toMatchObject({ body: { unitId: 'PUMP-02' } })
    expect(mind().actOnCase(waiting({ assignments: [crew('acknowledged')] }), 900_000)).toBeNull()
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
    // What was left alone and stands by the next day, or the one after, becomes a case all the same.
    const openedBy = (hours: number) =>
      low.filter((_, n) => mind().actOnAlarm({ ...known, id: `A${n}`, priority: 4 }, hours * 3_600_000)).length
    expect(openedBy(20)).toBe(opened)
    expect(openedBy(32)).toBeGreaterThan(opened)
    expect(openedBy(44)).toBe(200)
  })
})
