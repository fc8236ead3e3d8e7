/** 紧急类 and 扬言 out of words: what speaks for a mark, what only looks so, and what the officer made of it. */
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { AlgorithmCommand, Command } from '../../../shared/model/command.ts'
import { readFlags } from '../../../server/src/domain/advice/flag-reader.ts'
import { flagRules } from '../../../server/src/domain/advice/flag-rules.ts'
import { algorithmOf } from '../../../server/src/domain/algorithm/state.ts'
import { person } from '../../support/engine.ts'
import { Paper, refusalOf } from './support.ts'

const read = (description: string, title = '') => readFlags({ title, description })
const flagsOf = (description: string) => read(description).map(({ value }) => value)
const rulesOf = (description: string) => [
  ...new Set(read(description).flatMap(({ evidence }) => evidence.map(({ ruleId }) => ruleId))),
]
const both = ['threat', 'urgent']

describe('words that speak for a mark', () => {
  it.each([
    ['threat-said', '施工队再来他就同归于尽'],
    ['threat-said', '来电人表示不想活了'],
    ['threat-said', '欠薪工人扬言明天去项目部'],
    ['threat-said', 'I will kill myself if nobody comes'],
    ['threat-self', '再不解决，我就从楼顶跳楼'],
    ['threat-self', '不发工资的话，跳楼算了'],
    ['threat-self', '不处理就跳楼'],
    ['threat-self', "He's on the roof and threatens to jump off"],
    ['threat-others', '来电人威胁，谁再来拆就砍死谁'],
    ['threat-others', '不得不放火，逼我的，准备了汽油'],
    ['threat-others', 'Fix the noise or else I burn down the shop'],
    ['threat-crowd', '业主们准备明天去堵路'],
    ['threat-crowd', 'They are about to block the road'],
  ])('a threat, which is urgent too: %s', (rule, text) => {
    expect(rulesOf(text)).toContain(rule)
    expect(flagsOf(text)).toEqual(both)
  })
  it.each([
    ['urgent-cover', '人行道上窨井盖不见了'],
    ['urgent-cover', '路中间没有井盖，很危险'],
    ['urgent-cover', 'The manhole cover is missing'],
    ['urgent-wires', '一根电线垂到地面'],
    ['urgent-wires', 'power lines are down across the lane'],
    ['urgent-people', '有人掉进河里，快来'],
    ['urgent-people', '老人摔伤流血'],
    ['urgent-people', 'A man is trapped in the lift'],
    ['urgent-fire-gas', '楼道里煤气味很重'],
    ['urgent-fire-gas', 'There is a gas leak in the basement'],
    ['urgent-living', '家里停电三天了，老人用呼吸机'],
    ['urgent-living', 'No heating at home and we have a baby'],
    ['urgent-many', '整栋楼停水，几十户没水用'],
    ['urgent-many', 'no water in the whole building'],
  ])('urgent, and no threat: %s', (rule, text) => {
    expect(rulesOf(text)).toContain(rule)
    expect(flagsOf(text)).toEqual(['urgent'])
  })
})

describe('words that only look so', () => {
  it.each([
    // Denied.
    '没有人受伤',
    '万幸无人员受伤，路面有点脏',
    '未造成人员被困',
    '他没有扬言什么',
    '我并不是想跳楼，只想问问进度',
    '不会自杀的，请放心',
    '并未起火',
    '不是煤气味',
    'nobody was hurt',
    'No one has been injured in the crash',
    "there isn't a gas leak",
    "I won't stab anyone, I just want an answer, and I will wait",
    // Over.
    '着火已扑灭',
    '井盖缺失的问题已修复',
    'the gas leak has been fixed',
    // Long ago.
    '去年这里有人溺水，希望装护栏',
    '曾经有人受伤',
    'someone was injured here last year',
    // Only feared.
    '护栏太矮，以免有人落水',
    '担心会爆炸',
    '请加装护栏防止摔伤',
    'please salt the steps before anyone gets hurt',
    // Another thing.
    '商场跳楼价甩卖噪音大，要去投诉',
    '游乐场跳楼机太吵，要投诉',
    '客厅天花板上吊灯松了，想报修',
    '门口放火锅底料的桶，要清走',
    '邻居爆炸头跳舞扰民',
    '店外起火锅占道',
    '轮胎漏气停在路边',
    '小区门口乱停电动车，老人走路不便',
    '乱停电瓶车堵住整栋楼出口',
    '工地乱停水泥车，老人出行难',
    '物业没水平，老人投诉多次',
    'children jump from the swing',
    'a bath bomb shop will open',
    'the queue will jump',
    // Within another word.
    'everybody got away unhurt',
    'questions about biogas leakage rules',
    // One of two only.
    '井盖上有垃圾',
    '电线杆上贴广告',
    '下周三停水通知什么时候发',
    '小区有三百户居民',
    '有人跳舞，声音大',
    // Apart.
    '井盖完好，旁边的长椅破了',
    '',
  ])('no mark: %s', (text) => {
    expect(read(text)).toEqual([])
  })
  it('a denial of one thing is none of the next', () => {
    expect(flagsOf('没有人受伤，但是电线断了掉在路上')).toEqual(['urgent'])
    expect(rulesOf('没有人受伤，但是电线断了掉在路上')).toEqual(['urgent-wires'])
    expect(flagsOf('不是跳楼，是有人被困')).toEqual(['urgent'])
  })
})

