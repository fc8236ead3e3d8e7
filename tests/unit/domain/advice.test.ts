/** Line 10: class, priority, department and place out of words, each with its evidence; what officers made of it is in the log. */
import { describe, expect, it } from 'vitest'
import type { AlgorithmCommand, Command } from '../../../shared/model/command.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import type { LonLat } from '../../../shared/model/geo.ts'
import { defaultCaseClasses } from '../../../server/src/domain/case-classes.ts'
import { FiledMemory, mostFiled } from '../../../server/src/domain/advice/filed-memory.ts'
import { PlaceNames, type NamedPlace } from '../../../server/src/domain/advice/place-names.ts'
import { Advice } from '../../../server/src/domain/advice/suggest.ts'
import { algorithmOf } from '../../../server/src/domain/algorithm/state.ts'
import { snapshotPieces } from '../../../server/src/domain/snapshot.ts'
import { namedPlaces } from '../../../server/src/engine/named-places.ts'
import { smallCity } from '../../support/small-city.ts'
import { sampleIncident } from '../../support/sample-rows.ts'
import { person } from '../../support/engine.ts'
import { Paper, refusalOf, restoreState } from './support.ts'

const line = (...points: LonLat[]): readonly LonLat[] => points
const places: readonly NamedPlace[] = [
  { name: '沐风路', kind: 'road', points: line([121.4, 31.2], [121.402, 31.2]) },
  { name: '沐风路', kind: 'road', points: line([121.404, 31.2]) },
  { name: '听潮街', kind: 'road', points: line([121.402, 31.2], [121.402, 31.21]) },
  { name: '远山大道', kind: 'road', points: line([121.6, 31.2], [121.7, 31.2]) },
  { name: '汀兰广场', kind: 'place', points: line([121.4039, 31.2005]) },
  { name: '天池公园', kind: 'place', points: line([121.9, 31.9]) },
  { name: '鹭屿区', kind: 'division', points: line([121.5, 31.5]) },
  { name: '无', kind: 'place', points: line([0, 0]) },
  { name: '空白路', kind: 'road', points: [] },
]
const advice = (departments: readonly string[] = ['sanitation', 'roads']) =>
  new Advice(
    defaultCaseClasses,
    (id) => departments.includes(id),
    () => places,
  )
const told = (description: string, over: Partial<Incident> = {}): Incident => ({
  ...sampleIncident({}),
  ...{ id: 'new', source: 'open311', title: '', description, address: null, drill: false, reporter: null },
  ...over,
})
const filed = (id: string, description: string, over: Partial<Incident> = {}): Incident =>
  told(description, { id, filedAt: 1, classCode: 'E0113', departmentId: 'roads', position: [121.401, 31.2], ...over })
const memory = (...cases: readonly Incident[]) => {
  const made = new FiledMemory()
  for (const one of cases) made.take(one)
  return made
}
const hole = '沐风路机动车道有个大坑，轮胎都陷进去了'

describe('line 10: the class', () => {
  const first = (text: string, past = memory()) => advice().suggest(told(text), past).classes[0]

  it('is read from words, with the words as evidence', () => {
    expect(first(hole)).toMatchObject({
      value: 'E0113',
      evidence: [{ kind: 'words', words: { zh: '文中有「大坑」' } }],
    })
    expect(first('楼下有煤气味，闻到臭鸡蛋的味道')?.value).toBe('E0502')
    expect(first('there is a deep pothole in the road')?.value).toBe('E0113')
    expect(first('the streetlight is out')?.value).toBe('P0137')
  })
  it('is not read where nothing is said, nor inside other words', () => {
    expect(first('您好，请处理一下')).toBeUndefined()
    expect(first('')).toBeUndefined()
    expect(first('the spump is fine')?.value).not.toBe('P0597')
  })
  it('follows what officers decided on texts that read alike, and names them', () => {
    const past = memory(
      ...['一', '二', '三'].map((n) => filed(`p${n}`, `小区凉亭顶棚木条腐烂快要散架${n}`, { classCode: 'E0699' })),
    )
    expect(first('小区凉亭顶棚木条腐烂快要散架了', past)).toMatchObject({
      value: 'E0699',
      evidence: expect.arrayContaining([expect.objectContaining({ kind: 'cases' })]) as unknown,
    })
  })
  it('is at most three, likeliest first, and sure of itself only where one stands out', () => {
    const { classes } = advice().suggest(told('垃圾桶满了，旁边有坑洞，路灯不亮，井盖没了，树倒了'), memory())
    expect(classes.length).toBeLessThanOrEqual(3)
    expect(classes.map((one) => one.confidence)).toEqual(classes.map((one) => one.confidence).sort((a, b) => b - a))
    const reads = advice()
    expect(reads.readClass(told(hole))).toBe('E0113')
    expect(reads.readClass(told(hole)), 'remembered').toBe('E0113')
    expect(reads.readClass(told('您好'))).toBeNull()
    expect(reads.readClass(told('', { title: hole }))).toBe('E0113')
  })
})

