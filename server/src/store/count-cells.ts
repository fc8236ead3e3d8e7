/**
 * Counts kept as one text a cell: what changes is added up first, then each cell that changes at all is read, changed and written, in the
 * transaction that stores what changed it. There is one writer: what is read here is what will be replaced.
 */
import type { Database, Statement } from '../ports/store.ts'

/** What one cell counts, few of very many kinds. */
export interface CountCell {
  /** What was taken back is what was put in its place. */
  readonly isNothing: boolean
  /** Adds what a stored cell says. */
  read(body: string): void
  write(): string
}

interface Change<Cell> {
  readonly dimension: number
  readonly day: number
  readonly key: string
  readonly cell: Cell
}

/** Changes of the cells of a table by dimension, day and key. */
export class CellChanges<Cell extends CountCell> {
  readonly #changes = new Map<string, Change<Cell>>()
  readonly #table: string
  readonly #newCell: () => Cell

  constructor(table: string, newCell: () => Cell) {
    this.#table = table
    this.#newCell = newCell
  }

  at(dimension: number, day: number, key: string): Cell {
    const name = `${dimension} ${day} ${key}`
    let change = this.#changes.get(name)
    if (change === undefined) this.#changes.set(name, (change = { dimension, day, key, cell: this.#newCell() }))
    return change.cell
  }

  /** One statement for all cells that change, in a fixed order, so that two writers could never wait for each other. */
  async statements(database: Database): Promise<Statement[]> {
    const changes = [...this.#changes.values()]
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
