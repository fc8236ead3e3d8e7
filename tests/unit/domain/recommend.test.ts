import { describe, expect, it } from 'vitest'
import type { Unit, UnitFix } from '../../../shared/model/unit.ts'
import { recommend } from '../../../server/src/domain/dispatch/recommend.ts'
import type { City } from '../../../server/src/ports/city.ts'
import { cityContext } from '../../../server/src/engine/city-context.ts'
import { cityCalendar } from '../../../shared/model/city-calendar.ts'
import { defaultDispatchSettings } from '../../../shared/model/dispatch-settings.ts'
import fc from 'fast-check'
import { smallCity } from '../../support/small-city.ts'

const now = Date.parse('2026-08-05T12:00:00+08:00')
const shiftStart = Date.parse('2026-08-05T08:00:00+08:00')
const unit = (id: string, over: Partial<Unit> = {}): Unit => ({
  id,
  version: 1,
  name: id,
  kind: 'drainage',
  capabilities: ['E0506'],
  departmentId: null,
  station: [121.4, 31.2],
  status: 'available',
  statusSince: 0,
  incidentId: null,
  ...over,
})
const fix = (unitId: string, lon: number, ageMs = 0): [string, UnitFix] => [
  unitId,
  {
    unitId,
    position: [lon, 31.2],
    headingDeg: null,
    speedMps: null,
    accuracyM: null,
    fixAt: now - ageMs,
    receivedAt: now - ageMs,
  },
]
const city = smallCity()
const flooded = city.caseClasses.find((row) => row.code === 'E0506')
const dayOf = cityCalendar('Asia/Shanghai')
type Fixes = readonly [string, UnitFix][]
const worldOf = (fixes: Fixes, over: Partial<City> = {}, at = now) =>
  cityContext(smallCity({ ...quiet, ...over }), dayOf, new Map(fixes))(at)
/** Nobody is missed where they leave. */
const quiet: Partial<City> = { dispatch: { ...defaultDispatchSettings, usualCover: 0 } }
const listed = (units: readonly Unit[]) => new Map(units.map((one) => [one.id, one]))
const ask = (units: readonly Unit[], fixes: Fixes, position: [number, number] | null = [121.4, 31.2]) =>
  recommend({ classCode: 'E0506', position }, flooded, listed(units), worldOf(fixes))
const ranked = (...args: Parameters<typeof ask>) => ask(...args).map(({ unitId }) => unitId)

