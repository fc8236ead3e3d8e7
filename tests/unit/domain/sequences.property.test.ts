/** Whatever people ask for, in whatever order: no illegal state, no crew in two places, and the log says it all. */
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { Actor, Role } from '../../../shared/model/role.ts'
import type { Command } from '../../../shared/model/command.ts'
import type { LoggedEvent } from '../../../shared/model/event.ts'
import {
  incidentStateInfo,
  incidentStates,
  incidentTransitions,
  isActiveAssignment,
  isMergedOpen,
  isOpenState,
  stageOfState,
  type Incident,
} from '../../../shared/model/incident.ts'
import { oppositeDirection } from '../../../shared/model/duplicate.ts'
import { mainCaseOf } from '../../../server/src/domain/incident/main-case.ts'
import { entityKinds } from '../../../shared/model/catalog.ts'
import { AlarmWatch } from '../../../server/src/domain/alarm/watch.ts'
import { announce } from '../../../server/src/domain/alarm/announce.ts'
import { decideTick } from '../../../server/src/domain/tick.ts'
import { evolve, newCityState, type CityState } from '../../../server/src/domain/state.ts'
import { nextTimerAt } from '../../../server/src/domain/incident/case-timers.ts'
import { snapshotPieces } from '../../../server/src/domain/snapshot.ts'
import { sensorDrafts } from '../../support/engine.ts'
import { city, dayOf, Paper, restoreState } from './support.ts'

const crewIds = city.crews.map(({ unitId }) => unitId)
const n = fc.integer({ min: 1, max: 4 })
const incidentId = n.map((i) => `20260801-00000${i}`)
const unitId = fc.constantFrom(...crewIds, 'NOBODY')
const reason = fc.constantFrom('因为', '')
const departmentId = fc.constantFrom('gas', 'drainage', 'x')
/** Ends of suspensions and answers: some have passed by the time they are asked for. */
const soon = fc
  .constantFrom(60_000, 3_600_000, 86_400_000)
  .map((afterMs) => Date.parse('2026-08-01T12:00:00+08:00') + afterMs)
const on = <T extends string>(type: T, more: Record<string, fc.Arbitrary<unknown>> = {}) =>
  fc.record({ type: fc.constant(type), incidentId, ...more })

