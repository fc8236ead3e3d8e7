/**
 * What a crew does next: comes on duty, hears the call, accepts it or gives a reason, drives, waits short of a place that is not safe
 * yet, says that it is there, works, answers when it is called, asks for help, takes somebody along, reports, packs up, drives home, and
 * goes off duty when its shift is over and its case is done. Decides from the rows as the server shows them, so that it carries on
 * after any restart and bows to whatever a person did instead.
 */
import type { CrewRow } from '../../shared/contract/city-pack.ts'
import { distanceM, type LonLat } from '../../shared/model/geo.ts'
import type { Incident } from '../../shared/model/incident.ts'
import type { Unit } from '../../shared/model/unit.ts'
import { logNormal, type Random } from '../city/random.ts'
import type { CityNow } from '../life/city-now.ts'
import { defaultPeopleRates, type PeopleRates } from '../life/people-rates.ts'
import type { CrewAct, CrewCase } from './crew-act.ts'
import { crewDay } from './crew-day.ts'
import { arrivesAt, placeOf, type Drive, type DrivePlace, type RoadMap } from './road-map.ts'
import { finishing, sceneWork, type CrewAtWork, type CrewDue } from './scene-work.ts'
import { slowed } from './slowness.ts'

export interface CrewMind {
  /** The act now due, or null. `incident` = the case it is on; null where it has none, or nobody knows it. */
  next(unit: Unit, incident: CrewCase | null, now: number): CrewAct | null
  /** The act was answered: by a refusal it waits a while before it tries again. */
  answered(ok: boolean, now: number): void
  place(now: number): DrivePlace
  readonly isMoving: boolean
  /** After `next` answered null for a crew on a case: until then it will again, as long as the crew's row stays as it is. */
  readonly quietUntil: number
}

const declines = ['车辆故障，无法出动', '正在处理突发抢修', '人员不足，请改派', '距离过远，建议就近调派']
const notOurs = ['不属本单位管辖范围，退回改派', '产权单位为其他部门，请核实后改派']
const [secondMs, minMs] = [1000, 60_000]
/** A status set longer ago than this is a clock that goes wrong, or a crew that was away: its time begins now. */
const mostLateMs = 60_000
/** Urgent enough for blue lights. */
const isUrgent = ({ priority }: Pick<Incident, 'priority'>) => priority <= 2

export interface CrewOptions {
  readonly unitId: string
  /** As the pack names it. */
  readonly kind: string
  readonly station: LonLat
  readonly shift: CrewRow['shift']
  readonly roads: RoadMap
  readonly random: Random
  /** Shared with the officer: which cases are hard. */
  readonly seed: number
  readonly speed: number
  readonly city: CityNow
  readonly rates?: PeopleRates
}

/** Acts decided for one status of one case. */
interface Plan {
  readonly acts: CrewDue[]
  /** From standing where it drove to until it says so. */
  readonly thereMs?: number
  /** Stops short of the place. */
  readonly stages?: true
  /** Does not think of saying that it is there. */
  readonly forgets?: true
}
const one = (act: CrewAct, dueAt: number): Plan => ({ acts: [{ act, dueAt }] })
/** A point so many metres before `to`, as one comes from `from`. */
function shortOf(to: LonLat, from: LonLat, metres: number): LonLat {
  const part = Math.min(1, metres / Math.max(1, distanceM(from, to)))
  return [to[0] + (from[0] - to[0]) * part, to[1] + (from[1] - to[1]) * part]
}
const driving: readonly Unit['status'][] = ['en-route', 'staged', 'transporting']

