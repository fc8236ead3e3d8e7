/**
 * The hours of `alarm-hours.ts`, kept as alarms change: what an alarm counted is taken back and what it counts now is put in its place, in
 * the transaction that stores it. Guarantees that the hours are what counting everything anew would give, also when a commit is tried again.
 */
import type { Alarm } from '../../../shared/model/alarm.ts'
import { staleMs } from '../../../shared/model/alarm-kpi.ts'
import { allowedAcknowledgeMs, loadOf, type Announcement } from '../../../shared/model/load-control.ts'
import type { Priority } from '../../../shared/model/priority.ts'
import type { Database, Row, RowUpserts, Statement } from '../ports/store.ts'
import { actorStatement, numberActors, type ActorName } from './alarm-actors.ts'
import { AlarmHour, hourMs, type CountedAlarm } from './alarm-hours.ts'

/** Grows when hours count something else: they are then made anew. */
export const alarmEdition = 2

const nullable = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value))

interface Fact {
  readonly actor: ActorName
  /** Null: not counted. */
  readonly counted: CountedAlarm | null
}
interface Said {
  readonly at: number
  readonly priority: Priority
  readonly actor: ActorName | null
}
interface Changes {
  readonly facts: readonly { readonly fact: Fact; readonly sign: 1 | -1 }[]
  readonly said: readonly Said[]
}

export const factColumns = `alarm_fact.id, alarm_fact.version, alarm_fact.sensor_id, alarm_fact.rule_id, alarm_fact.sensor_name,
  alarm_fact.name, alarm_fact.priority, raised_at, announced_at, acknowledged_at, returned_at, has_case, is_false, alarm_fact.in_kpi,
  has_chattered, fleetings`

interface Times {
  readonly priority: Priority
  readonly raisedAt: number
  readonly announcedAt: number
  readonly acknowledgedAt: number | null
  readonly returnedAt: number | null
}
const timesOf = ({ priority, raisedAt, announcedAt, acknowledgedAt, returnedAt }: Times) => {
  const waitedMs = acknowledgedAt === null ? null : acknowledgedAt - announcedAt
  return {
    raisedAt,
    tookMs: waitedMs === null ? null : Math.max(0, waitedMs),
    isInTime: waitedMs !== null && waitedMs <= allowedAcknowledgeMs(priority),
    isStale: returnedAt === null || returnedAt - raisedAt > staleMs,
  }
}

export const actorOfRow = (row: Row): ActorName => ({
  sensorId: nullable(row.sensor_id),
  ruleId: String(row.rule_id),
  sensorName: String(row.sensor_name),
  name: String(row.name),
})
export const countedOfRow = (row: Row): CountedAlarm => ({
  ...timesOf({
    priority: Number(row.priority) as Priority,
    raisedAt: Number(row.raised_at),
    announcedAt: Number(row.announced_at),
    acknowledgedAt: nullable(row.acknowledged_at),
    returnedAt: nullable(row.returned_at),
  }),
  isFalse: row.is_false === true,
  hasCase: row.has_case === true,
  hasChattered: row.has_chattered === true,
  fleetings: Number(row.fleetings),
})
const factOfRow = (row: Row): Fact => ({
  actor: actorOfRow(row),
  counted: row.in_kpi === true ? countedOfRow(row) : null,
})

function factOf(alarm: Alarm): Fact {
  const { announcedAt, isInKpi, hasChattered, fleetings } = loadOf(alarm)
  const { sensorId, ruleId, sensorName } = alarm
  const own = { isFalse: alarm.falseMark !== null, hasCase: alarm.incidentId !== null, hasChattered, fleetings }
  return {
    actor: { sensorId, ruleId, sensorName, name: JSON.stringify(alarm.name) },
    counted: isInKpi ? { ...timesOf({ ...alarm, announcedAt }), ...own } : null,
  }
}

/** What these rows, which are about to be stored, change; an older word than the stored one changes nothing. */
async function changesOf(database: Database, alarms: readonly Alarm[], announcements: readonly Announcement[]) {
  const newest = new Map(alarms.map((alarm) => [alarm.id, alarm]))
  const said = new Map(announcements.map((one) => [one.seq, one]))
  const ids = [...new Set([...newest.keys(), ...announcements.map(({ alarmId }) => alarmId)])]
  const rows = await database.query(`select ${factColumns} from alarm_fact where id = any($1::text[])`, [ids])
  const known = new Map(rows.map((row) => [String(row.id), row]))
  const facts: Changes['facts'][number][] = []
  for (const alarm of newest.values()) {
    const row = known.get(alarm.id)
    if (row !== undefined && Number(row.version) > alarm.version) continue
    const [before, after] = [row === undefined ? null : factOfRow(row), factOf(alarm)]
    if (JSON.stringify(before) === JSON.stringify(after)) continue
    if (before !== null) facts.push({ fact: before, sign: -1 })
    facts.push({ fact: after, sign: 1 })
  }
  if (said.size > 0)
    for (const { seq } of await database.query('select seq from announcement where seq = any($1::bigint[])', [
      [...said.keys()],
    ]))
      said.delete(Number(seq))
  const actorOf = (id: string): ActorName | null => {
    const [alarm, row] = [newest.get(id), known.get(id)]
    return alarm !== undefined ? factOf(alarm).actor : row === undefined ? null : actorOfRow(row)
  }
  const heard = [...said.values()].filter(({ isInKpi }) => isInKpi)
  return { facts, said: heard.map(({ at, priority, alarmId }): Said => ({ at, priority, actor: actorOf(alarmId) })) }
}

