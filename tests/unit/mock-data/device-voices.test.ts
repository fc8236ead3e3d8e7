/** When devices speak, and what is wrong with them: counted. */
import { describe, expect, it } from 'vitest'
import { cityTime } from '../../../mock-data/life/city-time.ts'
import { defaultRates, type LifeRates } from '../../../mock-data/life/rates.ts'
import { bentDevices } from '../../../mock-data/signals/bent-devices.ts'
import { deviceVoices, type Measured, type Spoken } from '../../../mock-data/signals/device-voices.ts'
import { wakeHeap } from '../../../mock-data/signals/wake-heap.ts'
import type { DeviceRow } from '../../../shared/contract/city-pack.ts'
import type { Happening } from '../../../mock-data/life/happening.ts'

const device = (n: number, kind = 'noise', gateway = ''): DeviceRow => ({
  code: `${kind}-${n}`,
  name: `${kind} ${n}`,
  kind,
  position: [122.9, 31],
  site: '',
  gateway,
  departmentId: null,
})
const sound: LifeRates = {
  ...defaultRates,
  noiseFactor: 0,
  dropoutsPerDay: 0,
  stuckPerDay: 0,
  driftsPerDay: 0,
  spikesPerDay: 0,
  duplicateShare: 0,
  lateShare: 0,
  clockSkewShare: 0,
  gatewayOutagesPerDay: 0,
}
const minMs = 60_000
const dayMs = 1440 * minMs
const calm = (value = 50): Measured => ({ value, isWatched: false, watchedMs: 0, isDrill: false })
const run = (
  devices: readonly DeviceRow[],
  rates: Partial<LifeRates>,
  ms: number,
  measure: (d: number, noise: number, at: number) => Measured | null = () => calm(),
): Spoken[] => {
  const time = cityTime({ startAt: 0, originAt: 0, speed: 1, timeZone: 'UTC' })
  const voices = deviceVoices({
    devices,
    seed: 1,
    startAt: 0,
    speed: 1,
    time,
    rates: { ...sound, ...rates },
    everyMs: () => minMs,
    isSetByHand: false,
  })
  return voices.speak(ms, measure)
}
const hundred = Array.from({ length: 100 }, (_, n) => device(n))

describe('a device that was looked at on the spot', () => {
  it('has its clock right again and says at once how it is', () => {
    const time = cityTime({ startAt: 0, originAt: 0, speed: 1, timeZone: 'UTC' })
    const voices = deviceVoices({
      ...{ devices: hundred, seed: 1, startAt: 0, speed: 1, time, isSetByHand: false },
      rates: { ...sound, clockSkewShare: 1 },
      everyMs: () => dayMs,
    })
    const first = voices.speak(dayMs, () => calm())
    const skewOf = ({ at, phenomenonAt }: Spoken) => Math.abs(phenomenonAt - at)
    const wrong = first.find((one) => skewOf(one) > 60_000)
    if (wrong === undefined) throw new Error('no clock is wrong')
    voices.serviced(wrong.device, dayMs + 1)
    const [after, ...others] = voices
      .speak(dayMs + 2000, () => calm(49))
      .filter(({ device }) => device === wrong.device)
    expect(others).toEqual([])
    expect(after).toMatchObject({ value: 49 })
    expect(skewOf(after as Spoken)).toBe(0)
  })
})

describe('the order of speaking', () => {
  it('is by time, then by index, whatever was set before', () => {
    const heap = wakeHeap(5)
    ;[30, 10, 20, 10, 40].forEach((at, d) => heap.set(d, at))
    heap.set(4, 5)
    const order: number[] = []
    for (let d = heap.peek(25); d >= 0; d = heap.peek(25)) {
      order.push(d)
      heap.set(d, Infinity)
    }
    expect(order).toEqual([4, 1, 3, 2])
    expect(heap.peek(29)).toBe(-1)
    expect(heap.peek(30)).toBe(0)
  })
})

