/**
 * What a duty officer does next, when no person does: acknowledges, files or merges, locates what can be located, sends a crew or a
 * department, sends help, passes on what came back, checks, closes, calls back; with what is answered and demanded beside that
 * (answer-mind.ts) and what the departments do (department-mind.ts). Keeps its hands off whatever a person touched a moment ago.
 */
import type { Alarm } from '../../shared/model/alarm.ts'
import type { LonLat } from '../../shared/model/geo.ts'
import { defaultCaseSettings, type CaseSettings } from '../../shared/model/case-settings.ts'
import { isActiveAssignment, type Incident } from '../../shared/model/incident.ts'
import { logNormal, seededRandom, seedFrom } from '../city/random.ts'
import type { CityNow } from '../life/city-now.ts'
import type { WorkingHours } from '../../shared/model/working-time.ts'
import { defaultPeopleRates, type PeopleRates } from '../life/people-rates.ts'
import { answerMind } from './answer-mind.ts'
import { callDue, contactDue } from './caller-mind.ts'
import { departmentMind } from './department-mind.ts'
import { act, soonest, type CaseAct, type Dice, type Due } from './due.ts'
import { filingMind, type ComparedCase } from './filing-mind.ts'
import { asksAfterMs, onSceneOf } from './hard-case.ts'
import { otherDepartment } from './other-department.ts'

export type OfficerAct =
  | {
      readonly kind: 'alarm'
      readonly type: 'alarm.acknowledge' | 'alarm.open-incident' | 'alarm.reset'
      readonly alarmId: string
      readonly version: number
    }
  /** What the server answers to `compare` is told by `compared`. */
  | (CaseAct & { readonly incidentId: string; readonly version: number })

/** What each of an officer's acts on an alarm says beside the alarm. */
export const alarmActFields = {
  'alarm.acknowledge': { comment: null },
  'alarm.open-incident': { classCode: null },
  'alarm.reset': {},
} as const

export interface OfficerOptions {
  readonly speed: number
  readonly seed: number
  /** Places by the words people use for them; null where the words say nothing. */
  readonly placeOfWords: (words: string) => LonLat | null
  /** Case classes the city has; a case is reclassified to none but these. Absent = never reclassified. */
  readonly classes?: ReadonlySet<string>
  readonly city: CityNow
  readonly office: WorkingHours
  readonly rates?: PeopleRates
  /** The city's own rules of cases; absent = the customary ones. */
  readonly settings?: CaseSettings
  /** Departments the city has, by id. None = every case goes to a crew, and none comes back from a department. */
  readonly departments?: readonly string[]
  /** 立案条件 by class, of classes that have several: one must be chosen at filing. */
  readonly conditions?: ReadonlyMap<string, readonly string[]>
  /** Can this crew be sent now? Absent = nobody knows of any. */
  readonly isFree?: (unitId: string) => boolean
}

/** What still stands by the next day or the one after is somebody's work, however small: ms. */
const standsMs = [20 * 3_600_000, 44 * 3_600_000] as const
/** A case a person is on is left to that person for this long after the last act. */
const personMs = 120_000
const [secondMs, minMs] = [1000, 60_000]
/** Nobody reads faster than this, at any speed. */
const leastMs = 800
/** Which moves only an officer makes: seen without having made them, a person did. */
const officerMoves = new Set([
  'reported>pending-filing',
  'reported>verifying',
  'verifying>pending-filing',
  'reported>pending-dispatch',
  'pending-filing>pending-dispatch',
  'pending-dispatch>pending-receipt',
  'pending-dispatch>pending-sign',
  'pending-dispatch>pending-filing',
  'returned>pending-receipt',
  'returned>pending-sign',
  'returned>pending-filing',
  'pending-check>pending-close',
  'pending-check>pending-dispatch',
  'pending-check>pending-sign',
  'pending-close>closed',
])
/** The time a crew has to answer is never sped up below this. */
const leastSilentMs = 5000

export interface OfficerMind {
  /** A case's row changed. */
  seen(before: Incident | undefined, after: Incident, now: number): void
  forget(incidentId: string): void
  /** We are about to do this ourselves. */
  mine(incidentId: string, now: number): void
  actOnAlarm(alarm: Alarm, now: number): OfficerAct | null
  actOnCase(incident: Incident, now: number): OfficerAct | null
  /** What the server answered to `compare`, likeliest first. */
  compared(incidentId: string, candidates: readonly ComparedCase[]): void
  /** Until then `actOnCase` has no act for this case as it is, whatever the hour; 0 where it cannot be said. */
  quietUntil(incidentId: string): number
}

const [wanting, passed] = ['现场仍有遗留，请重新处置', '核查属实，处置到位']
const unseen = '现场被车辆遮挡，未能核查，择时复核'
const onwards = ['经核实属贵单位职责，请办理', '原部门退单，改派属地责任单位', '权属已核实，请签收处置']