describe('recommending crews', () => {
  it('ranks by travel time and says why', () => {
    const [first, second] = ask([unit('FAR'), unit('NEAR')], [fix('FAR', 121.45), fix('NEAR', 121.41)])
    expect(first).toMatchObject({ unitId: 'NEAR', rank: 1, basis: 'straight', fixAgeMs: 0 })
    expect(second).toMatchObject({ unitId: 'FAR', rank: 2 })
    expect(first?.reasons.map(({ zh }) => zh)).toEqual(['预计2分钟到达，距1.2公里（直线估算）', '专门处置道路积水'])
    expect(first?.reasons[1]?.en).toBe('specialised in: Flooded road')
  })

  it('sends nobody who is busy or off duty', () => {
    const others = (['off-duty', 'dispatched', 'en-route', 'out-of-service'] as const).map((status, i) =>
      unit(`U${i}`, { status }),
    )
    expect(ranked([...others, unit('FREE')], [])).toEqual(['FREE'])
  })

  it.each([
    [60_000, 'SEEN'],
    [60_001, 'FRESH'],
  ])('doubts a place older than 60 s (%i ms)', (age, first) => {
    const fixes = [fix('SEEN', 121.401, age), fix('FRESH', 121.403)]
    expect(ranked([unit('SEEN'), unit('FRESH')], fixes)[0]).toBe(first)
    const words = ask([unit('SEEN')], [fix('SEEN', 121.401, 200_000)])[0]?.reasons.map(({ zh }) => zh)
    expect(words).toContain('定位已过时3分钟')
  })

  it('takes the station where there is no fix, and nobody who is nowhere', () => {
    const [only, none] = ask([unit('HOME'), unit('NOWHERE', { station: null })], [])
    expect(only).toMatchObject({ unitId: 'HOME', fixAgeMs: null })
    expect(only?.reasons[2]?.zh).toBe('无定位，按驻地估算')
    expect(none).toBeUndefined()
  })

  it('prefers the specialist, then those who can; shows the unfit only when few are fit', () => {
    const units = [
      unit('UNFIT', { capabilities: ['P03'] }),
      unit('GENERAL', { capabilities: ['E05'] }),
      unit('ANY', { capabilities: [] }),
      unit('EXPERT'),
    ]
    const at = units.map(({ id }, i) => fix(id, 121.4 + i * 0.0001))
    expect(ranked(units, at)).toEqual(['EXPERT', 'GENERAL', 'ANY'])
    const few = ask(units.slice(0, 2), at)
    expect(few.map(({ unitId }) => unitId)).toEqual(['GENERAL', 'UNFIT'])
    expect(few[1]?.reasons[1]?.zh).toBe('不具备处置道路积水的能力')
  })

  it('says each ground with its seconds, and the score is their sum', () => {
    const covering = unit('U', { status: 'covering', statusReason: '南片缺人', departmentId: 'roads' })
    const [only] = recommend(
      { classCode: 'E0506', position: [121.6, 31.2], districtId: 'd2', departmentId: 'drainage' },
      flooded,
      listed([{ ...covering, shift: 'night', work: { shiftStartAt: shiftStart, assignments: 2 } }]),
      worldOf([fix('U', 121.59, 90_000)]),
    )
    expect(only?.parts.map(({ part, seconds }) => [part, seconds])).toEqual([
      ['travel', only?.etaS],
      ['skill', 0],
      ['status', 300],
      ['position', 90],
      ['jurisdiction', 240],
      ['shift', 120],
      ['workload', 40],
    ])
    expect(only?.reasons.map(({ zh }) => zh).slice(2)).toEqual([
      '有条件可派（移防：南片缺人）',
      '定位已过时1分钟',
      '辖区外增援（驻d1区）',
      '不在当班时段（夜班）',
      '本班已出动2次',
    ])
    expect(only).toMatchObject({ primary: 'ConditionallyAvailable', isMutualAid: true })
    expect(only?.scoreS).toBe(only?.parts.reduce((sum, { seconds }) => sum + seconds, 0))
  })

  it('prefers the own district to a little less travel, and another department costs less than another district', () => {
    const units = [
      unit('HOME', { station: [121.4, 31.2] }),
      unit('AWAY', { station: [121.6, 31.2] }),
      unit('OTHER', { departmentId: 'roads' }),
    ]
    const fixes = [fix('HOME', 121.42), fix('AWAY', 121.41), fix('OTHER', 121.419)]
    const at = { classCode: 'E0506', position: [121.4, 31.2] as [number, number], departmentId: 'drainage' }
    const order = recommend(at, flooded, listed(units), worldOf(fixes)).map(({ unitId }) => unitId)
    expect(order).toEqual(['HOME', 'OTHER', 'AWAY'])
  })

  it.each([
    [1, 0, false],
    [1, 1, true],
    [2, 1, true],
    [2, 2, true],
  ])('says what a zone is left with: %i crews, at least %i (issue 4.14)', (crews, least, isSaid) => {
    const units = Array.from({ length: crews }, (_, i) => unit(`U${i}`))
    const dispatch = {
      ...defaultDispatchSettings,
      usualCover: 0,
      cover: [{ zone: 'd1', kind: 'drainage', minimum: least }],
    }
    const of = { classCode: 'E0506', position: [121.4, 31.2] as [number, number] }
    const [first] = recommend(of, flooded, listed(units), worldOf([], { dispatch }))
    const cover = first?.parts.find(({ part }) => part === 'cover')
    const isShort = crews - 1 < least
    expect(cover !== undefined).toBe(isShort)
    if (isShort)
      expect(cover).toMatchObject({
        words: { zh: `派出后d1区仅余${crews - 1}台泵车` },
        seconds: (least - crews + 1) * 240,
      })
    expect(isSaid || !isShort).toBe(true)
  })

  it('never sends a vehicle whose crew is out with another', () => {
    expect(ranked([unit('LADDER', { blockedBy: 'TENDER' })], [])).toEqual([])
  })

  it('finds the same best ones as looking at everybody, at any number', () => {
    const place = fc.tuple(fc.double({ min: 121.2, max: 121.8, noNaN: true }), fc.constant(31.2))
    const crew = fc.record({
      at: place,
      ageMs: fc.constantFrom(0, 70_000, 400_000),
      capability: fc.constantFrom('E0506', 'E05', 'P03'),
    })
    fc.assert(
      fc.property(fc.array(crew, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 8 }), (crews, most) => {
        const units = listed(crews.map(({ capability }, i) => unit(`U${i}`, { capabilities: [capability] })))
        const world = worldOf(crews.map(({ at, ageMs }, i) => fix(`U${i}`, at[0], ageMs)))
        const of = { classCode: 'E0506', position: [121.5, 31.2] as [number, number] }
        const all = recommend(of, flooded, units, world, { most: 1000 })
        const some = recommend(of, flooded, units, world, { most })
        const fit = all.filter(({ fitness }) => fitness !== 'unfit')
        expect(some.slice(0, fit.length)).toEqual(fit.slice(0, most))
      }),
      { numRuns: 60 },
    )
  })

  it('has nothing to say of a case without a place', () => {
    expect(ask([unit('U')], [], null)).toEqual([])
  })
})