describe('healthy devices', () => {
  it('speak once at the start, then in their rhythm, each at a time of its own', () => {
    const said = run(hundred, {}, 60 * minMs)
    const counts = hundred.map((_, d) => said.filter((one) => one.device === d).length)
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(59)
    expect(Math.max(...counts)).toBeLessThanOrEqual(64)
    expect(new Set(said.filter(({ at }) => at <= 8000).map((one) => one.device)).size).toBe(100)
    const second = said.filter(({ at }) => at > 30 * minMs && at <= 31 * minMs).map(({ at }) => Math.floor(at / 1000))
    expect(new Set(second).size).toBeGreaterThan(40)
  })
  it('say nothing without power', () => {
    expect(run(hundred, {}, 10 * minMs, (d) => (d === 3 ? null : calm())).some((one) => one.device === 3)).toBe(false)
  })
  it('speak often when something has just happened to them, then ever less', () => {
    const said = run([device(1, 'smoke')], {}, 40 * minMs, (_d, _n, at) => ({
      ...calm(),
      isWatched: true,
      watchedMs: at,
    }))
    const within = (from: number, to: number) => said.filter(({ at }) => at >= from * minMs && at < to * minMs).length
    expect(within(0, 1)).toBeGreaterThan(9)
    expect(within(30, 40)).toBeLessThan(12)
  })
})

describe('faults, by their rates', () => {
  const days = 4
  const readings = 100 * 1440 * days
  const about = (count: number, wanted: number, share = 0.25) => {
    expect(count).toBeGreaterThan(wanted * (1 - share))
    expect(count).toBeLessThan(wanted * (1 + share))
  }
  it('none, where every rate is zero', () => {
    const said = run(hundred, {}, dayMs)
    expect(said.every(({ value, at, phenomenonAt }) => value === 50 && at === phenomenonAt)).toBe(true)
    about(said.length, 100 * 1440, 0.01)
  })
  it('noise moves the value', () => {
    const said = run(hundred, { noiseFactor: 1 }, 60 * minMs, (_d, noise) => calm(50 + noise))
    const deviation = Math.sqrt(said.reduce((sum, { value }) => sum + (value - 50) ** 2, 0) / said.length)
    expect(deviation).toBeGreaterThan(0.5)
    expect(deviation).toBeLessThan(1.5)
  })
  it('dropouts', () => {
    const said = run(hundred, { dropoutsPerDay: 5 }, days * dayMs)
    // Each takes ten minutes.
    about(readings - said.length, 5 * days * 100 * 10)
  })
  it('stuck values', () => {
    let n = 0
    const said = run(hundred, { stuckPerDay: 1, stuckMs: 60 * minMs }, days * dayMs, () => calm((n = (n + 1) % 90) + 1))
    let same = 0
    const last = new Map<number, number>()
    for (const one of said) {
      if (last.get(one.device) === one.value) same++
      last.set(one.device, one.value)
    }
    about(same, days * 100 * 59, 0.3)
  })
  it('spikes of smooth kinds; a smoke alarm has none, for each word of it is an alarm', () => {
    about(run(hundred, { spikesPerDay: 2 }, days * dayMs).filter(({ value }) => value !== 50).length, 2 * days * 100)
    const smoke = Array.from({ length: 50 }, (_, n) => device(n, 'smoke'))
    expect(run(smoke, { spikesPerDay: 10 }, dayMs, () => calm(0)).some(({ value }) => value !== 0)).toBe(false)
  })
  it('drift wanders off and is calibrated again', () => {
    const said = run([device(1)], { driftsPerDay: 3, driftMs: 6 * 60 * minMs }, days * dayMs)
    const top = Math.max(...said.map(({ value }) => value))
    expect(top).toBeGreaterThan(60)
    expect(top).toBeLessThanOrEqual(65)
    expect(said.some(({ value, at }, n) => at > dayMs && n > 0 && value === 50 && said[n - 1]!.value > 55)).toBe(true)
  })
  it('duplicates, late words behind newer ones, wrong clocks', () => {
    const twice = run(hundred, { duplicateShare: 0.01 }, dayMs)
    about(twice.length - 144_000, 1440, 0.4)
    const late = run(hundred, { lateShare: 0.01 }, dayMs)
    const held = late.filter(({ at, phenomenonAt }) => at > phenomenonAt)
    about(held.length, 1440)
    expect(Math.max(...held.map(({ at, phenomenonAt }) => at - phenomenonAt))).toBeLessThanOrEqual(sound.lateMs)
    expect(
      late.some(
        (one, n) =>
          n > 0 &&
          late.slice(0, n).some((before) => before.device === one.device && before.phenomenonAt > one.phenomenonAt),
      ),
    ).toBe(true)
    const skewed = run(hundred, { clockSkewShare: 0.2 }, 5 * minMs).filter(
      ({ at, phenomenonAt }) => at !== phenomenonAt,
    )
    expect(new Set(skewed.map((one) => one.device)).size).toBeGreaterThan(10)
    expect(new Set(skewed.map((one) => one.device)).size).toBeLessThan(32)
  })
  it('a gateway’s outage silences all its devices together, and no other', () => {
    const rows = Array.from({ length: 40 }, (_, n) => device(n, 'noise', n < 20 ? 'G1' : ''))
    const said = run(rows, { gatewayOutagesPerDay: 6, gatewayOutageMs: 30 * minMs }, 2 * dayMs)
    const heard = (part: (d: number) => boolean, slot: number) =>
      new Set(
        said.filter((one) => part(one.device) && Math.floor(one.at / (5 * minMs)) === slot).map((one) => one.device),
      ).size
    const slots = Array.from({ length: 570 }, (_, slot) => slot + 1)
    const silent = slots.filter((slot) => heard((d) => d < 20, slot) === 0)
    expect(silent.length).toBeGreaterThan(10)
    for (const slot of silent) expect(heard((d) => d >= 20, slot)).toBe(20)
    // All or nothing, but for the slots in which it fails or comes back.
    const partly = slots.filter((slot) => heard((d) => d < 20, slot) % 20 !== 0)
    expect(partly.length).toBeLessThan(60)
  }, 60_000)
})

