/**
 * What a period counts of alarms, added up from its whole hours, and from the alarms themselves in the hours it cuts: the same as looking at
 * every alarm, but for how long acknowledging took, which is true to within 1.6 %.
 */
import { slotMs, staleMs, type Period } from '../../../shared/model/alarm-kpi.ts'
import type { Priority } from '../../../shared/model/priority.ts'
import type { Database, Row } from '../ports/store.ts'
import { countedOfRow, factColumns } from './alarm-cells.ts'
import { actorCounts, actorPlace, AlarmHour, factCounts, hourMs, slotsAnHour } from './alarm-hours.ts'
import { addCounts, noDurations, NumberReader } from './duration-counts.ts'

const width = actorCounts.length
const actorJoin = `join alarm_actor on alarm_actor.rule_id = alarm_fact.rule_id
  and coalesce(alarm_actor.sensor_id, -1) = coalesce(alarm_fact.sensor_id, -1)`

export class AlarmSums {
  /** By number of ten minutes since 1970. */
  readonly slots = new Map<number, number>()
  readonly priorities: Record<Priority, number> = { 1: 0, 2: 0, 3: 0, 4: 0 }
  readonly took = noDurations()
  readonly #facts = factCounts.map(() => 0)
  #actors = new Int32Array(1024 * width)
  #actorEnd = 0

  fact(name: (typeof factCounts)[number]): number {
    return this.#facts[factCounts.indexOf(name)] as number
  }

  /** Numbers of those that said anything or were raised. */
  actors(): number[] {
    const found: number[] = []
    for (let actor = 1; actor < this.#actorEnd; actor++)
      if (this.of(actor, 'announced') > 0 || this.of(actor, 'alarms') > 0) found.push(actor)
    return found
  }

  of(actor: number, name: (typeof actorCounts)[number]): number {
    return this.#actors[actor * width + actorPlace[name]] ?? 0
  }

  addStale(actor: number): void {
    this.#grow(actor)
    this.#addTo(actor * width + actorPlace.stale, 1)
  }

  /** Adds hours, one behind the other; of those that end later than `staleUntil` nobody can say yet whether an alarm is stale. */
  read(hours: string, staleUntil: number): void {
    const numbers = new NumberReader(hours)
    while (!numbers.isAtEnd) {
      const hour = numbers.next()
      const isStaleKnown = (hour + 1) * hourMs <= staleUntil
      for (let slot = 0; slot < slotsAnHour; slot++) {
        const count = numbers.next()
        const at = hour * slotsAnHour + slot
        if (count > 0) this.slots.set(at, (this.slots.get(at) ?? 0) + count)
      }
      for (const priority of [1, 2, 3, 4] as const) this.priorities[priority] += numbers.next()
      for (let place = 0; place < this.#facts.length; place++)
        this.#facts[place] = (this.#facts[place] as number) + numbers.next()
      addCounts(this.took, numbers)
      let actor = 0
      for (let left = numbers.next(); left > 0; left--) {
        actor += numbers.next()
        this.#grow(actor)
        for (let place = 0; place < width; place++) {
          const count = numbers.next()
          if (place !== actorPlace.stale || isStaleKnown) this.#addTo(actor * width + place, count)
        }
      }
    }
  }

  #addTo(place: number, count: number): void {
    this.#actors[place] = (this.#actors[place] as number) + count
  }

  #grow(actor: number): void {
    this.#actorEnd = Math.max(this.#actorEnd, actor + 1)
    if (this.#actors.length >= this.#actorEnd * width) return
    const larger = new Int32Array(this.#actorEnd * width * 2)
    larger.set(this.#actors)
    this.#actors = larger
  }
}

export async function sumAlarms(db: Database, { from, to }: Period): Promise<AlarmSums> {
  const sums = new AlarmSums()
  if (from >= to) return sums
  const [first, end] = [Math.ceil(from / hourMs), Math.floor(to / hourMs)]
  const staleUntil = to - staleMs
  if (first >= end) {
    await addPart(db, sums, { from, to }, to)
    return sums
  }
  const [kept] = await db.query(
    `select string_agg(body, '' order by hour) as body from alarm_cell where hour >= $1 and hour < $2`,
    [first, end],
  )
  if (kept?.body !== null && kept?.body !== undefined) sums.read(String(kept.body), staleUntil)
  const cut = Math.floor(staleUntil / hourMs)
  if (cut >= first && cut < end) await addStaleOfCutHour(db, sums, cut * hourMs, staleUntil)
  await addPart(db, sums, { from, to: first * hourMs }, to)
  await addPart(db, sums, { from: end * hourMs, to }, to)
  return sums
}

/** The hour in which, of those raised, some have stood for a day at the period's end and others not yet. */
async function addStaleOfCutHour(db: Database, sums: AlarmSums, from: number, staleUntil: number): Promise<void> {
  const rows = await db.query(
    `select n from alarm_fact ${actorJoin} where in_kpi and raised_at >= $1 and raised_at < $2
      and (returned_at is null or returned_at - raised_at > ${staleMs})`,
    [from, staleUntil],
  )
  for (const { n } of rows) sums.addStale(Number(n))
}

/** A part of the period alarm by alarm. */
async function addPart(db: Database, sums: AlarmSums, part: Period, periodTo: number): Promise<void> {
  if (part.from >= part.to) return
  const hours = new Map<number, AlarmHour>()
  const hourOf = (at: number) => {
    const hour = Math.floor(at / hourMs)
    const known = hours.get(hour) ?? new AlarmHour()
    hours.set(hour, known)
    return known
  }
  const said = await db.query(
    `select at, announcement.priority, n from announcement left join alarm_fact on alarm_fact.id = announcement.alarm_id
      left ${actorJoin} where announcement.in_kpi and at >= $1 and at < $2`,
    [part.from, part.to],
  )
  for (const row of said)
    hourOf(Number(row.at)).announce(
      Number(row.at),
      Number(row.priority) as Priority,
      row.n === null ? null : Number(row.n),
    )
  const raised = await db.query(
    `select ${factColumns}, n from alarm_fact ${actorJoin} where in_kpi and raised_at >= $1 and raised_at < $2`,
    [part.from, part.to],
  )
  for (const row of raised) {
    const isStale = isStaleAt(row, periodTo)
    hourOf(Number(row.raised_at)).count({ ...countedOfRow(row), isStale }, Number(row.n), 1)
  }
  for (const [hour, counted] of hours) sums.read(counted.write(hour), Number.POSITIVE_INFINITY)
}

const isStaleAt = (row: Row, to: number): boolean =>
  Math.min(row.returned_at === null ? to : Number(row.returned_at), to) - Number(row.raised_at) > staleMs

/** Counts by slots that begin with the period; null where it does not begin with one of the clock's ten minutes. */
export function slotsFrom(sums: AlarmSums, from: number): (readonly [slot: number, count: number])[] | null {
  if (from % slotMs !== 0) return null
  return [...sums.slots].sort(([a], [b]) => a - b).map(([slot, count]) => [slot - from / slotMs, count])
}