describe('line 10: priority and department', () => {
  it('are the class’s own, unless the words say it is urgent', () => {
    const usual = advice().suggest(told(hole), memory())
    expect(usual.priority).toMatchObject({ value: 3, evidence: [{ kind: 'class' }] })
    const hurt = advice().suggest(told(`${hole}，有人受伤流血`), memory())
    expect(hurt.priority).toMatchObject({ value: 1, confidence: 0.7 })
    expect(advice().suggest(told('着火了'), memory()).priority, 'urgent already').toMatchObject({
      evidence: [{ kind: 'class' }],
    })
    expect(advice().suggest(told('随时会掉'), memory()).priority).toMatchObject({ value: 2, confidence: 0.5 })
    expect(advice().suggest(told('您好'), memory()).priority).toBeNull()
  })
  it('departments are those the city has, and those its officers agree on', () => {
    expect(advice().suggest(told(hole), memory()).department).toMatchObject({
      value: 'roads',
      evidence: [{ kind: 'class' }],
    })
    expect(advice([]).suggest(told(hole), memory()).department).toBeNull()
    expect(advice().suggest(told('您好'), memory()).department).toBeNull()
    const alike = [1, 2, 3].map((n) => filed(`p${n}`, `${hole}${n}`, { departmentId: 'sanitation' }))
    expect(advice().suggest(told(hole), memory(...alike)).department).toMatchObject({
      ...{ value: 'sanitation', evidence: [{ kind: 'cases', incidentIds: ['p1', 'p2', 'p3'] }] },
    })
    const two = memory(...alike.slice(1))
    expect(advice().suggest(told(hole), two).department?.value, 'two are not enough').toBe('roads')
  })
})

describe('line 10: the place', () => {
  const find = (words: string, past = memory()) => new PlaceNames(places).find(words, past)
  it('of two roads is their crossing', () => {
    expect(find('沐风路与听潮街路口')?.value).toMatchObject({
      position: [121.402, 31.2],
      address: '沐风路与听潮街路口',
    })
    expect(find('沐风路和远山大道')?.value.address, 'they do not cross').toBe('沐风路')
  })
  it('of a road by a place is that part of it; a place far from the road speaks for itself', () => {
    expect(find('沐风路近汀兰广场')?.value).toMatchObject({ position: [121.404, 31.2], address: '沐风路近汀兰广场' })
    expect(find('沐风路去天池公园')?.value).toMatchObject({ position: [121.9, 31.9], address: '天池公园' })
  })
  it('of a house is where a case at a near number lay', () => {
    const past = memory(filed('p1', '路面破损', { address: '沐风路128号', position: [121.4005, 31.2] }))
    expect(find('沐风路130号门口', past)).toMatchObject({
      ...{ value: { position: [121.4005, 31.2] }, confidence: 0.85 },
      evidence: [{ kind: 'name' }, { kind: 'cases', incidentIds: ['p1'] }],
    })
    expect(find('沐风路140号', past)?.confidence).toBe(0.6)
    expect(find('沐风路300号', past)?.value.address, 'too far along').toBe('沐风路')
    expect(find('沐风路130号')?.value.address).toBe('沐风路')
  })
  it('of a road alone is its middle, of a division its centre, of nothing none', () => {
    expect(find('沐风路很吵')?.confidence).toBe(0.6)
    expect(find('远山大道很吵')?.confidence, 'a long one').toBe(0.3)
    expect(find('汀兰广场')?.value.address).toBe('汀兰广场')
    expect(find('鹭屿区')?.value).toMatchObject({ withinM: 3000 })
    expect(find('那边')).toBeNull()
    expect(find('空白路')).toBeNull()
  })
  it('is taken from the address, or from the text where that says more', () => {
    const place = (over: Partial<Incident>) => advice().suggestPlace(told(hole, over), memory())?.value.address
    expect(place({ address: '沐风路与听潮街' })).toBe('沐风路与听潮街路口')
    expect(place({ address: '鹭屿区' })).toBe('沐风路')
    expect(place({})).toBe('沐风路')
  })
  it('knows the names of the pack’s map', () => {
    const layers: Record<string, object> = {
      roads: {
        features: [
          {
            properties: { name: '沐风路' },
            geometry: {
              coordinates: [
                [121, 31],
                [121.1, 31],
              ],
            },
          },
          { properties: { name: '快速路', class: 'motorway' }, geometry: { coordinates: [[1, 1]] } },
          { properties: {}, geometry: { coordinates: [[1, 1]] } },
          { properties: { name: '无形' }, geometry: null },
          { properties: { name: '怪形' }, geometry: { coordinates: 'x' } },
        ],
      },
    }
    const layer = (name: string) => (layers[name] ? new TextEncoder().encode(JSON.stringify(layers[name])) : null)
    const names = [...namedPlaces(smallCity({ layer }))].map(({ name }) => name)
    expect(names).toEqual(['d1区', 'District d1', 'd2区', 'District d2', '沐风路'])
  })
})

