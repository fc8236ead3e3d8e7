/** The judges of the rainstorm: what an alarm truly came of, and how well alarms were put together. Small cases, the answer written beside. */
import { describe, expect, it } from 'vitest'
import type { Happening } from '../../../mock-data/life/happening.ts'
import type { Alarm } from '../../../shared/model/alarm.ts'
import type { DomainEvent, LoggedEvent } from '../../../shared/model/event.ts'
import { judgeGroups, sumOf, together } from '../../perf/support/judge-groups.ts'
import { causesOf, ofStorm } from '../../perf/support/true-causes.ts'
import { noon, sampleAlarm } from '../../support/sample-rows.ts'

const minuteMs = 60_000
type Said = readonly [minute: number, event: DomainEvent]
const logOf = (...said: readonly Said[]): LoggedEvent[] =>
  said.map(([minute, event], n) => ({
    ...{ seq: n + 1, at: noon + minute * minuteMs, actor: 'system', cause: 'test', event, prevHash: '', hash: '' },
  }))
const raised = (minute: number, id: string, over: Partial<Alarm> = {}): Said => [
  minute,
  { type: 'alarm.raised', alarm: sampleAlarm({ id, occurredAt: noon + minute * minuteMs, ...over }) },
]
const moved = (minute: number, type: 'alarm.returned' | 'alarm.reraised', alarmId: string): Said => [
  minute,
  { type, alarmId, state: 'unacknowledged', value: 1 } as unknown as DomainEvent,
]

describe('what an alarm came of', () => {
  const codes = new Map([
    ['bridge', 'WD-1'],
    ['road', 'RS-1'],
  ])
  const happening = (over: Partial<Happening>): Happening => ({
    ...{ id: 'h1', classCode: 'E0506', kind: 'water-depth', position: [121.5, 31.2], site: '', severity: 1 },
    ...{ startsAt: noon - 30 * minuteMs, endsAt: null, cause: 'chance', sensed: [{ code: 'WD-1', worst: 40 }] },
    ...{ callers: 0, ...over },
  })
  const causeOf = (quiet: readonly Said[], chance: readonly Happening[] = [], over: Partial<Alarm> = {}, minute = 20) =>
    causesOf(logOf(raised(minute, 'S', over)), logOf(...quiet), chance, codes).get('S')

  it('is the storm, where the same hours without it did not hear it', () => {
    expect(causeOf([])).toBe(ofStorm)
    // Another sensor, another kind, another sense, are another alarm.
    for (const over of [{ sensorName: 'quay' }, { kind: 'rain-rate' }, { sense: 'low' }] as const)
      expect(causeOf([raised(20, 'Q', over)]), JSON.stringify(over)).toBe(ofStorm)
  })

  it.each([
    // It stood from 10 to 30 without the storm; five minutes either way are the same moment.
    [4, ofStorm],
    [5, 'own S'],
    [20, 'own S'],
    [35, 'own S'],
    [36, ofStorm],
  ])('at minute %i beside one that stood from 10 to 30: %s', (minute, cause) => {
    expect(causeOf([raised(10, 'Q'), moved(30, 'alarm.returned', 'Q')], [], {}, minute)).toBe(cause)
  })

  it('has no end where it never returned, or came back', () => {
    expect(causeOf([raised(10, 'Q')], [], {}, 300)).toBe('own S')
    const back = [raised(10, 'Q'), moved(30, 'alarm.returned', 'Q'), moved(40, 'alarm.reraised', 'Q')]
    expect(causeOf(back, [], {}, 300)).toBe('own S')
    // What is said of an alarm that was never raised changes nothing.
    expect(causeOf([moved(1, 'alarm.returned', 'gone')])).toBe(ofStorm)
  })

  it('is the happening its sensor felt, while that went on', () => {
    const quiet = [raised(10, 'Q')]
    expect(causeOf(quiet, [happening({})])).toBe('h1')
    expect(causeOf(quiet, [happening({ sensed: [{ code: 'WD-2', worst: 40 }] })])).toBe('own S')
    expect(causeOf(quiet, [happening({ kind: 'rain-rate' })])).toBe('own S')
    for (const [endsAt, cause] of [
      [15, 'h1'],
      [14, 'own S'],
    ] as const)
      expect(causeOf(quiet, [happening({ endsAt: noon + endsAt * minuteMs })])).toBe(cause)
    for (const [startsAt, cause] of [
      [25, 'h1'],
      [26, 'own S'],
    ] as const)
      expect(causeOf(quiet, [happening({ startsAt: noon + startsAt * minuteMs })])).toBe(cause)
    // The storm's own is the storm's, whatever happened there by chance.
    expect(causeOf([], [happening({})])).toBe(ofStorm)
  })

  it('of a jam is the nearest accident within a kilometre, felt or not', () => {
    const jam = { sensorName: 'road', kind: 'road-speed', sense: 'low' } as const
    const quiet = [raised(10, 'Q', jam)]
    const accident = (id: string, north: number) =>
      happening({ id, kind: 'road-speed', sensed: [], position: [121.5, 31.2 + north] })
    // A thousandth of a degree of latitude is 111 metres.
    expect(causeOf(quiet, [accident('far', 0.008), accident('near', 0.004)], jam)).toBe('near')
    expect(causeOf(quiet, [accident('edge', 0.0089)], jam)).toBe('edge')
    expect(causeOf(quiet, [accident('out', 0.0091)], jam)).toBe('own S')
    expect(causeOf(quiet, [accident('near', 0.004)], { ...jam, position: null })).toBe('own S')
    // Water stands where it stands.
    expect(causeOf([raised(10, 'Q')], [accident('near', 0)])).toBe('own S')
  })
})