export function officerMind(options: OfficerOptions): OfficerMind {
  const { speed, seed, placeOfWords, classes = new Set(), city, office, rates = defaultPeopleRates } = options
  const {
    settings = defaultCaseSettings,
    departments = [],
    conditions = new Map<string, readonly string[]>(),
    isFree = () => false,
  } = options
  const personUntil = new Map<string, number>()
  const own = new Map<string, number>()
  const dice: Dice = (id, word) => seededRandom(seedFrom(seed, `${id} ${word}`))
  const isRipe = (id: string, word: string, since: number, [min, max]: readonly [number, number], now: number) =>
    now - since >= leastMs && now - since >= dice(id, word).between(min, max) / speed
  const filing = filingMind({ rates, dice, placeOfWords, classes, departments, conditions })
  const department = departmentMind({ speed, city, office, rates, settings, dice, isFree })
  const answer = answerMind({ speed, rates, settings, dice })
  const quiet = new Map<string, { readonly version: number; readonly due: Due | null }>()
  const officer = (body: { readonly type: string } & Readonly<Record<string, unknown>>) => act('duty', body)

  /** The officer's next step with a case that lies on the desk, after so long a time, median, ms. */
  function step({ id, state, reworkCount, updatedAt }: Incident, medianMs: number, then: Due['act']): Due {
    const restMs = logNormal(dice(id, `${state} ${reworkCount}`), medianMs, rates.deskSpread) / speed
    return { at: updatedAt + Math.max(leastMs, restMs), act: then }
  }

  /** A crew, or the department: what was tried by one way goes on by it. */
  function sending(incident: Incident): CaseAct {
    const { id, departmentId, priority, returns, assignments, reworkCount } = incident
    const isNew = assignments.length === 0 && reworkCount === 0 && returns === undefined
    const isRefiled = returns?.at(-1)?.kind === 'dispatcher' && assignments.length === 0
    const byDepartment = isRefiled || (isNew && dice(id, 'way').chance(rates.departmentShare[priority]))
    return byDepartment && departmentId !== null && departments.includes(departmentId)
      ? officer({ type: 'incident.assign', departmentId })
      : { kind: 'dispatch' }
  }

  /** 退单 is passed on: whoever gets it back does not send it where it came from. */
  function passingOn({ id, departmentId, returnCount, filedBy }: Incident): CaseAct {
    const chance = dice(id, `onward ${returnCount}`)
    const way = chance.next()
    const other = otherDepartment(departmentId, departments, chance.next())
    if (other === null || way < rates.onwardCrewShare) return { kind: 'dispatch' }
    if (way < rates.onwardCrewShare + rates.onwardFilingShare && returnCount === 1 && filedBy === 'duty')
      return officer({ type: 'incident.return-filing', reason: '责任单位认定有误，请重新立案' })
    return officer({ type: 'incident.reassign', departmentId: other, reason: chance.pick(onwards) })
  }

  function checking({ id, reworkCount, unableChecks }: Incident): CaseAct {
    if (reworkCount === 0 && unableChecks === undefined && dice(id, 'unable').chance(rates.unableCheckShare))
      return officer({ type: 'incident.unable-check', reason: unseen })
    return reworkCount === 0 && dice(id, 'check').chance(rates.failCheckShare)
      ? officer({ type: 'incident.fail-check', reason: wanting })
      : officer({ type: 'incident.pass-check', note: passed })
  }

  /** What the lead has done needs no more help. */
  function closing({ assists }: Incident): CaseAct {
    const helper = assists?.find(({ endedAt }) => endedAt === null)
    return helper === undefined
      ? officer({ type: 'incident.close', note: '同意结案' })
      : officer({
          type: 'incident.waive-assist',
          departmentId: helper.departmentId,
          reason: '主办单位已办结，无需继续协办',
        })
  }

  /** 协办: another department is asked to help the one that has signed for it, once. */
  function askHelp({ id, lead, departmentId, assists }: Incident): Due | null {
    if (lead?.receivedAt == null || assists !== undefined || !dice(id, 'assist').chance(rates.assistShare)) return null
    const other = otherDepartment(departmentId, departments, dice(id, 'assistant').next())
    if (other === null) return null
    const waitMs = logNormal(dice(id, 'assist at'), rates.answerMin * minMs, rates.actSpread) / speed
    return {
      at: lead.receivedAt + Math.max(leastMs, waitMs),
      act: () => officer({ type: 'incident.add-assist', departmentId: other, task: '协助现场秩序维护并核实权属' }),
    }
  }

  /** Never sped up below what a crew needs to press a button. */
  const patienceMs = Math.max(leastSilentMs, (rates.silentS * secondMs) / speed)
  /** The crew that lets its time to answer pass: called off, so that the case waits for another. */
  function callOff({ assignments }: Incident): Due | null {
    const silent = assignments.find(({ state }) => state === 'dispatched')
    if (!silent) return null
    const body = { type: 'incident.recall', unitId: silent.unitId, reason: '超时未接令，改派' }
    return { at: silent.dispatchedAt + patienceMs + 1, act: () => officer(body) }
  }

  /** When help is sent: one crew is there and has asked for another, none is on its way. */
  function reinforce(incident: Incident): Due | null {
    const [there, ...others] = onSceneOf(incident)
    if (there?.state !== 'on-scene' || there.arrivedAt === null || others.length > 0) return null
    if (incident.assignments.filter(({ state }) => isActiveAssignment(state)).length > 1) return null
    const asksMs = asksAfterMs(seed, incident, rates)
    if (asksMs === null) return null
    const answerMs = logNormal(dice(incident.id, 'reinforce'), rates.reinforceS * secondMs, rates.actSpread)
    return { at: there.arrivedAt + (asksMs + answerMs) / speed, act: () => ({ kind: 'dispatch' }) }
  }

  /** The officer's own way with it, state by state. */
  function ownStep(incident: Incident): Due | null {
    const { state, priority } = incident
    switch (state) {
      case 'reported':
      case 'pending-filing':
        return step(incident, rates.fileS[priority] * secondMs, () => filing.next(incident))
      case 'verifying':
        return step(incident, rates.verifyMin * minMs, () => filing.verified(incident))
      case 'pending-dispatch':
        return step(incident, rates.dispatchS[priority] * secondMs, () => sending(incident))
      case 'returned':
        return step(incident, rates.onwardMin * minMs, () => passingOn(incident))
      case 'pending-receipt':
      case 'handling':
        return soonest(callOff(incident), reinforce(incident), askHelp(incident))
      case 'pending-check':
        return step(incident, rates.checkMin[priority] * minMs, () => checking(incident))
      case 'pending-close':
        return step(incident, rates.closeMin[priority] * minMs, () => closing(incident))
      default:
        return callDue(incident, { rates, dice, speed, leastMs })
    }
  }

  const nextOf = (incident: Incident): Due | null =>
    soonest(
      ownStep(incident),
      department.next(incident),
      answer(incident),
      contactDue(incident, { rates, dice, speed, leastMs }),
    )

  return {
    seen(before, after, now) {
      if (!before || before.state === after.state) return
      const isOurs = (own.get(after.id) ?? -Infinity) > now - 10_000
      if (officerMoves.has(`${before.state}>${after.state}`) && !isOurs) personUntil.set(after.id, now + personMs)
    },
    forget(incidentId) {
      personUntil.delete(incidentId)
      own.delete(incidentId)
      quiet.delete(incidentId)
      filing.forget(incidentId)
    },
    quietUntil(incidentId) {
      const known = quiet.get(incidentId)
      return Math.max(known === undefined ? 0 : (known.due?.at ?? Infinity), personUntil.get(incidentId) ?? 0)
    },
    mine: (incidentId, now) => void own.set(incidentId, now),
    actOnAlarm(alarm, now) {
      const alarmId = alarm.id
      if (alarm.state === 'latched-acknowledged') {
        // Over, seen, and held until somebody has looked at the place.
        return isRipe(alarmId, 'reset', alarm.acknowledgedAt ?? alarm.raisedAt, [60_000, 300_000], now)
          ? { kind: 'alarm', type: 'alarm.reset', alarmId, version: alarm.version }
          : null
      }
      if (['unacknowledged', 'returned', 'latched-unacknowledged'].includes(alarm.state)) {
        const since = alarm.returnedAt ?? alarm.raisedAt
        return isRipe(alarmId, 'acknowledge', since, [8000, 18_000], now)
          ? { kind: 'alarm', type: 'alarm.acknowledge', alarmId, version: alarm.version }
          : null
      }
      // Not every alarm is a case: the officer judges, more readily when it is urgent.
      const isCase = dice(alarmId, 'judge').chance(alarm.priority <= 2 ? 1 : alarm.priority === 3 ? 0.6 : 0.25)
      const since = alarm.acknowledgedAt ?? alarm.raisedAt
      if (alarm.state !== 'acknowledged' || alarm.incidentId !== null || alarm.sensorId === null) return null
      const isDue = isCase
        ? isRipe(alarmId, 'open', since, [5000, 15_000], now)
        : isRipe(alarmId, 'stands', since, standsMs, now)
      return isDue ? { kind: 'alarm', type: 'alarm.open-incident', alarmId, version: alarm.version } : null
    },
    compared: (incidentId, candidates) => filing.compared(incidentId, candidates),
    actOnCase(incident, now) {
      const { id: incidentId, version } = incident
      if ((personUntil.get(incidentId) ?? 0) > now) return null
      let known = quiet.get(incidentId)
      if (known?.version !== version) quiet.set(incidentId, (known = { version, due: nextOf(incident) }))
      const { due } = known
      return due === null || now < due.at ? null : { ...due.act(now), incidentId, version }
    },
  }
}
