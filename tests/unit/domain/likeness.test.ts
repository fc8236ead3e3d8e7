/** Line 9: what makes two reports one, each reason in words; which open cases are looked at; how sure is sure. */
import { describe, expect, it } from 'vitest'
import type { Incident } from '../../../shared/model/incident.ts'
import { classRelation, reachOf } from '../../../server/src/domain/duplicate/class-family.ts'
import { findCandidates, leastShown, mostShown, pairLikeness } from '../../../server/src/domain/duplicate/candidates.ts'
import { CaseIndex } from '../../../server/src/domain/duplicate/case-index.ts'
import {
  farthestM,
  likeness,
  longestMs,
  onCurve,
  textLikeness,
  type Compared,
} from '../../../server/src/domain/duplicate/likeness.ts'
import { namesIn, printOf, shinglesOf } from '../../../server/src/domain/duplicate/print.ts'
import { sampleIncident } from '../../support/sample-rows.ts'

const noon = Date.parse('2026-08-01T12:00:00+08:00')
const minuteMs = 60_000
const told = (over: Partial<Incident> = {}): Incident => ({
  ...sampleIncident({}),
  ...{ id: 'a', state: 'reported', classCode: 'E0113', source: 'open311', sourceRef: null, reporter: null },
  ...{ title: '路上有坑', description: '', address: null, position: [121.4, 31.2], reportedAt: noon, drill: false },
  ...over,
})
const compared = (over: Partial<Incident> = {}, saidClass: string | null = null): Compared => {
  const row = told(over)
  return {
    ...{ classCode: row.classCode, saidClass, position: row.position, at: row.reportedAt },
    ...{ isSensed: row.source === 'iot', print: printOf(row) },
  }
}
const all = () => 1
/** North of the other by so many metres. */
const north = (metres: number): [number, number] => [121.4, 31.2 + metres / 111_195]
const score = (a: Compared, b: Compared) => likeness(a, b, all).score
const reason = (a: Compared, b: Compared, kind: string) => likeness(a, b, all).reasons.find((one) => one.kind === kind)

