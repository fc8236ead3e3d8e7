/** A class table as sheets, 部件 and 事件, a row a filing condition: what `readClassSheets` reads back the same. */
import type { CaseClass } from '../../shared/model/case-class.ts'
import { limitInWords } from '../../shared/model/limit.ts'
import { classColumns, columnHeadings, swapOrder, type ClassColumn, type ClassOrder, type Sheet } from './columns.ts'

function rowsOf(row: CaseClass, order: ClassOrder): string[][] {
  const code = order === 'cjt214' ? swapOrder(row.code) : row.code
  return row.conditions.map(({ when, limit, limitText, closing }) => {
    const cells: Record<ClassColumn, string> = {
      kind: code.startsWith('P') ? '部件' : '事件',
      groupCode: code.slice(1, 3),
      groupName: row.group.zh,
      groupNameEn: row.group.en,
      code: code.slice(1),
      name: row.name.zh,
      nameEn: row.name.en,
      priority: String(row.priority),
      condition: when.zh,
      conditionEn: when.en,
      limit: limitText ?? limitInWords(limit),
      closing: closing.zh,
      closingEn: closing.en,
      department: row.departmentId ?? '',
      keywords: row.keywords.join(' '),
      legalBasis: row.legalBasis ?? '',
      responsibleBody: row.responsibleBody ?? '',
      supervisingBody: row.supervisingBody ?? '',
      collecting: row.collecting ?? '',
    }
    return classColumns.map((column) => cells[column])
  })
}

export function classSheets(classes: readonly CaseClass[], order: ClassOrder): Sheet[] {
  const heading = classColumns.map((column) => columnHeadings[column][0])
  return [
    ['部件', 'P'],
    ['事件', 'E'],
  ].map(([name = '', kind = '']) => ({
    name,
    rows: [heading, ...classes.filter(({ code }) => code.startsWith(kind)).flatMap((row) => rowsOf(row, order))],
  }))
}
