/**
 * Alarm KPIs from the read models. The database counts; what the counts mean is said by `shared/model/alarm-kpi.ts`. Guarantees: drills
 * are in none but where they count; an announcement belongs to the period of its own instant, an alarm to that in which it was raised.
 */
import type { BadActor, FalseShare, Period, Slots } from '../../../shared/model/alarm-kpi.ts'
import {
  eemuaLevel,
  floodShare,
  ratesOf,
  shareOf,
  slotMs,
  splitOf,
  staleMs,
  staleOnADay,
  topCount,
  type AlarmKpi,
} from '../../../shared/model/alarm-kpi.ts'
import type { Flood } from '../../../shared/model/load-control.ts'
import { allowedAcknowledgeMs } from '../../../shared/model/load-control.ts'
import { priorities, type Priority } from '../../../shared/model/alarm.ts'
import type { Term } from '../../../shared/model/term.ts'
import type { Database, Row } from '../ports/store.ts'

const mostNamed = 50
const mostFloods = 100
const nullable = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value))
const number = (value: unknown): number => Number(value ?? 0)

const saidIn = `from announcement join alarm_fact on alarm_fact.id = announcement.alarm_id
  where announcement.in_kpi and announcement.at >= $1 and announcement.at < $2`
const raisedIn = `from alarm_fact where in_kpi and raised_at >= $1 and raised_at < $2`

export interface AlarmKpiQuestion extends Period {
  readonly consoles: number
  /** First instants of the period's days by the city's calendar. */
  readonly dayStarts: readonly number[]
}

export async function readAlarmKpi(db: Database, question: AlarmKpiQuestion): Promise<AlarmKpi> {
  const { from, to, consoles, dayStarts } = question
  const ask = (sql: string, ...more: unknown[]) => db.query(sql, [from, to, ...more])
  const [
    [slotted],
    priorityRows,
    { top, nuisances },
    [raised],
    staleRows,
    floodRows,
    [standing],
    sensorRows,
    ruleRows,
  ] = await Promise.all([
    ask(
      `select array_agg(slot order by slot) as slots, array_agg(n order by slot) as counts from (
          select ((at - $1::bigint) / ${slotMs})::int as slot, count(*)::int as n from announcement
          where in_kpi and at >= $1 and at < $2 group by slot) as counted`,
    ),
    ask(`select priority, count(*) as n from announcement where in_kpi and at >= $1 and at < $2 group by priority`),
    namedActors(db, question),
    ask(raisedSql),
    ask(
      `select raised_at, returned_at from alarm_fact where in_kpi and raised_at < $2::bigint - ${staleMs}
        and coalesce(returned_at, $2) > greatest($1::bigint, raised_at + ${staleMs})`,
    ),
    ask(
      `select body from flood where started_at < $2 and coalesce(ended_at, $2) > $1
        order by started_at desc limit ${mostFloods}`,
    ),
    db.query(
      `select count(*) as standing, count(*) filter (where raised_at < $1::bigint - ${staleMs}) as stale
        from alarm_fact where in_kpi and is_open and returned_at is null and raised_at < $1`,
      [to],
    ),
    ask(falseBy('coalesce(sensor_id::text, rule_id)', 'sensor_name')),
    ask(falseBy('rule_id', 'name')),
  ])
  const counts = (slotted?.counts ?? []) as readonly number[]
  const slots: Slots = ((slotted?.slots ?? []) as readonly number[]).map((slot, i) => [slot, counts[i] ?? 0])
  const rates = ratesOf(slots, question, consoles)
  const byPriority: Record<Priority, number> = { 1: 0, 2: 0, 3: 0, 4: 0 }
  for (const row of priorityRows) byPriority[Number(row.priority) as Priority] = Number(row.n)
  const floods = floodRows.map((row) => JSON.parse(String(row.body)) as Flood)
  const of = (name: string) => number(raised?.[name])
  const [alarms, falseAlarms, withCase, inTime] = [of('alarms'), of('false_alarms'), of('with_case'), of('in_time')]
  const [p50Ms = null, p90Ms = null] = (raised?.took as readonly number[] | null) ?? []
  return {
    consoles,
    rates,
    level: eemuaLevel(rates),
    floodShare: floodShare(floods, question),
    floods,
    split: splitOf(byPriority),
    top,
    topShare: top.reduce((sum, one) => sum + one.share, 0),
    chattering: nuisances.filter((one) => one.chattering > 0),
    fleeting: nuisances.filter((one) => one.fleeting > 0),
    standing: number(standing?.standing),
    stale: number(standing?.stale),
    staleOnADay: staleOnADay(
      staleRows.map((row) => ({ raisedAt: Number(row.raised_at), returnedAt: nullable(row.returned_at) })),
      dayStarts,
      to,
    ),
    acknowledge: {
      count: of('acknowledged'),
      p50Ms,
      p90Ms,
      inTimeShare: shareOf(inTime, of('acknowledged') + of('late')),
      waiting: of('waiting'),
    },
    alarms,
    falseAlarms,
    falseShare: shareOf(falseAlarms, alarms),
    falseBySensor: sensorRows.map((row) => falseShare(row, String(row.name))),
    falseByRule: ruleRows.map((row) => falseShare(row, (JSON.parse(String(row.name)) as Term).zh)),
    withCase,
    conversion: shareOf(withCase, alarms),
  }
}

