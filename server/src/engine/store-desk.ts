/**
 * The engine's dealings with its store: what a batch must know before it is decided, and the commit after. Retries what
 * fails a few times (a commit is idempotent by its numbers), then gives up by throwing. Where the store is only busy with others'
 * questions it waits its turn, however long: readers must not be able to end the writer.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { isOpenState } from '../../../shared/model/incident.ts'
import type { EngineStore, RowUpserts } from '../ports/store.ts'
import type { Log } from '../ports/log.ts'
import type { Core, Deliberation } from './deliberation.ts'
import type { EngineSettings } from './settings.ts'
import type { Input } from './input-queue.ts'
import type { Remembered } from './remembered-commands.ts'

const caseNumber = /^\d{8}-\d{6,9}$/

export class StoreDesk {
  readonly #store: EngineStore
  readonly #log: Log
  readonly #settings: EngineSettings

  constructor(store: EngineStore, log: Log, settings: EngineSettings) {
    this.#store = store
    this.#log = log
    this.#settings = settings
  }

  /** Outcomes the store remembers of these commands; and into state, the ended cases they name. */
  async lookUp(inputs: readonly Input[], core: Core): Promise<ReadonlyMap<string, Remembered>> {
    const ids: string[] = []
    const cases = new Set<string>()
    for (const input of inputs) {
      if (input.kind !== 'command') continue
      const { commandId, command } = input.envelope
      if (commandId !== '' && core.remembered.get(commandId) === undefined) ids.push(commandId)
      if (!('incidentId' in command) || core.state.incidents.has(command.incidentId)) continue
      if (caseNumber.test(command.incidentId)) cases.add(command.incidentId)
    }
    const known =
      ids.length === 0 ? new Map<string, Remembered>() : await this.#tried(() => this.#store.knownCommands(ids))
    for (const id of cases) {
      const incident = await this.#tried(() => this.#store.incident(id))
      // What is open is in memory; only what has ended may be missing there.
      if (incident === null || isOpenState(incident.state)) continue
      core.state.incidents.set(id, incident)
      core.state.ended.set(id, incident.closedAt ?? incident.updatedAt)
    }
    return known
  }

  commit(batch: Deliberation): Promise<ReadonlyMap<number, number>> {
    const { events, readings, fixes, commands, changes } = batch
    const sensors = [...changes.sensors]
    const rows: RowUpserts = {
      incidents: [...changes.incidents.values()],
      alarms: [...changes.alarms.values()],
      announcements: changes.announcements,
      floods: [...changes.floods.values()],
      units: [...changes.units.values()],
      warnings: [...changes.warnings.values()],
      drills: [...changes.drills.values()],
      dutyEntries: changes.dutyEntries,
      handOvers: [...changes.handOvers.values()],
      sensors: sensors.map(([, sensor]) => sensor).filter((sensor) => sensor !== null),
      removedSensorIds: sensors.filter(([, sensor]) => sensor === null).map(([id]) => id),
    }
    return this.#tried(() => this.#store.commit({ events, rows, readings, fixes, commands }))
  }

  async #tried<T>(act: () => Promise<T>): Promise<T> {
    const { commitTries, commitRetryMs } = this.#settings
    for (let n = 1; ;) {
      try {
        return await act()
      } catch (error) {
        const isBusy = error instanceof Error && error.name === 'DatabaseBusy'
        if (!isBusy && n++ >= commitTries) throw error
        this.#log.warn({ error, n }, 'the store failed; trying again')
        await delay(commitRetryMs * n)
      }
    }
  }
}
