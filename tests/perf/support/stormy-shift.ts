/**
 * The rainstorm on one console: the city's life through the real engine, and one officer who does so many acts a minute. The officer works
 * either as the desk lays the work out (alarms first, critical ones before all, a group by one act; then cases by priority), or one thing after another in the
 * order it came in, each alarm and each repeat of it by itself. Crews take what they are sent to, at a fixed pace.
 */
import { cityLife } from '../../../mock-data/life/city-life.ts'
import { scenarioOrigin } from '../../../mock-data/life/city-time.ts'
import { scripts } from '../../../mock-data/scenarios/scripts.ts'
import { defaultAlarmRules } from '../../../server/src/domain/alarm-rules.ts'
import { defaultCaseClasses } from '../../../server/src/domain/case-classes.ts'
import { readAlert } from '../../../server/src/doors/cap/read-alert.ts'
import { recommendUnits } from '../../../server/src/engine/recommend-units.ts'
import type { Command } from '../../../shared/model/command.ts'
import type { LoggedEvent } from '../../../shared/model/event.ts'
import { loadOf } from '../../../shared/model/load-control.ts'
import { systemActor } from '../../../shared/model/role.ts'
import { sensorKind } from '../../../shared/model/sensor-kinds.ts'
import { HandClock, person, sensorDrafts, startTestEngine, testNoon } from '../../support/engine.ts'
import { livedCity } from '../../support/lived-city.ts'
import { smallCity } from '../../support/small-city.ts'

export const minuteMs = 60_000
const duty = person('duty')
/** A Wednesday afternoon in July: with or without the storm it is lived from the storm's own hour, by one clock. */
export const stormBeginsAt = scenarioOrigin(testNoon, scripts.rainstorm.begins ?? { hour: 12 }, 'Asia/Shanghai')

export interface Shift {
  /** Events of the hours, the making of the city left out. */
  readonly log: readonly LoggedEvent[]
  /** Things left undone at the end of each minute. */
  readonly waiting: readonly number[]
}
export interface ShiftOptions {
  /** Of the life; the city is the same. */
  readonly seed: number
  readonly scenario: 'rainstorm' | null
  readonly minutes: number
  readonly hasControl: boolean
  readonly actsAMinute: number
  /** With load control, which case is next: by priority, then age; or urgent ones by priority and all others by age alone. */
  readonly order?: 'priority' | 'age'
  /** Multiplies what goes wrong by chance beside the storm; absent = as it is on any day. */
  readonly happenings?: number
}

type Task = { readonly do: 'alarm' | 'case' | 'repeat'; readonly id: string }

