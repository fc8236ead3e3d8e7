/** A typed address: names by writing and by sound, houses, crossings, parts; the order is the same every time. */
import { describe, expect, it } from 'vitest'
import { soundOf } from '../../../server/src/city/sound-of.ts'
import { PlaceNames, type NamedPlace } from '../../../server/src/domain/advice/place-names.ts'
import { PlaceSearch, type Meaning } from '../../../server/src/domain/place-search/place-search.ts'

const road = (name: string, ...points: [number, number][]): NamedPlace => ({ name, kind: 'road', points })
const place = (name: string, at: [number, number]): NamedPlace => ({ name, kind: 'place', points: [at] })
const names: readonly NamedPlace[] = [
  { name: '鹭屿区', kind: 'division', points: [[121.4, 31.2]] },
  road('沐风路', [121.4, 31.2], [121.401, 31.2]),
  road('沐风路', [121.402, 31.2]),
  road('沐风东路', [121.41, 31.2], [121.411, 31.2]),
  road('枫林街', [121.4, 31.2], [121.4, 31.201]),
  road('重庆路', [121.5, 31.2], [121.51, 31.2]),
  place('沐风公园', [121.42, 31.2]),
  place('幸福小区', [121.43, 31.2]),
  place('幸福小区', [121.53, 31.2]),
  // The same place once more, what has no place, and what is too short to be asked for.
  place('幸福小区', [121.53, 31.2]),
  { name: '幸福小区北门', kind: 'place', points: [] },
  place('鹭', [121.54, 31.2]),
  place('南苑公园', [121.44, 31.2]),
  place('东苑公园', [121.45, 31.2]),
  place('西苑公园', [121.46, 31.2]),
]
const parts = [
  { code: '3101010102000123', classCode: 'P0102', position: [121.4, 31.2] },
  { code: '3101010102000124', classCode: 'P0102', position: [121.4, 31.2] },
] as const
const known = new PlaceNames(names)
/** Number 12 of 沐风路 is known from a past case, no other. */
const past = {
  houseNear: (name: string, number: number) =>
    name.includes('风') && number === 12 ? { at: [121.4005, 31.2], off: 0, id: 'c1' } : null,
} as never
const meaning: Meaning = (address) => known.find(address, past)
const search = new PlaceSearch(names, soundOf, parts, () => '上水井盖')
const found = (words: string) => [...search.find(words, meaning)]
const addresses = (words: string) => found(words).map(({ address }) => address)

describe('a name', () => {
  it('is found by its writing: whole before beginning before piece', () => {
    expect(addresses('沐风')).toEqual(['沐风路', '沐风东路', '沐风公园'])
    expect(addresses('沐风路')).toEqual(['沐风路'])
    expect(addresses('东路')).toEqual(['沐风东路'])
  })
  it('is found by the first letters of how it is said, or the whole of it, in small or capital letters', () => {
    expect(addresses('mfl')[0]).toBe('沐风路')
    expect(addresses('MF')).toEqual(['沐风路', '沐风东路', '沐风公园'])
    expect(addresses('mufengd')).toEqual(['沐风东路'])
    expect(addresses('lyq')).toEqual(['鹭屿区'])
  })
  it('is said as the dictionary has it, not character by character', () => {
    expect(addresses('cql')).toEqual(['重庆路'])
    expect(addresses('zql')).toEqual([])
  })
  it('is found by letters from the middle of it, after all that begin with them', () => {
    expect(addresses('fl')).toEqual(['枫林街', '沐风路'])
    expect(addresses('yg')).toHaveLength(3)
    expect(addresses('zz')).toEqual([])
  })
  it('fitting as well as another comes in the order of writing, whatever the order they are known in', () => {
    const gardens = ['东苑公园', '南苑公园', '西苑公园']
    expect(addresses('苑公园')).toEqual(gardens)
    const turned = new PlaceSearch(names.toReversed(), soundOf, parts, () => '上水井盖')
    expect([...turned.find('苑公园', meaning)].map(({ address }) => address)).toEqual(gardens)
  })
  it('without a place, or of one character, is not known', () => {
    expect(addresses('北门')).toEqual([])
    expect(addresses('鹭')).toEqual([])
    expect(addresses('鹭屿')).toEqual(['鹭屿区'])
  })
  it('of several places shows each; pieces of a road are one, half its length off', () => {
    expect(found('xfxq').map(({ position }) => position)).toEqual([
      [121.43, 31.2],
      [121.53, 31.2],
    ])
    const [one, ...more] = found('沐风路')
    expect(more).toEqual([])
    expect(one).toMatchObject({ kind: 'road', position: [121.401, 31.2], classCode: null })
    expect(one?.withinM).toBeGreaterThan(90)
    expect(one?.withinM).toBeLessThan(100)
  })
  it('is not found by one letter, nor by nothing', () => {
    for (const words of ['', ' ', '沐', 'm', '?!']) expect(found(words), words).toEqual([])
  })
})

describe('more than a name', () => {
  it('a house is where a past case knows it, by writing or by sound', () => {
    for (const words of ['沐风路12号', 'mfl12', 'mfl 12'])
      expect(found(words)[0], words).toMatchObject({
        address: '沐风路12号',
        kind: 'address',
        position: [121.4005, 31.2],
      })
  })
  it('a house nobody knows is somewhere on its road, and that is said', () => {
    const [one] = found('cql7')
    expect(one).toMatchObject({ address: '重庆路7号', kind: 'address' })
    expect(one?.withinM).toBeGreaterThan(900)
  })
  it('two roads that meet are their crossing; two that do not are none', () => {
    for (const words of ['沐风路与枫林街', 'mfl flj', '沐风路/枫林街'])
      expect(found(words)[0], words).toMatchObject({ kind: 'address', position: [121.4, 31.2], withinM: 40 })
    expect(addresses('cql flj')).toEqual([])
  })
  it('a road does not cross itself', () => {
    // What is meant is the road, somewhere along it; no crossing of it with itself.
    const [one, ...more] = found('沐风路与沐风路')
    expect([one?.address, more]).toEqual(['沐风路', []])
    expect(one?.withinM).toBeGreaterThan(90)
  })
  it('a part is found by the beginning or the end of its number, with its class', () => {
    expect(found('000123')).toEqual([
      {
        ...{ kind: 'part', address: '上水井盖 3101010102000123', position: [121.4, 31.2] },
        ...{ withinM: 5, classCode: 'P0102' },
      },
    ])
    expect(found('31010101')).toHaveLength(2)
    expect(found('123')).toEqual([])
  })
})
