import { describe, expect, it } from 'vitest'
import type { Unit, UnitFix } from '../../../shared/model/unit.ts'
import { recommend } from '../../../server/src/domain/dispatch/recommend.ts'
import { smallCity } from '../../support/small-city.ts'

const now = 1_800_000_000_000
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
const ask = (
  units: readonly Unit[],
  fixes: readonly [string, UnitFix][],
  position: [number, number] | null = [121.4, 31.2],
) => recommend({ classCode: 'E0506', position }, flooded, units, new Map(fixes), city.travel, now)
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
    expect(only?.reasons.at(-1)?.zh).toBe('无定位，按驻地估算')
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

  it('has nothing to say of a case without a place', () => {
    expect(ask([unit('U')], [], null)).toEqual([])
  })
})
