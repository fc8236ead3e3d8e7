import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../mock-data/city/random.ts'
import { bentValue, endOf, happeningKinds, planHappenings } from '../../../mock-data/incidents/happenings.ts'
import { dailyValues } from '../../../mock-data/signals/daily-values.ts'
import { deviceFeed } from '../../../mock-data/signals/device-feed.ts'
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

describe('an ordinary day', () => {
  it.each(kinds.map((kind) => [kind.code, kind] as const))('of %s stays where no rule speaks', (code, kind) => {
    const rules = defaultAlarmRules.filter((rule) => rule.kind === code)
    for (let seed = 1; seed <= 5; seed++) {
      const values = dailyValues(code, seed)
      for (let minute = 0; minute < 1440; minute += 5) {
        const value = values.at(minute / 60)
        expect(value).toBeGreaterThanOrEqual(kind.range[0])
        expect(value).toBeLessThanOrEqual(kind.range[1])
        for (const { sense, limit, id } of rules) {
          const isOver = sense === 'low' ? value <= limit : sense === 'high' ? value >= limit : value === limit
          expect(isOver, `${id} at ${minute}`).toBe(false)
        }
      }
    }
  })
  it('is the same for the same seed, and moves, so that nothing looks stuck', () => {
    const [a, b] = [dailyValues('road-speed', 4), dailyValues('road-speed', 4)]
    const week = (values: typeof a) => Array.from({ length: 50 }, (_, i) => values.at(i % 24))
    const first = week(a)
    expect(week(b)).toEqual(first)
    expect(new Set(first).size).toBeGreaterThan(10)
  })
})

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

describe('the devices’ feed', () => {
  const options = { seed: 1, startAt: 0, speed: 1, hourAt: () => 12 }
  it('lets everything speak once at the start, then in its own rhythm', () => {
    const feed = deviceFeed(devices, options)
    const heard = new Map<string, number>()
    for (let now = 0; now <= 600_000; now += 1000)
      for (const { code, at } of feed.due(now, new Map())) {
        if (now <= 5000) heard.set(code, heard.get(code) ?? 0)
        heard.set(code, (heard.get(code) ?? 0) + 1)
        expect(at).toBeLessThanOrEqual(now)
      }
    expect(heard.size).toBe(devices.length)
    // Every minute, every five minutes, once a day.
    expect(heard.get('noise-1')).toBeGreaterThanOrEqual(8)
    expect(heard.get('noise-1')).toBeLessThanOrEqual(13)
    expect(heard.get('pm25-2')).toBeLessThanOrEqual(5)
    expect(heard.get('smoke-1')).toBeLessThanOrEqual(2)
  })
  it('speaks at once and often when something happens, and once more when it is over', () => {
    const feed = deviceFeed([device('methane', 1)], options)
    const kind = happeningKinds.find((one) => one.kind === 'methane')!
    const happening = { kind, codes: ['methane-1'], startAt: 10_000, worst: 50, holdMs: 60_000 }
    const said: { at: number; value: number }[] = []
    for (let now = 0; now <= 120_000; now += 1000) {
      const isOn = now >= 10_000 && now < endOf(happening)
      said.push(...feed.due(now, isOn ? new Map([['methane-1', happening]]) : new Map()))
    }
    const during = said.filter(({ at }) => at >= 16_000 && at < 76_000)
    expect(during.length).toBeGreaterThanOrEqual(11)
    expect(Math.max(...during.map(({ value }) => value))).toBe(50)
    const after = said.filter(({ at }) => at >= endOf(happening))
    expect(after[0]?.at).toBeLessThanOrEqual(endOf(happening) + 1000)
    expect(after[0]?.value).toBeLessThan(5)
  })
  it('now and then is late, silent or says it twice, and is the same for the same seed', () => {
    const run = () => {
      const feed = deviceFeed(devices, { ...options, speed: 30 })
      const said: string[] = []
      let late = 0
      for (let now = 0; now <= 1_800_000; now += 1000)
        for (const { code, at } of feed.due(now, new Map())) {
          said.push(`${code}@${at}`)
          if (now - at > 30_000) late++
        }
      return { said, late }
    }
    const { said, late } = run()
    expect(late).toBeGreaterThan(0)
    expect(said.length - new Set(said).size).toBeGreaterThan(0)
    expect(run().said).toEqual(said)
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
