/**
 * Makes the evaluation's numbers anew from the stored cases: where an older version left none, where measures mean something else now, or
 * where the city's days are those of another zone. Broken off half-way, it begins again at the next start.
 */
import type { Incident } from '../../../shared/model/incident.ts'
import type { Database } from '../ports/store.ts'
import { kpiEdition, type KpiCells } from './kpi-cells.ts'
import { incidentStatements } from './model-rows.ts'

const pageSize = 2_000

/** `timeZone` null: the zone the cells go by already, or UTC where there are none. Answers how many cases were counted; null = nothing was to be done. */
export async function prepareKpi(
  database: Database,
  cells: KpiCells,
  timeZone: string | null,
  onProgress: (text: string) => void = () => undefined,
): Promise<number | null> {
  const [state] = await database.query('select time_zone, edition from kpi_state')
  const kept = state?.time_zone === null || state?.time_zone === undefined ? null : String(state.time_zone)
  const zone = timeZone ?? kept ?? 'UTC'
  cells.follow(zone)
  if (kept === zone && Number(state?.edition) === kpiEdition) return null
  await database.transaction([
    { sql: 'truncate kpi_cell' },
    { sql: 'update kpi_state set time_zone = null, edition = null' },
  ])
  let counted = 0
  let after = ''
  for (;;) {
    const rows = await database.query('select id, body from incident_body where id > $1 order by id limit $2', [
      after,
      pageSize,
    ])
    if (rows.length === 0) break
    const incidents = rows.map((row) => JSON.parse(String(row.body)) as Incident)
    await database.transaction([...cells.fresh(incidents), ...incidentStatements(incidents)])
    counted += incidents.length
    after = String(rows.at(-1)?.id)
    onProgress(`counting cases anew for evaluation: ${counted}`)
  }
  await database.transaction([{ sql: 'update kpi_state set time_zone = $1, edition = $2', params: [zone, kpiEdition] }])
  return counted
}
