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

const counts = [
  [
    'reported_at',
    'count(*) as reported, count(*) filter (where is_overdue) as overdue, count(*) filter (where is_open) as open',
  ],
  ['filed_at', 'count(*) as filed'],
  [
    'closed_at',
    `count(*) filter (where ending in (${endings.closed}, ${endings.closedOnTime})) as closed,
    count(*) filter (where ending = ${endings.refused}) as refused,
    count(*) filter (where ending = ${endings.closedOnTime}) as "onTime"`,
  ],
] as const
const response = `count(*) as n, percentile_cont(array[0.5, 0.9]) within group (order by response_ms) as p`
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
  for (const [base, select] of counts) {
    const { sql, params = [] } = baseStatement(query, starts, base, select, false)
    for (const row of await db.query(sql, params)) into.count(keyOf(row, starts), row)
  }
}

const keyOf = (row: Row, starts: readonly number[] | null): Key =>
  starts === null ? (row.key as string | null) : (starts[Number(row.key) - 1] ?? null)

export async function kpiOfCases(db: Database, query: KpiQuery, timeZone: string): Promise<KpiAnswerRows> {
  const starts = isBucket(query.by) ? await bucketEdges(db, query, query.by, timeZone) : null
  const rows = new KpiRows(starts)
  if (starts?.length === 0) return rows.answer()
  await countCases(db, query, starts, rows)
  const { sql, params = [] } = baseStatement(query, starts, 'arrived_at', response, true)
  for (const row of await db.query(sql, params)) {
    if (Number(row.n) === 0) continue
    addResponse(Number(row.is_total) === 1 ? rows.total : rows.of(keyOf(row, starts)), row)
  }
  return rows.answer()
}
