/** The class table as a tree: 大类 over 小类, and what somebody's words leave of it. Pure. */
import type { CaseClassRow } from '../../../../shared/contract/case-class.ts'
import type { Term } from '../../../../shared/model/term.ts'

export interface ClassGroup {
  /** `E05`: a letter and two digits. */
  readonly code: string
  readonly name: Term
  readonly classes: readonly CaseClassRow[]
}
/** A line of the tree as it is shown now. */
export interface TreeRow {
  readonly code: string
  readonly name: Term
  readonly group: ClassGroup
  /** Of a 大类: whether its classes are shown below it; null for a 小类. */
  readonly isOpen: boolean | null
}

export const groupCodeOf = (code: string): string => code.slice(0, 3)

/** In the order of the table, whatever stands between two classes of one group. */
export function groupsOf(rows: readonly CaseClassRow[]): ClassGroup[] {
  const groups = new Map<string, { code: string; name: Term; classes: CaseClassRow[] }>()
  for (const row of rows) {
    const code = groupCodeOf(row.code)
    const group = groups.get(code)
    if (group === undefined) groups.set(code, { code, name: row.group, classes: [row] })
    else group.classes.push(row)
  }
  return [...groups.values()]
}

/** As places are looked for at the desk: full-width letters, capitals and spaces make no difference. */
export const plainWords = (words: string): string => words.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '')

const isIn = (words: string, { name, code }: { readonly name: Term; readonly code: string }) =>
  [name.zh, name.en, code].some((text) => plainWords(text).includes(words))

/** By name in either language, code, keyword, or the beginning of how it is said. `words` are plain. */
const isMeant = (row: CaseClassRow, words: string): boolean =>
  isIn(words, row) ||
  row.keywords.some((keyword) => plainWords(keyword).includes(words)) ||
  row.sound.initials.startsWith(words) ||
  row.sound.whole.startsWith(words)

/** Groups with what fits of them; one that is meant itself comes whole. */
export function groupsFor(groups: readonly ClassGroup[], typed: string): readonly ClassGroup[] {
  const words = plainWords(typed)
  if (words === '') return groups
  return groups.flatMap((group) => {
    const classes = isIn(words, group) ? group.classes : group.classes.filter((row) => isMeant(row, words))
    return classes.length === 0 ? [] : [{ ...group, classes }]
  })
}

/** The lines shown; `isOpen` says which groups are. */
export const treeRows = (groups: readonly ClassGroup[], isOpen: (groupCode: string) => boolean): TreeRow[] =>
  groups.flatMap((group) => {
    const { code, name, classes } = group
    const open = isOpen(code)
    const below = classes.map((row) => ({ code: row.code, name: row.name, group, isOpen: null }))
    return [{ code, name, group, isOpen: open }, ...(open ? below : [])]
  })