const allowedMs = `(case priority ${priorities.map((one) => `when ${one} then ${allowedAcknowledgeMs(one)}`).join(' ')} end)`
/** Of the alarms raised in the period: what became of them, and how long they waited to be acknowledged. */
const raisedSql = `select count(*) as alarms, count(*) filter (where is_false) as false_alarms,
  count(*) filter (where has_case) as with_case, count(acknowledged_at) as acknowledged,
  count(*) filter (where acknowledged_at - announced_at <= ${allowedMs}) as in_time,
  count(*) filter (where acknowledged_at is null and is_open) as waiting,
  count(*) filter (where acknowledged_at is null and is_open and $2::bigint - announced_at > ${allowedMs}) as late,
  percentile_cont(array[0.5, 0.9]) within group (order by greatest(0, acknowledged_at - announced_at)::float8)
    filter (where acknowledged_at is not null) as took
  ${raisedIn}`

const falseBy = (key: string, name: string) =>
  `select ${key} as key, max(${name} collate "C") as name, count(*) as alarms, count(*) filter (where is_false) as false_alarms
  ${raisedIn} group by key having count(*) filter (where is_false) > 0
  order by count(*) filter (where is_false)::float8 / count(*) desc, count(*) desc, key limit ${mostNamed}`

const falseShare = (row: Row, name: string): FalseShare => {
  const [alarms, falseAlarms] = [Number(row.alarms), Number(row.false_alarms)]
  return { key: String(row.key), name, alarms, falseAlarms, share: falseAlarms / alarms }
}

/** Names are texts of one sensor and one rule: any of them will do, and bytes are compared in no time. */
const anyOf = (column: string) => `max(${column} collate "C") as ${column}`

/** Every sensor and rule that said something or was raised, by how much it said, numbered in that order. */
const actorsSql = `with said as (
    select sensor_id, rule_id, ${anyOf('sensor_name')}, ${anyOf('name')}, count(*) as announced
    ${saidIn} group by sensor_id, rule_id
  ), facts as (
    select sensor_id, rule_id, ${anyOf('sensor_name')}, ${anyOf('name')}, count(*) as alarms,
      count(*) filter (where has_chattered) as chattering, sum(fleetings) as fleeting,
      count(*) filter (where is_false) as false_alarms,
      count(*) filter (where least(coalesce(returned_at, $2), $2::bigint) - raised_at > ${staleMs}) as stale
    ${raisedIn} group by sensor_id, rule_id
  ), actors as (
    select coalesce(said.sensor_id, facts.sensor_id) as sensor_id, coalesce(said.rule_id, facts.rule_id) as rule_id,
      coalesce(said.sensor_name, facts.sensor_name) as sensor_name, coalesce(said.name, facts.name) as name,
      announced, alarms, chattering, fleeting, false_alarms, stale, sum(announced) over () as all_announced
    from said full join facts
      on said.rule_id = facts.rule_id and coalesce(said.sensor_id, -1) = coalesce(facts.sensor_id, -1)
  ), numbered as (
    select *, row_number() over (order by announced desc nulls last, rule_id, sensor_id) as place,
      coalesce(chattering > 0 or fleeting > 0, false) as is_nuisance
    from actors
  )`

/** Sensors and rules by how much they said, and what else was wrong with them. */
export async function badActors(db: Database, { from, to }: Period, limit: number): Promise<BadActor[]> {
  const rows = await db.query(`${actorsSql} select * from numbered where place <= $3 order by place`, [from, to, limit])
  return rows.map(badActor)
}

/** The first ten, and the first of those that chattered or came and went by themselves. */
async function namedActors(db: Database, { from, to }: Period): Promise<Record<'top' | 'nuisances', BadActor[]>> {
  const rows = await db.query(
    `${actorsSql} select * from (
      select *, row_number() over (partition by is_nuisance order by place) as place_among from numbered
    ) as placed where place <= ${topCount} or (is_nuisance and place_among <= ${mostNamed}) order by place`,
    [from, to],
  )
  return {
    top: rows.filter(({ place }) => Number(place) <= topCount).map(badActor),
    nuisances: rows.filter(({ is_nuisance: isOne }) => isOne === true).map(badActor),
  }
}

function badActor(row: Row): BadActor {
  const announced = number(row.announced)
  return {
    sensorId: nullable(row.sensor_id),
    sensorName: String(row.sensor_name),
    ruleId: String(row.rule_id),
    name: JSON.parse(String(row.name)) as Term,
    announced,
    share: shareOf(announced, number(row.all_announced)) ?? 0,
    alarms: number(row.alarms),
    chattering: number(row.chattering),
    fleeting: number(row.fleeting),
    stale: number(row.stale),
    falseAlarms: number(row.false_alarms),
  }
}
