/** The duty officer with chief, leader and departments, for the hours when nobody sits at the desk. */
import { z } from 'zod'
import { isOpenState, type Incident } from '../../shared/model/incident.ts'
import { bestCrew, whyThisCrew } from '../crews/best-crew.ts'
import type { Desk } from '../crews/due.ts'
import { alarmActFields, type OfficerAct, type OfficerMind } from '../crews/officer-mind.ts'
import type { Account } from './account.ts'
import { every } from './every.ts'
import { workLine } from './in-parallel.ts'
import type { StateWatch } from './state-watch.ts'

const candidatesSchema = z.object({
  items: z.array(
    z.object({
      incidentId: z.string(),
      score: z.number(),
      reasons: z.array(z.object({ words: z.object({ zh: z.string() }), weight: z.number() })),
    }),
  ),
})
const proposalsSchema = z.object({ items: z.array(z.object({ unitId: z.string() })) })
/** New acts a second: an officer with helpers, not a machine. */
const mostActs = 12
const retryMs = 12_000
/** How long a crew just sent is not proposed to ourselves again: by then its row says so. */
const promiseMs = 1500

export async function playOfficer(options: {
  readonly watch: StateWatch
  /** Whose account each act goes by. */
  readonly desks: Readonly<Record<Desk, Account>>
  readonly mind: OfficerMind
  readonly speed: number
  readonly signal: AbortSignal
  readonly say: (words: string) => void
}): Promise<void> {
  const { watch, desks, mind, speed, signal, say } = options
  const { duty } = desks
  const line = workLine(4)
  /** What is being asked, or was refused: not before then. */
  const notBefore = new Map<string, number>()
  const promised = new Map<string, number>()

  const dispatch = async (incidentId: string, version: number): Promise<boolean> => {
    const answer = await duty.get(`/api/v1/incidents/${encodeURIComponent(incidentId)}/recommendations`)
    if (answer.status !== 200) return false
    // Two cases of one moment get the same proposals: the second takes the next best.
    const { items } = proposalsSchema.parse(JSON.parse(answer.text))
    const free = items.filter(({ unitId }) => !promised.has(unitId))
    const incident = watch.incidents.get(incidentId)
    const first = incident && bestCrew(free, incident, watch.units, Date.now(), speed)
    if (!first) return false
    const reason = whyThisCrew(first === items[0])
    promised.set(first.unitId, Date.now() + promiseMs)
    return (await duty.command({ type: 'incident.dispatch', incidentId, unitId: first.unitId, reason }, version)).ok
  }
  const compare = async (incidentId: string): Promise<boolean> => {
    const answer = await duty.get(`/api/v1/incidents/${encodeURIComponent(incidentId)}/duplicates`)
    if (answer.status !== 200) return false
    const { items } = candidatesSchema.parse(JSON.parse(answer.text))
    const worded = items.map(({ incidentId: other, score, reasons }) => {
      const speakFor = reasons.filter(({ weight }) => weight > 0).map(({ words }) => words.zh)
      return { incidentId: other, score, reason: speakFor.join('；') }
    })
    mind.compared(incidentId, worded)
    return true
  }
  const send = async (act: OfficerAct): Promise<boolean> => {
    if (act.kind === 'alarm') {
      return (await duty.command({ type: act.type, alarmId: act.alarmId, ...alarmActFields[act.type] }, act.version)).ok
    }
    if (act.kind === 'dispatch') return dispatch(act.incidentId, act.version)
    if (act.kind === 'compare') return compare(act.incidentId)
    return (await desks[act.as].command({ ...act.body, incidentId: act.incidentId }, act.version)).ok
  }
  const start = (id: string, act: OfficerAct) => {
    notBefore.set(id, Infinity)
    if (act.kind !== 'alarm') mind.mine(id, Date.now())
    return line.add(async () => {
      let isDone = false
      try {
        isDone = await send(act)
        if (act.kind !== 'alarm') mind.mine(id, Date.now())
      } catch (error) {
        if (!signal.aborted) say(`officer: ${error instanceof Error ? error.message : String(error)}`)
      } finally {
        notBefore.set(id, Date.now() + (isDone ? 500 : Math.max(1500, retryMs / speed)))
      }
    })
  }
  await every(
    1000,
    signal,
    async (now) => {
      if (!watch.isLive) return
      for (const [id, at] of notBefore) if (at < now) notBefore.delete(id)
      for (const [unitId, until] of promised) if (until < now) promised.delete(unitId)
      let acts = 0
      for (const alarm of watch.alarms.values()) {
        if (acts >= mostActs / 3 || signal.aborted) break
        if (notBefore.has(alarm.id)) continue
        const act = mind.actOnAlarm(alarm, now)
        if (!act) continue
        acts++
        await start(alarm.id, act)
      }
      const cases = [...watch.incidents.values()]
      const open = cases.filter((incident) => isOpenState(incident.state))
      // Called back, appealed, or answered an appeal: as long as the page shows it.
      const ended = cases.filter(({ state, closedAt }) => !isOpenState(state) && closedAt !== null)
      const worstFirst = (a: Incident, b: Incident) => a.priority - b.priority || a.reportedAt - b.reportedAt
      for (const incident of [...open.sort(worstFirst), ...ended]) {
        if (acts >= mostActs * Math.max(1, Math.sqrt(speed)) || signal.aborted) break
        if (notBefore.has(incident.id)) continue
        const act = mind.actOnCase(incident, now)
        if (!act) continue
        acts++
        await start(incident.id, act)
      }
    },
    (error) => say(`officer: ${error instanceof Error ? error.message : String(error)}`),
  )
}
