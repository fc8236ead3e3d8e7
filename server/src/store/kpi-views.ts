/** Views of the KPI page that accounts keep. Guarantees that no account reads or changes another's, and that names are told apart. */
import { mostKpiViews } from '../../../shared/contract/kpi-view.ts'
import type { Database, KpiViews } from '../ports/store.ts'

export function createKpiViews(database: Database): KpiViews {
  const isTaken = async (username: string, name: string, id: string) => {
    const found = await database.query('select 1 from kpi_view where username = $1 and name = $2 and id <> $3', [
      username,
      name,
      id,
    ])
    return found.length > 0
  }
  return {
    async list(username) {
      const rows = await database.query('select * from kpi_view where username = $1 order by name', [username])
      return rows.map((row) => ({
        id: String(row.id),
        name: String(row.name),
        query: String(row.query),
        savedAt: Number(row.saved_at),
      }))
    },
    async add(username, { id, name, query, savedAt }) {
      // Counted and written in one statement; the names are held apart by the table itself.
      const added = await database.query(
        `insert into kpi_view (id, username, name, query, saved_at)
          select $1::text, $2::text, $3::text, $4::text, $5::bigint
          where (select count(*) from kpi_view where username = $2) < $6
          on conflict do nothing returning id`,
        [id, username, name, query, savedAt, mostKpiViews],
      )
      if (added.length > 0) return 'added'
      return (await isTaken(username, name, id)) ? 'taken' : 'full'
    },
    async change(username, { id, name, query, savedAt }) {
      if (await isTaken(username, name, id)) return 'taken'
      const changed = await database.query(
        'update kpi_view set name = $3, query = $4, saved_at = $5 where username = $1 and id = $2 returning id',
        [username, id, name, query, savedAt],
      )
      return changed.length > 0 ? 'changed' : 'unknown'
    },
    async remove(username, id) {
      const gone = await database.query('delete from kpi_view where username = $1 and id = $2 returning id', [
        username,
        id,
      ])
      return gone.length > 0
    },
  }
}
