/** Plays steps on paper: each command by somebody who may, or by anybody. */
import type { Actor, Role } from '../../../../shared/model/role.ts'
import type { Command } from '../../../../shared/model/command.ts'
import { incidentTransitions, isActiveAssignment } from '../../../../shared/model/incident.ts'
import { rulesInForce } from '../../../../server/src/domain/alarm/rules-in-force.ts'
import { shapeAlarms } from '../../../../server/src/domain/alarm-load/shape.ts'
import { openHandOver } from '../../../../server/src/domain/duty/state.ts'
import { withPlans } from '../../../../server/src/domain/plan/apply.ts'
import type { Context, Emitted } from '../../../../server/src/domain/context.ts'
import { AlarmWatch } from '../../../../server/src/domain/alarm/watch.ts'
import { announce } from '../../../../server/src/domain/alarm/announce.ts'
import { alarmTickSteps, decideTick } from '../../../../server/src/domain/tick.ts'
import type { CityState } from '../../../../server/src/domain/state.ts'
import { book } from '../../../support/duty-book.ts'
import { sensorDrafts, testNoon } from '../../../support/engine.ts'
import { cityContext } from '../../../../server/src/engine/city-context.ts'
import { city, dayOf, Paper } from '../support.ts'
import { holds } from './holds.ts'
import { crewIds, type Aside, type Step } from './steps.ts'

const asides: Readonly<
  Record<Exclude<Aside, 'divert' | 'service' | 'hand-over'>, readonly (readonly [Role, string])[]>
