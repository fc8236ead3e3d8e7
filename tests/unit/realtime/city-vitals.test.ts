/** The city in numbers: what is counted, what is left out, and what stays named. */
import { describe, expect, it } from 'vitest'
import { cityVitals } from '../../../server/src/realtime/city-vitals.ts'
import type { CityVitals } from '../../../shared/model/city-vitals.ts'
import { quality } from '../../../shared/model/reading.ts'
import type { Sensor } from '../../../shared/model/sensor.ts'
import { noon, sampleSensor } from '../../support/sample-rows.ts'

const min = 60_000
interface Row {
  readonly is?: Partial<Sensor>
  readonly value?: number
  readonly ageMs?: number
  readonly flags?: number
}
function of(rows: readonly Row[], before: CityVitals | null = null): CityVitals {
  const sensors = rows.map(({ is }, at) => sampleSensor(at + 1, { intervalMs: min, ...is }))
  return cityVitals({
    sensors,
    latestOf(id) {
      const row = rows[id - 1]
      if (row?.value === undefined) return undefined
      return { value: row.value, phenomenonAt: noon - (row.ageMs ?? 0), quality: row.flags ?? quality.good }
    },
    nowAt: noon,
    before,
  })
}
const depth = (...values: readonly number[]): Row[] => values.map((value) => ({ value }))

describe('a kind', () => {
  it('has no numbers where nothing was said: null, never 0', () => {
    expect(of([{}]).kinds).toEqual([
      { kind: 'water-depth', count: 1, fresh: 0, mean: null, highest: null, lowest: null, asOfAt: null },
    ])
  })
  it('names its highest and its lowest, and the mean of what is fresh', () => {
    const [kind] = of(depth(2, 12, 4)).kinds
    expect(kind).toMatchObject({ count: 3, fresh: 3, mean: 6, highest: { sensorId: 2, value: 12 } })
    expect(kind?.lowest).toMatchObject({ sensorId: 1, value: 2 })
  })
  it.each([
    [3 * min - 1, 1],
    [3 * min, 1],
    [3 * min + 1, 0],
  ])('calls a value %d ms old fresh: %d', (ageMs, fresh) => {
    const vitals = of([{ value: 2, ageMs }])
    expect(vitals.kinds[0]).toMatchObject({ fresh, asOfAt: noon - ageMs })
    expect(vitals.kinds[0]?.highest?.value).toBe(fresh === 1 ? 2 : undefined)
    expect(vitals.silent).toHaveLength(1 - fresh)
  })
  it('makes no number of values it does not trust, and none of a drill’s', () => {
    const rows = [{ value: 400, flags: quality.outOfRange }, { value: Number.NaN }, { value: 1 }]
    expect(of(rows).kinds[0]).toMatchObject({ count: 3, fresh: 1, mean: 1, highest: { value: 1 } })
    const drilled = of([{ value: 10 }, { value: 90, flags: quality.drill }]).kinds[0]
    expect(drilled).toMatchObject({ count: 1, fresh: 1, mean: 10, highest: { value: 10 } })
  })
  it('nobody knows is counted with the others like it', () => {
    expect(of([{ is: { kind: 'x' } }, { is: { kind: 'y' } }]).kinds).toMatchObject([{ kind: 'other', count: 2 }])
  })
  it('keeps what it named on a near tie, and lets it go for a clearer one', () => {
    const before = of(depth(10, 9))
    expect(before.kinds[0]?.highest?.sensorId).toBe(1)
    // Two hundredths of the normal band, which is 5 cm wide, are a tie.
    expect(of(depth(10, 10.1), before).kinds[0]?.highest).toMatchObject({ sensorId: 1, value: 10 })
    expect(of(depth(10, 10.11), before).kinds[0]?.highest).toMatchObject({ sensorId: 2, value: 10.11 })
    expect(of(depth(9.1, 9), before).kinds[0]?.lowest?.sensorId).toBe(2)
  })
})

it('counts silent sensors by district, those never heard of too and those out of service not', () => {
  const outOfService = { by: 'duty', at: noon, untilAt: noon + min, reason: '' }
  const late = { value: 1, ageMs: 3 * min + 1 }
  const vitals = of([
    { ...late, is: { districtId: 'd1' } },
    { is: { districtId: 'd1' } },
    { ...late, is: { districtId: null } },
    { ...late, is: { districtId: 'd1', outOfService } },
    { value: 1, is: { districtId: 'd2' } },
  ])
  expect(vitals).toMatchObject({ registered: 5, outOfService: 1 })
  expect(vitals.silent).toEqual([
    { districtId: 'd1', count: 2 },
    { districtId: null, count: 1 },
  ])
})

describe('gauges', () => {
  const told = (rows: readonly Row[]) => of(rows).gauges.map(({ id, value, isLate }) => [id, value, isLate])
  it('are the highest of each kind; late ones behind those that speak, silent ones last', () => {
    const rows = [
      { value: 3 },
      { value: 40, ageMs: 3 * min + 1 },
      { value: 20 },
      {},
      { is: { kind: 'noise' }, value: 90 },
    ]
    expect(told(rows)).toEqual([
      [3, 20, false],
      [1, 3, false],
      [2, 40, true],
      [4, null, false],
    ])
  })
  it('are four of water depth, equally high ones by their number', () => {
    expect(told(depth(1, 7, 7, 5, 6, 7)).map(([id]) => id)).toEqual([2, 3, 6, 5])
  })
  it('are late past three intervals, not at them; what nobody trusts is no value; a drill’s is marked', () => {
    const rows = [
      { is: { kind: 'rainfall' }, value: 5, ageMs: 3 * min },
      { is: { kind: 'river-level' }, value: 3, flags: quality.stuck },
      { is: { kind: 'water-depth' }, value: 9, flags: quality.drill },
    ]
    expect(of(rows).gauges.map(({ kind, value, isLate, isDrill }) => [kind, value, isLate, isDrill])).toEqual([
      ['water-depth', 9, false, true],
      ['river-level', null, false, false],
      ['rainfall', 5, false, false],
    ])
  })
})

it('counts pumps by what they do, and those nobody hears of as unknown', () => {
  const pumps = [0, 1, 1, 2].map((value) => ({ is: { kind: 'pump' }, value }))
  const unheard = [{ is: { kind: 'pump' } }, { is: { kind: 'pump' }, value: 1, ageMs: 3 * min + 1 }]
  const drilled = { is: { kind: 'pump' }, value: 1, flags: quality.drill }
  expect(of([...pumps, ...unheard, drilled, { is: { kind: 'noise' }, value: 1 }]).pumps).toEqual({
    registered: 7,
    running: 2,
    standing: 1,
    failed: 1,
    unknown: 3,
  })
})