async function statementsOf(database: Database, { facts, said }: Changes): Promise<Statement[]> {
  const counted = facts.filter(({ fact }) => fact.counted !== null)
  if (counted.length === 0 && said.length === 0) return []
  const actors = [...counted.map(({ fact }) => fact.actor), ...said.flatMap(({ actor }) => actor ?? [])]
  const numbered = await numberActors(database, actors)
  const hours = new Map<number, AlarmHour>()
  const hourOf = (at: number): AlarmHour => {
    const hour = Math.floor(at / hourMs)
    const known = hours.get(hour) ?? new AlarmHour()
    hours.set(hour, known)
    return known
  }
  for (const { fact, sign } of counted)
    if (fact.counted !== null) hourOf(fact.counted.raisedAt).count(fact.counted, numbered.numberOf(fact.actor), sign)
  for (const { at, priority, actor } of said)
    hourOf(at).announce(at, priority, actor === null ? null : numbered.numberOf(actor))
  const numbers = [...hours.keys()].sort((a, b) => a - b)
  for (const { hour, body } of await database.query('select hour, body from alarm_cell where hour = any($1::int[])', [
    numbers,
  ]))
    hours.get(Number(hour))?.read(String(body))
  return [
    ...actorStatement(numbered),
    {
      sql: `insert into alarm_cell (hour, body) select * from unnest($1::int[], $2::text[])
        on conflict (hour) do update set body = excluded.body`,
      params: [numbers, numbers.map((hour) => (hours.get(hour) as AlarmHour).write(hour))],
    },
  ]
}

/** What changes with these rows, which are about to be stored in the same transaction. */
export async function planAlarmCells(
  database: Database,
  { alarms, announcements }: Pick<RowUpserts, 'alarms' | 'announcements'>,
): Promise<Statement[]> {
  if (alarms.length === 0 && announcements.length === 0) return []
  return statementsOf(database, await changesOf(database, alarms, announcements))
}

const dayMs = 24 * hourMs

/** Makes the hours anew where an older version left none, or where they mean something else now; answers how many days, null = none to do. */
export async function prepareAlarmCells(
  database: Database,
  onProgress: (text: string) => void = () => undefined,
): Promise<number | null> {
  const [state] = await database.query('select alarm_edition from kpi_state')
  if (Number(state?.alarm_edition ?? 0) === alarmEdition) return null
  await database.transaction([
    { sql: 'truncate alarm_cell, alarm_actor' },
    { sql: 'update kpi_state set alarm_edition = null' },
  ])
  let [days, from] = [0, Number.MIN_SAFE_INTEGER]
  for (;;) {
    const [next] = await database.query(
      `select least((select min(raised_at) from alarm_fact where raised_at >= $1),
        (select min(at) from announcement where at >= $1)) as at`,
      [from],
    )
    if (next?.at === null || next?.at === undefined) break
    // Whole hours: one that is written is not read again.
    const startAt = Math.floor(Number(next.at) / hourMs) * hourMs
    from = startAt + dayMs
    const facts = await database.query(
      `select ${factColumns} from alarm_fact where raised_at >= $1 and raised_at < $2`,
      [startAt, from],
    )
    const said = await database.query(
      `select announcement.at, announcement.priority as said_priority, ${factColumns}
      from announcement left join alarm_fact on alarm_fact.id = announcement.alarm_id
      where announcement.in_kpi and announcement.at >= $1 and announcement.at < $2`,
      [startAt, from],
    )
    const statements = await statementsOf(database, {
      facts: facts.map((row) => ({ fact: factOfRow(row), sign: 1 })),
      said: said.map((row) => ({
        at: Number(row.at),
        priority: Number(row.said_priority) as Priority,
        actor: row.id === null ? null : actorOfRow(row),
      })),
    })
    if (statements.length > 0) await database.transaction(statements)
    onProgress(`counting alarms anew for evaluation: ${++days} days`)
  }
  await database.query('update kpi_state set alarm_edition = $1', [alarmEdition])
  return days
}

export const alarmCellTables = `
create table alarm_cell (
  hour int primary key,
  body text not null
) with (fillfactor = 70);
-- Sensors and rules by the numbers that the hours call them.
create table alarm_actor (
  n int primary key,
  rule_id text not null,
  sensor_id bigint,
  sensor_name text not null,
  name text not null
);
create unique index alarm_actor_once on alarm_actor (rule_id, coalesce(sensor_id, -1));
create index alarm_fact_long on alarm_fact (raised_at) where returned_at is null or returned_at - raised_at > ${staleMs};
alter table kpi_state add column alarm_edition int;
`
