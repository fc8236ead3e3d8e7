import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../mock-data/city/random.ts'
import { complaints } from '../../../mock-data/incidents/words/complaints.ts'
import { writeIdleTalk, writeLetter, type Occasion, type Voice } from '../../../mock-data/incidents/words/letters.ts'
import { bareWords, newWords } from '../../../mock-data/incidents/words/new-words.ts'
import { speak, ways } from '../../../mock-data/incidents/words/phrase.ts'
import { betterClass, isIdleTalk } from '../../../mock-data/incidents/words/reading.ts'
import { sinceWords } from '../../../mock-data/incidents/words/times.ts'
import { defaultCaseClasses } from '../../../server/src/domain/case-classes.ts'

const place = '沐风路128号'
const occasion = (over: Partial<Occasion> = {}): Occasion => ({
  place,
  voice: 'resident',
  hour: 15,
  isRaining: false,
  isFresh: false,
  isRepeat: false,
  ...over,
})
const voices: readonly Voice[] = ['resident', 'resident', 'resident', 'caller', 'patrol']

function letters(code: string, count: number, seed = 1): string[] {
  const random = seededRandom(seed)
  const complaint = complaints.find((one) => one.code === code)!
  const fresh = newWords()
  return Array.from({ length: count }, () =>
    fresh(code, place, () =>
      writeLetter(
        complaint,
        occasion({
          voice: random.pick(voices),
          hour: random.whole(0, 23),
          isRepeat: random.chance(0.1),
          isRaining: random.chance(0.1),
        }),
        random,
      ),
    ),
  )
}
const bigrams = (text: string) =>
  new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2)))
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0
  for (const one of a) if (b.has(one)) both++
  return both / (a.size + b.size - both)
}

describe('a phrase', () => {
  it('is one of its choices, nested ones too, with its slots filled', () => {
    const random = seededRandom(1)
    const said = new Set(
      Array.from({ length: 200 }, () => speak('在<place>{有{一|两}个坑|裂了}{。|}', random, { place: '路' })),
    )
    expect([...said].sort()).toEqual(
      ['在路有一个坑', '在路有一个坑。', '在路有两个坑', '在路有两个坑。', '在路裂了', '在路裂了。'].sort(),
    )
    expect(ways('在<place>{有{一|两}个坑|裂了}{。|}')).toBe(6)
    expect(speak('<none>', random)).toBe('<none>')
  })
})