const command = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('incident.report'),
      classCode: fc.constantFrom('E0506', 'P0137', 'x'),
      title: fc.constant('t'),
      description: fc.constant(''),
      source: fc.constant('hotline'),
      sourceRef: fc.constant(null),
      position: fc.constantFrom(null, [121.4, 31.2]),
      address: fc.constant(null),
      reporter: fc.constantFrom(null, { name: '王', phone: '13812345678', email: null }),
      mediaUrl: fc.constant(null),
      occurredAt: fc.constant(null),
      priority: fc.constantFrom(null, 1),
      drill: fc.boolean(),
    }),
  },
  on('incident.accept'),
  {
    weight: 4,
    arbitrary: on('incident.file', {
      classCode: fc.constantFrom(null, 'E0505'),
      departmentId: fc.constantFrom(null, 'gas', 'x'),
      priority: fc.constant(null),
    }),
  },
  on('incident.reject', { reason }),
  on('incident.void', { reason }),
  { weight: 6, arbitrary: on('incident.dispatch', { unitId }) },
  on('incident.recall', { unitId, reason }),
  { weight: 4, arbitrary: on('incident.acknowledge', { unitId }) },
  on('incident.decline', { unitId, reason }),
  { weight: 3, arbitrary: on('incident.depart', { unitId }) },
  { weight: 4, arbitrary: on('incident.arrive', { unitId }) },
  { weight: 4, arbitrary: on('incident.finish', { unitId, note: fc.constant('') }) },
  { weight: 3, arbitrary: on('incident.feed-back', { note: fc.constant('好') }) },
  { weight: 3, arbitrary: on('incident.pass-check', { note: fc.constant('') }) },
  on('incident.fail-check', { reason }),
  { weight: 3, arbitrary: on('incident.close', { note: fc.constant('') }) },
  on('incident.evaluate', { satisfaction: fc.constant(5), note: fc.constant('') }),
  on('incident.locate', { position: fc.constant([121.7, 31]), address: fc.constant(null) }),
  on('incident.reclassify', { classCode: fc.constantFrom('E0113', 'x'), priority: fc.constant(null) }),
  on('incident.comment', { text: fc.constant('!') }),
  { weight: 3, arbitrary: on('incident.merge', { mainId: incidentId, reason }) },
  { weight: 2, arbitrary: on('incident.unmerge', { reason }) },
  on('incident.link', { otherId: incidentId, direction: fc.constantFrom('parent', 'child', 'related'), reason }),
  on('incident.unlink', { otherId: incidentId, reason }),
  on('incident.not-same', { otherId: incidentId, reason }),
  fc.record({
    type: fc.constant('algorithm.switch'),
    algorithmId: fc.constantFrom('duplicates', 'suggestions'),
    isOn: fc.boolean(),
    reason,
  }),
  fc.record({
    type: fc.constant('algorithm.approve-rule'),
    algorithmId: fc.constant('duplicates'),
    minScore: fc.constantFrom(0.5, 0.9),
    maxDistanceM: fc.constant(100),
    maxMinutes: fc.constant(60),
    reason,
  }),
  fc.record({ type: fc.constant('algorithm.withdraw-rule'), algorithmId: fc.constant('duplicates'), reason }),
  { weight: 3, arbitrary: on('incident.verify', { unitId: fc.constantFrom(null, ...crewIds) }) },
  { weight: 3, arbitrary: on('incident.answer-verify', { result: fc.constant('exist'), note: fc.constant('') }) },
  { weight: 5, arbitrary: on('incident.assign', { departmentId }) },
  { weight: 4, arbitrary: on('incident.reassign', { departmentId, reason }) },
  { weight: 5, arbitrary: on('incident.receive') },
  { weight: 3, arbitrary: on('incident.return', { reason }) },
  on('incident.return-filing', { reason }),
  { weight: 2, arbitrary: on('incident.send-back', { unitId, reason }) },
  { weight: 2, arbitrary: on('incident.request-extension', { reason }) },
  { weight: 4, arbitrary: on('incident.approve-extension') },
  { weight: 4, arbitrary: on('incident.request-suspension', { reason, untilAt: soon }) },
  { weight: 5, arbitrary: on('incident.suspend') },
  { weight: 2, arbitrary: on('incident.resume') },
  on('incident.refuse-request', { reason }),
  { weight: 2, arbitrary: on('incident.add-assist', { departmentId, task: fc.constant('配合') }) },
  on('incident.receive-assist', { departmentId }),
  { weight: 2, arbitrary: on('incident.answer-assist', { departmentId, note: fc.constant('') }) },
  on('incident.waive-assist', { departmentId, reason }),
  on('incident.urge', { text: fc.constant('') }),
  on('incident.supervise', {
    kind: fc.constantFrom('timeout', 'leader', 'important'),
    reason,
    requirement: fc.constant(''),
    replyDueAt: fc.oneof(fc.constant(null), soon),
  }),
  on('incident.reply', { text: fc.constant('在办') }),
  on('incident.unable-check', { reason }),
  { weight: 2, arbitrary: on('incident.force-close', { reason }) },
  { weight: 3, arbitrary: on('incident.reopen', { reason }) },
  { weight: 3, arbitrary: on('incident.appeal', { reason }) },
  { weight: 3, arbitrary: on('incident.approve-appeal') },
  on('incident.contact', { contacted: fc.constantFrom('yes', 'no', 'not-evaluated'), note: fc.constant('') }),
  on('incident.hand-over', {
    agency: fc.constantFrom('110', '119', '120'),
    person: fc.constant('p'),
    number: fc.constant(''),
    words: fc.constant('w'),
  }),
  on('incident.flag', { flag: fc.constantFrom('urgent', 'threat'), isOn: fc.boolean(), reason: fc.constant('') }),
  {
    weight: 2,
    arbitrary: on('incident.call-back', {
      from: fc.constant(null),
      isReached: fc.boolean(),
      solved: fc.constantFrom(null, 'solved', 'explained'),
      satisfaction: fc.constantFrom(null, 'satisfied', 'so-so'),
      attitude: fc.constant(null),
      note: fc.constant(''),
    }),
  },
  fc.record({
    type: fc.constant('incident.self-handle'),
    classCode: fc.constantFrom('E0506', 'x'),
    title: fc.constant('t'),
    description: fc.constant(''),
    position: fc.constant(null),
    address: fc.constant(null),
    priority: fc.constant(null),
    note: fc.constantFrom('已清理', ' '),
    mediaUrl: fc.constant(null),
    conditionId: fc.constant(null),
    drill: fc.boolean(),
  }),
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('alarm.acknowledge'),
      alarmId: n.map((i) => `A${i}`),
      comment: fc.constant(null),
    }),
  },
  fc.record({ type: fc.constant('alarm.open-incident'), alarmId: n.map((i) => `A${i}`), classCode: fc.constant(null) }),
  fc.record({
    type: fc.constant('unit.set-status'),
    unitId,
    status: fc.constantFrom('off-duty', 'available', 'out-of-service'),
    reason: fc.constantFrom(null, '车辆加油'),
  }),
  fc.record({
    type: fc.constant('warning.publish'),
    colour: fc.constant('red'),
    event: fc.constant('暴雨'),
    headline: fc.constant('h'),
    description: fc.constant(''),
    instruction: fc.constant(''),
    exercise: fc.boolean(),
    districtIds: fc.constant([]),
    expiresAt: fc.integer({ min: 1, max: 9 }).map((h) => Date.parse('2026-08-01T12:00:00+08:00') + h * 600_000),
  }),
  fc.record({
    type: fc.constant('drill.start'),
    scenario: fc.constant('rainstorm'),
    countsInKpi: fc.boolean(),
    seed: fc.constant(null),
  }),
  fc.record({ type: fc.constant('drill.end'), drillId: n.map((i) => `D${i}`), reason }),
  fc.record({ type: fc.constant('catalog.delete'), kind: fc.constantFrom(...entityKinds), id: n }),
  fc.constant({ type: 'catalog.create', drafts: sensorDrafts({ kind: 'methane', unit: '%LEL' }) }),
) as unknown as fc.Arbitrary<Command>

