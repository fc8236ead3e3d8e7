/**
 * Counts kept as one text a cell: what changes is added up first, then each cell that changes at all is read, changed and written, in the
 * transaction that stores what changed it. There is one writer: what is read here is what will be replaced.
 */
import type { Database, Statement } from '../ports/store.ts'

/** What one cell counts, few of very many kinds. */
export interface CountCell {
  /** What was taken back is what was put in its place. */
  readonly isNothing: boolean
  /** Adds what the stored cell says; at most once. */
  read(body: string): void
  write(): string
}

/** A cell's place in time is a day or a month of the city; this is all else that tells it apart. */
export interface CellPlace {
  readonly dimension: number
  readonly key: string
  /** Kept by the month alone where days would be as many as cases. */
  readonly hasDays: boolean
}

interface Change<Cell> extends Omit<CellPlace, 'hasDays'> {
  readonly day: number
  readonly cell: Cell
}

/** Changes of the cells of a table by dimension, day and key. */
export class CellChanges<Cell extends CountCell> {
  /** By dimension, day and key: one text of all three would be made for each case many times over. */
  readonly #changes: Map<number, Map<string, Change<Cell>>>[] = []
  readonly #table: string
  readonly #newCell: () => Cell

  constructor(table: string, newCell: () => Cell) {
    this.#table = table
    this.#newCell = newCell
  }

  at(dimension: number, day: number, key: string): Cell {
    const days = (this.#changes[dimension] ??= new Map())
    let keys = days.get(day)
    if (keys === undefined) days.set(day, (keys = new Map()))
    let change = keys.get(key)
    if (change === undefined) keys.set(key, (change = { dimension, day, key, cell: this.#newCell() }))
    return change.cell
  }

  /** What is counted on a day: the cells of its month, and of the day itself, at these places. */
  *on(day: number, places: readonly CellPlace[]): Iterable<Cell> {
    const month = Math.floor(day / 100) * 100
    for (const { dimension, key, hasDays } of places) {
      yield this.at(dimension, month, key)
      if (hasDays) yield this.at(dimension, day, key)
    }
  }

  /** One statement for all cells that change, in a fixed order, so that two writers could never wait for each other. */
  async statements(database: Database): Promise<Statement[]> {
    const changes = this.#changes
      .flatMap((days) => [...days.values()].flatMap((keys) => [...keys.values()]))
      .filter(({ cell }) => !cell.isNothing)
      .sort((a, b) => a.dimension - b.dimension || a.day - b.day || (a.key < b.key ? -1 : 1))
    if (changes.length === 0) return []
    const keys = [
      changes.map(({ dimension }) => dimension),
      changes.map(({ day }) => day),
      changes.map(({ key }) => key),
    ]
    const rows = await database.query(
      `select dimension, day, key, body from ${this.#table}
      join unnest($1::smallint[], $2::int[], $3::text[]) as wanted (dimension, day, key) using (dimension, day, key)`,
      keys,
    )
    for (const row of rows) this.at(Number(row.dimension), Number(row.day), String(row.key)).read(String(row.body))
    return [
      {
        sql: `insert into ${this.#table} (dimension, day, key, body)
          select * from unnest($1::smallint[], $2::int[], $3::text[], $4::text[])
          on conflict (dimension, day, key) do update set body = excluded.body`,
        params: [...keys, changes.map(({ cell }) => cell.write())],
      },
    ]
  }
}
