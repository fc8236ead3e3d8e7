import { describe, expect, it } from 'vitest'
import { complaints } from '../../../mock-data/incidents/words/complaints.ts'
import { classRates, followOns, rateByCode } from '../../../mock-data/incidents/class-rates.ts'
import { happeningSource } from '../../../mock-data/incidents/happening-source.ts'
import { hourlyRates } from '../../../mock-data/incidents/hourly-rates.ts'
import { residentsOf } from '../../../mock-data/incidents/residents.ts'
import type { Happening, Trouble } from '../../../mock-data/life/happening.ts'
import { defaultAlarmRules } from '../../../server/src/domain/alarm-rules.ts'
import type { DivisionFeature } from '../../../shared/contract/city-pack.ts'
import { distanceM } from '../../../shared/model/geo.ts'
import { livedCity } from '../../support/lived-city.ts'
import { mondayAt, peopleOptions } from '../../support/people-options.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** Ten times as many, so that a week says something. */
const busy = { scale: 10 }
const quiet = { ...peopleOptions(busy), hasOpening: false }

function live(days: number, options = quiet, stepMs = hourMs): Happening[] {
  const source = happeningSource(options)
  const out: Happening[] = []
  for (let at = options.startAt; at < options.startAt + days * dayMs; at += stepMs)
    out.push(...source.begin(at, at + stepMs, []))
  return out
}
const week = live(7)
const hourOf = (at: number) => Math.floor(((((at - mondayAt) % dayMs) + dayMs) % dayMs) / hourMs)

describe('rates of happenings', () => {
  it('are known for every class citizens have words for, and make 400 to 600 cases a day in a city of 1.2 million', () => {
    // Snow and ice come with a winter, never by chance.
    const wanted = complaints.map(({ code }) => code).filter((code) => code !== 'E0507')
    expect(classRates.map(({ code }) => code).sort()).toEqual(wanted.sort())
    const told = classRates.reduce(
      (sum, { perDay, callers, felt }) => sum + perDay * (callers + (felt ? felt.share * 0.7 : 0)),
      0,
    )
    expect(told * 12).toBeGreaterThan(400)
    expect(told * 12).toBeLessThan(600)
  })
  it('bend a device past the rule that is to notice, for longer than that rule waits', () => {
    for (const { code, felt } of classRates) {
      if (!felt) continue
      const reached = defaultAlarmRules.filter(
        ({ kind, sense, limit }) =>
          kind === felt.kind &&
          (sense === 'low'
            ? felt.worst[1] <= limit
            : sense === 'state'
              ? felt.worst[0] === limit
              : felt.worst[0] >= limit),
      )
      expect(reached.length, code).toBeGreaterThan(0)
      expect(Math.min(...reached.map((rule) => rule.onDelayMs)), code).toBeLessThan(felt.leastMs)
    }
  })
  it('have a mean of their day rate over the hours, and less at the weekend where offices report', () => {
    const rates = hourlyRates(1)
    for (const rate of classRates) {
      let day = 0
      for (let quarter = 0; quarter < 96; quarter++) day += rates.perHour(rate, quarter / 4, 3) / 4
      expect(day).toBeCloseTo(rate.perDay, 6)
    }
    const bikes = rateByCode.get('E0410')!
    expect(rates.perHour(bikes, 8, 6)).toBeCloseTo(rates.perHour(bikes, 8, 5) * bikes.weekend, 9)
  })
  it('grow with the people of a pack: by its streets, or else by its districts', () => {
    const division = (level: 2 | 3) => ({ properties: { level } }) as DivisionFeature
    expect(residentsOf([division(2), division(3), division(3)])).toBe(50_000)
    expect(residentsOf([division(2), division(2)])).toBe(400_000)
    expect(residentsOf([])).toBe(200_000)
  })
})