export async function stormyShift(options: ShiftOptions): Promise<Shift> {
  const { seed, scenario, minutes, hasControl, actsAMinute, order = 'priority', happenings = 1 } = options
  const lived = livedCity()
  const clock = new HandClock(stormBeginsAt)
  const crews = lived.crews.map(({ unitId, name, kind, capabilities, station }) => {
    const place = station === null ? null : ([station[0], station[1]] as const)
    return { type: 'unit.enrol', unitId, name, kind, capabilities, departmentId: null, station: place } as const
  })
  const city = smallCity({ alarmRules: defaultAlarmRules, caseClasses: defaultCaseClasses, crews })
  const test = await startTestEngine({ clock, city })
  const { view } = test.engine
  const ids = new Map<string, number>()
  for (const { code, name, kind, position } of lived.devices) {
    const drafts = sensorDrafts({ kind, name, unit: sensorKind(kind).unit, position: [position[0], position[1]] })
    const data = await test.must(systemActor, { type: 'catalog.create', drafts })
    ids.set(code, (data['ids'] as number[])[4] as number)
  }
  const life = cityLife({
    ...{ city: lived, seed, startAt: stormBeginsAt, speed: 1, scenario, scale: 1 },
    ...{ rates: { stormDaysPerYear: 0, happenings }, hasOpening: false },
  })
  const recommend = recommendUnits(view, city, clock)
  const begun = test.memory.log.length
  const tasks: Task[] = []
  test.engine.onCommit(({ events }) => {
    for (const { event } of events) {
      if (event.type === 'alarm.raised') tasks.push({ do: 'alarm', id: event.alarm.id })
      else if (event.type === 'alarm.reraised') tasks.push({ do: 'alarm', id: event.alarmId })
      else if (event.type === 'alarm.fluttered' && event.holds) tasks.push({ do: 'repeat', id: event.alarmId })
      else if (event.type === 'incident.reported') tasks.push({ do: 'case', id: event.incident.id })
    }
  })

  const due: { readonly at: number; readonly actor: ReturnType<typeof person>; readonly command: Command }[] = []
  async function send(incidentId: string): Promise<boolean> {
    const incident = view.incidents.get(incidentId)
    const best = incident?.position ? recommend(incident)[0] : undefined
    if (best === undefined) return false
    const { unitId } = best
    const sent = await test.ask(duty, { type: 'incident.dispatch', incidentId, unitId })
    if (!sent.ok) return false
    const crew = person('crew', unitId, { unitId })
    const arriveMs = Math.max(3 * minuteMs, (best.etaS ?? 600) * 1000)
    const steps: [number, Command][] = [
      [minuteMs, { type: 'incident.acknowledge', incidentId, unitId }],
      [2 * minuteMs, { type: 'incident.depart', incidentId, unitId }],
      [2 * minuteMs + arriveMs, { type: 'incident.arrive', incidentId, unitId }],
      [42 * minuteMs + arriveMs, { type: 'incident.finish', incidentId, unitId, note: '' }],
    ]
    for (const [afterMs, command] of steps) due.push({ at: clock.at + afterMs, actor: crew, command })
    return true
  }

  /** The case's next step by the officer; false where there is none to take now. */
  async function work(incidentId: string): Promise<boolean> {
    const state = view.incidents.get(incidentId)?.state
    const next = { reported: 'incident.accept', 'pending-filing': 'incident.file' } as const
    if (state === 'reported') return (await test.ask(duty, { type: next.reported, incidentId })).ok
    if (state === 'pending-filing') {
      const none = { classCode: null, departmentId: null, priority: null }
      return (await test.ask(duty, { type: next['pending-filing'], incidentId, ...none })).ok
    }
    return state === 'pending-dispatch' ? send(incidentId) : false
  }
  const forOfficer = ['reported', 'pending-filing', 'pending-dispatch']
  const isForOfficer = (id: string) => forOfficer.includes(view.incidents.get(id)?.state ?? '')
  const waits = (id: string) => ['unacknowledged', 'returned'].includes(view.alarms.get(id)?.state ?? '')
  const acknowledge = (alarmId: string) => test.ask(duty, { type: 'alarm.acknowledge', alarmId, comment: null })

  /** One act as the desk lays the work out; false where nothing is left. */
  async function nextLaidOut(): Promise<boolean> {
    const waiting = [...view.alarms.values()].filter(({ id }) => waits(id)).sort((a, b) => a.priority - b.priority)
    const [first] = waiting
    if (first !== undefined) {
      const group = view.alarmGroups.get(loadOf(first).groupId ?? '')
      if (first.priority === 1 || group === undefined) return (await acknowledge(first.id)).ok
      const seen = { groupId: group.id, seenIds: group.alarmIds, comment: null }
      return (await test.ask(duty, { type: 'alarm.acknowledge-group', ...seen })).ok
    }
    const rank = (priority: number) => (order === 'priority' ? priority : Math.min(priority, 3))
    const cases = [...view.incidents.values()].sort(
      (a, b) => rank(a.priority) - rank(b.priority) || a.reportedAt - b.reportedAt,
    )
    for (const { id } of cases) if (await work(id)) return true
    return false
  }
  /** One act in the order things came in. A case no crew is free for stays where it is in the pile: it is come back to. */
  async function nextInTurn(): Promise<boolean> {
    for (let at = 0; at < tasks.length;) {
      const task = tasks[at] as Task
      if (task.do === 'case') {
        if (await work(task.id)) return true
        if (isForOfficer(task.id)) at++
        else tasks.splice(at, 1)
        continue
      }
      tasks.splice(at, 1)
      if (task.do === 'repeat') return true
      if (waits(task.id)) return (await acknowledge(task.id)).ok
    }
    return false
  }

  const waiting: number[] = []
  for (let minute = 1; minute <= minutes; minute++) {
    const now = stormBeginsAt + minute * minuteMs
    const inputs = life.advance(now)
    clock.at = now
    const readings = inputs.flatMap((input) =>
      input.door === 'sensorthings'
        ? [{ sensorId: ids.get(input.code) as number, result: input.value, phenomenonAt: input.phenomenonAt }]
        : [],
    )
    await test.intake.accept(readings, now)
    for (const input of inputs) {
      if (input.door === 'cap') {
        const read = readAlert(new TextEncoder().encode(input.xml), () => [])
        if (read.ok) await test.ask(systemActor, { type: 'warning.receive', alert: read.alert })
      } else if (input.door === 'open311') {
        const { serviceCode, site, hasPosition, description } = input.request
        await test.ask(systemActor, {
          ...{ type: 'incident.report', classCode: serviceCode, title: description.slice(0, 40) || serviceCode },
          ...{ description, source: 'hotline', sourceRef: null, position: hasPosition ? site.position : null },
          ...{ address: site.words, reporter: null, mediaUrl: null, occurredAt: null, priority: null, drill: false },
        } as Command)
      }
    }
    for (const one of due.filter(({ at }) => at <= now && at > now - minuteMs)) await test.ask(one.actor, one.command)
    await test.pass(0)
    for (let act = 0; act < actsAMinute; act++) if (!(await (hasControl ? nextLaidOut() : nextInTurn()))) break
    const openCases = [...view.incidents.values()].filter(({ state }) => forOfficer.includes(state))
    waiting.push([...view.alarms.keys()].filter(waits).length + openCases.length)
  }
  await test.stop()
  return { log: test.memory.log.slice(begun), waiting }
}
