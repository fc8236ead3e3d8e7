/**
 * What the engine writes and starts from. Guarantees that a commit is one transaction, that an event's text in the log is the very text
 * that was hashed, and that a commit tried again cannot happen twice. Refuses to know the rules that made the events.
 */
import type { DomainEvent, LoggedEvent } from '../../../shared/model/event.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import type { UnitFix } from '../../../shared/model/unit.ts'
import type { CommandOutcome } from '../ports/engine.ts'
import type { CommitBatch, Database, EngineStore, EventHasher, Statement } from '../ports/store.ts'
import { planAlarmCells } from './alarm-cells.ts'
import { BinaryArray } from './binary-array.ts'
import { latestReadings } from './latest-readings.ts'
import { readEvents } from './log-rows.ts'
import type { KpiCells } from './kpi-cells.ts'
import { modelStatements } from './model-rows.ts'
import type { ReadingWriter } from './reading-writer.ts'
import { newestSnapshot, saveSnapshot } from './snapshots.ts'

const noHash = '0'.repeat(64)

/** Greatest id ever stored. A day is dropped only when it is rolled up, so what is gone from the table is below its marks. */
const maxReadingIdSql = `select greatest((select max(id) from reading), (select max(rolled_id) from rolled), 0) as id`

/** The case an event tells of. */
function incidentOf(event: DomainEvent): string | null {
  if (event.type === 'incident.reported') return event.incident.id
  return /^(incident|plan)\./.test(event.type) && 'incidentId' in event ? event.incidentId : null
}

function eventStatement(events: readonly LoggedEvent[], hash: EventHasher): Statement[] {
  if (events.length === 0) return []
  const texts = events.map((logged) => {
    const sealed = hash(logged.prevHash, logged)
    if (sealed.hash !== logged.hash) throw new Error(`event ${logged.seq} does not carry its own hash`)
    return sealed.text
  })
  return [
    {
      sql: `insert into event (seq, at, type, incident_id, payload, hash)
        select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[])`,
      params: [
        BinaryArray.ofNumbers(
          'int8',
          events.map(({ seq }) => seq),
        ),
        BinaryArray.ofNumbers(
          'int8',
          events.map(({ at }) => at),
        ),
        BinaryArray.ofTexts(events.map(({ event }) => event.type)),
        BinaryArray.ofTexts(events.map(({ event }) => incidentOf(event))),
        BinaryArray.ofTexts(texts),
        BinaryArray.ofTexts(events.map((logged) => logged.hash)),
      ],
    },
  ]
}

function commandStatement(commands: CommitBatch['commands']): Statement[] {
  if (commands.length === 0) return []
  return [
    {
      sql: `insert into command (command_id, actor, outcome) select * from unnest($1::text[], $2::text[], $3::text[])`,
      params: [
        BinaryArray.ofTexts(commands.map(({ commandId }) => commandId)),
        BinaryArray.ofTexts(commands.map(({ actor }) => actor)),
        BinaryArray.ofTexts(commands.map(({ outcome }) => JSON.stringify(outcome))),
      ],
    },
  ]
}

export function createEngineStore(
  database: Database,
  hash: EventHasher,
  writer: ReadingWriter,
  cells: KpiCells,
): EngineStore {
  let tail: Promise<unknown> = Promise.resolve()
  const commitNow = async (batch: CommitBatch): Promise<ReadonlyMap<number, number>> => {
    const events = eventStatement(batch.events, hash)
    const plan = await writer.plan(batch.readings)
    const counted = await cells.plan(batch.rows.incidents)
    const alarmed = await planAlarmCells(database, batch.rows)
    const models = modelStatements(batch.rows, batch.fixes)
    const others = [...events, ...counted, ...alarmed, ...models, ...commandStatement(batch.commands)]
    const run = async (readings: readonly Statement[]) => {
      const statements = [...readings, ...others]
      return statements.length === 0 ? [] : database.transaction(statements)
    }
    try {
      const rows = await run(plan.statements)
      return await plan.settle(plan.checked === null ? rows : null)
    } catch (error) {
      if (plan.checked === null || !writer.isRepeat(error, plan)) throw error
      return plan.settle(await run(plan.checked))
    }
  }

  return {
    async open() {
      const [state] = await database.query('select epoch from store_state')
      if (state === undefined) throw new Error('the database has no state row: it was not migrated')
      const [head] = await database.query('select seq, hash from event order by seq desc limit 1')
      const headSeq = Number(head?.seq ?? 0)
      const [newestReading] = await database.query(maxReadingIdSql)
      const maxReadingId = Number(newestReading?.id)
      writer.continueFrom(maxReadingId)
      return {
        epoch: String(state.epoch),
        headSeq,
        headHash: String(head?.hash ?? noHash),
        maxReadingId,
        snapshot: await newestSnapshot(database, headSeq),
      }
    },

    events: (afterSeq, limit) => readEvents(database, afterSeq, limit),

    /** One after another: the writer's memory of ids follows the table's. */
    commit(batch) {
      const turn = tail.then(() => commitNow(batch))
      tail = turn.catch(() => writer.doubt())
      return turn
    },

    async knownCommands(ids) {
      if (ids.length === 0) return new Map()
      const rows = await database.query(
        'select command_id, actor, outcome from command where command_id = any($1::text[])',
        [ids],
      )
      return new Map(
        rows.map((row) => [
          String(row.command_id),
          { actor: String(row.actor), outcome: JSON.parse(String(row.outcome)) as CommandOutcome },
        ]),
      )
    },

    saveSnapshot: (rev, pieces) => saveSnapshot(database, rev, pieces),

    async incident(id) {
      const [row] = await database.query('select body from incident_body where id = $1', [id])
      return row === undefined ? null : (JSON.parse(String(row.body)) as Incident)
    },

    latestReadings: () => latestReadings(database),

    async latestFixes() {
      const rows = await database.query('select body from unit_fix order by unit_id')
      return rows.map((row) => JSON.parse(String(row.body)) as UnitFix)
    },
  }
}
