/** Several commits as one: what is said once stays as it is said, of each row the last word is kept. */
import type { Incident } from '../../../shared/model/incident.ts'
import type { Sensor } from '../../../shared/model/sensor.ts'
import type { UnitFix } from '../../../shared/model/unit.ts'
import type { CommitBatch, RowUpserts } from '../ports/store.ts'

export class GatheredBatch {
  readonly #events: CommitBatch['events'][number][] = []
  readonly #readings: CommitBatch['readings'][number][] = []
  readonly #commands: CommitBatch['commands'][number][] = []
  readonly #incidents = new Map<string, RowUpserts['incidents'][number]>()
  readonly #alarms = new Map<string, RowUpserts['alarms'][number]>()
  readonly #announcements: RowUpserts['announcements'][number][] = []
  readonly #floods = new Map<string, RowUpserts['floods'][number]>()
  readonly #units = new Map<string, RowUpserts['units'][number]>()
  readonly #warnings = new Map<string, RowUpserts['warnings'][number]>()
  readonly #drills = new Map<string, RowUpserts['drills'][number]>()
  readonly #dutyEntries: RowUpserts['dutyEntries'][number][] = []
  readonly #handOvers = new Map<string, RowUpserts['handOvers'][number]>()
  /** null = removed. */
  readonly #sensors = new Map<number, Sensor | null>()
  readonly #fixes = new Map<string, UnitFix>()

  add({ events, rows, readings, fixes, commands }: CommitBatch): void {
    for (const event of events) this.#events.push(event)
    for (const reading of readings) this.#readings.push(reading)
    for (const command of commands) this.#commands.push(command)
    const put = <Row extends { readonly id: string }>(into: Map<string, Row>, from: readonly Row[]) => {
      for (const row of from) into.set(row.id, row)
    }
    put(this.#incidents, rows.incidents)
    put(this.#alarms, rows.alarms)
    for (const announcement of rows.announcements) this.#announcements.push(announcement)
    put(this.#floods, rows.floods)
    put(this.#units, rows.units)
    put(this.#warnings, rows.warnings)
    put(this.#drills, rows.drills)
    for (const entry of rows.dutyEntries) this.#dutyEntries.push(entry)
    put(this.#handOvers, rows.handOvers)
    for (const id of rows.removedSensorIds) this.#sensors.set(id, null)
    for (const sensor of rows.sensors) this.#sensors.set(sensor.id, sensor)
    for (const fix of fixes) {
      const known = this.#fixes.get(fix.unitId)
      if (known === undefined || known.fixAt <= fix.fixAt) this.#fixes.set(fix.unitId, fix)
    }
  }

  holds(limit: { readonly events: number; readonly readings: number }): boolean {
    return this.#events.length >= limit.events || this.#readings.length >= limit.readings
  }

  get isEmpty(): boolean {
    const rows = [this.#incidents, this.#alarms, this.#units, this.#warnings, this.#drills, this.#sensors, this.#fixes]
    return (
      this.#events.length + this.#readings.length + this.#commands.length === 0 && rows.every(({ size }) => size === 0)
    )
  }

  incident(id: string): Incident | undefined {
    return this.#incidents.get(id)
  }

  batch(): CommitBatch {
    const sensors = [...this.#sensors]
    return {
      events: this.#events,
      rows: {
        incidents: [...this.#incidents.values()],
        alarms: [...this.#alarms.values()],
        announcements: this.#announcements,
        floods: [...this.#floods.values()],
        units: [...this.#units.values()],
        warnings: [...this.#warnings.values()],
        drills: [...this.#drills.values()],
        dutyEntries: this.#dutyEntries,
        handOvers: [...this.#handOvers.values()],
        sensors: sensors.map(([, sensor]) => sensor).filter((sensor) => sensor !== null),
        removedSensorIds: sensors.filter(([, sensor]) => sensor === null).map(([id]) => id),
      },
      readings: this.#readings,
      fixes: [...this.#fixes.values()],
      commands: this.#commands,
    }
  }
}
