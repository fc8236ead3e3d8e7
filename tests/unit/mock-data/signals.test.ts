import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../mock-data/city/random.ts'
import { bentValue, endOf, happeningKinds, planHappenings } from '../../../mock-data/incidents/happenings.ts'
import { thingBody } from '../../../mock-data/signals/things.ts'
import { defaultAlarmRules } from '../../../server/src/domain/alarm-rules.ts'
import type { DeviceRow } from '../../../shared/contract/city-pack.ts'
import { sensorKinds } from '../../../shared/model/sensor-kinds.ts'

const kinds = sensorKinds.filter((kind) => kind.code !== 'other')
const device = (kind: string, n: number): DeviceRow => ({
  code: `${kind}-${n}`,
  name: `${kind} ${n}`,
  kind,
  position: [122.9 + n * 0.001, 31],
  site: '',
  gateway: '',
  departmentId: null,
})
const devices = kinds.flatMap(({ code }) => [1, 2, 3].map((n) => device(code, n)))

describe('happenings', () => {
  const plan = (seed: number) => planHappenings(devices, 0, 60_000, seededRandom(seed))
  it('bend values to the worst, hold, and let go', () => {
    const kind = { ...happeningKinds[0]!, riseMs: 10_000, fallMs: 20_000 }
    const happening = { kind, codes: ['a'], startAt: 1000, worst: 30, holdMs: 60_000 }
    expect(
      [500, 1000, 6000, 11_000, 71_000, 81_000, 90_999, 91_000].map((at) => Math.round(bentValue(happening, 0, at))),
    ).toEqual([0, 0, 15, 30, 30, 15, 0, 0])
    expect(endOf(happening)).toBe(91_000)
  })
  it('last past the delay of the rule they are to raise, and go over its limit', () => {
    for (const { kind, worst, holdMs } of happeningKinds) {
      const rules = defaultAlarmRules.filter((rule) => rule.kind === kind)
      const reached = rules.filter(({ sense, limit }) => (sense === 'low' ? worst[1] <= limit : worst[0] >= limit))
      expect(reached.length, kind).toBeGreaterThan(0)
      expect(Math.min(...reached.map((rule) => rule.onDelayMs)), kind).toBeLessThan(holdMs[0])
    }
  })
  it('open with the urgent kinds in the first minute, then come at their rate, bounded', () => {
    const first = plan(1)
    const begun: string[] = []
    for (let now = 0; now <= 60_000; now += 1000) begun.push(...first.begin(now).map(({ kind }) => kind.kind))
    expect(begun).toEqual(expect.arrayContaining(['smoke', 'methane', 'water-depth', 'road-speed', 'manhole-tilt']))
    let count = 0
    const long = plan(2)
    for (let now = 0; now <= 3_600_000; now += 1000) {
      count += long.begin(now).length
      expect(new Set(long.active.values()).size).toBeLessThanOrEqual(15)
    }
    expect(count).toBeGreaterThan(35)
    expect(count).toBeLessThan(100)
    // A machine that slept a day does not wake to a thousand disasters.
    expect(long.begin(100_000_000).length).toBeLessThan(15)
  })
  it('repeat with the same seed', () => {
    const [a, b] = [plan(9), plan(9)]
    for (let now = 0; now < 600_000; now += 5000) expect(a.begin(now)).toEqual(b.begin(now))
  })
})

describe('a device in SensorThings’ words', () => {
  it('carries its code, kind, unit and place', () => {
    const thing = {
      code: 'X',
      name: 'n',
      description: 'd',
      kind: 'pm25',
      position: [122, 31] as const,
      properties: { a: 'b' },
    }
    const unit = { symbol: 'µg/m³', name: 'x', definition: '' }
    expect(thingBody({ ...thing, unit }, 3, 4)).toMatchObject({
      properties: { deviceCode: 'X', a: 'b' },
      Locations: [{ location: { type: 'Point', coordinates: [122, 31] } }],
      Datastreams: [
        {
          properties: { kind: 'pm25' },
          unitOfMeasurement: unit,
          Sensor: { '@iot.id': 3 },
          ObservedProperty: { '@iot.id': 4 },
        },
      ],
    })
    expect(thingBody({ ...thing, unit, position: null }, 3, 4)).not.toHaveProperty('Locations')
  })
})
