/** The numbers of `kpi.ts` counted case by case, and the rows they are added up in. */
import type { KpiQuery } from '../../../shared/contract/http.ts'
import { kpiRowMeasures, type KpiRow } from '../../../shared/model/kpi.ts'
import type { Database, Row, Statement } from '../ports/store.ts'
import { addCaseFilter } from './case-filter.ts'
import { Conditions } from './conditions.ts'
import { bucketEdges, isBucket } from './kpi-buckets.ts'
import { byMember } from './kept-days.ts'
import { groupColumns } from './kpi-time-cells.ts'
import { endings } from './model-rows.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
type Key = KpiRow['key']
export interface KpiAnswerRows {
  readonly rows: KpiRow[]
  readonly total: KpiRow
}

const emptyRow = (key: Key): Mutable<KpiRow> => ({
  key,
  reported: 0,
  filed: 0,
  closed: 0,
  refused: 0,
  onTime: 0,
  overdue: 0,
  open: 0,
  responseCount: 0,
  responseP50Ms: null,
  responseP90Ms: null,
})

/** One statement a time base: an aggregate over the cases that this instant puts into the period. */
function baseStatement(
  query: KpiQuery,
  edges: readonly number[] | null,
  base: string,
  select: string,
  total: boolean,
): Statement {
  const where = new Conditions()
  where.addIf(query.from, (at) => `${base} >= ${at}`)
  where.addIf(query.to, (at) => `${base} < ${at}`)
  where.add('in_kpi')
  addCaseFilter(where, query)
  const key =
    edges === null
      ? groupColumns[query.by as keyof typeof groupColumns]
      : `width_bucket(${base}, ${where.bind(edges)}::bigint[])`
  const grouping = total ? 'grouping sets ((key), ())' : 'key'
  return {
    sql: `select key, ${total ? 'grouping(key) as is_total,' : ''} ${select}
      from (select *, ${key} as key from incident ${where.sql}) as cases group by ${grouping}`,
    params: where.params,
  }
}

/** Which cases each number counts, of those that its time base puts into the period. */
const counts = {
  reported_at: { reported: 'true', overdue: 'is_overdue', open: 'is_open' },
  filed_at: { filed: 'true' },
  closed_at: {
    closed: `ending in (${endings.closed}, ${endings.closedOnTime})`,
    refused: `ending = ${endings.refused}`,
    onTime: `ending = ${endings.closedOnTime}`,
  },
} satisfies Record<string, Partial<Record<keyof typeof kpiRowMeasures, string>>>
/** `within`: what else must be true of a case. */
const countsOf = (of: Readonly<Record<string, string>>, within = 'true') =>
  Object.entries(of).map(([name, is]) => `count(*) filter (where ${within} and ${is}) as "${name}"`)
const responseOf = (within = 'true') =>
  `count(*) filter (where ${within}) as n, percentile_cont(array[0.5, 0.9]) within group (order by response_ms) filter (where ${within}) as p`
const countNames = Object.keys(kpiRowMeasures) as (keyof typeof kpiRowMeasures)[]

function addResponse(into: Mutable<KpiRow>, row: Row): void {
  const [p50, p90] = row.p as number[]
  into.responseCount = Number(row.n)
  into.responseP50Ms = p50 ?? null
  into.responseP90Ms = p90 ?? null
}

/** Rows by key as they are added up, and what they make together. */
export class KpiRows {
  readonly total = emptyRow(null)
  readonly #rows: Map<Key, Mutable<KpiRow>>
  readonly #isBuckets: boolean

  constructor(starts: readonly number[] | null) {
    this.#isBuckets = starts !== null
    this.#rows = new Map(starts?.map((at) => [at, emptyRow(at)]))
  }

  of(key: Key): Mutable<KpiRow> {
    const known = this.#rows.get(key) ?? emptyRow(key)
    this.#rows.set(key, known)
    return known
  }

  count(key: Key, row: Row): void {
    const into = this.of(key)
    for (const name of countNames) {
      const count = Number(row[name] ?? 0)
      into[name] += count
      this.total[name] += count
    }
  }

  /** All buckets, empty ones too; of members those with any number. */
  answer(): KpiAnswerRows {
    const rows = [...this.#rows.values()]
    if (this.#isBuckets) return { rows, total: this.total }
    const isAny = (row: KpiRow) => row.responseCount > 0 || countNames.some((name) => row[name] > 0)
    return { rows: rows.filter(isAny).sort(byMember), total: this.total }
  }
}

/** How many there are of each, case by case. */
export async function countCases(
  db: Database,
  query: KpiQuery,
  starts: readonly number[] | null,
  into: KpiRows,
): Promise<void> {
  for (const [base, of] of Object.entries(counts)) {
    const { sql, params = [] } = baseStatement(query, starts, base, countsOf(of).join(', '), false)
    for (const row of await db.query(sql, params)) into.count(keyOf(row, starts), row)
  }
}

const keyOf = (row: Row, starts: readonly number[] | null): Key =>
  starts === null ? (row.key as string | null) : (starts[Number(row.key) - 1] ?? null)

/**
 * Members of cases that two conditions leave, in one walk for all instants: they lie scattered, and finding each again for each of its
 * instants is what takes long.
 */
async function membersOfFew(db: Database, query: KpiQuery): Promise<KpiAnswerRows> {
  const where = new Conditions()
  const [from, to] = [where.bind(query.from), where.bind(query.to)]
  const within = (base: string) => `(${base} >= ${from} and ${base} < ${to})`
  const bases = [...Object.keys(counts), 'arrived_at']
  where.add(`in_kpi and (${bases.map(within).join(' or ')})`)
  addCaseFilter(where, query)
  const select = [
    ...Object.entries(counts).flatMap(([base, of]) => countsOf(of, within(base))),
    responseOf(within('arrived_at')),
  ]
  const found = await db.query(
    `select key, grouping(key) as is_total, ${select.join(', ')}
      from (select *, ${groupColumns[query.by as keyof typeof groupColumns]} as key from incident ${where.sql}) as cases
      group by grouping sets ((key), ())`,
    where.params,
  )
  const rows = new KpiRows(null)
  for (const row of found) {
    const isTotal = Number(row.is_total) === 1
    if (!isTotal) rows.count(row.key as string | null, row)
    if (Number(row.n) > 0) addResponse(isTotal ? rows.total : rows.of(row.key as string | null), row)
  }
  return rows.answer()
}

const conditionCount = ({ district, class: code, department, source }: KpiQuery) =>
  [district, code, department, source].filter((condition) => condition !== undefined).length

export async function kpiOfCases(db: Database, query: KpiQuery, timeZone: string): Promise<KpiAnswerRows> {
  if (!isBucket(query.by) && conditionCount(query) > 1) return membersOfFew(db, query)
  const starts = isBucket(query.by) ? await bucketEdges(db, query, query.by, timeZone) : null
  const rows = new KpiRows(starts)
  if (starts?.length === 0) return rows.answer()
  await countCases(db, query, starts, rows)
  const { sql, params = [] } = baseStatement(query, starts, 'arrived_at', responseOf(), true)
  for (const row of await db.query(sql, params)) {
    if (Number(row.n) === 0) continue
    addResponse(Number(row.is_total) === 1 ? rows.total : rows.of(keyOf(row, starts)), row)
  }
  return rows.answer()
}
