import { describe, expect, it } from 'vitest'
import { defaultCaseClasses } from '../../../../server/src/domain/case-classes.ts'
import { builtInClasses } from '../../../../shared/model/case-table/built-in-classes.ts'
import { readClasses } from '../../../../shared/model/case-table/read-classes.ts'
import { limitUnits, readLimit } from '../../../../shared/model/limit.ts'

const standard = { standardId: 's', standardVersion: '1' }
const group = 'E01 大类 | Group\n'
const sound = `${group}E0101 类 | Class | 4 | 词 word\n  情形 | Case | 2急h | cleared\n`
const byCode = new Map(builtInClasses.map((row) => [row.code, row]))
const limitsOf = (code: string) =>
  byCode.get(code)?.conditions.map(({ limit: { amount, unit } }) => `${amount} ${unit}`)

describe('the built-in class table (issue line 6)', () => {
  it('has every 大类 of assets and events, in the order of GB/T 30428.2', () => {
    const groups = new Map(builtInClasses.map((row) => [row.code.slice(0, 3), row.group.zh]))
    expect([...groups.keys()]).toEqual(['P01', 'P02', 'P03', 'P04', 'P05', 'E01', 'E02', 'E03', 'E04', 'E05', 'E06'])
    expect([groups.get('E04'), groups.get('E05')]).toEqual(['街面秩序', '突发事件'])
  })
  it('has some two hundred classes, each once, of one table and edition', () => {
    expect(byCode.size).toBe(builtInClasses.length)
    expect(builtInClasses.length).toBeGreaterThan(190)
    expect(new Set(builtInClasses.map((row) => `${row.standardId} ${row.standardVersion}`)).size).toBe(1)
  })
  it('gives each condition its own limit and closing condition; the class is held to its first', () => {
    for (const { code, conditions, limit } of builtInClasses) {
      expect(conditions.length, code).toBeGreaterThan(0)
      expect(conditions[0]?.limit, code).toEqual(limit)
      expect(conditions.map(({ id }) => id)).toEqual(conditions.map((_, index) => String(index + 1)))
    }
    const units = new Set(builtInClasses.flatMap((row) => row.conditions.map(({ limit }) => limit.unit)))
    expect([...units].sort()).toEqual([...limitUnits].sort())
  })
  it('knows the limits of the field: covers, buildings going up, a broken main, a blocked sewer', () => {
    expect(limitsOf('P0111')).toEqual(['1 work-day', '2 urgent-hour', '2 work-day', '5 work-day'])
    expect(limitsOf('E0101')).toEqual(['15 work-day', '2 natural-day'])
    expect(limitsOf('E0501')).toEqual(['1 urgent-hour', '5 work-day'])
    expect(limitsOf('E0503')).toEqual(['4 work-hour', '1 urgent-hour'])
  })
  it('keeps the limits and priorities of the classes there were before', () => {
    const before =
      'P0101 1d 3,P0102 1d 3,P0104 1d 3,P0111 1d 2,P0123 2急h 2,P0124 1d 2,P0128 4d 2,P0137 2d 4,P0150 3d 4,P0201 3d 4,P0204 1d 4,P0209 1自然日 1,' +
      'P0212 3d 4,P0217 1d 3,P0289 4急h 2,P0284 5d 4,P0301 1d 4,P0305 3d 4,P0402 1d 3,P0408 5d 4,P0508 4急h 2,P0596 2d 4,P0597 4急h 2,E0101 15d 4,' +
      'E0110 4h 4,E0111 5d 4,E0112 2h 4,E0113 5d 3,E0120 2急h 3,E0126 2d 3,E0135 2d 4,E0137 4h 4,E0192 4h 4,E0201 1d 4,E0301 2急h 4,E0302 1d 3,' +
      'E0304 2h 4,E0401 2急h 4,E0410 2h 4,E0488 1急h 2,E0496 2h 2,E0501 1急h 1,E0502 1急h 1,E0503 4h 3,E0505 2急h 1,E0506 2急h 2,E0507 4h 3,E0508 2急h 2,' +
      'E0512 4急h 2,E0587 2急h 1,E0596 2急h 2,E0597 1急h 2,E0598 4急h 1,E0599 1急h 1,E0595 2急h 2,E0686 4h 4,E0689 2急h 3,E0699 3d 4'
    for (const line of before.split(',')) {
      const [code = '', limit = '', priority] = line.split(' ')
      expect(byCode.get(code)?.limit, code).toEqual(readLimit(limit))
      expect(byCode.get(code)?.priority, code).toBe(Number(priority))
    }
  })
  it('leaves who leads to the city: the default table names departments by the longest code', () => {
    expect(builtInClasses.every((row) => row.departmentId === null)).toBe(true)
    const lead = (code: string) => defaultCaseClasses.find((row) => row.code === code)?.departmentId
    expect([lead('P0111'), lead('P0105'), lead('E0102'), lead('E0501'), lead('E0602')]).toEqual([
      'gas',
      'roads',
      'urban',
      'water',
      null,
    ])
  })
})

describe('its shorthand', () => {
  it('is read', () => {
    expect(readClasses(sound, standard)).toEqual([
      {
        code: 'E0101',
        name: { zh: '类', en: 'Class' },
        group: { zh: '大类', en: 'Group' },
        priority: 4,
        keywords: ['词', 'word'],
        limit: { amount: 2, unit: 'urgent-hour' },
        conditions: [
          {
            id: '1',
            when: { zh: '情形', en: 'Case' },
            limit: { amount: 2, unit: 'urgent-hour' },
            closing: { zh: '已清除干净，现场无残留', en: 'Cleared away with nothing left behind' },
          },
        ],
        ...standard,
        departmentId: null,
      },
    ])
  })
  it.each([
    ['a condition of no class', '  情形 | Case | 2急h | cleared'],
    ['no class', 'nonsense'],
    ['no class', 'E01 大类'],
    ['no class', 'E0101 类 | Class | 4 | 词'],
    ['no class', `${group}E0101 类 | Class | 5 | 词`],
    ['no class', `${group}E0101 类 | Class`],
    ['no condition', sound.replace('情形', '')],
    ['no condition', sound.replace('Case', '')],
    ['no condition', sound.replace('2急h', 'soon')],
    ['no condition', sound.replace('cleared', 'gone')],
    ['no condition', `${group}E0101 类 | Class | 4\n  情形`],
    ['E0101 has no condition', `${group}E0101 类 | Class | 4 | 词`],
  ])('throws %s', (problem, text) => {
    expect(() => readClasses(text, standard)).toThrow(problem)
  })
})
