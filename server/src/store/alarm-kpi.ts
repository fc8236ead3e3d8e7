/**
 * Alarm KPIs from the read models. Counts are added up from kept hours (`alarm-sums.ts`); what they mean is said by
 * `shared/model/alarm-kpi.ts`. Guarantees: drills are in none but where they count; an announcement belongs to the period of its own
 * instant, an alarm to that in which it was raised. How long acknowledging took is exact of few, and of many true to within 1.6 %.
 */
import type { BadActor, FalseShare, Period, Slots } from '../../../shared/model/alarm-kpi.ts'
import {
  loadLevel,
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
import { priorities } from '../../../shared/model/alarm.ts'
import type { Term } from '../../../shared/model/term.ts'
import type { Database } from '../ports/store.ts'
import { ActorSums, mostNamed, type FalseOf } from './actor-sums.ts'
import { namesOf, type ActorIdentity, type AlarmActors } from './alarm-actors.ts'
import { slotsFrom, sumAlarms, type AlarmSums } from './alarm-sums.ts'
import { percentilesOf } from './duration-counts.ts'
import { mostExactly } from './kept-days.ts'

const mostFloods = 100
const nullable = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value))
const number = (value: unknown): number => Number(value ?? 0)

export interface AlarmKpiQuestion extends Period {
  readonly consoles: number
  /** First instants of the period's days by the city's calendar. */
  readonly dayStarts: readonly number[]
}

export async function readAlarmKpi(
  db: Database,
  identities: AlarmActors,
  question: AlarmKpiQuestion,
): Promise<AlarmKpi> {
  const { from, to, consoles, dayStarts } = question
  const ask = (sql: string, ...more: unknown[]) => db.query(sql, [from, to, ...more])
  const [sums, [unacknowledged], staleRows, floodRows, [standing]] = await Promise.all([
    sumAlarms(db, question),
    ask(unacknowledgedSql),
    ask(
      `select raised_at, returned_at from alarm_fact where in_kpi and raised_at < $2::bigint - ${staleMs}
        and (returned_at is null or returned_at - raised_at > ${staleMs})
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
  ])
  const actors = new ActorSums(sums, await identities.all())
  const [slots, [p50Ms = null, p90Ms = null]] = [
    slotsFrom(sums, from) ?? (await countedSlots(db, question)),
    await acknowledgePercentiles(db, question, sums),
  ]
  const rates = ratesOf(slots, question, consoles)
  const floods = floodRows.map((row) => JSON.parse(String(row.body)) as Flood)
  const top = await badActorsOf(
    db,
    sums,
    actors.first(topCount, (actor) => sums.of(actor, 'announced') > 0),
  )
  const isNuisance = (actor: number) => sums.of(actor, 'chattering') > 0 || sums.of(actor, 'fleeting') > 0
  const nuisances = await badActorsOf(db, sums, actors.first(mostNamed, isNuisance))
  const [alarms, acknowledged] = [sums.fact('alarms'), sums.fact('acknowledged')]
  const [falseAlarms, withCase] = [sums.fact('falseAlarms'), sums.fact('withCase')]
  return {
    consoles,
    rates,
    level: loadLevel(rates),
    floodShare: floodShare(floods, question),
    floods,
    split: splitOf(sums.priorities),
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
      count: acknowledged,
      p50Ms,
      p90Ms,
      inTimeShare: shareOf(sums.fact('inTime'), acknowledged + number(unacknowledged?.late)),
      waiting: number(unacknowledged?.waiting),
    },
    alarms,
    falseAlarms,
    falseShare: shareOf(falseAlarms, alarms),
    falseBySensor: await named(db, actors.falseBy('sensor'), (name) => name.sensorName),
    falseByRule: await named(db, actors.falseBy('rule'), (name) => (JSON.parse(name.name) as Term).zh),
    withCase,
    conversion: shareOf(withCase, alarms),
  }
}

const allowedMs = `(case priority ${priorities.map((one) => `when ${one} then ${allowedAcknowledgeMs(one)}`).join(' ')} end)`
/** Of the alarms raised in the period: those that wait to be acknowledged, and those that wait too long. */
const unacknowledgedSql = `select count(*) as waiting, count(*) filter (where $2::bigint - announced_at > ${allowedMs}) as late
  from alarm_fact where in_kpi and is_open and acknowledged_at is null and raised_at >= $1 and raised_at < $2`

/** Slots of a period that begins within one of the clock's. */
async function countedSlots(db: Database, { from, to }: Period): Promise<Slots> {
  const rows = await db.query(
    `select ((at - $1::bigint) / ${slotMs})::int as slot, count(*)::int as n from announcement
      where in_kpi and at >= $1 and at < $2 group by slot order by slot`,
    [from, to],
  )
  return rows.map(({ slot, n }) => [Number(slot), Number(n)])
}

/** Of few exactly, of many from their classes. */
async function acknowledgePercentiles(db: Database, { from, to }: Period, sums: AlarmSums): Promise<(number | null)[]> {
  const parts = [0.5, 0.9]
  if (sums.fact('acknowledged') > mostExactly) return percentilesOf(sums.took, parts)
  const [row] = await db.query(
    `select percentile_cont(array[0.5, 0.9]) within group (order by greatest(0, acknowledged_at - announced_at)::float8) as took
      from alarm_fact where in_kpi and raised_at >= $1 and raised_at < $2 and acknowledged_at is not null`,
    [from, to],
  )
  return [...((row?.took as readonly number[] | null) ?? [])]
}

/** Sensors and rules by how much they said, and what else was wrong with them. */
export async function badActors(
  db: Database,
  identities: AlarmActors,
  period: Period,
  limit: number,
): Promise<BadActor[]> {
  const sums = await sumAlarms(db, period)
  return badActorsOf(db, sums, new ActorSums(sums, await identities.all()).first(limit))
}

async function badActorsOf(
  db: Database,
  sums: AlarmSums,
  found: readonly (ActorIdentity & { readonly actor: number })[],
): Promise<BadActor[]> {
  const names = await namesOf(db, found)
  const all = sums.actors().reduce((sum, actor) => sum + sums.of(actor, 'announced'), 0)
  return found.map(({ actor, sensorId, ruleId }) => {
    const announced = sums.of(actor, 'announced')
    return {
      sensorId,
      sensorName: names.get(actor)?.sensorName ?? '',
      ruleId,
      name: JSON.parse(names.get(actor)?.name ?? '{"zh":"","en":""}') as Term,
      announced,
      share: shareOf(announced, all) ?? 0,
      alarms: sums.of(actor, 'alarms'),
      chattering: sums.of(actor, 'chattering'),
      fleeting: sums.of(actor, 'fleeting'),
      stale: sums.of(actor, 'stale'),
      falseAlarms: sums.of(actor, 'falseAlarms'),
    }
  })
}

async function named(
  db: Database,
  shares: readonly FalseOf[],
  nameOf: (name: { readonly sensorName: string; readonly name: string }) => string,
): Promise<FalseShare[]> {
  const names = await namesOf(db, shares)
  return shares.map(({ actor, ...share }) => {
    const name = names.get(actor)
    return { ...share, name: name === undefined ? share.key : nameOf(name) }
  })
}
