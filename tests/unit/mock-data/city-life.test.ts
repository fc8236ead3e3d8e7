import { describe, expect, it } from 'vitest'
import { cityLife } from '../../../mock-data/life/city-life.ts'
import { cityTime } from '../../../mock-data/life/city-time.ts'
import type { DoorInput } from '../../../mock-data/life/door-input.ts'
import { sensorKind } from '../../../shared/model/sensor-kinds.ts'
import { livedCity } from '../../support/lived-city.ts'

const city = livedCity()
const startAt = Date.parse('2026-08-03T09:00:00+08:00')
const life = (over: Partial<Parameters<typeof cityLife>[0]> = {}) =>
  cityLife({ city, seed: 1, startAt, speed: 1, scenario: null, scale: 1, ...over })
const minutes = (n: number) => startAt + n * 60_000

describe('the city’s own time', () => {
  const zone = 'Asia/Shanghai'
  it('runs from its origin, as many times as fast as it is told', () => {
    const time = cityTime({ startAt, originAt: startAt + 500, speed: 60, timeZone: zone })
    expect(time.cityAt(startAt)).toBe(startAt + 500)
    expect(time.cityAt(startAt + 1000)).toBe(startAt + 60_500)
  })
  it('knows the hour and the weekday where the city is', () => {
    const time = cityTime({ startAt, originAt: startAt, speed: 1, timeZone: zone })
    expect(time.hourOf(startAt)).toBe(9)
    expect(time.hourOf(startAt + 14.75 * 3_600_000)).toBe(23.75)
    expect(time.hourOf(startAt + 15 * 3_600_000)).toBe(0)
    // 3 August 2026 is a Monday; the Sunday before ends at midnight there, not in Greenwich.
    expect([-10, -9, 14.9, 15, 24 * 6].map((h) => time.weekdayOf(startAt + h * 3_600_000))).toEqual([7, 1, 1, 2, 7])
  })
  it('keeps the hour through a change to summer time', () => {
    const time = cityTime({ startAt, originAt: startAt, speed: 1, timeZone: 'Europe/Berlin' })
    expect(time.hourOf(Date.parse('2026-03-28T12:00:00+01:00'))).toBe(12)
    expect(time.hourOf(Date.parse('2026-03-30T12:00:00+02:00'))).toBe(12)
  })
})

describe('a city’s life', () => {
  it('is the same for the same seed, however it is advanced, and another for another', () => {
    const whole = life().advance(minutes(20))
    const steps = life()
    const parts: DoorInput[] = []
    for (let minute = 1; minute <= 20; minute++) parts.push(...steps.advance(minutes(minute)))
    expect(parts).toEqual(whole)
    expect(life({ seed: 2 }).advance(minutes(20))).not.toEqual(whole)
  })
  it('sends by all its doors, in order, after its start and up to the moment asked for', () => {
    const inputs = life().advance(minutes(10))
    expect(new Set(inputs.map(({ door }) => door))).toEqual(new Set(['sensorthings', 'open311']))
    const at = inputs.map((input) => input.at)
    expect(at).toEqual([...at].sort((a, b) => a - b))
    expect(at[0]).toBeGreaterThan(startAt)
    expect(at.at(-1)).toBeLessThanOrEqual(minutes(10))
  })
  const hourly = {
    readEveryMs: (kind: string) => (kind === 'pm25' ? 3_600_000 : kind === 'noise' ? 1_800_000 : null),
    plays: ({ code }: { readonly code: string }) => code !== 'NS-001',
  }
  const heard = (over: Parameters<typeof life>[0]) => {
    const counts = new Map<string, number>()
    for (const input of life({ ...hourly, ...over }).advance(minutes(24 * 60)))
      if (input.door === 'sensorthings') counts.set(input.code, (counts.get(input.code) ?? 0) + 1)
    return counts
  }
  it('speaks in the rhythm it is given, and of the devices that are played', () => {
    const counts = heard({ rates: { happenings: 0 } })
    expect([...counts.keys()].every((code) => /^(PM|NS)/.test(code))).toBe(true)
    expect(counts.has('NS-001')).toBe(false)
    expect(counts.get('PM-001')).toBeGreaterThanOrEqual(22)
    expect(counts.get('PM-001')).toBeLessThanOrEqual(27)
    expect(counts.get('NS-002')).toBeGreaterThanOrEqual(44)
  })
  it('hears the others while something happens to them', () => {
    const others = [...heard({}).keys()].filter((code) => !/^(PM|NS)/.test(code))
    expect(others.length).toBeGreaterThan(0)
    expect(others.length).toBeLessThan(city.devices.length)
  })
  it('hears of each until it is as usual again, mended or forgotten', () => {
    const days = 4
    const kinds = new Map(city.devices.map(({ code, kind }) => [code, sensorKind(kind)]))
    const lived = life({ ...hourly, readEveryMs: () => null, rates: { happenings: 4 } })
    const unusualSince = new Map<string, number>()
    const saidAt = new Map<string, number>()
    let longestMs = 0
    for (const input of lived.advance(minutes(days * 24 * 60))) {
      if (input.door !== 'sensorthings') continue
      const { code, at, value } = input
      const [low, high] = kinds.get(code)!.normal
      saidAt.set(code, at)
      if (value >= low && value <= high) unusualSince.delete(code)
      else if (!unusualSince.has(code)) unusualSince.set(code, at)
      longestMs = Math.max(longestMs, at - (unusualSince.get(code) ?? at))
    }
    expect(saidAt.size).toBeGreaterThan(10)
    // Nobody mends anything here: the city forgets it after three days.
    expect(longestMs).toBeGreaterThan(48 * 3_600_000)
    expect(longestMs).toBeLessThan(73 * 3_600_000)
    for (const code of unusualSince.keys())
      expect(minutes(days * 24 * 60) - saidAt.get(code)!).toBeLessThan(20 * 60_000)
  })
})