describe('what it rests on', () => {
  it('is shown in words, and where they stand in title and text as they were written', () => {
    const description = '您好，Ｇａｓ　ＬＥＡＫ here: a GAS Leak! 快来'
    const [urgent] = read(description, '有煤气味')
    const [evidence] = urgent!.evidence
    expect(evidence).toMatchObject({ kind: 'words', ruleId: 'urgent-fire-gas' })
    const said = evidence!.spans!.map(({ field, start, end }) =>
      (field === 'title' ? '有煤气味' : description).slice(start, end),
    )
    expect(said).toEqual(['煤气味', 'Ｇａｓ　ＬＥＡＫ'])
    expect(evidence!.words.zh).toBe('火情燃气：「煤气味」「Ｇａｓ　ＬＥＡＫ」')
  })
  it('stands where it was written also after signs whose plain form is longer', () => {
    const description = '喂……ﬁre？有人被困'
    const [span] = read(description)[0]!.evidence[0]!.spans!
    expect(description.slice(span!.start, span!.end)).toBe('被困')
  })
  it('is quoted in the order it was written', () => {
    const [threat] = read('再不来修我就跳楼')
    expect(threat!.evidence[0]!.words.zh).toBe('扬言自伤：「再不」「跳楼」')
  })
  it('is as sure as the surest rule, and names each rule that spoke', () => {
    const [threat, urgent] = read('他扬言要放火。楼道里煤气味很重')
    expect(threat).toMatchObject({ value: 'threat', confidence: 0.9 })
    expect(threat!.evidence.map(({ ruleId }) => ruleId)).toEqual(['threat-said', 'threat-others'])
    expect(urgent!.evidence.map(({ ruleId }) => ruleId)).toEqual(['threat-said', 'threat-others', 'urgent-fire-gas'])
  })
  it('whatever is written, it answers alike, and its spans lie in the text and hold words of its rules', () => {
    const words = flagRules.flatMap(({ lists }) => lists.join(' ').split(' ')).map((word) => word.replaceAll('_', ' '))
    const piece = fc.oneof(
      fc.constantFrom(...words, '没有', '，', '。', 'not ', 'İ', '…', '要'),
      fc.string({ maxLength: 4 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const description = pieces.join('')
        const once = read(description)
        expect(read(description)).toEqual(once)
        for (const { evidence } of once)
          for (const { spans } of evidence)
            for (const { start, end } of spans!) {
              const said = description.slice(start, end).normalize('NFKC').toLowerCase().replaceAll('’', "'")
              expect(words).toContain(said)
            }
      }),
    )
  })
  it('rules have an id of their own, and every exception holds a word it takes back', () => {
    expect(new Set(flagRules.map(({ id }) => id)).size).toBe(flagRules.length)
    for (const { id, except = '', lists, confidence } of flagRules) {
      expect(confidence > 0.3 && confidence <= 1, id).toBe(true)
      const heads = (lists[0] ?? '').split(' ')
      for (const phrase of except.split(' ').filter((one) => one !== ''))
        expect(
          heads.some((word) => phrase.includes(word)),
          `${id} ${phrase}`,
        ).toBe(true)
    }
  })
})

describe('what the officer made of it', () => {
  const duty = person('duty')
  const incidentId = '20260801-000001'
  const reported = (description: string, over: object = {}) => {
    const paper = new Paper()
    const told = { title: '来电', description, source: 'hotline', sourceRef: null, position: null, address: null }
    const rest = { reporter: null, mediaUrl: null, occurredAt: null, priority: null, drill: false }
    paper.ask(duty, { type: 'incident.report', classCode: 'E0113', ...told, ...rest, ...over } as Command)
    return paper
  }
  const act = (paper: Paper, verb: string, more: object = {}) =>
    expect(refusalOf(paper.ask(duty, { type: `incident.${verb}`, incidentId, ...more } as Command)), verb).toBeNull()
  const file = (paper: Paper) => act(paper, 'file', { classCode: null, departmentId: null, priority: null })
  const tally = (paper: Paper) => algorithmOf(paper.state.algorithms, 'flags').tally.flag
  const judged = (paper: Paper) =>
    paper.log.flatMap(({ event }) =>
      event.type === 'algorithm.advice-judged' && event.algorithmId === 'flags' ? [event] : [],
    )

  it('is in the log when the case is filed: taken where it has the mark, not taken where it has not', () => {
    const paper = reported('再不解决我就跳楼')
    act(paper, 'flag', { flag: 'threat', isOn: true, reason: '' })
    expect(tally(paper)).toBeUndefined()
    file(paper)
    expect(judged(paper)).toMatchObject([
      { field: 'flag', proposed: 'threat', chosen: 'threat', isTaken: true, confidence: 0.8, algorithmVersion: '1.0' },
      { proposed: 'urgent', chosen: '', isTaken: false },
    ])
    expect(tally(paper)).toEqual({ advised: 2, taken: 1 })
    expect(paper.state.incidents.get(incidentId)?.flags).toEqual(['threat'])
  })
  it('never sets a mark by itself', () => {
    const paper = reported('再不解决我就跳楼')
    act(paper, 'accept')
    file(paper)
    expect(paper.state.incidents.get(incidentId)?.flags).toBeUndefined()
  })
  it('nothing is counted where it had nothing to say, is switched off, or nobody told it', () => {
    for (const paper of [reported('路面有坑'), reported('我就跳楼', { source: 'iot' })]) {
      file(paper)
      expect(tally(paper)).toBeUndefined()
    }
    const off: AlgorithmCommand = { type: 'algorithm.switch', algorithmId: 'flags', isOn: false, reason: '误报多' }
    const paper = reported('这个大坑再不解决我就跳楼')
    expect(refusalOf(paper.ask(person('chief'), off))).toBeNull()
    file(paper)
    expect(tally(paper)).toBeUndefined()
    // The other algorithm goes on.
    expect(algorithmOf(paper.state.algorithms, 'suggestions').tally.class).toBeDefined()
  })
})
