import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../mock-data/city/random.ts'
import { callerSource, telling } from '../../../mock-data/incidents/caller-source.ts'
import { gazetteerOf } from '../../../mock-data/incidents/gazetteer.ts'
import { happeningSource } from '../../../mock-data/incidents/happening-source.ts'
import { isIdleTalk } from '../../../mock-data/incidents/words/reading.ts'
import type { Happening } from '../../../mock-data/life/happening.ts'
import { distanceM, type LonLat } from '../../../shared/model/geo.ts'
import { livedCity } from '../../support/lived-city.ts'
import { mondayAt, peopleOptions } from '../../support/people-options.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const gazetteer = gazetteerOf(livedCity())
const happening = (over: Partial<Happening> = {}): Happening => ({
  id: 'h-1',
  classCode: 'E0110',
  kind: null,
  position: gazetteer.anywhere(seededRandom(4))!,
  site: '某处',
  startsAt: mondayAt + 10 * hourMs,
  endsAt: null,
  severity: 0.5,
  cause: 'chance',
  sensed: [],
  callers: 1,
  ...over,
})
const calm = { ...peopleOptions(), hasOpening: false }
const told = (one: Happening, over: Partial<Parameters<typeof callerSource>[0]> = {}) => {
  const source = callerSource({ ...calm, rates: { ...calm.rates }, ...over })
  source.heard(one)
  return source.due(mondayAt, one.startsAt + 5 * dayMs).filter(({ happeningId }) => happeningId === one.id)
}
const many = Array.from({ length: 300 }, (_, n) => told(happening({ id: `h-${n}` }))).flat()

describe('who tells about a happening', () => {
  it('is a Poisson number, later and with a long tail, in order', () => {
    const citizens = many.filter(({ request }) => request.accountId === null)
    expect(citizens.length / 300).toBeGreaterThan(0.9)
    expect(citizens.length / 300).toBeLessThan(1.35)
    const delays = citizens.map(({ at }) => at - (mondayAt + 10 * hourMs)).sort((a, b) => a - b)
    expect(delays[0]).toBeGreaterThan(0)
    expect(delays[Math.floor(delays.length / 2)]!).toBeGreaterThan(25 * 60_000)
    expect(delays[Math.floor(delays.length / 2)]!).toBeLessThan(90 * 60_000)
    const seven = told(happening({ callers: 7 }))
    expect(seven.length).toBeGreaterThan(2)
    expect(seven.map(({ at }) => at)).toEqual([...seven.map(({ at }) => at)].sort((a, b) => a - b))
  })
  it('stands a few metres away and says it in other words', () => {
    const one = happening({ callers: 8 })
    const requests = told(one).map(({ request }) => request)
    for (const { site } of requests) expect(distanceM(site.position, one.position)).toBeLessThan(80)
    expect(new Set(requests.map(({ site }) => site.position.join())).size).toBe(requests.length)
    expect(new Set(requests.map(({ description }) => description)).size).toBe(requests.length)
    for (const { description, site } of requests) expect(description).toContain(site.words)
  })
  it('says little that is wrong, and sometimes gives no pin', () => {
    const share = (is: (one: (typeof many)[number]) => boolean) => many.filter(is).length / many.length
    expect(share(({ request }) => request.serviceCode !== 'E0110')).toBeGreaterThan(0.02)
    expect(share(({ request }) => request.serviceCode !== 'E0110')).toBeLessThan(0.12)
    expect(share(({ request }) => !request.hasPosition)).toBeGreaterThan(0.02)
    expect(share(({ request }) => !request.hasPosition)).toBeLessThan(0.14)
    expect(share(({ request }) => /^[\x20-\x7e]/.test(request.description))).toBeLessThan(0.08)
    for (const { request } of many) expect(request.phone).toMatch(/^1990000\d{4}$/)
  })
  it('is a patrol too, under its own account, by day, and never for what cannot wait', () => {
    const patrols = many.filter(({ request }) => request.accountId !== null)
    expect(patrols.length).toBeGreaterThan(15)
    for (const { request, at } of patrols) {
      expect(request.accountId).toMatch(/^patrol-\d\d$/)
      expect(request).toMatchObject({ serviceCode: 'E0110', hasPosition: true })
      const hour = ((at - mondayAt) % dayMs) / hourMs
      expect(hour).toBeGreaterThanOrEqual(7)
      expect(hour).toBeLessThan(18.5)
    }
    const urgent = Array.from({ length: 80 }, (_, n) => told(happening({ id: `u-${n}`, classCode: 'E0502' }))).flat()
    expect(urgent.filter(({ request }) => request.accountId !== null)).toEqual([])
  })
  it('sleeps at night on what can wait, and not on what cannot', () => {
    const startsAt = mondayAt + 25 * hourMs
    const night = (classCode: string) =>
      Array.from({ length: 60 }, (_, n) => told(happening({ id: `n-${classCode}-${n}`, classCode, startsAt }))).flat()
    const early = (all: ReturnType<typeof night>) =>
      all.filter(({ at }) => at < mondayAt + 30 * hourMs).length / all.length
    expect(early(night('E0110'))).toBeLessThan(0.35)
    expect(early(night('E0587'))).toBeGreaterThan(0.9)
  })
  it('does not call about what is over, but for a few; calls again while it is not', () => {
    const gone = Array.from({ length: 100 }, (_, n) =>
      told(happening({ id: `g-${n}` }), { isThere: () => false }),
    ).flat()
    expect(gone.length).toBeLessThan(45)
    expect(gone.length).toBeGreaterThan(5)
    const again = many.filter(({ at, request }) => at > mondayAt + 28 * hourMs && request.accountId === null)
    expect(again.length).toBeGreaterThan(8)
    expect(
      again.some(({ request }) => /(之前|上次|前几天|上周|第[二三]次|又一次|曾|此前)/.test(request.description)),
    ).toBe(true)
  })
  it('asks only for what is offered', () => {
    expect(told(happening({ callers: 9 }), { services: new Set(['P0137']) })).toEqual([])
    const codes = told(happening({ callers: 9 }), { services: new Set(['E0192']) }).map(
      ({ request }) => request.serviceCode,
    )
    expect(new Set(codes)).toEqual(new Set(['E0192']))
  })
  it('comes in a flood where a scenario says so, and mentions rain where it falls', () => {
    expect(told(happening(), { callFactorAt: () => 20 }).length).toBeGreaterThan(10)
    const wet = told(happening({ classCode: 'E0506', callers: 20 }), { isRainingAt: () => true })
    expect(wet.some(({ request }) => request.description.includes('雨'))).toBe(true)
  })
})

