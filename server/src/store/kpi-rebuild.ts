/**
 * Makes the evaluation's numbers anew from the stored cases: where an older version left none, where measures mean something else now, or
 * where the city's days are those of another zone or its targets others. Broken off half-way, it begins again at the next start.
 */
import { defaultDispatchSettings, type TimeTarget } from '../../../shared/model/dispatch-settings.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import type { Database } from '../ports/store.ts'
import { kpiEdition, type KpiCells } from './kpi-cells.ts'
import { incidentStatements } from './model-rows.ts'

const pageSize = 2_000

/** Whose days cells go by, and which targets. */
export interface KpiBasis {
  /** Null: the zone the cells go by already, or UTC where there are none. */
  readonly timeZone: string | null
  /** Null: those the cells go by already, or the customary ones. */
  readonly timeTargets: readonly TimeTarget[] | null
}

/** Answers how many cases were counted; null = nothing was to be done. */
export async function prepareKpi(
  database: Database,
  cells: KpiCells,
  basis: KpiBasis,
  onProgress: (text: string) => void = () => undefined,
): Promise<number | null> {
  const [state] = await database.query('select time_zone, time_targets, edition from kpi_state')
  const kept = (value: unknown) => (value === null || value === undefined ? null : String(value))
  const keptZone = kept(state?.time_zone)
  const keptTargets = kept(state?.time_targets)
  const zone = basis.timeZone ?? keptZone ?? 'UTC'
  const targets =
    basis.timeTargets ??
    (keptTargets === null ? defaultDispatchSettings.timeTargets : (JSON.parse(keptTargets) as TimeTarget[]))
  const targetsText = JSON.stringify(targets)
  cells.follow(zone, targets)
  if (keptZone === zone && keptTargets === targetsText && Number(state?.edition) === kpiEdition) return null
  await database.transaction([
    { sql: 'truncate kpi_cell, kpi_time_cell' },
    { sql: 'update kpi_state set time_zone = null, time_targets = null, edition = null' },
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
    await database.transaction([...(await cells.fresh(incidents)), ...incidentStatements(incidents)])
    counted += incidents.length
    after = String(rows.at(-1)?.id)
    onProgress(`counting cases anew for evaluation: ${counted}`)
  }
  await database.transaction([
    {
      sql: 'update kpi_state set time_zone = $1, time_targets = $2, edition = $3',
      params: [zone, targetsText, kpiEdition],
    },
  ])
  return counted
}
