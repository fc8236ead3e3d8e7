/** The city's state as the player was last told it: what an officer's page shows. */
import type { HistoryChange } from '../../shared/contract/history.ts'
import type { Alarm } from '../../shared/model/alarm.ts'
import type { Incident } from '../../shared/model/incident.ts'
import type { Unit } from '../../shared/model/unit.ts'

export class WatchedRows {
  readonly alarms = new Map<string, Alarm>()
  readonly incidents = new Map<string, Incident>()
  readonly units = new Map<string, Unit>()

  /** `seen` is told of each case that changed, before and after. */
  apply(
    changes: readonly HistoryChange[],
    seen: (before: Incident | undefined, after: Incident | null, id: string) => void,
  ): void {
    for (const change of changes) {
      if (change.table === 'alarm') put(this.alarms, change.id, change.row)
      else if (change.table === 'unit') put(this.units, change.id, change.row)
      else if (change.table === 'incident') {
        const before = this.incidents.get(change.id)
        put(this.incidents, change.id, change.row)
        seen(before, change.row, change.id)
      }
    }
  }
}

function put<Row>(rows: Map<string, Row>, id: string, row: Row | null): void {
  if (row === null) rows.delete(id)
  else rows.set(id, row)
}