describe('happenings', () => {
  it('come at their mean rate, class by class', () => {
    const perDay = (residentsOf(livedCity().divisions) / 100_000) * 10
    const expected = classRates.reduce((sum, { perDay: n, weekend }) => sum + n * (5 + 2 * weekend), 0) * perDay
    const chance = week.filter(({ cause }) => cause === 'chance')
    // Five deviations of a Poisson count.
    expect(Math.abs(chance.length - expected)).toBeLessThan(5 * Math.sqrt(expected))
    const litter = chance.filter(({ classCode }) => classCode === 'E0110').length
    const wanted = rateByCode.get('E0110')!.perDay * 6.8 * perDay
    expect(Math.abs(litter - wanted)).toBeLessThan(5 * Math.sqrt(wanted))
  })
  it('follow the hours: jams at the peaks, noise of works at night, litter by day', () => {
    const at = (code: string, hours: readonly number[]) =>
      week.filter((one) => one.classCode === code && hours.includes(hourOf(one.startsAt))).length / hours.length
    expect(at('E0410', [7, 8, 17, 18])).toBeGreaterThan(3 * at('E0410', [2, 3, 4, 22]))
    expect(at('E0301', [22, 23, 0])).toBeGreaterThan(2 * at('E0301', [9, 10, 11]))
    expect(at('E0110', [9, 10, 11, 15, 16])).toBeGreaterThan(4 * at('E0110', [1, 2, 3, 4]))
  })
  it('gather at hot spots', () => {
    const cells = new Map<string, number>()
    for (const { position, classCode } of week) {
      if (classCode !== 'E0401') continue
      const cell = position.map((degrees) => Math.floor(degrees / 0.004)).join()
      cells.set(cell, (cells.get(cell) ?? 0) + 1)
    }
    const counts = [...cells.values()].sort((a, b) => b - a)
    const total = counts.reduce((a, b) => a + b, 0)
    const top = counts.slice(0, Math.ceil(counts.length / 10)).reduce((a, b) => a + b, 0)
    expect(top / total).toBeGreaterThan(0.3)
  })
  it('are the same for the same seed however time is cut, and others for another', () => {
    const bare = (all: readonly Happening[]) =>
      all.map(({ classCode, startsAt }) => `${classCode}@${Math.round(startsAt)}`)
    const one = live(1, { ...quiet, scale: 1 })
    expect(live(1, { ...quiet, scale: 1 })).toEqual(one)
    const [fine, coarse] = [live(1, { ...quiet, scale: 1 }, 60_000), live(1, { ...quiet, scale: 1 }, 6 * hourMs)]
    expect(bare(fine.filter(({ cause }) => cause === 'chance'))).toEqual(
      bare(coarse.filter(({ cause }) => cause === 'chance')),
    )
    expect(bare(live(1, { ...quiet, scale: 1, seed: 2 }))).not.toEqual(bare(one))
  })
  it('begin within their interval, in order, and end by themselves or stay', () => {
    const source = happeningSource(quiet)
    const begun = source.begin(mondayAt, mondayAt + 12 * hourMs, [])
    begun.forEach((one, i) => {
      expect(one.startsAt).toBeGreaterThan(mondayAt)
      expect(one.startsAt).toBeLessThanOrEqual(mondayAt + 12 * hourMs)
      if (i > 0) expect(one.startsAt).toBeGreaterThanOrEqual(begun[i - 1]!.startsAt)
    })
    for (const one of source.active.values())
      if (one.endsAt !== null) expect(one.endsAt).toBeGreaterThan(mondayAt + 12 * hourMs)
    expect([...source.active.values()].some(({ endsAt }) => endsAt === null)).toBe(true)
    const devices = [...source.active.values()].flatMap(({ sensed }) => sensed.map(({ code }) => code))
    expect(new Set(devices).size).toBe(devices.length)
  })
  it('open with each urgent kind in the first minute, at any speed, or not where a past is lived', () => {
    for (const speed of [1, 60]) {
      const source = happeningSource(peopleOptions({ speed, startAt: mondayAt + 3 * hourMs }))
      const codes = source
        .begin(mondayAt + 3 * hourMs, mondayAt + 3 * hourMs + 60_000, [])
        .map(({ classCode }) => classCode)
      expect(codes).toEqual(expect.arrayContaining(['E0506', 'E0587', 'E0502', 'E0689', 'P0123', 'E0110']))
    }
    const past = happeningSource({ ...peopleOptions(), hasOpening: false })
    expect(past.begin(mondayAt, mondayAt + 60_000, []).length).toBeLessThan(4)
  })
  it('stop where a crew has mended them, by class or, under a wrong name, right there', () => {
    const source = happeningSource(quiet)
    source.begin(mondayAt, mondayAt + 20 * hourMs, [])
    const one = [...source.active.values()].find(({ classCode }) => classCode === 'P0137')!
    expect(source.mended('P0137', [0, 0], mondayAt)).toEqual([])
    expect(source.mended('P0137', one.position, mondayAt)).toContainEqual(one)
    expect(source.active.has(one.id)).toBe(false)
    const other = [...source.active.values()].find(({ classCode }) => classCode === 'E0111')!
    expect(source.mended('P0508', other.position, mondayAt)).toHaveLength(1)
  })
  it('are felt by devices of their kind where there are some', () => {
    const kindOf = new Map(livedCity().devices.map(({ code, kind }) => [code, kind]))
    const sensed = week.filter((one) => one.sensed.length > 0)
    expect(sensed.length).toBeGreaterThan(50)
    for (const one of sensed) for (const { code } of one.sensed) expect(kindOf.get(code)).toBe(one.kind)
    expect(week.filter((one) => one.kind === null).every((one) => one.sensed.length === 0)).toBe(true)
  })
  it('are mended by whoever keeps the device, case or no case, where that is known; a lamp fails only while it burns', () => {
    const kept = week.filter(({ classCode, sensed }) => sensed.length > 0 && rateByCode.get(classCode)?.felt?.keptH)
    expect(new Set(kept.map(({ classCode }) => classCode)).size).toBeGreaterThan(1)
    for (const { classCode, startsAt, endsAt } of kept) {
      const [least, most] = rateByCode.get(classCode)!.felt!.keptH!
      expect(endsAt! - startsAt).toBeGreaterThanOrEqual(least * hourMs)
      expect(endsAt! - startsAt).toBeLessThanOrEqual(most * hourMs)
    }
    const lamps = week.filter(({ classCode }) => classCode === 'P0137')
    const [dark, light] = [lamps.filter(({ sensed }) => sensed.length > 0), lamps.filter(({ kind }) => kind === null)]
    expect(dark.length).toBeGreaterThan(5)
    for (const { startsAt } of dark) expect(hourOf(startsAt) >= 18 || hourOf(startsAt) < 5).toBe(true)
    expect(light.some(({ startsAt }) => hourOf(startsAt) >= 5 && hourOf(startsAt) < 18)).toBe(true)
    // What only people saw lasts until it is mended.
    expect(light.every(({ endsAt }) => endsAt === null)).toBe(true)
  })
  it('have consequences when they stay, at the same place, and none once mended', () => {
    const pairs = new Set(followOns.map(({ of, classCode }) => `${of}>${classCode}`))
    const later = week.filter(({ cause }) => cause === 'follow-on')
    expect(later.length).toBeGreaterThan(5)
    for (const one of later) {
      const parents = week.filter((other) => other !== one && pairs.has(`${other.classCode}>${one.classCode}`))
      expect(parents.some(({ position }) => distanceM(position, one.position) < 1)).toBe(true)
    }
    const source = happeningSource(quiet)
    let begun = 0
    for (let at = mondayAt; at < mondayAt + 3 * dayMs; at += hourMs) {
      begun += source.begin(at, at + hourMs, []).filter(({ cause }) => cause === 'follow-on').length
      for (const { classCode, position } of [...source.active.values()]) source.mended(classCode, position, at)
    }
    expect(begun).toBe(0)
  })
  it('are thinned and multiplied by a scenario', () => {
    const none = happeningSource({ ...quiet, chanceFactorAt: () => 0 })
    expect(none.begin(mondayAt, mondayAt + dayMs, [])).toEqual([])
    const twice = happeningSource({ ...quiet, chanceFactorAt: () => 2 })
    const once = happeningSource(quiet)
    const ratio = twice.begin(mondayAt, mondayAt + dayMs, []).length / once.begin(mondayAt, mondayAt + dayMs, []).length
    expect(ratio).toBeGreaterThan(1.6)
    expect(ratio).toBeLessThan(2.4)
  })
})

describe('a trouble of the world', () => {
  const flood: Trouble = {
    key: 'flood-1',
    what: 'flooded-road',
    classCode: 'E0506',
    position: [122.93, 30.98],
    site: '沐风路',
    since: mondayAt - 5,
    severity: 0.5,
    cause: 'weather',
  }
  it('is noticed once, bends nothing, and has ended when it is gone', () => {
    const source = happeningSource({ ...quiet, chanceFactorAt: () => 0 })
    const [one] = source.begin(mondayAt, mondayAt + 1000, [flood])
    expect(one).toMatchObject({
      classCode: 'E0506',
      kind: null,
      sensed: [],
      cause: 'weather',
      endsAt: null,
      site: '沐风路',
    })
    expect(one!.startsAt).toBeGreaterThan(mondayAt)
    expect(source.begin(mondayAt + 1000, mondayAt + 2000, [{ ...flood, severity: 0.9 }])).toEqual([])
    expect(source.active.size).toBe(1)
    source.begin(mondayAt + 2000, mondayAt + 3000, [])
    expect(source.active.size).toBe(0)
    expect(source.begin(mondayAt + 3000, mondayAt + 4000, [{ ...flood, callers: 7 }])[0]).toMatchObject({ callers: 7 })
  })
})
