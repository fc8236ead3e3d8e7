/**
 * The built-in table's own shorthand, a line at a time: `GROUP name | English`, `CODE name | English | priority | keywords`, and indented
 * below each class its conditions, `when | English | limit | closing`, or `@cover` for the four that all covers share. Throws on a line it
 * cannot read: the table is ours, and a test reads all of it.
 */
import type { Priority } from '../alarm.ts'
import type { CaseClass, FilingCondition } from '../case-class.ts'
import { readLimit } from '../limit.ts'
import type { Term } from '../transition.ts'
import { closings, type ClosingName } from './closings.ts'

type Standard = Pick<CaseClass, 'standardId' | 'standardVersion'>

const shared: Readonly<Record<string, readonly string[]>> = {
  '@cover': [
    '破损超过25平方厘米 | Broken over more than 25 cm² | 1d | repaired',
    '缺失、移位、开裂，有隐患 | Missing, moved or cracked, and dangerous | 2急h | replaced',
    '车过弹跳作响 | Jumps and rattles under wheels | 2d | repaired',
    '周边150×150厘米内沉陷或高差超过2厘米 | Ground within 150 × 150 cm sunk, or more than 2 cm out of level | 5d | repaired',
  ],
}

const cells = (line: string): readonly string[] => line.split('|').map((cell) => cell.trim())

function readCondition(line: string, index: number): FilingCondition {
  const [zh = '', en = '', limitText = '', closing = ''] = cells(line)
  const limit = readLimit(limitText)
  if (zh === '' || en === '' || limit === null || !(closing in closings)) throw new RangeError(`no condition: ${line}`)
  return { id: String(index + 1), when: { zh, en }, limit, closing: closings[closing as ClosingName] }
}

interface Draft {
  readonly code: string
  readonly name: Term
  readonly group: Term
  readonly priority: Priority
  readonly keywords: readonly string[]
  readonly lines: string[]
}

function readHead(line: string): { readonly code: string; readonly name: Term; readonly rest: readonly string[] } {
  const [first = '', en = '', ...rest] = cells(line)
  const [, code, zh] = /^([EP]\d{2}(?:\d{2})?) (.+)$/.exec(first) ?? []
  if (code === undefined || zh === undefined || en === '') throw new RangeError(`no class: ${line}`)
  return { code, name: { zh, en }, rest }
}

/** The classes a text lists, each with the table and edition it is of. Without a department: who leads is the city's own matter. */
export function readClasses(text: string, standard: Standard): CaseClass[] {
  const groups = new Map<string, Term>()
  const drafts: Draft[] = []
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    if (line.startsWith(' ')) {
      const above = drafts.at(-1)
      if (above === undefined) throw new RangeError(`a condition of no class: ${line}`)
      above.lines.push(...(shared[line.trim()] ?? [line]))
      continue
    }
    const { code, name, rest } = readHead(line)
    if (code.length === 3) {
      groups.set(code, name)
      continue
    }
    const [priority = '', keywords = ''] = rest
    const group = groups.get(code.slice(0, 3))
    if (group === undefined || !/^[1-4]$/.test(priority)) throw new RangeError(`no class: ${line}`)
    drafts.push({ code, name, group, priority: Number(priority) as Priority, keywords: keywords.split(' '), lines: [] })
  }
  return drafts.map(({ lines, ...row }) => {
    const conditions = lines.map(readCondition)
    const [first] = conditions
    if (first === undefined) throw new RangeError(`${row.code} has no condition`)
    return { ...row, limit: first.limit, conditions, ...standard, departmentId: null }
  })
}
