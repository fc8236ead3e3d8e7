/**
 * A city's class table out of its sheets: one row a filing condition, cells left empty under a merged one meaning the row above. Guarantees
 * that each row is taken or named with sheet, row, column and reason. What the sheets do not say of a class we know is taken from ours.
 */
import type { Priority } from '../../shared/model/alarm.ts'
import type { CaseClass, FilingCondition } from '../../shared/model/case-class.ts'
import { readLimitText } from '../../shared/model/limit.ts'
import { columnLetters, columnOf, swapOrder, type ClassColumn, type ClassOrder, type Sheet } from './columns.ts'

export interface ReadOptions {
  readonly standardId: string
  readonly standardVersion: string
  /** Null = told from the names of 大类 04 and 05. */
  readonly order: ClassOrder | null
  /** Classes whose English, priority, keywords and department fill what is missing. */
  readonly known: readonly CaseClass[]
}
export interface ReadClasses {
  readonly classes: readonly CaseClass[]
  readonly order: ClassOrder
  /** Rows left out, each with where and why. */
  readonly dropped: readonly string[]
  /** Rows taken with something to know of them. */
  readonly notes: readonly string[]
  readonly rowsRead: number
  readonly rowsTaken: number
}

interface Line {
  readonly where: (column: ClassColumn) => string
  readonly cell: (column: ClassColumn) => string
}
type Said = Line & {
  readonly kind: 'E' | 'P'
  readonly digits: string
  readonly groupName: string
  readonly name: string
}

const inherited: readonly ClassColumn[] = ['kind', 'groupCode', 'groupName', 'groupNameEn', 'code', 'name']
const kindOf = (text: string): 'E' | 'P' | null =>
  /部件|asset|^p/i.test(text) ? 'P' : /事件|event|^e/i.test(text) ? 'E' : null

/** Rows below the heading, with what a merged cell leaves to the rows under it. */
function linesOf({ name, rows }: Sheet, dropped: string[]): Line[] {
  const at = rows.findIndex((row) => {
    const known = new Set(row.map(columnOf))
    return known.has('name') && (known.has('limit') || known.has('condition'))
  })
  if (at < 0) {
    if (rows.some((row) => row.some((cell) => cell !== '')))
      dropped.push(`${name}: no heading row: it must name 小类名称 and 立案条件 or 处置时限`)
    return []
  }
  const places = new Map<ClassColumn, number>()
  rows[at]?.forEach((heading, index) => {
    const column = columnOf(heading)
    if (column !== undefined && !places.has(column)) places.set(column, index)
  })
  let above = new Map<ClassColumn, string>()
  return rows.slice(at + 1).flatMap((row, offset) => {
    if (row.every((cell) => cell === '')) return []
    const own = (column: ClassColumn) => row[places.get(column) ?? -1] ?? ''
    const isNewClass = own('name') !== '' || own('code') !== ''
    const isNewGroup = own('groupCode') !== '' || own('groupName') !== ''
    const said = new Map<ClassColumn, string>()
    for (const column of inherited) {
      const ofClass = column === 'code' || column === 'name'
      const isOwn = ofClass ? isNewClass : isNewGroup && column !== 'kind'
      said.set(column, isOwn ? own(column) : own(column) || (above.get(column) ?? ''))
    }
    above = said
    return [
      {
        where: (column: ClassColumn) => {
          const place = places.get(column)
          return `${name}!${place === undefined ? '' : columnLetters(place)}${at + offset + 2}`
        },
        cell: (column: ClassColumn) => said.get(column) ?? own(column),
      },
    ]
  })
}

/** The four digits, from 4 (or, zeros lost, 3), or from 大类 and 小类 of two each; or null. */
function digitsOf(groupCode: string, code: string): string | null {
  const digits = code.replace(/^[EP]/i, '')
  if (/^\d{3,4}$/.test(digits)) return digits.padStart(4, '0')
  const group = groupCode.replace(/^[EP]/i, '')
  return /^\d{1,2}$/.test(digits) && /^\d{1,2}$/.test(group) ? group.padStart(2, '0') + digits.padStart(2, '0') : null
}

function readLine(line: Line, sheetName: string): Said | string {
  const code = line.cell('code')
  const prefix = /^[EP]/i.exec(code)?.[0]?.toUpperCase() as 'E' | 'P' | undefined
  const kind = prefix ?? kindOf(line.cell('kind')) ?? kindOf(sheetName)
  if (kind === null) return `${line.where('kind')}: neither 部件 nor 事件, in column or name of the sheet`
  const digits = digitsOf(line.cell('groupCode'), code)
  if (digits === null)
    return `${line.where('code')}: ${code === '' ? 'no class code' : `${code} is no class code`}: 大类 and 小类, two digits each`
  const name = line.cell('name')
  if (name === '') return `${line.where('name')}: no name`
  return { ...line, kind, digits, groupName: line.cell('groupName'), name }
}