const role = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Role | 'right'>('right') },
  { weight: 1, arbitrary: fc.constantFrom<Role | 'right'>('wall', 'duty', 'dept', 'crew', 'manager') },
)
type Step =
  | { readonly kind: 'command'; readonly command: Command; readonly role: Role | 'right' }
  | { readonly kind: 'reading'; readonly sensorId: number; readonly value: number; readonly ofDrill: boolean }
  | { readonly kind: 'pass'; readonly ms: number }
  /** The next step of the loop for this case, by whoever it falls to. */
  | { readonly kind: 'forward'; readonly incidentId: string }
  /** Off the plain way, by those it takes. */
  | { readonly kind: 'aside'; readonly incidentId: string; readonly way: Aside }
type Aside = 'merge' | 'suspend' | 'return' | 'extend' | 'reject'
const asides: Readonly<Record<Aside, readonly (readonly [Role, string])[]>> = {
  suspend: [
    ['chief', 'request-suspension'],
    ['duty', 'suspend'],
  ],
  return: [
    ['duty', 'assign'],
    ['dept', 'return'],
  ],
  extend: [
    ['dept', 'request-extension'],
    ['duty', 'approve-extension'],
    ['chief', 'approve-extension'],
  ],
  reject: [['duty', 'reject']],
  merge: [['duty', 'merge']],
}
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('aside' as const),
      incidentId,
      way: fc.constantFrom<Aside>('merge', 'suspend', 'return', 'extend', 'reject'),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('forward' as const), incidentId }) },
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('command' as const), command, role }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('reading' as const),
      sensorId: n,
      value: fc.constantFrom(0, 19, 25, 45),
      ofDrill: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.constantFrom(1000, 10_000, 600_000, 7_200_000) }),
  },
)

