/** Columns of a class table, by the headings cities give them, in Chinese and English. */
export const columnHeadings = {
  kind: ['类型', '案件类型', '属性', '部件/事件', 'kind', 'type'],
  groupCode: ['大类代码', '大类编码', '大类编号', 'group code'],
  groupName: ['大类', '大类名称', 'group', 'group name'],
  groupNameEn: ['大类英文', 'group in english'],
  code: ['小类代码', '小类编码', '小类编号', '代码', '编码', 'class code', 'code'],
  name: ['小类', '小类名称', '名称', 'class', 'class name', 'name'],
  nameEn: ['小类英文', 'name in english'],
  priority: ['级别', '优先级', 'priority'],
  condition: ['立案条件', '立案标准', '情形', 'filing condition', 'condition'],
  conditionEn: ['立案条件英文', 'condition in english'],
  limit: ['处置时限', '处理时限', '办理时限', '时限', 'limit', 'time limit'],
  closing: ['结案条件', '结案标准', 'closing condition', 'closing'],
  closingEn: ['结案条件英文', 'closing in english'],
  department: ['主办部门', '部门编号', 'department'],
  keywords: ['关键词', 'keywords'],
  legalBasis: ['法律依据', 'legal basis'],
  responsibleBody: ['责任主体', 'responsible body'],
  supervisingBody: ['监管主体', 'supervising body'],
  collecting: ['采集要求', 'collecting'],
} as const satisfies Record<string, readonly string[]>
export type ClassColumn = keyof typeof columnHeadings
export const classColumns = Object.keys(columnHeadings) as ClassColumn[]

const plain = (heading: string) => heading.normalize('NFKC').replaceAll(/\s+/g, ' ').trim().toLowerCase()
const byHeading = new Map<string, ClassColumn>(
  classColumns.flatMap((column) => columnHeadings[column].map((heading) => [plain(heading), column] as const)),
)
/** The column a heading stands for; undefined where it is none we know. */
export const columnOf = (heading: string): ClassColumn | undefined => byHeading.get(plain(heading))

/** A sheet as read: rows of texts, empty where a cell holds nothing. */
export interface Sheet {
  readonly name: string
  readonly rows: readonly (readonly string[])[]
}

/** Order of 大类 04 and 05 of events: GB/T 30428.2 has 04 街面秩序, 05 突发事件; CJ/T 214 the other way round. */
export const classOrders = ['gb30428', 'cjt214'] as const
export type ClassOrder = (typeof classOrders)[number]

/** The code in the other order; its own inverse. */
export const swapOrder = (code: string): string =>
  code.startsWith('E04') ? `E05${code.slice(3)}` : code.startsWith('E05') ? `E04${code.slice(3)}` : code

/** A, B … Z, AA: as spreadsheets name columns. */
export const columnLetters = (index: number): string =>
  (index >= 26 ? columnLetters(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26))