describe('line 10: precedents', () => {
  it('are what people wrote and officers filed, the newest word on each, and the newest so many', () => {
    const made = memory(
      filed('a', hole),
      filed('b', hole, { source: 'iot' }),
      filed('c', hole, { filedAt: null }),
      filed('d', hole, { drill: true }),
      filed('e', ''),
    )
    expect(made.rows().map(({ id }) => id)).toEqual(['a'])
    made.take(filed('a', hole))
    made.take(filed('a', hole, { classCode: 'E0505' }))
    expect(made.rows()).toMatchObject([{ id: 'a', classCode: 'E0505' }])
    for (let i = 0; i < mostFiled; i++) made.take(filed(`x${i}`, `编号 ${i}`))
    expect(made.size).toBe(mostFiled)
    expect(made.rows()[0]?.id).toBe('x0')
  })
  it('are found by likeness, without the case itself', () => {
    const past = memory(filed('a', hole), filed('b', '楼上装修噪声从早到晚不停'))
    expect(past.similar(told(hole), undefined).map(({ id }) => id)).toEqual(['a'])
    expect(past.similar(told(hole), 'a')).toEqual([])
  })
})

describe('line 10: whether it was taken is in the log', () => {
  const duty = person('duty')
  const id = '20260801-000001'
  const reported = () => {
    const paper = new Paper()
    const command: Command = {
      ...{ type: 'incident.report', classCode: 'E0113', title: '坑', description: hole, source: 'open311' },
      ...{ sourceRef: null, position: null, address: '沐风路', reporter: null, mediaUrl: null, occurredAt: null },
      ...{ priority: null, drill: false },
    }
    paper.ask(duty, command)
    return paper
  }
  const file = (over: object = {}): Command => ({
    ...{ type: 'incident.file', incidentId: id, classCode: null, departmentId: null, priority: null },
    ...over,
  })
  const tally = (paper: Paper) => algorithmOf(paper.state.algorithms, 'suggestions').tally

  it('filing: class, department and priority, taken or not', () => {
    const paper = reported()
    paper.ask(duty, file())
    const once = { advised: 1, taken: 1 }
    expect(tally(paper)).toEqual({ class: once, department: once, priority: once })
    const other = reported()
    other.ask(duty, file({ classCode: 'E0505', departmentId: 'gas' }))
    const not = { advised: 1, taken: 0 }
    expect(tally(other)).toEqual({ class: not, department: not, priority: not })
    const restored = restoreState(snapshotPieces(other.state))
    expect(restored?.filed.rows()).toEqual(other.state.filed.rows())
  })
  it('reclassifying: before filing nothing is decided, after it the class is', () => {
    const paper = reported()
    const again: Command = { type: 'incident.reclassify', incidentId: id, classCode: 'E0505', priority: null }
    paper.ask(duty, again)
    expect(tally(paper)).toEqual({})
    paper.ask(duty, file())
    paper.ask(duty, { ...again, classCode: 'E0113' })
    expect(tally(paper).class).toEqual({ advised: 2, taken: 1 })
  })
  it('a case nobody could say anything about is not counted, nor a sensor’s, nor while it is off', () => {
    const paper = reported()
    const off: AlgorithmCommand = { type: 'algorithm.switch', algorithmId: 'suggestions', isOn: false, reason: '停用' }
    paper.ask(person('chief'), off)
    paper.ask(duty, file())
    expect(tally(paper)).toEqual({})
  })
  it('locating: near the suggested place is taken', () => {
    const at = (position: LonLat) => {
      const paper = reported()
      paper.now += 1
      const context = { ...paper.context, suggestPlace: () => new PlaceNames(places).find('沐风路与听潮街', memory()) }
      Object.defineProperty(paper, 'context', { get: () => context })
      expect(
        refusalOf(paper.ask(duty, { type: 'incident.locate', incidentId: id, position, address: null })),
      ).toBeNull()
      return tally(paper).place
    }
    expect(at([121.402, 31.2])).toEqual({ advised: 1, taken: 1 })
    expect(at([121.402, 31.2 + 99 / 111_195])).toEqual({ advised: 1, taken: 1 })
    expect(at([121.402, 31.2 + 101 / 111_195])).toEqual({ advised: 1, taken: 0 })
    const paper = reported()
    paper.ask(duty, { type: 'incident.locate', incidentId: id, position: [121.402, 31.2], address: null })
    expect(tally(paper).place, 'the small city has no names').toBeUndefined()
  })
})