/** Somebody who may do this, so that most acts are refused for their state and not for their role. */
function rightActor(asked: Command): Actor {
  if (asked.type.startsWith('catalog.')) return { name: 'door:x', role: 'door' }
  const verb = asked.type.split('.')[1]
  // One asks, another agrees.
  if (asked.type === 'incident.suspend') return { name: 'duty', role: 'duty' }
  const row = incidentTransitions.find((one) => one.verb === verb)
  if (row?.roles.includes('crew') && 'unitId' in asked && asked.unitId !== null)
    return { name: 'crew', role: 'crew', unitId: asked.unitId }
  if (row !== undefined && !row.roles.includes('chief')) return { name: 'dept', role: row.roles[0] as Role }
  return { name: 'chief', role: 'chief' }
}

function forward(state: CityState, id: string): Command | null {
  const incident = state.incidents.get(id)
  if (incident === undefined) return null
  const on = { incidentId: id }
  const crewOf = incident.assignments.find((one) => isActiveAssignment(one.state))
  const unit = { ...on, unitId: crewOf?.unitId ?? '' }
  switch (incident.state) {
    case 'reported':
    case 'pending-filing':
      return { type: 'incident.file', ...on, classCode: null, departmentId: null, priority: null }
    case 'pending-dispatch':
      return {
        type: 'incident.dispatch',
        ...on,
        unitId: crewIds.find((one) => !state.units.get(one)?.incidentId) ?? '',
      }
    case 'verifying':
      return { type: 'incident.answer-verify', ...on, result: 'exist', note: '' }
    case 'returned':
      return { type: 'incident.reassign', ...on, departmentId: 'gas', reason: '改派' }
    case 'pending-sign':
      return { type: 'incident.receive', ...on }
    case 'suspended':
      return { type: 'incident.resume', ...on }
    case 'pending-receipt':
      return { type: 'incident.acknowledge', ...unit }
    case 'handling':
      if (crewOf === undefined) return { type: 'incident.feed-back', ...on, note: '' }
      if (crewOf?.state === 'dispatched') return { type: 'incident.acknowledge', ...unit }
      return crewOf?.state === 'on-scene'
        ? { type: 'incident.finish', ...unit, note: '' }
        : { type: 'incident.arrive', ...unit }
    case 'pending-feedback':
      return { type: 'incident.feed-back', ...on, note: '' }
    case 'pending-check':
      return { type: 'incident.pass-check', ...on, note: '' }
    case 'pending-close':
      return { type: 'incident.close', ...on, note: '' }
    case 'closed':
      return { type: 'incident.evaluate', ...on, satisfaction: 5, note: '' }
    default:
      return null
  }
}

function play(steps: readonly Step[], check: (paper: Paper) => void): Paper {
  const paper = new Paper()
  paper.ask(
    { name: 'door:x', role: 'door' },
    { type: 'catalog.create', drafts: sensorDrafts({ kind: 'methane', unit: '%LEL' }) },
  )
  const watch = new AlarmWatch(city.alarmRules)
  const drillWatch = new AlarmWatch(city.alarmRules)
  for (const one of steps) {
    if (one.kind === 'command') {
      const actor = one.role === 'right' ? rightActor(one.command) : { name: one.role, role: one.role }
      const before = paper.log.length
      const decision = paper.ask(actor, one.command)
      if (!decision.ok) expect(paper.log.length).toBe(before)
      for (const { event } of paper.log.slice(before)) {
        if (event.type === 'sensor.removed') for (const each of [watch, drillWatch]) each.forget(event.sensorId)
        if (event.type === 'drill.ended') drillWatch.clear()
      }
    } else if (one.kind === 'forward') {
      const next = forward(paper.state, one.incidentId)
      if (next) paper.ask(rightActor(next), next)
    } else if (one.kind === 'aside') {
      const given = {
        incidentId: one.incidentId,
        departmentId: 'gas',
        reason: '因为',
        untilAt: paper.now + 3_600_000,
        mainId: one.incidentId.endsWith('1') ? '20260801-000002' : '20260801-000001',
      }
      for (const [role, verb] of asides[one.way])
        paper.ask({ name: role, role }, { type: `incident.${verb}`, ...given } as unknown as Command)
    } else if (one.kind === 'pass') {
      paper.now += one.ms
      paper.fold(decideTick(paper.state, watch, paper.context, drillWatch))
      if (paper.state.drills.size === 0) drillWatch.clear()
    } else if (!one.ofDrill || paper.state.drills.size > 0) {
      const sensor = paper.state.sensors.get(one.sensorId)
      const at = paper.now
      const reading = {
        id: 1,
        sensorId: one.sensorId,
        phenomenonAt: at,
        receivedAt: at,
        value: one.value,
        text: null,
        quality: 0,
      }
      const verdict = sensor && (one.ofDrill ? drillWatch : watch).observe(sensor.kind, reading)
      if (sensor && verdict) paper.fold(announce(paper.state, verdict, sensor, paper.context, one.ofDrill))
    }
    check(paper)
  }
  return paper
}