describe('bent devices', () => {
  const happening = (over: Partial<Happening> = {}): Happening => ({
    id: 'h',
    classCode: 'E0506',
    kind: 'water-depth',
    position: [122.9, 31],
    site: '',
    startsAt: 1000,
    endsAt: null,
    severity: 0.5,
    cause: 'chance',
    sensed: [{ code: 'a', worst: 30 }],
    callers: 0,
    ...over,
  })
  it('go to the worst, hold until it is mended, and come back', () => {
    const bent = bentDevices()
    bent.begin(happening())
    const value = (at: number) => Math.round(bent.value('a', 0, at))
    expect([500, 1000, 13_500, 26_000, 900_000].map(value)).toEqual([0, 0, 15, 30, 30])
    bent.end('h', 1_000_000)
    expect([1_000_000, 1_060_000, 1_120_000].map(value)).toEqual([30, 15, 0])
    expect(bent.expire(1_119_999)).toEqual([])
    expect(bent.expire(1_120_000)).toEqual(['a'])
    expect(bent.since('a')).toBeNull()
  })
  it('end by themselves where that was said', () => {
    const bent = bentDevices()
    bent.begin(happening({ kind: 'smoke', endsAt: 5000, sensed: [{ code: 's', worst: 1 }] }))
    expect([1000, 5000, 5001].map((at) => bent.value('s', 0, at))).toEqual([1, 1, 0])
  })
})

describe('a device without a rhythm', () => {
  const woken = (
    rates: Partial<LifeRates>,
    measure: (at: number) => Measured | null,
    devices = [device(1)],
  ): Spoken[] => {
    const time = cityTime({ startAt: 0, originAt: 0, speed: 1, timeZone: 'UTC' })
    const voices = deviceVoices({
      ...{ devices, seed: 1, startAt: 0, speed: 1, time, rates: { ...sound, ...rates } },
      ...{ everyMs: () => null, isSetByHand: true },
    })
    devices.forEach((_, d) => voices.wake(d, minMs))
    return voices.speak(dayMs, (_d, _noise, at) => measure(at))
  }
  it('says once that all is as usual', () => {
    expect(woken({}, () => calm())).toHaveLength(1)
  })
  it('goes on while it is not, in the rhythm of its kind and at least every five minutes', () => {
    const said = woken({}, (at) => calm(at < 20 * minMs ? 95 : 50))
    expect(said.at(-1)).toMatchObject({ value: 50 })
    expect(said.slice(0, -1).every(({ value }) => value === 95)).toBe(true)
    const gaps = said.slice(1).map(({ at }, n) => at - (said[n]?.at ?? 0))
    expect(Math.max(...gaps)).toBeLessThanOrEqual(5 * minMs)
  })
  it('says so after a time without power', () => {
    const said = woken({}, (at) => (at < 30 * minMs ? null : calm()))
    expect(said).toHaveLength(1)
    expect(said[0]?.at).toBeGreaterThanOrEqual(30 * minMs)
    expect(said[0]?.at).toBeLessThanOrEqual(36 * minMs)
  })
  it('tries again where its word was lost', () => {
    // One in seven is silenced by its first minute, for ten minutes; later ones by two in three.
    const said = woken({ dropoutsPerDay: 200, dropoutMs: 10 * minMs }, () => calm(), hundred)
    const firstAt = new Map(said.toReversed().map(({ device, at }) => [device, at]))
    expect(firstAt.size).toBe(100)
    expect([...firstAt.values()].filter((at) => at > 5 * minMs).length).toBeGreaterThan(5)
    expect(said).toHaveLength(100)
  })
})