export function crewMind(options: CrewOptions): CrewMind {
  const { station, roads, random, seed, speed, city, rates = defaultPeopleRates } = options
  const day = crewDay({ ...options, rates })
  let drive: Drive | null = null
  let standing: LonLat = station
  const crew: CrewAtWork = { kind: options.kind, random, seed, speed, rates }
  let plan: Plan & { readonly key: string } = { key: '', acts: [] }
  let thereAt = 0
  let notBefore = 0
  let goal = ''
  let quietUntil = 0

  const place = (now: number): DrivePlace =>
    drive ? placeOf(drive, now) : { position: standing, headingDeg: 0, speedKmh: 0, arrived: true }
  const stop = (now: number) => {
    standing = place(now).position
    drive = null
  }
  const go = (to: LonLat, now: number, towards: string, withBlueLights = false) => {
    if (goal === towards) return
    stop(now)
    goal = towards
    const slowness = (at: LonLat) => city.slownessAt(at, now)
    const legs = slowed(roads.route(standing, to), slowness, withBlueLights ? rates.blueLightJam : 1)
    drive = { legs, startAt: now, haste: (withBlueLights ? rates.blueLightFactor : 1) * speed }
  }
  /** To the place, or short of it. */
  const goTo = (incident: CrewCase, now: number, isShort = false) => {
    const { id, position } = incident
    if (position === null) return
    // A place given by hand on the way is a new way.
    const to = isShort ? shortOf(position, place(now).position, rates.stageM) : position
    go(to, now, `${isShort ? 'short of' : 'scene'} ${id} ${position.join()}`, isUrgent(incident))
  }
  /** Where its status takes it. */
  function move({ status, incidentId }: Unit, incident: CrewCase | null, now: number): void {
    if (incidentId === null) go(station, now, 'station')
    else if (status === 'transporting') go(station, now, `over ${incidentId}`, incident !== null && isUrgent(incident))
    else if (incident === null) return
    else if (status === 'en-route') goTo(incident, now, plan.stages)
    // It may go in now.
    else if (status === 'staged' && now >= (plan.acts[0]?.dueAt ?? Infinity)) goTo(incident, now)
  }
  const wait = (medianMs: number, spread = rates.actSpread) =>
    Math.max(400, logNormal(random, medianMs, spread) / speed)
  const saysAfterMs = () => logNormal(random, rates.arriveS * secondMs, rates.actSpread) / speed

  /** Decided once for each status of each case, and then kept. Its time runs from when the status was set, or from just now. */
  function planFor(unit: Unit, incident: CrewCase | null, now: number): Plan {
    const since = Math.min(now, Math.max(unit.statusSince, now - mostLateMs))
    switch (unit.status) {
      case 'dispatched': {
        const dueAt = since + wait(rates.acknowledgeS * secondMs)
        const chance = random.next() - rates.declineShare
        if (chance < 0) return one({ type: 'incident.decline', reason: random.pick(declines) }, dueAt)
        if (chance < rates.notOursShare)
          return one({ type: 'incident.decline', reason: random.pick(notOurs) }, dueAt + wait(minMs))
        const [min, max] = rates.unheardMin
        const lateMs = random.chance(rates.unheardShare) ? (random.between(min, max) * minMs) / speed : 0
        return one({ type: 'incident.acknowledge' }, dueAt + lateMs)
      }
      case 'acknowledged':
        return one({ type: 'incident.depart' }, since + wait(rates.turnoutS[incident?.priority ?? 3] * secondMs))
      case 'en-route': {
        // Without a place the caller shows the way by phone.
        if (!incident?.position) return one({ type: 'incident.arrive' }, since + wait(rates.unlocatedMin * minMs))
        const thereMs = saysAfterMs()
        if (stagesFor(incident, incident.position, now))
          return { ...one({ type: 'incident.stage' }, now), thereMs, stages: true }
        const forgets = random.chance(rates.unsaidArrivalShare)
        return { ...one({ type: 'incident.arrive' }, now), thereMs, ...(forgets ? { forgets } : {}) }
      }
      case 'staged':
        return {
          ...one({ type: 'incident.arrive' }, since + wait(rates.stageMin * minMs)),
          thereMs: saysAfterMs(),
        }
      case 'on-scene':
        stop(now)
        goal = ''
        return { acts: sceneWork(crew, incident, since) }
      case 'transporting':
        return { ...one({ type: 'incident.reach' }, now), thereMs: saysAfterMs() }
      case 'at-destination':
        return one(finishing(crew), since + wait(rates.handOverMin * minMs))
      default:
        return { acts: [] }
    }
  }
  /** Not where another crew has gone in already, nor where it comes from next door. */
  function stagesFor({ classCode, assignments }: CrewCase, scene: LonLat, now: number): boolean {
    if (!random.chance(rates.stageShare[classCode] ?? 0)) return false
    const isOpen = assignments.some(({ state }) => state === 'on-scene')
    return !isOpen && distanceM(place(now).position, scene) > 3 * rates.stageM
  }

  /** When the act is due: what ends a drive, once the crew stands there. */
  function dueAtOf({ act, dueAt }: CrewDue, unit: Unit, incident: CrewCase | null, now: number): number {
    const hasGoal = unit.status === 'transporting' || Boolean(incident?.position)
    if (!driving.includes(unit.status) || !hasGoal || (unit.status === 'staged' && now < dueAt)) return dueAt
    const there = drive ? arrivesAt(drive) : thereAt
    if (act.type !== 'incident.arrive' || !plan.forgets) return Math.max(dueAt, there + (plan.thereMs ?? 0))
    const { arrivalSuggestedAt } = unit
    return arrivalSuggestedAt === undefined
      ? there + (rates.lateArrivalMin * minMs) / speed
      : Math.max(there, arrivalSuggestedAt) + (plan.thereMs ?? 0)
  }
  /** By the time it was, where nobody thought of it then. */
  const told = (act: CrewAct, { statusSince }: Unit): CrewAct =>
    act.type === 'incident.arrive' && plan.forgets
      ? { ...act, occurredAt: Math.max(statusSince, Math.ceil(thereAt)) }
      : act

  return {
    get isMoving() {
      return drive !== null
    },
    get quietUntil() {
      return quietUntil
    },
    place,
    next(unit, incident, now) {
      const key = `${unit.status} ${unit.incidentId ?? ''}`
      if (plan.key !== key) plan = { key, ...planFor(unit, incident, now) }
      move(unit, incident, now)
      if (drive && placeOf(drive, now).arrived) {
        thereAt = arrivesAt(drive)
        stop(now)
      }
      if (now < notBefore) return null
      if (unit.incidentId === null) return day.next(unit, now)
      const [due] = plan.acts
      quietUntil = due === undefined ? Infinity : dueAtOf(due, unit, incident, now)
      return due === undefined || now < quietUntil ? null : told(due.act, unit)
    },
    answered(ok, now) {
      notBefore = now + (ok ? 1500 : 5000)
      // Said once, whatever came of it; all else changes the crew's own row.
      const type = plan.acts[0]?.act.type
      if (type === 'incident.comment' || type === 'plan.answer') plan.acts.shift()
    },
  }
}
