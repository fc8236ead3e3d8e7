/**
 * What a duty officer and a department do next, when no person does: acknowledge, file, locate what can be located, dispatch
 * the first proposal, check, close, evaluate, feed back. Keeps its hands off whatever a person touched a moment ago.
 */
import type { Alarm } from '../../shared/model/alarm.ts'
import { distanceM, type LonLat } from '../../shared/model/geo.ts'
import type { Incident, IncidentState } from '../../shared/model/incident.ts'
import { seededRandom, seedFrom } from '../city/random.ts'
import { betterClass, isIdleTalk } from '../incidents/words/reading.ts'

export type OfficerAct =
  | {
      readonly kind: 'alarm'
      readonly type: 'alarm.acknowledge' | 'alarm.open-incident'
      readonly alarmId: string
      readonly version: number
    }
  /** The unit is chosen from the server's own proposals when it is sent. */
  | { readonly kind: 'dispatch'; readonly incidentId: string; readonly version: number }
  | {
      readonly kind: 'case'
      readonly as: 'duty' | 'dept'
      readonly incidentId: string
      readonly version: number
      readonly body: Readonly<Record<string, unknown>> & { readonly type: string }
    }

export interface OfficerOptions {
  readonly speed: number
  readonly seed: number
  /** Places by the words people use for them; null where the words say nothing. */
  readonly placeOfWords: (words: string) => LonLat | null
  /** Case classes the city has; a case is reclassified to none but these. Absent = never reclassified. */
  readonly classes?: ReadonlySet<string>
}

/** A case a person is on is left to that person for this long after the last act. */
const personMs = 120_000
const waits: Partial<Record<IncidentState, readonly [min: number, max: number]>> = {
  reported: [10_000, 20_000],
  'pending-filing': [10_000, 20_000],
  'pending-dispatch': [10_000, 20_000],
  'pending-feedback': [6000, 18_000],
  'pending-check': [10_000, 25_000],
  'pending-close': [8000, 20_000],
  closed: [12_000, 40_000],
}
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
/** A crew that has not answered by then is called off and another sent (field reference §8.1: 60 s); never sped up below 5 s. */
const silentMs = 60_000
const leastSilentMs = 5000
const sameM = 150
const sameMs = 15 * 60_000

export interface OfficerMind {
  /** A case's row changed. */
  seen(before: Incident | undefined, after: Incident, now: number): void
  forget(incidentId: string): void
  /** We are about to do this ourselves. */
  mine(incidentId: string, now: number): void
  actOnAlarm(alarm: Alarm, now: number): OfficerAct | null
  actOnCase(incident: Incident, open: readonly Incident[], now: number): OfficerAct | null
}

export function officerMind({ speed, seed, placeOfWords, classes = new Set() }: OfficerOptions): OfficerMind {
  const personUntil = new Map<string, number>()
  const own = new Map<string, number>()
  /** The same case in the same state always meets the same chance. */
  const dice = (id: string, word: string) => seededRandom(seedFrom(seed, `${id} ${word}`))
  const isRipe = (id: string, word: string, since: number, [min, max]: readonly [number, number], now: number) =>
    now - since >= 800 && now - since >= dice(id, word).between(min, max) / speed

  const filing = (incident: Incident, open: readonly Incident[]): OfficerAct => {
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
    const twin =
      incident.source !== 'iot' && incident.position
        ? open.find(
            (other) =>
              other.id < incidentId &&
              other.classCode === incident.classCode &&
              other.position !== null &&
              incident.reportedAt - other.reportedAt < sameMs &&
              distanceM(other.position, incident.position as LonLat) < sameM,
          )
        : undefined
    if (twin) return act({ type: 'incident.reject', reason: `重复上报，已并入 ${twin.id}` })
    if (!incident.position && incident.address) {
      const position = placeOfWords(incident.address)
      if (position) return act({ type: 'incident.locate', position, address: incident.address })
    }
    return act({ type: 'incident.file', classCode: null, departmentId: null, priority: null })
  }

  /** The crew that has let its time to answer pass: called off, so that the case waits for another. */
  const callOff = ({ id: incidentId, version, assignments }: Incident, now: number): OfficerAct | null => {
    const patienceMs = Math.max(leastSilentMs, silentMs / speed)
    const silent = assignments.find(
      ({ state, dispatchedAt }) => state === 'dispatched' && now - dispatchedAt > patienceMs,
    )
    if (!silent) return null
    const body = { type: 'incident.recall', unitId: silent.unitId, reason: '超时未接令，改派' }
    return { kind: 'case', as: 'duty', incidentId, version, body }
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
    },
    mine: (incidentId, now) => void own.set(incidentId, now),
    actOnAlarm(alarm, now) {
      const alarmId = alarm.id
      if (alarm.state === 'unacknowledged' || alarm.state === 'returned') {
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
    actOnCase(incident, open, now) {
      const { id: incidentId, version, state } = incident
      if ((personUntil.get(incidentId) ?? 0) > now) return null
      if (state === 'pending-receipt' || state === 'handling') return callOff(incident, now)
      const wait = waits[state]
      if (!wait) return null
      if (!isRipe(incidentId, `${state} ${incident.reworkCount}`, incident.updatedAt, wait, now)) return null
      const act = (body: { type: string } & Record<string, unknown>): OfficerAct => ({
        kind: 'case',
        as: state === 'pending-feedback' ? 'dept' : 'duty',
        incidentId,
        version,
        body,
      })
      switch (state) {
        case 'reported':
        case 'pending-filing':
          return filing(incident, open)
        case 'pending-dispatch':
          return { kind: 'dispatch', incidentId, version }
        case 'pending-feedback':
          return act({ type: 'incident.feed-back', note: '已按要求处置，现场照片已上传，请核查' })
        case 'pending-check':
          return incident.reworkCount === 0 && dice(incidentId, 'check').chance(0.07)
            ? act({ type: 'incident.fail-check', reason: '现场仍有遗留，请重新处置' })
            : act({ type: 'incident.pass-check', note: '核查属实，处置到位' })
        case 'pending-close':
          return act({ type: 'incident.close', note: '同意结案' })
        case 'closed':
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
