/** Advice at its edges: one word twice, cases alone, more likes than are looked at, the nearer of two houses, the longest road. */
import { describe, expect, it } from 'vitest'
import type { Incident } from '../../../shared/model/incident.ts'
import type { LonLat } from '../../../shared/model/geo.ts'
import { distanceM } from '../../../shared/model/geo.ts'
import { defaultCaseClasses } from '../../../server/src/domain/case-classes.ts'
import { ClassReader } from '../../../server/src/domain/advice/class-reader.ts'
import { FiledMemory } from '../../../server/src/domain/advice/filed-memory.ts'
import { suggestionsJudged } from '../../../server/src/domain/advice/judged.ts'
import { PlaceNames } from '../../../server/src/domain/advice/place-names.ts'
import { Advice } from '../../../server/src/domain/advice/suggest.ts'
import { sampleIncident } from '../../support/sample-rows.ts'
import { Paper } from './support.ts'

const told = (description: string, over: Partial<Incident> = {}): Incident => ({
  ...sampleIncident({}),
  ...{ id: 'new', source: 'open311', title: '', description, address: null, drill: false, reporter: null },
  ...over,
})
const memory = (...cases: readonly Incident[]) => {
  const made = new FiledMemory()
  for (const one of cases) made.take(one)
  return made
}
const filed = (id: string, description: string, over: Partial<Incident> = {}): Incident =>
  told(description, { id, filedAt: 1, classCode: 'E0113', departmentId: 'roads', position: [121.401, 31.2], ...over })

describe('the class', () => {
  const reader = new ClassReader(defaultCaseClasses)
  const like = { id: 'a', classCode: 'E0113', departmentId: 'roads', likeness: 0.9 }
  it('is no surer for a word said twice', () => {
    const [once] = reader.rank('这里有个大坑', [])
    const [twice] = reader.rank('这里有个大坑，真是大坑', [])
    expect(once?.value).toBe('E0113')
    expect(twice).toEqual(once)
  })
  it('may rest on like cases alone, and then says so', () => {
    const [first] = reader.rank('嗯', [like])
    expect(first).toMatchObject({ value: 'E0113', evidence: [{ kind: 'cases', incidentIds: ['a'] }] })
    expect(first?.evidence).toHaveLength(1)
    expect(reader.rank('嗯', [{ ...like, likeness: 0.01 }])).toEqual([])
  })
  it('is read the same after more texts than are kept', () => {
    const advice = new Advice(
      defaultCaseClasses,
      () => true,
      () => [],
    )
    const text = told('楼下有煤气味，闻到臭鸡蛋的味道')
    const before = advice.readClass(text)
    for (let n = 0; n < 50_000; n++) advice.readClass(told(`${n}`))
    expect(before).toBe('E0502')
    expect(advice.readClass(text)).toBe(before)
  })
})

describe('like cases', () => {
  it.each([14, 15, 16, 40])('of %i that share words the likest are found, in whatever order they came', (count) => {
    const words = '沐风路机动车道有个大坑轮胎都陷进去了请尽快派人来修补谢谢各位'
    // The later the likelier.
    const all = Array.from({ length: count }, (_, n) =>
      filed(`c${n}`, `${words.slice(0, 8 + Math.floor((n * 20) / count))}，编号${n}`),
    )
    const forth = memory(...all).similar(told(words), undefined)
    const back = memory(...all.toReversed()).similar(told(words), undefined)
    expect(forth.map(({ id }) => id)).toEqual(back.map(({ id }) => id))
    expect(forth).toHaveLength(5)
    const lengthOf = (n: number) => Math.floor((n * 20) / count)
    expect(lengthOf(Number(forth[0]?.id.slice(1)))).toBe(lengthOf(count - 1))
  })
  it('a text that says next to nothing is like none', () => {
    const past = memory(filed('a', '坑'), filed('b', '沐风路机动车道有个大坑'))
    expect(past.similar(told('沐风路机动车道有个大坑'), undefined).map(({ id }) => id)).toEqual(['b'])
  })
})

describe('the place', () => {
  it.each([
    [[10, 40], 36, 'h40'],
    [[40, 10], 36, 'h40'],
    [[10, 40], 14, 'h10'],
    [[30, 20], 25, 'h30'],
  ] as const)('of houses %j is the nearest to %i', (houses, number, wanted) => {
    const past = memory(
      ...houses.map((one) =>
        filed(`h${one}`, '路面有坑', { address: `沐风路${one}号`, position: [121.4 + one / 1e5, 31.2] }),
      ),
    )
    expect(past.houseNear('沐风路', number)?.id).toBe(wanted)
  })
  it('of two places of one name is the first; a road is all its pieces', () => {
    const names = new PlaceNames([
      { name: '汀兰广场', kind: 'place', points: [[121.4, 31.2]] },
      { name: '汀兰广场', kind: 'place', points: [[121.9, 31.9]] },
      { name: '沐风路', kind: 'road', points: [[121.5, 31.2]] },
      { name: '沐风路', kind: 'place', points: [[121.9, 31.9]] },
    ])
    expect(names.find('汀兰广场', memory())?.value.position).toEqual([121.4, 31.2])
    expect(names.find('沐风路', memory())?.value.position).toEqual([121.5, 31.2])
  })
  it('where two roads cross is found on the longest of them too', () => {
    const long = Array.from({ length: 2_000 }, (_, n): LonLat => [121.4 + n * 0.0001, 31.2])
    const crossing = Array.from({ length: 50 }, (_, n): LonLat => [121.5, 31.195 + n * 0.0002])
    const names = new PlaceNames([
      { name: '远山大道', kind: 'road', points: long },
      { name: '听潮街', kind: 'road', points: crossing },
    ])
    const found = names.find('远山大道与听潮街', memory())
    expect(found?.value.address).toBe('远山大道与听潮街路口')
    expect(distanceM(found?.value.position as LonLat, [121.5, 31.2])).toBeLessThan(100)
  })
})

it('a department that was suggested and not chosen is advice not taken, though none was', () => {
  const { state, context } = new Paper()
  const before = told('沐风路机动车道有个大坑，轮胎都陷进去了', { filedAt: null })
  const event = {
    ...{ type: 'incident.filed', incidentId: 'new', state: 'pending-dispatch', stageDueAt: null },
    ...{ classCode: 'E0113', departmentId: null, priority: 3 },
  }
  const judged = suggestionsJudged(state, before, event as never, context)
  expect(judged.find((one) => 'field' in one && one.field === 'department')).toMatchObject({
    ...{ chosen: '', isTaken: false },
  })
})