> = {
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
const seconds = /^(mode|response|alarm-rule|duty)\.(confirm|approve|approve-change|decline|release-console)$/
const incoming = /^duty\.(acknowledge-items|take-over)$/
/** Somebody who may do this, so that most acts are refused for their state and not for their role. */
function rightActor(asked: Command): Actor {
  if (asked.type.startsWith('catalog.') || asked.type === 'warning.receive') return { name: 'door:x', role: 'door' }
  // What one proposed another confirms.
  if (seconds.test(asked.type)) return { name: 'second', role: 'manager' }
  if (incoming.test(asked.type)) return { name: 'relief', role: 'chief' }
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

/** Cases of water and gas have a plan. */
const planned: typeof city = {
  ...city,
  duty: book,
  plans: [
    {
      id: 'flood',
      version: 1,
      name: { zh: '内涝处置', en: 'Flooding' },
      scope: { classes: ['E05'], priorities: [], districtIds: [], hours: null, modes: [] },
      needs: [
        { id: 'pump', name: { zh: '泵车', en: 'Pumps' }, kinds: ['drainage'], capability: null, counts: [1, 2, 2, 2] },
      ],
      checklist: [{ id: 'call', text: { zh: '核实水深', en: 'Check depth' } }],
      told: [],
    },
  ],
}

/** Made once, and one for as long as the clock stands: the calendar behind it is a fifth of what a short sequence costs. */
const contextOf = cityContext(planned, dayOf, new Map())
let standing = contextOf(testNoon)
const contextAt = (now: number): Context => (standing.now === now ? standing : (standing = contextOf(now)))

/** As the engine writes it: alarms shaped by their load, cases with their plans. */
class PlayedPaper extends Paper {
  constructor() {
    super(true, planned, contextAt)
  }
  override fold(emitted: readonly Emitted[], actor = 'system'): void {
    super.fold(withPlans(this.state, shapeAlarms(this.state, emitted, this.now), this.context), actor)
  }
}

/** The console is taken, or was, and goes to whoever has it not. */
function handOver(paper: Paper): void {
  const as = (name: string) => ({ name, role: 'chief' }) as const
  paper.ask(as('chief'), { type: 'duty.take-console' })
  const from = as(paper.state.duty.get('now')?.console?.by ?? '')
  const to = as(from.name === 'chief' ? 'relief' : 'chief')
  paper.ask(from, { type: 'duty.prepare-hand-over', matters: ['甲'] })
  paper.ask(from, { type: 'duty.sign-hand-over' })
  const itemIds = openHandOver(paper.state)?.items.map(({ id }) => id) ?? []
  paper.ask(to, { type: 'duty.acknowledge-items', itemIds })
  paper.ask(to, { type: 'duty.take-over' })
}

export function play(steps: readonly Step[], check: (paper: Paper) => void): Paper {
  const paper = new PlayedPaper()
  paper.ask(
    { name: 'door:x', role: 'door' },
    { type: 'catalog.create', drafts: sensorDrafts({ kind: 'methane', unit: '%LEL' }) },
  )
  const watch = new AlarmWatch(city.alarmRules)
  const drillWatch = new AlarmWatch(city.alarmRules)
  function read(sensorId: number, value: number, ofDrill = false): void {
    const sensor = paper.state.sensors.get(sensorId)
    const at = paper.now
    const reading = { id: 1, sensorId, phenomenonAt: at, receivedAt: at, value, text: null, quality: 0 }
    const verdict = sensor && (ofDrill ? drillWatch : watch).observe(sensor.kind, reading)
    if (sensor && verdict) paper.fold(announce(paper.state, verdict, sensor, paper.context, ofDrill))
  }
  function pass(ms: number): void {
    paper.now += ms
    paper.fold(decideTick(paper.state, watch, paper.context, drillWatch))
    for (const emitted of alarmTickSteps(paper.state, null, paper.context)) paper.fold(emitted)
    if (paper.state.drills.size === 0) drillWatch.clear()
  }
  let checked = -1
  for (const one of steps) {
    if (one.kind === 'command') {
      const actor = one.role === 'right' ? rightActor(one.command) : { name: one.role, role: one.role }
      const before = paper.log.length
      const decision = paper.ask(actor, one.command)
      holds(decision.ok || paper.log.length === before, 'what is refused changes nothing', one.command)
      for (const { event } of paper.log.slice(before)) {
        if (event.type === 'sensor.removed') for (const each of [watch, drillWatch]) each.forget(event.sensorId)
        if (event.type === 'drill.ended') drillWatch.clear()
        if (event.type === 'alarm-rule.change-approved') {
          const rules = rulesInForce(planned.alarmRules, paper.state.ruleChanges)
          for (const each of [watch, drillWatch]) each.setRules(rules, (id) => paper.state.sensors.get(id)?.kind)
        }
      }
    } else if (one.kind === 'forward') {
      const next = forward(paper.state, one.incidentId)
      if (next) paper.ask(rightActor(next), next)
    } else if (one.kind === 'reading') {
      if (!one.ofDrill || paper.state.drills.size > 0) read(one.sensorId, one.value, one.ofDrill)
    } else if (one.kind === 'pass') {
      pass(one.ms)
    } else if (one.way === 'service') {
      // Somebody works on a device whose alarm stands.
      read(1, 45)
      paper.now += 10_000
      read(1, 45)
      const of = { sensorId: 1, reason: '检修', untilAt: paper.now + 3_600_000 }
      for (const verb of ['take-out-of-service', 'return-to-service'])
        paper.ask({ name: 'duty', role: 'duty' }, { type: `sensor.${verb}`, ...of } as unknown as Command)
    } else if (one.way === 'hand-over') {
      handOver(paper)
    } else if (one.way === 'divert') {
      const { incidentId } = one
      // A crew of a less urgent case, where there is one.
      const { incidents, units } = paper.state
      const here = incidents.get(incidentId)?.priority ?? 0
      const taken = [...units.values()].find((unit) => (incidents.get(unit.incidentId ?? '')?.priority ?? 0) > here)
      const divert = { type: 'plan.divert', incidentId, unitId: taken?.id ?? '', reason: '更急' } as const
      paper.ask({ name: 'duty', role: 'duty' }, divert)
    } else {
      const given = {
        incidentId: one.incidentId,
        departmentId: 'gas',
        reason: '因为',
        untilAt: paper.now + 3_600_000,
        mainId: one.incidentId.endsWith('1') ? '20260801-000002' : '20260801-000001',
      }
      for (const [role, verb] of asides[one.way])
        paper.ask({ name: role, role }, { type: `incident.${verb}`, ...given } as unknown as Command)
    }
    // What wrote nothing changed nothing: the replay at the end tells.
    if (paper.log.length === checked) continue
    checked = paper.log.length
    check(paper)
  }
  return paper
}
