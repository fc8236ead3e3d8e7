/**
 * What a duty officer does next, when no person does: acknowledges, files or merges, locates what can be located, dispatches the first
 * proposal, sends help, checks, closes, evaluates; and what the departments do (department-mind.ts). Keeps its hands off whatever a
 * person touched a moment ago.
 */
import type { Alarm } from '../../shared/model/alarm.ts'
import type { LonLat } from '../../shared/model/geo.ts'
import { isActiveAssignment, type Incident } from '../../shared/model/incident.ts'
import { logNormal, seededRandom, seedFrom } from '../city/random.ts'
import { betterClass, isIdleTalk } from '../incidents/words/reading.ts'
import type { CityNow } from '../life/city-now.ts'
import type { WorkingHours } from '../../shared/model/working-time.ts'
import { defaultPeopleRates, type PeopleRates } from '../life/people-rates.ts'
import { departmentMind } from './department-mind.ts'
import { asksAfterMs, onSceneOf } from './hard-case.ts'

export type OfficerAct =
  | {
      readonly kind: 'alarm'
      readonly type: 'alarm.acknowledge' | 'alarm.open-incident' | 'alarm.reset'
      readonly alarmId: string
      readonly version: number
    }
  /** The unit is chosen from the server's own proposals when it is sent. */
  | { readonly kind: 'dispatch'; readonly incidentId: string; readonly version: number }
  /** Looks at the cases the server thinks it may be; what it answers is told by `compared`. */
  | { readonly kind: 'compare'; readonly incidentId: string; readonly version: number }
  | {
      readonly kind: 'case'
      readonly as: 'duty' | 'dept'
      readonly incidentId: string
      readonly version: number
      readonly body: Readonly<Record<string, unknown>> & { readonly type: string }
    }

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
}

/** A case a person is on is left to that person for this long after the last act. */
const personMs = 120_000
const [secondMs, minMs] = [1000, 60_000]
/** Nobody reads faster than this, at any speed. */
const leastMs = 800
/** Which moves only an officer makes: seen without having made them, a person did. */
const officerMoves = new Set([
  'reported>pending-filing',
  'reported>pending-dispatch',
  'pending-filing>pending-dispatch',
  'pending-dispatch>pending-receipt',
  'pending-check>pending-close',
  'pending-check>pending-dispatch',
  'pending-close>closed',
])
/** From here on the officer believes that it is the same happening. */
const sure = 0.8
/** The time a crew has to answer is never sped up below this. */
const leastSilentMs = 5000

/** A case that may be the same, as the server says it. */
export interface ComparedCase {
  readonly incidentId: string
  readonly score: number
  readonly reason: string
}

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