describe('line 9: reasons of a likeness', () => {
  it('fall with distance and time, and say how much', () => {
    const [near, far] = [compared({ position: north(35) }), compared({ position: north(120) })]
    expect(reason(compared(), near, 'distance')?.words).toEqual({ zh: '相距 35 米', en: '35 m apart' })
    expect(score(compared(), near)).toBeGreaterThan(score(compared(), far))
    const after = (ms: number) => compared({ reportedAt: noon + ms })
    expect(reason(compared(), after(29_999), 'time')?.words.zh).toBe('同一分钟内')
    expect(reason(compared(), after(12 * minuteMs), 'time')?.words.zh).toBe('相隔 12 分钟')
    expect(reason(compared(), after(89 * minuteMs), 'time')?.words.zh).toBe('相隔 89 分钟')
    expect(reason(compared(), after(90 * minuteMs), 'time')?.words.zh).toBe('相隔 2 小时')
    expect(score(compared(), after(minuteMs))).toBeGreaterThan(score(compared(), after(600 * minuteMs)))
    // The order of the two does not matter.
    expect(score(after(minuteMs), compared())).toBeCloseTo(score(compared(), after(minuteMs)), 10)
  })
  it('run straight between the points of a curve, and go on level beyond them', () => {
    const curve = [
      [0, 2],
      [10, 0],
      [20, -2],
    ] as const
    expect([-5, 0, 5, 10, 15, 20, 99].map((x) => onCurve(curve, x))).toEqual([2, 2, 1, 0, -1, -2, -2])
  })
  it('weigh a class by its relation, and by what the words say where the list was misread', () => {
    expect(classRelation('E0113', 'E0113')).toBe('same')
    expect(classRelation('P0101', 'P0123')).toBe('family')
    expect(classRelation('E0699', 'E0113')).toBe('other')
    expect(classRelation('E0113', 'E0595')).toBe('other')
    expect(classRelation('E0201', 'E0299')).toBe('group')
    expect(classRelation('E0113', 'E0401')).toBe('apart')
    expect(reachOf('E0689')).toBe(3)
    expect(reachOf('E0113')).toBe(1)
    const wrong = compared({ classCode: 'E0401' })
    expect(reason(compared(), wrong, 'class')?.words.zh).toBe('类别不同')
    const read = compared({ classCode: 'E0401' }, 'E0113')
    expect(reason(compared({}, 'E0113'), read, 'class')?.words.zh).toBe('同一小类')
    expect(score(compared({}, 'E0113'), read)).toBeGreaterThan(score(compared(), wrong))
  })
  it('compare words of people in Chinese and English, and no sensor’s', () => {
    const say = (description: string, over: Partial<Incident> = {}) => compared({ description, ...over })
    const hole = say('人民广场地铁口机动车道有深坑，轮胎陷进去')
    const same = say('机动车道上一个深坑轮胎都陷进去了，在人民广场')
    const other = say('楼上装修噪声从早到晚不停，老人无法休息')
    const like = (a: Compared, b: Compared) => reason(a, b, 'text')?.weight ?? NaN
    expect(like(hole, same)).toBeGreaterThan(1)
    expect(like(hole, other)).toBeLessThan(0)
    expect(reason(hole, same, 'text')?.words.zh).toMatch(/^文字相似 0\.\d\d$/)
    const [en, en2] = [
      say('deep pothole beside fountain entrance, tyre burst'),
      say('bus fell into deep pothole, fountain side, tyre flat'),
    ]
    expect(like(en, en2)).toBeGreaterThan(0.5)
    expect(like(hole, hole), 'all alike comes from a form').toBe(0)
    expect(reason(hole, say('机动车道有深坑', { source: 'iot' }), 'text')).toBeUndefined()
    expect(reason(compared({ title: '坑' }), hole, 'text'), 'too little is said').toBeUndefined()
  })
  it('are nothing where both share only what everybody says', () => {
    const [a, b] = ['您好，我要反映一下，请尽快处理，谢谢', '你好，希望相关部门尽快处理，谢谢'].map((text) =>
      printOf(told({ description: text })),
    )
    expect(textLikeness(a?.shingles ?? new Uint32Array(), b?.shingles ?? new Uint32Array(), all) ?? 0).toBeLessThan(0.3)
    const worthless = textLikeness(Uint32Array.of(1, 2, 3), Uint32Array.of(1, 2, 3), () => 0)
    expect(worthless).toBeNull()
    expect(textLikeness(Uint32Array.of(1, 2, 3), Uint32Array.of(1, 2, 3), all)).toBe(1)
    expect(textLikeness(Uint32Array.of(1, 2, 3), Uint32Array.of(3, 4, 5), all)).toBeCloseTo(1 / 3)
    expect(textLikeness(Uint32Array.of(1, 2, 3), Uint32Array.of(4, 5, 6, 7), all)).toBe(0)
    // A ticket's number is no word.
    expect(shinglesOf('1-867094691')).toEqual(shinglesOf('1-867098851'))
  })
  it('know a place by its address, its door and its name', () => {
    const at = (address: string | null) => compared({ address, position: null })
    const how = (a: string, b: string) => reason(at(a), at(b), 'place')?.words.zh
    expect(how('沐风路128号', '沐风路128号')).toBe('地址相同：沐风路128号')
    expect(how('沐风路128号', '沐风路128号门口')).toBe('同一门牌：128 号')
    expect(how('沐风路近汀兰广场', '沐风路汀兰广场对面')).toMatch(/^同一地名/)
    expect(how('沐风路128号', '沐风路140号')).toBe('门牌相近：相差 12')
    expect(how('沐风路128号', '沐风路141号')).toBe('门牌相差 13')
    expect(how('沐风路', '听潮街')).toBeUndefined()
    expect(how('2111 W Bellevue Ave', '2113 W Bellevue Ave')).toBe('门牌相近：相差 2')
    expect(namesIn('请到沐风路和汀兰广场')).toEqual(['沐风路', '汀兰广场'])
    // Without a place words must do, and one name is a whole street.
    const unplaced = (a: string | null, b: string | null) => reason(at(a), at(b), 'distance')?.weight ?? NaN
    const order = [unplaced('沐风路128号', '沐风路128号'), unplaced('沐风路近汀兰广场', '汀兰广场沐风路')]
    expect(order).toEqual([...order].sort((x, y) => y - x))
    expect(unplaced('沐风路', '沐风路口')).toBeLessThan(order[1] as number)
    expect(unplaced('沐风路', null)).toBeLessThan(unplaced('沐风路', '沐风路口'))
  })
  it('know a caller by the number, an account by its name, and no sensor by its alarm', () => {
    const by = (phone: string | null) => compared({ reporter: { name: null, phone, email: null } })
    expect(reason(by('138 1234-5678'), by('13812345678'), 'caller')?.words.zh).toBe('同一来电号码')
    expect(reason(by('13812345678'), by('13812345679'), 'caller')).toBeUndefined()
    expect(reason(by('110'), by('110'), 'caller'), 'too short to be somebody’s').toBeUndefined()
    expect(reason(by(null), by(null), 'caller')).toBeUndefined()
    const from = (sourceRef: string, source: Incident['source'] = 'open311') => compared({ sourceRef, source })
    expect(reason(from('patrol-1'), from('patrol-1'), 'device')?.words.zh).toBe('同一账号或设备')
    expect(reason(from('A1', 'iot'), from('A1', 'iot'), 'device')).toBeUndefined()
    expect(reason(from(''), from(''), 'device')).toBeUndefined()
  })
})