/** No clock is lost: what runs has its timer, what is limited its limit, and every stay in a stage but the last has ended. */
function clocksHold(incident: Incident, state: CityState): void {
  const { clock, suspension, visits = [], supervisions = [], requests = [] } = incident
  expect(visits.slice(0, -1).every(({ leftAt }) => leftAt !== undefined)).toBe(true)
  const stage = stageOfState[incident.state]
  if (stage !== undefined) expect(visits.at(-1)).toMatchObject({ stage, enteredAt: incident.stateSince })
  if (!isOpenState(incident.state)) return
  const marks = supervisions.filter(({ by }) => by === 'system').length
  if (incident.filedAt !== null && incident.state !== 'pending-filing') {
    expect(clock).toBeDefined()
    expect(incident.dueAt).not.toBeNull()
    expect(clock!.extensions).toBeLessThanOrEqual(2)
    expect(clock!.marksTold).toBeGreaterThanOrEqual(Math.min(marks, 1) * 4 * Number(incident.reopenCount === undefined))
  }
  if (incident.state === 'suspended') {
    expect(suspension).toMatchObject({ endedAt: null })
    expect(nextTimerAt(incident)).toBeLessThanOrEqual(suspension!.untilAt)
  } else if (suspension !== undefined) expect(suspension.endedAt).not.toBeNull()
  expect(requests.filter(({ outcome }) => outcome === 'open').length).toBeLessThanOrEqual(1)
  const timer = state.caseTimers.due(Infinity).find(({ key }) => key === incident.id)
  expect(timer?.at ?? null).toBe(nextTimerAt(incident))
}