export function officerMind(options: OfficerOptions): OfficerMind {
  const { speed, seed, placeOfWords, classes = new Set(), city, office, rates = defaultPeopleRates } = options
  const personUntil = new Map<string, number>()
  const own = new Map<string, number>()
  /** The same case in the same state always meets the same chance. */
  const dice = (id: string, word: string) => seededRandom(seedFrom(seed, `${id} ${word}`))
  const isRipe = (id: string, word: string, since: number, [min, max]: readonly [number, number], now: number) =>
    now - since >= leastMs && now - since >= dice(id, word).between(min, max) / speed
  const departments = departmentMind({ speed, city, office, rates, dice })
  /** What each unfiled case was compared with; null = nothing it surely is. */
  const twins = new Map<string, ComparedCase | null>()
  const quiet = new Map<string, { readonly version: number; readonly until: number }>()
  /** How long the officer lets a case of each state lie, median, ms. */
  const medianMs = ({ state, priority, closedAt, satisfaction }: Incident): number | undefined => {
    if (state === 'reported' || state === 'pending-filing') return rates.fileS[priority] * secondMs
    if (state === 'pending-dispatch') return rates.dispatchS[priority] * secondMs
    if (state === 'pending-check') return rates.checkMin[priority] * minMs
    if (state === 'pending-close') return rates.closeMin[priority] * minMs
    // Whose report was merged is called back too, once there is a result to tell.
    const isSettled = state === 'merged' && closedAt !== null && satisfaction === null
    return state === 'closed' || isSettled ? rates.evaluateMin * minMs : undefined
  }
  /** The first moment at which anything may be due for the case as it is; Infinity = never. */
  function wakeAt(incident: Incident, now: number): number {
    const { id, state, updatedAt, reworkCount, assignments } = incident
    const median = medianMs(incident)
    if (median !== undefined)
      return (
        updatedAt + Math.max(leastMs, logNormal(dice(id, `${state} ${reworkCount}`), median, rates.deskSpread) / speed)
      )
    const silent = assignments.flatMap((one) => (one.state === 'dispatched' ? one.dispatchedAt + patienceMs : []))
    return Math.min(...silent, reinforceAt(incident), departments.wakeAt(incident, now))
  }

  const filing = (incident: Incident): OfficerAct => {
    const { id: incidentId, version } = incident
    const act = (body: { type: string } & Record<string, unknown>): OfficerAct => ({
      kind: 'case',
      as: 'duty',
      incidentId,
      version,
      body,
    })
    // Only what people wrote is read so; a sensor says what it means.
    if (incident.source !== 'iot') {
      if (isIdleTalk(incident.description))
        return act({ type: 'incident.void', reason: '非有效诉求（误拨、咨询或测试）' })
      const classCode = betterClass(incident.description, incident.classCode)
      if (classCode !== null && classes.has(classCode))
        return act({ type: 'incident.reclassify', classCode, priority: null })
    }
    if (!incident.position && incident.address) {
      const position = placeOfWords(incident.address)
      if (position) return act({ type: 'incident.locate', position, address: incident.address })
    }
    if (incident.source !== 'iot') {
      const twin = twins.get(incidentId)
      if (twin === undefined) return { kind: 'compare', incidentId, version }
      if (twin !== null) {
        // Once: should the other have ended meanwhile, it is filed on its own.
        twins.set(incidentId, null)
        return act({ type: 'incident.merge', mainId: twin.incidentId, reason: twin.reason || '同一事件重复上报' })
      }
    }
    return act({ type: 'incident.file', classCode: null, departmentId: null, priority: null })
  }

  const patienceMs = Math.max(leastSilentMs, (rates.silentS * secondMs) / speed)
  /** The crew that has let its time to answer pass: called off, so that the case waits for another. */
  const callOff = ({ id: incidentId, version, assignments }: Incident, now: number): OfficerAct | null => {
    const silent = assignments.find(
      ({ state, dispatchedAt }) => state === 'dispatched' && now - dispatchedAt > patienceMs,
    )
    if (!silent) return null
    const body = { type: 'incident.recall', unitId: silent.unitId, reason: '超时未接令，改派' }
    return { kind: 'case', as: 'duty', incidentId, version, body }
  }

  /** When help is sent: one crew is there and has asked for another, none is on its way. */
  function reinforceAt(incident: Incident): number {
    const [there, ...others] = onSceneOf(incident)
    if (there?.state !== 'on-scene' || there.arrivedAt === null || others.length > 0) return Infinity
    if (incident.assignments.filter(({ state }) => isActiveAssignment(state)).length > 1) return Infinity
    const asksMs = asksAfterMs(seed, incident, rates)
    if (asksMs === null) return Infinity
    const answerMs = logNormal(dice(incident.id, 'reinforce'), rates.reinforceS * secondMs, rates.actSpread)
    return there.arrivedAt + (asksMs + answerMs) / speed
  }

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
      twins.delete(incidentId)
      departments.forget(incidentId)
    },
    quietUntil: (incidentId) => Math.max(quiet.get(incidentId)?.until ?? 0, personUntil.get(incidentId) ?? 0),
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
      if (alarm.state !== 'acknowledged' || alarm.incidentId !== null || !isCase || alarm.sensorId === null) return null
      return isRipe(alarmId, 'open', since, [5000, 15_000], now)
        ? { kind: 'alarm', type: 'alarm.open-incident', alarmId, version: alarm.version }
        : null
    },
    compared(incidentId, candidates) {
      const [first] = candidates
      twins.set(incidentId, first !== undefined && first.score >= sure ? first : null)
    },
    actOnCase(incident, now) {
      const { id: incidentId, version, state } = incident
      if ((personUntil.get(incidentId) ?? 0) > now) return null
      const act = (body: { type: string } & Readonly<Record<string, unknown>>, as: 'duty' | 'dept' = 'duty') =>
        ({ kind: 'case', as, incidentId, version, body }) as const
      const known = quiet.get(incidentId)
      const until = known?.version === version ? known.until : wakeAt(incident, now)
      quiet.set(incidentId, { version, until })
      if (now < until) return null
      switch (state) {
        case 'pending-receipt':
        case 'handling': {
          const ofOfficer =
            callOff(incident, now) ??
            (now >= reinforceAt(incident) ? ({ kind: 'dispatch', incidentId, version } as const) : null)
          if (ofOfficer) return ofOfficer
          const word = departments.next(incident, now)
          if (!word) quiet.delete(incidentId)
          return word && act(word, 'dept')
        }
        case 'pending-feedback': {
          const word = departments.next(incident, now)
          return word && act(word, 'dept')
        }
        case 'reported':
        case 'pending-filing':
          return filing(incident)
        case 'pending-dispatch':
          return { kind: 'dispatch', incidentId, version }
        case 'pending-check':
          return incident.reworkCount === 0 && dice(incidentId, 'check').chance(rates.failCheckShare)
            ? act({ type: 'incident.fail-check', reason: '现场仍有遗留，请重新处置' })
            : act({ type: 'incident.pass-check', note: '核查属实，处置到位' })
        case 'pending-close':
          return act({ type: 'incident.close', note: '同意结案' })
        case 'closed':
        case 'merged':
          return act({
            type: 'incident.evaluate',
            satisfaction: dice(incidentId, 'word').pick([5, 5, 5, 4, 4, 4, 3, 2]),
            note: '电话回访',
          })
        default:
          return null
      }
    },
  }
}