describe('line 9: open cases that are looked at', () => {
  const none = () => null
  const index = (...cases: readonly Incident[]) => {
    const made = new CaseIndex()
    for (const one of cases) made.set(one)
    return made
  }
  const ids = (of: CaseIndex, over: Partial<Incident> = {}) =>
    findCandidates(of, told({ id: 'new', ...over }), none).map(({ incidentId }) => incidentId)

  it('lie within the farthest distance and the longest time', () => {
    const at = (metres: number, ms = 0) => index(told({ position: north(metres), reportedAt: noon - ms }))
    const found = (of: CaseIndex) => of.near([121.4, 31.2], [], noon).length
    expect([farthestM - 1, farthestM + 1].map((metres) => found(at(metres)))).toEqual([1, 0])
    expect([longestMs - 1, longestMs, longestMs + 1].map((ms) => found(at(0, ms)))).toEqual([1, 1, 0])
    expect(at(800).near([121.4, 31.2], [], noon, 3)).toHaveLength(1)
    expect(index(told()).near([121.4, 31.2], [], noon + longestMs + 1)).toEqual([])
  })
  it('are found by name where a place is wanting, and by nothing else then', () => {
    const unplaced = told({ position: null, address: '沐风路128号' })
    expect(ids(index(unplaced), { address: '沐风路128号', description: '沐风路128号有坑' })).toEqual(['a'])
    expect(ids(index(unplaced), { address: '听潮街1号' })).toEqual([])
    expect(ids(index(told({ address: '沐风路128号' })), { position: null, address: '沐风路128号' })).toEqual(['a'])
    const far = told({ position: north(5000), address: '沐风路128号' })
    expect(ids(index(far), { address: '沐风路128号' }), 'both are placed').toEqual([])
  })
  it('follow every change of a case at once', () => {
    const made = index(told())
    made.set(told({ version: 2, state: 'handling' }))
    expect(made.get('a')?.incident.state).toBe('handling')
    expect(ids(made)).toEqual(['a'])
    made.set(told({ position: north(5000) }))
    expect(ids(made)).toEqual([])
    made.set(told({ position: null, address: '沐风路8号' }))
    made.set(told({ position: null, address: '沐风路9号' }))
    expect(made.size).toBe(1)
    made.set(told({ state: 'closed' }))
    expect([made.size, made.get('a')]).toEqual([0, undefined])
    made.delete('a')
    expect(made.near(null, ['沐风路'], noon)).toEqual([])
  })
  it('are told by what few others say', () => {
    const made = index(...Array.from({ length: 30 }, (_, i) => told({ id: `c${i}`, description: '机动车道深坑' })))
    const [common = 0] = shinglesOf('机动')
    expect(made.worth(common)).toBeLessThan(0.3)
    expect(made.worth(12345)).toBe(1)
    made.delete('c0')
    expect(made.worth(common)).toBeGreaterThan(0)
  })
  it('are not itself, not what was told apart, not a drill’s, and at most so many, likeliest first', () => {
    expect(ids(index(told({ id: 'new' })))).toEqual([])
    expect(ids(index(told()), { notSameIds: ['a'] })).toEqual([])
    expect(ids(index(told()), { drill: true })).toEqual([])
    const many = Array.from({ length: 50 }, (_, i) =>
      told({ id: `c${String(i).padStart(2, '0')}`, position: north(i / 2) }),
    )
    const found = findCandidates(index(...many), told({ id: 'new' }), none)
    expect(found).toHaveLength(mostShown)
    expect(found.map((one) => one.score)).toEqual(found.map((one) => one.score).sort((x, y) => y - x))
    expect(found.every((one) => one.score >= leastShown)).toBe(true)
    // Alike in everything, the older number first.
    expect(ids(index(told({ id: 'c2' }), told({ id: 'c1' })))).toEqual(['c1', 'c2'])
    expect(ids(index(told({ classCode: 'E0401', position: north(250) })))).toEqual([])
  })
  it('take prints another index has made', () => {
    const made = new CaseIndex()
    const print = printOf(told())
    made.set(told(), print)
    expect(made.get('a')?.print).toBe(print)
  })
  it('of a pair are judged alone, and not beyond what is looked at', () => {
    const made = index(told())
    const pair = (over: Partial<Incident>) => pairLikeness(made, told({ id: 'b', ...over }), told(), none)
    expect(pair({})?.score).toBeGreaterThan(0.8)
    expect(pair({ position: north(farthestM + 1) })).toBeNull()
    expect(pair({ reportedAt: noon + longestMs })).not.toBeNull()
    expect(pair({ reportedAt: noon + longestMs + 1 })).toBeNull()
    expect(pair({ position: null, address: '沐风路' })?.distanceM).toBeNull()
  })
})