/** Which order the sheets are in, by what they call 04 and 05; null where they call them neither, or both ways. */
function orderIn(lines: readonly Said[]): ClassOrder | null {
  const found = new Set<ClassOrder>()
  for (const { kind, digits, groupName } of lines) {
    if (kind !== 'E') continue
    const group = digits.slice(0, 2)
    if (group !== '04' && group !== '05') continue
    if (/街面/.test(groupName)) found.add(group === '04' ? 'gb30428' : 'cjt214')
    if (/突发/.test(groupName)) found.add(group === '05' ? 'gb30428' : 'cjt214')
  }
  return found.size === 1 ? ([...found][0] ?? null) : null
}

export function readClassSheets(sheets: readonly Sheet[], options: ReadOptions): ReadClasses {
  const dropped: string[] = []
  const notes: string[] = []
  const said: Said[] = []
  let rowsRead = 0
  for (const sheet of sheets)
    for (const line of linesOf(sheet, dropped)) {
      rowsRead++
      const read = readLine(line, sheet.name)
      if (typeof read === 'string') dropped.push(read)
      else said.push(read)
    }
  const told = orderIn(said)
  const order = options.order ?? told ?? 'gb30428'
  if (options.order === null && told === null && said.some(({ kind, digits }) => kind === 'E' && /^0[45]/.test(digits)))
    notes.push('order: the sheets do not say whether 04 is 街面秩序 or 突发事件: read as GB/T 30428.2 (04 街面秩序)')
  const known = new Map(options.known.map((row) => [row.code, row]))
  const groups = new Map(options.known.map((row) => [row.code.slice(0, 3), row.group]))
  const classes = new Map<string, CaseClass>()
  let rowsTaken = 0
  for (const line of said) {
    const written = `${line.kind}${line.digits}`
    const code = order === 'cjt214' ? swapOrder(written) : written
    const present = classes.get(code)
    if (present !== undefined && present.name.zh !== line.name) {
      dropped.push(`${line.where('name')}: ${code} is ${present.name.zh} already, not ${line.name}`)
      continue
    }
    const condition = conditionOf(line, present?.conditions.length ?? 0, known.get(code), notes)
    rowsTaken++
    classes.set(
      code,
      present === undefined
        ? newClass(line, code, condition, options, known.get(code), groups)
        : { ...present, conditions: [...present.conditions, condition] },
    )
  }
  const sorted = [...classes.values()].sort((a, b) => (a.code < b.code ? -1 : 1))
  return { classes: sorted, order, dropped, notes, rowsRead, rowsTaken }
}

function conditionOf(line: Said, index: number, known: CaseClass | undefined, notes: string[]): FilingCondition {
  const text = line.cell('limit')
  const { limit, isKnown } = readLimitText(text)
  if (!isKnown)
    notes.push(`${line.where('limit')}: limit ${text === '' ? 'missing' : `"${text}" not understood`}: one natural day`)
  const zh = line.cell('condition') || line.name
  const closing = line.cell('closing') || '问题已消除，现场恢复正常'
  const ours = known?.conditions.find((one) => one.when.zh === zh)
  return {
    id: String(index + 1),
    when: { zh, en: line.cell('conditionEn') || (ours?.when.en ?? zh) },
    limit,
    ...(isKnown || text === '' ? {} : { limitText: text.slice(0, 100) }),
    closing: { zh: closing, en: line.cell('closingEn') || (ours?.closing.zh === closing ? ours.closing.en : closing) },
  }
}

function newClass(
  line: Said,
  code: string,
  condition: FilingCondition,
  { standardId, standardVersion }: ReadOptions,
  known: CaseClass | undefined,
  groups: ReadonlyMap<string, CaseClass['group']>,
): CaseClass {
  // Another city's class of the same number need not be the same thing.
  const ours = known?.name.zh === line.name ? known : undefined
  const group = groups.get(code.slice(0, 3))
  const groupZh = line.groupName || (group?.zh ?? code.slice(0, 3))
  const priority = /^[1-4]$/.test(line.cell('priority')) ? (Number(line.cell('priority')) as Priority) : ours?.priority
  const keywords = line
    .cell('keywords')
    .split(/[\s,，、;；]+/)
    .filter((word) => word !== '')
  const wordings = (['legalBasis', 'responsibleBody', 'supervisingBody', 'collecting'] as const).flatMap((column) =>
    line.cell(column) === '' ? [] : [[column, line.cell(column)] as const],
  )
  return {
    code,
    name: { zh: line.name, en: line.cell('nameEn') || (ours?.name.en ?? line.name) },
    group: { zh: groupZh, en: line.cell('groupNameEn') || (group?.zh === groupZh ? group.en : groupZh) },
    priority: priority ?? 4,
    limit: condition.limit,
    conditions: [condition],
    standardId,
    standardVersion,
    departmentId: line.cell('department') || (ours?.departmentId ?? null),
    keywords: keywords.length > 0 ? keywords : (ours?.keywords ?? [line.name]),
    ...Object.fromEntries(wordings),
  }
}
