/** The duty officer and the departments of a past: the living simulator's own mind, asked on an agenda instead of by a clock. */
import type { HistoryInput, HistoryResult } from '../../shared/contract/history.ts'
import type { Incident } from '../../shared/model/incident.ts'
import { bestCrew, whyThisCrew } from '../crews/best-crew.ts'
import { alarmActFields, type OfficerAct, type OfficerMind } from '../crews/officer-mind.ts'
import { Agenda } from './agenda.ts'
import type { WatchedRows } from './watched-rows.ts'

const retryMs = 60_000
/** Nothing to do now, and nobody can say until when. */
const leastMs = 20_000
/** No crew was free, or nobody can be proposed: asked again after a while. */
const noCrewMs = 3 * 60_000
/** How long a crew just sent is not proposed to ourselves again: by then its row says so. */
const promiseMs = 60_000

interface Asked {
  readonly id: string
  readonly act: OfficerAct | { readonly kind: 'send'; readonly unitId: string }
}
export interface PastOfficer {
  /** What officer and departments ask at `now`, each with what the answer is handed back with. */
  due(now: number, at: () => number): { readonly input: HistoryInput; readonly asked: Asked }[]
  took(asked: Asked, result: HistoryResult, now: number): void
  caseChanged(before: Incident | undefined, after: Incident | null, id: string, now: number): void
  alarmChanged(id: string, isGone: boolean): void
}

export function pastOfficer(mind: OfficerMind, rows: WatchedRows, newId: () => string): PastOfficer {
  const alarms = new Agenda()
  const cases = new Agenda()
  /** Crews chosen from the proposals, on their way to being sent. */
  const chosen = new Map<string, { readonly unitId: string; readonly version: number; readonly isFirst: boolean }>()
  const promised = new Map<string, number>()

  const command = (at: number, as: string, version: number, body: Readonly<Record<string, unknown>>): HistoryInput => ({
    kind: 'command',
    at,
    as,
    body: { commandId: newId(), expectedVersion: version, ...body },
  })

  function inputOf(act: OfficerAct, at: number): HistoryInput {
    if (act.kind === 'alarm') {
      return command(at, 'duty', act.version, { type: act.type, alarmId: act.alarmId, ...alarmActFields[act.type] })
    }
    if (act.kind === 'dispatch') return { kind: 'proposals', at, incidentId: act.incidentId }
    if (act.kind === 'compare') return { kind: 'duplicates', at, incidentId: act.incidentId }
    return command(at, act.as, act.version, { ...act.body, incidentId: act.incidentId })
  }

  return {
    due(now, at) {
      const out: { readonly input: HistoryInput; readonly asked: Asked }[] = []
      for (const [unitId, until] of promised) if (until < now) promised.delete(unitId)
      for (const [id, { unitId, version, isFirst }] of chosen) {
        mind.mine(id, now)
        const input = command(at(), 'duty', version, {
          type: 'incident.dispatch',
          incidentId: id,
          unitId,
          reason: whyThisCrew(isFirst),
        })
        out.push({ input, asked: { id, act: { kind: 'send', unitId } } })
      }
      chosen.clear()
      for (const id of alarms.due(now)) {
        const alarm = rows.alarms.get(id)
        const act = alarm && mind.actOnAlarm(alarm, now)
        if (!alarm) alarms.drop(id)
        else if (!act) alarms.later(id, alarm.returnedAt ?? alarm.acknowledgedAt ?? alarm.raisedAt, now)
        else {
          alarms.notBefore(id, now + retryMs)
          out.push({ input: inputOf(act, at()), asked: { id, act } })
        }
      }
      for (const id of cases.due(now)) {
        const incident = rows.incidents.get(id)
        if (!incident) {
          cases.drop(id)
          continue
        }
        const act = mind.actOnCase(incident, now)
        if (!act) cases.notBefore(id, Math.max(mind.quietUntil(id), now + leastMs))
        else {
          cases.notBefore(id, now + retryMs)
          mind.mine(id, now)
          out.push({ input: inputOf(act, at()), asked: { id, act } })
        }
      }
      return out
    },
    took({ id, act }, result, now) {
      if (act.kind !== 'alarm') mind.mine(id, now)
      if (act.kind === 'compare') {
        mind.compared(id, result.ok ? (result.candidates ?? []) : [])
        return cases.now(id)
      }
      if (act.kind !== 'dispatch') return
      // Two cases of one moment get the same proposals: the second takes the next best.
      const free = result.ok ? (result.proposals ?? []).filter(({ unitId }) => !promised.has(unitId)) : []
      const incident = rows.incidents.get(id)
      const first = incident && bestCrew(free, incident, rows.units, now, 1)
      if (first === undefined) return cases.notBefore(id, now + noCrewMs)
      promised.set(first.unitId, now + promiseMs)
      const isFirst = result.ok && result.proposals?.[0]?.unitId === first.unitId
      chosen.set(id, { unitId: first.unitId, version: act.version, isFirst })
    },
    caseChanged(before, after, id, now) {
      if (after === null) {
        mind.forget(id)
        cases.drop(id)
        return
      }
      mind.seen(before, after, now)
      cases.now(id)
    },
    alarmChanged(id, isGone) {
      if (isGone) alarms.drop(id)
      else alarms.now(id)
    },
  }
}
