import { describe, expect, it } from 'vitest'
import { classSheets } from '../../../mock-data/class-table/class-sheets.ts'
import { columnLetters, swapOrder } from '../../../mock-data/class-table/columns.ts'
import { readClassSheets, type ReadOptions } from '../../../mock-data/class-table/read-class-sheets.ts'
import { builtInClasses, builtInStandard } from '../../../shared/model/case-table/built-in-classes.ts'
import { readLimitText } from '../../../shared/model/limit.ts'

const options: ReadOptions = { standardId: 's', standardVersion: '1', order: null, known: builtInClasses }
const heading = ['大类编码', '大类名称', '小类编码', '小类名称', '立案条件', '处置时限', '结案条件']
const read = (rows: string[][], over: Partial<ReadOptions> = {}) =>
  readClassSheets([{ name: '事件', rows: [['某市立结案标准'], heading, ...rows] }], { ...options, ...over })

describe('a class table from sheets (issue line 6)', () => {
  it.each(['gb30428', 'cjt214'] as const)(
    'comes back the same after having been written in the order of %s',
    (order) => {
      const back = readClassSheets(classSheets(builtInClasses, order), { ...options, ...builtInStandard, known: [] })
      expect(back.order).toBe(order)
      expect(back.dropped).toEqual([])
      expect(back.notes).toEqual([])
      const sorted = [...builtInClasses].sort((a, b) => (a.code < b.code ? -1 : 1))
      expect(back.classes).toEqual(sorted)
    },
  )
  it('reads merged cells, lost zeros and several conditions, and fills in what we know', () => {
    const { classes, dropped } = read([
      ['4', '突发事件', '6', '道路积水', '积水深于15厘米', '2紧急工作时', '积水退去'],
      ['', '', '', '', '下立交积水', '1紧急工作日', ''],
      ['', '', '', '其他', '其他突发', '2天/2工作日', ''].map((cell, i) => (i === 2 ? '99' : cell)),
    ])
    expect(dropped).toEqual([])
    expect(classes.map(({ code }) => code)).toEqual(['E0506', 'E0599'])
    expect(classes[0]).toMatchObject({
      name: { zh: '道路积水', en: 'Flooded road' },
      priority: 2,
      conditions: [
        { id: '1', limit: { amount: 2, unit: 'urgent-hour' }, closing: { zh: '积水退去' } },
        { id: '2', limit: { amount: 1, unit: 'natural-day' } },
      ],
    })
    // The same number means something else here: our lift is not their 其他.
    expect(classes[1]).toMatchObject({
      name: { zh: '其他', en: '其他' },
      priority: 4,
      limit: { amount: 2, unit: 'work-day' },
    })
  })
  it('knows both orders of 04 and 05 by their names, takes one that is given, and says where it had to guess', () => {
    const street = ['04', '街面秩序', '01', '无照经营', '', '2小时', '']
    expect(read([street])).toMatchObject({ order: 'gb30428', notes: [] })
    expect(read([['05', '街面秩序', '01', '无照经营', '', '2小时', '']]).classes[0]?.code).toBe('E0401')
    expect(read([street], { order: 'cjt214' }).classes[0]?.code).toBe('E0501')
    const nameless = read([['04', '', '01', '无照经营', '', '2小时', '']])
    expect(nameless.order).toBe('gb30428')
    expect(nameless.notes[0]).toContain('order: ')
    expect([swapOrder('E0401'), swapOrder('E0501'), swapOrder('P0401'), swapOrder('E0101')]).toEqual([
      'E0501',
      'E0401',
      'P0401',
      'E0101',
    ])
  })
  it('takes a limit nobody can read as one natural day, keeps its words, and says where it stands', () => {
    const { classes, notes } = read([
      ['01', '市容环境', '10', '暴露垃圾', '有垃圾', '尽快', ''],
      ['', '', '12', '道路不洁', '', '', ''],
    ])
    expect(classes[0]?.conditions[0]).toMatchObject({ limit: { amount: 1, unit: 'natural-day' }, limitText: '尽快' })
    expect(notes).toEqual([
      '事件!F3: limit "尽快" not understood: one natural day',
      '事件!F4: limit missing: one natural day',
    ])
  })
  it('leaves out what it cannot place, by sheet, column and row, and adds up', () => {
    const found = read([
      ['01', '市容环境', 'xx', '暴露垃圾', '', '2小时', ''],
      ['01', '市容环境', '', '道路不洁', '', '2小时', ''],
      ['01', '市容环境', '12', '', '', '2小时', ''],
      ['01', '市容环境', '13', '道路破损', '', '5工作日', ''],
      ['01', '市容环境', '13', '道路积雪', '', '5工作日', ''],
    ])
    expect(found.dropped).toEqual([
      '事件!C3: xx is no class code: 大类 and 小类, two digits each',
      '事件!C4: no class code: 大类 and 小类, two digits each',
      '事件!D5: no name',
      '事件!D7: E0113 is 道路破损 already, not 道路积雪',
    ])
    expect([found.rowsRead, found.rowsTaken]).toEqual([5, 1])
  })
  it('says that a sheet has no heading, and that a row is neither 部件 nor 事件', () => {
    const sheets = [
      { name: 'Sheet1', rows: [['a', 'b']] },
      { name: 'Sheet2', rows: [] },
      {
        name: 'Sheet3',
        rows: [
          ['Class code', 'Class name', 'Time limit'],
          ['0101', 'x', '4h'],
          ['P0101', 'y', '4h'],
        ],
      },
    ]
    const { classes, dropped } = readClassSheets(sheets, options)
    expect(dropped).toEqual([
      'Sheet1: no heading row: it must name 小类名称 and 立案条件 or 处置时限',
      'Sheet3!2: neither 部件 nor 事件, in column or name of the sheet',
    ])
    expect(classes.map(({ code }) => code)).toEqual(['P0101'])
  })
  it('names columns as spreadsheets do', () => {
    expect([0, 25, 26, 27, 702].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'AB', 'AAA'])
  })
  it.each([
    ['２紧急工作时', 2, 'urgent-hour', true],
    ['1紧急工作日', 1, 'natural-day', true],
    ['4小时', 4, 'work-hour', true],
    ['2天/2工作日', 2, 'work-day', true],
    ['2天/3工作日', 1, 'natural-day', false],
    ['另行商定', 1, 'natural-day', false],
    ['', 1, 'natural-day', false],
  ] as const)('reads the limit %s', (text, amount, unit, isKnown) => {
    expect(readLimitText(text)).toEqual({ limit: { amount, unit }, isKnown })
  })
})