describe('the hotline of an ordinary week', () => {
  const run = () => {
    const happenings = happeningSource(calm)
    const callers = callerSource({ ...calm, isThere: (id) => happenings.active.has(id) })
    const out: ReturnType<typeof callers.due> = []
    for (let at = mondayAt; at < mondayAt + 5 * dayMs; at += hourMs) {
      for (const one of happenings.begin(at, at + hourMs, [])) callers.heard(one)
      out.push(...callers.due(at, at + hourMs))
    }
    return out
  }
  const calls = run()
  it('is quiet at night and busy from nine to five', () => {
    const byHour = Array.from({ length: 24 }, () => 0)
    for (const { at } of calls) byHour[Math.floor(((at - mondayAt) % dayMs) / hourMs)]!++
    const mean = (hours: readonly number[]) => hours.reduce((sum, hour) => sum + byHour[hour]!, 0) / hours.length
    expect(mean([9, 10, 11, 14, 15, 16])).toBeGreaterThan(5 * mean([1, 2, 3, 4]))
    expect(mean([9, 10, 11, 14, 15, 16])).toBeGreaterThan(1.3 * mean([19, 20, 21]))
  })
  it('has calls that are no case, with no truth behind them', () => {
    const idle = calls.filter(({ happeningId }) => happeningId === '')
    expect(idle.length).toBeGreaterThan(0)
    expect(idle.length / calls.length).toBeLessThan(0.1)
    for (const { request } of idle) expect(isIdleTalk(request.description)).toBe(true)
  })
  it('hears a third by telephone, in the operator’s words, and no patrol', () => {
    const rung = calls.filter(({ request }) => request.call !== null)
    const citizens = calls.filter(({ request }) => request.accountId === null)
    expect(rung.length / citizens.length).toBeGreaterThan(0.25)
    expect(rung.length / citizens.length).toBeLessThan(0.42)
    expect(rung.filter(({ request }) => request.accountId !== null)).toEqual([])
    const seconds = (of: 'ringS' | 'talkS') => {
      const sorted = rung.map(({ request }) => request.call?.[of] ?? NaN).sort((a, b) => a - b)
      return sorted[Math.floor(sorted.length / 2)]
    }
    expect(seconds('ringS')).toBeCloseTo(telling.ringS, -1)
    expect(seconds('talkS')).toBeCloseTo(telling.talkS, -2)
  })
  it('is the same for the same seed', () => expect(run()).toEqual(calls))
})

describe('the gazetteer', () => {
  it('finds the place again from the words, within a street block or two', () => {
    const random = seededRandom(8)
    const away = Array.from({ length: 300 }, () => {
      const at = gazetteer.anywhere(random) as LonLat
      const found = gazetteer.find(`你好，${gazetteer.wordsAt(at, random)}附近有个问题`)
      return found === null ? Infinity : distanceM(found, at)
    }).sort((a, b) => a - b)
    expect(away[150]!).toBeLessThan(120)
    expect(away[285]!).toBeLessThan(1000)
    expect(gazetteer.find('天上')).toBeNull()
  })
  it('says a place in several ways', () => {
    const random = seededRandom(9)
    const words = Array.from({ length: 400 }, () => gazetteer.wordsAt(gazetteer.anywhere(random)!, random))
    for (const form of [/\d+号$/, /路口$/, /号楼$|门$/, /近|门口|旁边|对面/])
      expect(words.filter((one) => form.test(one)).length).toBeGreaterThan(8)
  })
  it('knows divisions where a pack has no streets, and nothing in an empty one', () => {
    const { divisions } = livedCity()
    const bare = gazetteerOf({ roads: [], places: [], divisions })
    const at = bare.anywhere(seededRandom(1))!
    const words = bare.wordsAt(at, seededRandom(1))
    expect(divisions.map(({ properties }) => properties.name)).toContain(words)
    expect(bare.find(words)).not.toBeNull()
    expect(gazetteerOf({ roads: [], places: [], divisions: [] }).anywhere(seededRandom(1))).toBeNull()
  })
})