describe('what citizens write', () => {
  it('has words for classes of every 大类, and names only classes there are', () => {
    const codes = defaultCaseClasses.map(({ code }) => code)
    const spoken = complaints.map(({ code }) => code)
    expect(new Set(spoken).size).toBe(spoken.length)
    expect(spoken.filter((code) => !codes.includes(code))).toEqual([])
    const groups = (of: readonly string[]) => [...new Set(of.map((code) => code.slice(0, 3)))].sort()
    expect(groups(spoken)).toEqual(groups(codes))
    for (const { code, mistaken } of complaints) {
      expect(
        mistaken.filter((one) => !codes.includes(one)),
        code,
      ).toEqual([])
      expect(mistaken, code).not.toContain(code)
    }
  })
  it.each(['E0110', 'P0137', 'E0502', 'E0512'])(
    'is never alike in a thousand texts of %s, place and figures aside',
    (code) => {
      const bare = letters(code, 1000).map((text) => bareWords(text, place))
      expect(new Set(bare).size).toBe(1000)
    },
  )
  it('is never alike in ten thousand texts of all classes', () => {
    const bare = complaints.flatMap(({ code }) => letters(code, 175, 7)).map((text) => bareWords(text, place))
    expect(bare.length).toBeGreaterThan(10_000)
    expect(new Set(bare).size).toBe(bare.length)
  })
  it.each(['E0110', 'P0137', 'E0502'])('is seldom even nearly alike: bigrams of %s', (code) => {
    const sets = letters(code, 300, 3).map((text) => bigrams(bareWords(text, place)))
    let near = 0
    for (let i = 0; i < sets.length; i++) for (let j = 0; j < i; j++) if (likeness(sets[i]!, sets[j]!) > 0.8) near++
    expect(near / ((sets.length * (sets.length - 1)) / 2)).toBeLessThan(0.0005)
  })
  it('names the place as given, leaves no pattern behind, and comes in different lengths', () => {
    const texts = complaints.flatMap(({ code }) => letters(code, 20, 5))
    for (const text of texts) {
      expect(text).toContain(place)
      expect(text).not.toMatch(/[{}|<>]|undefined|，。|。，|，，/)
    }
    const lengths = texts.map((text) => text.length).sort((a, b) => a - b)
    expect(lengths[Math.floor(lengths.length * 0.1)]!).toBeLessThan(50)
    expect(lengths[Math.floor(lengths.length * 0.9)]!).toBeGreaterThan(70)
    expect(lengths.at(-1)!).toBeLessThan(400)
  })
  it('speaks of rain only when it rains', () => {
    const random = seededRandom(1)
    for (const complaint of complaints) {
      if (!complaint.rain) continue
      const only = complaint.rain.flatMap((pattern) => Array.from({ length: 40 }, () => speak(pattern, random)))
      const dry = Array.from({ length: 60 }, () => writeLetter(complaint, occasion(), random))
      expect(
        dry.filter((text) => only.some((rain) => text.includes(rain))),
        complaint.code,
      ).toEqual([])
    }
    const road = complaints.find(({ code }) => code === 'E0506')!
    const wet = Array.from({ length: 60 }, () => writeLetter(road, occasion({ isRaining: true }), random))
    expect(wet.some((text) => text.includes('雨还在下') || text.includes('雨越下越大'))).toBe(true)
  })
  it('speaks of the time as the hour allows', () => {
    const random = seededRandom(2)
    const at = (hour: number, isFresh = false) =>
      Array.from({ length: 200 }, () => sinceWords(hour, isFresh, random)).join()
    expect(at(9)).toMatch(/今天(一早|早上)/)
    expect(at(9)).not.toMatch(/下午|傍晚|中午/)
    expect(at(3)).not.toMatch(/今天|中午|下班/)
    expect(at(3)).toMatch(/昨晚|半夜/)
    expect(at(20)).toMatch(/下午|傍晚/)
    expect(at(12, true)).not.toMatch(/昨|天|礼拜/)
  })
  it('is sometimes English, sometimes a patrol’s, sometimes a second call', () => {
    const random = seededRandom(3)
    const lamp = complaints.find(({ code }) => code === 'P0137')!
    expect(writeLetter(lamp, occasion({ voice: 'foreigner' }), random)).toMatch(
      /^[A-Z].* (street light|street lights) .*\./,
    )
    expect(writeLetter(lamp, occasion({ voice: 'patrol' }), random)).toMatch(/(网格|采集员).*路灯/)
    const again = Array.from({ length: 20 }, () => writeLetter(lamp, occasion({ isRepeat: true }), random))
    expect(again.every((text) => /(之前|上次|前几天|上周|第二次|第三次|又一次)/.test(text))).toBe(true)
  })
  it('has slips of the thumb now and then', () => {
    const texts = complaints.flatMap(({ code }) => letters(code, 100, 9))
    const slipped = texts.filter((text) => /(己经|拉圾|麻凡|傍边|。。)/.test(text)).length / texts.length
    expect(slipped).toBeGreaterThan(0.005)
    expect(slipped).toBeLessThan(0.08)
  })
})

describe('an officer who reads', () => {
  it('keeps a right class always, and finds nearly every wrong one', () => {
    let wrong = 0
    let found = 0
    for (const { code, mistaken } of complaints)
      for (const text of letters(code, 40, 11)) {
        expect(betterClass(text, code), text).toBeNull()
        for (const stated of mistaken) {
          wrong++
          if (betterClass(text, stated) === code) found++
        }
      }
    expect(found / wrong).toBeGreaterThan(0.85)
  })
  it('knows idle talk from a complaint', () => {
    const random = seededRandom(4)
    for (let n = 0; n < 200; n++) expect(isIdleTalk(writeIdleTalk(random))).toBe(true)
    for (const { code } of complaints)
      for (const text of letters(code, 30, 13)) expect(isIdleTalk(text), text).toBe(false)
  })
})
