/**
 * Snapshots of state as rows of pieces. Guarantees: what is not whole is no snapshot; other statements pass between any
 * two pieces, in and out. Refuses to know what is in them.
 */
import type { Database, EngineStore } from '../ports/store.ts'

const keptSnapshots = 2
/** Forgotten in one statement: what a commit may have to wait for. */
const piecesAtOnce = 50

type Snapshot = Awaited<ReturnType<EngineStore['open']>>['snapshot']

const forgetSql = `
  delete from snapshot_piece where (rev, n) in
    (select rev, n from snapshot_piece where rev not in (select rev from snapshot) limit ${piecesAtOnce}) returning n`

/** Pieces of what was dropped, or broken off before it was whole. */
async function forgetPieces(database: Database): Promise<void> {
  while ((await database.query(forgetSql)).length > 0);
}

async function* readPieces(database: Database, rev: number, count: number): AsyncIterable<string> {
  for (let n = 0; n < count; n++) {
    const [row] = await database.query('select body from snapshot_piece where rev = $1 and n = $2', [rev, n])
    if (row === undefined) throw new Error(`snapshot ${rev} lacks its piece ${n}`)
    yield String(row.body)
  }
}

export async function newestSnapshot(database: Database, headSeq: number): Promise<Snapshot> {
  const sql = 'select rev, pieces from snapshot where rev <= $1 order by rev desc limit 1'
  const [newest] = await database.query(sql, [headSeq])
  if (newest === undefined) return null
  const rev = Number(newest.rev)
  return { rev, pieces: readPieces(database, rev, Number(newest.pieces)) }
}

export async function saveSnapshot(database: Database, rev: number, pieces: Iterable<string>): Promise<void> {
  await forgetPieces(database)
  let count = 0
  for (const body of pieces)
    await database.query(
      `insert into snapshot_piece (rev, n, body) values ($1, $2, $3)
      on conflict (rev, n) do update set body = excluded.body`,
      [rev, count++, body],
    )
  await database.transaction([
    {
      sql: 'insert into snapshot (rev, pieces) values ($1, $2) on conflict (rev) do update set pieces = excluded.pieces',
      params: [rev, count],
    },
    {
      sql: `delete from snapshot where rev not in (select rev from snapshot order by rev desc limit ${keptSnapshots})`,
    },
  ])
  await forgetPieces(database)
}