function isConsistent({ state }: Paper): void {
  const onCase = new Map<string, string>()
  for (const incident of state.incidents.values()) {
    expect(incidentStates).toContain(incident.state)
    const active = incident.assignments.filter((one) => isActiveAssignment(one.state))
    if (incident.state !== 'pending-receipt' && incident.state !== 'handling') expect(active).toEqual([])
    else if (incident.lead === undefined) expect(active.length).toBeGreaterThan(0)
    if (incident.state === 'pending-sign') expect(incident.lead).toMatchObject({ receivedAt: null })
    clocksHold(incident, state)
    for (const one of active) {
      expect(onCase.has(one.unitId), 'a crew is on one case at most').toBe(false)
      onCase.set(one.unitId, incident.id)
      const unit = state.units.get(one.unitId)
      expect(unit).toMatchObject({ incidentId: incident.id, status: one.state })
    }
    expect(new Set(incident.overdueStages).size).toBe(incident.overdueStages.length)
    expect(isOpenState(incident.state) || isMergedOpen(incident)).toBe(!state.ended.has(incident.id))
    expect(incident.state === 'merged').toBe(incident.merge !== undefined)
    if (incident.merge !== undefined) {
      const main = state.incidents.get(incident.merge.mainId)
      expect(main?.mergedIds, 'both rows know of it').toContain(incident.id)
      expect(main?.drill).toBe(incident.drill)
      const top = mainCaseOf(state.incidents, incident)
      expect(top && isOpenState(top.state), 'it ends when its main case ends').toBe(incident.closedAt === null)
    }
    for (const id of incident.mergedIds ?? []) expect(state.incidents.get(id)?.merge?.mainId).toBe(incident.id)
    for (const { incidentId: otherId, direction } of incident.links ?? [])
      expect(state.incidents.get(otherId)?.links).toContainEqual(
        expect.objectContaining({ incidentId: incident.id, direction: oppositeDirection[direction] }),
      )
    if (incidentStateInfo[incident.state].step >= 3) expect(incident.dueAt === null).toBe(incident.filedAt === null)
  }
  for (const unit of state.units.values()) {
    expect(unit.incidentId).toBe(onCase.get(unit.id) ?? null)
    if (unit.incidentId === null) expect(['available', 'off-duty', 'out-of-service']).toContain(unit.status)
  }
  const sensors = [...state.alarms.values()].map((alarm) => `${alarm.sensorId} ${alarm.drill}`)
  expect(new Set(sensors).size, 'one open alarm a sensor, and one of a drill').toBe(sensors.length)
  expect(state.drills.size, 'one drill at a time').toBeLessThanOrEqual(1)
  for (const incident of state.incidents.values()) {
    for (const id of incident.alarmIds)
      expect(state.alarms.get(id)?.drill ?? incident.drill, 'cases join alarms of their own kind').toBe(incident.drill)
    if (state.drills.size === 0 && isOpenState(incident.state)) expect(incident.drill, 'nothing is left').toBe(false)
  }
  if (state.drills.size === 0)
    for (const alarm of state.alarms.values()) expect(alarm.drill, 'nothing is left').toBe(false)
  expect([...state.sensors.keys()]).toEqual([...state.entities.Datastream.keys()])
  for (const entity of entityKinds.flatMap((kind) => [...state.entities[kind].values()])) {
    for (const [kind, ids] of Object.entries(entity.links))
      for (const id of ids) expect(state.entities[kind as keyof typeof state.entities].has(id)).toBe(true)
  }
}

const plain = (state: CityState) => [...snapshotPieces(state)].map((piece) => JSON.parse(piece) as object)
const fold = (events: readonly LoggedEvent[], from = newCityState(dayOf)) => {
  for (const event of events) evolve(from, event)
  return from
}

describe('any sequence of acts', () => {
  it('keeps cases, crews, alarms and catalogue consistent', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 120 }), (steps) => void play(steps, isConsistent)),
      { numRuns: 150 },
    )
  })

  it('is told whole by its log: replayed, and from any snapshot on', () => {
    fc.assert(
      fc.property(
        fc.array(step, { minLength: 20, maxLength: 120 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (steps, part) => {
          const { log, state } = play(steps, () => undefined)
          // Events go through JSON, as they do on their way to the disk and back.
          const kept = JSON.parse(JSON.stringify(log)) as LoggedEvent[]
          expect(plain(fold(kept))).toEqual(plain(state))
          const cut = Math.floor(kept.length * part)
          const restored = restoreState(snapshotPieces(fold(kept.slice(0, cut))))
          expect(restored).not.toBeNull()
          if (restored) expect(plain(fold(kept.slice(cut), restored))).toEqual(plain(state))
        },
      ),
      { numRuns: 100 },
    )
  })

  it('reaches every state of a case', () => {
    const reached = new Set<string>()
    const sample = fc.sample(fc.array(step, { minLength: 120, maxLength: 200 }), { numRuns: 120, seed: 7 })
    for (const steps of sample)
      play(steps, ({ state }) => state.incidents.forEach((incident) => reached.add(incident.state)))
    expect([...reached].sort()).toEqual([...incidentStates].sort())
  })
})

describe('a snapshot', () => {
  it('of another layout is not read', () => {
    const pieces = [...snapshotPieces(newCityState(dayOf))]
    expect(restoreState(pieces)).not.toBeNull()
    const older = pieces.map((piece) => piece.replace('"layout":2', '"layout":1'))
    expect(older).not.toEqual(pieces)
    expect(restoreState(older)).toBeNull()
  })
})