describe('how well alarms were put together', () => {
  const grouped = (alarmId: string, groupId: string, basis: 'place' | 'flood' = 'place'): Said => [
    0,
    { type: 'alarm.grouped', alarmId, groupId, basis, cause: 'water', name: { zh: '', en: '' } },
  ]
  const judged = (said: readonly Said[], causes: Readonly<Record<string, string>>) =>
    judgeGroups(logOf(...said), new Map(Object.entries(causes)))

  it('counts pairs: of one group, of one cause, and both', () => {
    // A and B are rightly together; C is of another cause; D is of A's and was left out.
    const four = ['A', 'B', 'C', 'D'].map((id, at) => raised(at, id))
    const groups = ['A', 'B', 'C'].map((id) => grouped(id, 'G1'))
    expect(judged([...four, ...groups], { A: 'rain', B: 'rain', C: 'leak', D: 'rain' })).toEqual({
      groups: 1,
      // A-B, A-C, B-C; of one cause A-B.
      ...{ pairs: 3, rightPairs: 1 },
      // A-B, A-D, B-D; found A-B.
      ...{ nearPairs: 3, foundPairs: 1 },
      // B and C joined A; B is of its cause.
      ...{ joined: 2, joinedRightly: 1 },
      // A, B and D have company; D is in no group.
      ...{ accompanied: 3, leftAlone: 1 },
    })
  })

  it.each([
    ['at the rule’s reach of time', { minute: together.ms / minuteMs, north: 0 }, 1],
    ['past it', { minute: together.ms / minuteMs + 1, north: 0 }, 0],
    ['within 1,500 m', { minute: 1, north: 0.0134 }, 1],
    ['beyond them', { minute: 1, north: 0.0136 }, 0],
  ])('expects those of one cause together: %s', (_, { minute, north }, nearPairs) => {
    const two = [raised(0, 'A'), raised(minute, 'B', { position: [121.5, 31.2 + north] })]
    expect(judged(two, { A: 'rain', B: 'rain' })).toMatchObject({ nearPairs, accompanied: nearPairs * 2 })
  })

  it('expects nothing of an alarm without a place', () => {
    const two = [raised(0, 'A'), raised(1, 'B', { position: null })]
    expect(judged(two, { A: 'rain', B: 'rain' })).toMatchObject({ nearPairs: 0, leftAlone: 0 })
    expect(judged([raised(0, 'A', { position: null }), raised(1, 'B')], { A: 'rain', B: 'rain' }).nearPairs).toBe(0)
  })

  it('leaves out lines rolled up in a flood: they say nothing of one cause', () => {
    const two = [raised(0, 'A'), raised(1, 'B'), grouped('A', 'F', 'flood'), grouped('B', 'F', 'flood')]
    expect(judged(two, { A: 'rain', B: 'rain' })).toEqual({
      ...{ groups: 0, pairs: 0, rightPairs: 0, nearPairs: 1, foundPairs: 0, joined: 0, joinedRightly: 0 },
      ...{ accompanied: 2, leftAlone: 2 },
    })
  })

  it('a group is judged by the alarm it began with', () => {
    const three = ['A', 'B', 'C'].map((id, at) => raised(at, id))
    const groups = ['C', 'A', 'B'].map((id) => grouped(id, 'G1'))
    expect(judged([...three, ...groups], { A: 'rain', B: 'rain', C: 'leak' })).toMatchObject({
      ...{ joined: 2, joinedRightly: 0, rightPairs: 1 },
    })
  })

  it('of several lives is the sum', () => {
    const one = judged([raised(0, 'A'), raised(1, 'B')], { A: 'rain', B: 'rain' })
    expect(sumOf([one, one])).toMatchObject({ groups: 0, nearPairs: 2, accompanied: 4, leftAlone: 4 })
    expect(sumOf([one])).toEqual(one)
  })
})
