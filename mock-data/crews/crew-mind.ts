/**
 * What a crew does next: comes on duty, hears the call, accepts it or gives a reason, drives, works, asks for help, reports, drives
 * home, and goes off duty when its shift is over and its case is done. Decides from the rows as the server shows them, so that it
 * carries on after any restart and bows to whatever a person did instead.
 */
import type { CrewRow } from '../../shared/contract/city-pack.ts'
import type { LonLat } from '../../shared/model/geo.ts'
import type { Incident } from '../../shared/model/incident.ts'
import type { Unit } from '../../shared/model/unit.ts'
import { logNormal, type Random } from '../city/random.ts'
import type { CityNow } from '../life/city-now.ts'
import { defaultPeopleRates, type PeopleRates } from '../life/people-rates.ts'
import type { CrewAct } from './crew-act.ts'
import { crewDay } from './crew-day.ts'
import { asksAfterMs, onSceneOf } from './hard-case.ts'
import { arrivesAt, placeOf, type Drive, type DrivePlace, type RoadMap } from './road-map.ts'
import { slowed } from './slowness.ts'

/** The case as the crew's own screen shows it. */
export type CrewCase = Pick<
  Incident,
  'id' | 'classCode' | 'priority' | 'position' | 'assignments' | 'finishedAt' | 'reworkCount'
>

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
const notes = [
  '现场已处置完毕，恢复正常',
  '已清理现场并拍照留存',
  '隐患已排除，已告知周边居民',
  '已修复，观察十分钟无异常',
  '处置完成，撤除围挡',
]
const cries = ['现场情况较复杂，请求增派一组支援', '作业面较大，一组力量不足，请求增援', '需大型机具配合，请求增援']
const [secondMs, minMs] = [1000, 60_000]
/** A status set longer ago than this is a clock that goes wrong, or a crew that was away: its time begins now. */
const mostLateMs = 60_000
/** Urgent enough for blue lights. */
const isUrgent = ({ priority }: Pick<Incident, 'priority'>) => priority <= 2

export interface CrewOptions {
  readonly unitId: string
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

interface Due {
  readonly act: CrewAct
  readonly dueAt: number
}

export function crewMind(options: CrewOptions): CrewMind {
  const { station, roads, random, seed, speed, city, rates = defaultPeopleRates } = options
  const day = crewDay({ ...options, rates })
  let drive: Drive | null = null
  let standing: LonLat = station
  let plan: { readonly key: string; readonly acts: Due[] } = { key: '', acts: [] }
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
  const goTo = (incident: CrewCase, now: number) => {
    // A place given by hand on the way is a new way.
    if (incident.position)
      go(incident.position, now, `scene ${incident.id} ${incident.position.join()}`, isUrgent(incident))
  }
  const wait = (medianMs: number, spread = rates.actSpread) =>
    Math.max(400, logNormal(random, medianMs, spread) / speed)

  /** How long the work will take, ms of the server's clock, and whether help is asked for meanwhile. */
  function work(incident: CrewCase | null, since: number): Due[] {
    const usualMs = ((incident && rates.workMin[incident.classCode]) ?? rates.otherWorkMin) * minMs
    const asksMs = incident && asksAfterMs(seed, incident, rates)
    const isFirst = incident === null || onSceneOf(incident).length <= 1
    const part = isFirst ? (asksMs === null ? 1 : rates.hardWorkFactor) : rates.helperWorkPart
    const workMs = wait(usualMs * part, rates.workSpread)
    const finish: Due = { act: { type: 'incident.finish', note: random.pick(notes) }, dueAt: since + workMs }
    if (!isFirst || asksMs === null) return [finish]
    const ask: Due = { act: { type: 'incident.comment', text: random.pick(cries) }, dueAt: since + asksMs / speed }
    return [ask, { ...finish, dueAt: Math.max(finish.dueAt, ask.dueAt + (minMs * rates.helpAfterMin) / speed) }]
  }
  /** Decided once for each status of each case, and then kept. Its time runs from when the status was set, or from just now. */
  function planFor(unit: Unit, incident: CrewCase | null, now: number): Due[] {
    const since = Math.min(now, Math.max(unit.statusSince, now - mostLateMs))
    switch (unit.status) {
      case 'dispatched': {
        const dueAt = since + wait(rates.acknowledgeS * secondMs)
        const chance = random.next() - rates.declineShare
        if (chance < 0) return [{ act: { type: 'incident.decline', reason: random.pick(declines) }, dueAt }]
        if (chance < rates.notOursShare)
          return [{ act: { type: 'incident.decline', reason: random.pick(notOurs) }, dueAt: dueAt + wait(minMs) }]
        const [min, max] = rates.unheardMin
        const lateMs = random.chance(rates.unheardShare) ? (random.between(min, max) * minMs) / speed : 0
        return [{ act: { type: 'incident.acknowledge' }, dueAt: dueAt + lateMs }]
      }
      case 'acknowledged':
        return [
          { act: { type: 'incident.depart' }, dueAt: since + wait(rates.turnoutS[incident?.priority ?? 3] * secondMs) },
        ]
      case 'en-route': {
        // Without a place the caller shows the way by phone.
        const dueAt = incident?.position ? now : since + wait(rates.unlocatedMin * minMs)
        return [{ act: { type: 'incident.arrive' }, dueAt }]
      }
      case 'on-scene':
        stop(now)
        goal = ''
        return work(incident, since)
      default:
        return []
    }
  }

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
      if (plan.key !== key) plan = { key, acts: planFor(unit, incident, now) }
      if (unit.status === 'en-route' && incident) goTo(incident, now)
      else if (unit.incidentId === null) go(station, now, 'station')
      if (drive && placeOf(drive, now).arrived) stop(now)
      if (now < notBefore) return null
      if (unit.incidentId === null) return day.next(unit, now)
      const [due] = plan.acts
      const isDriving = unit.status === 'en-route' && incident?.position && drive
      quietUntil = Math.max(due?.dueAt ?? Infinity, isDriving ? arrivesAt(isDriving) : 0)
      return due === undefined || now < quietUntil ? null : due.act
    },
    answered(ok, now) {
      notBefore = now + (ok ? 1500 : 5000)
      // Said once, whatever came of it; all else changes the crew's own row.
      if (plan.acts[0]?.act.type === 'incident.comment') plan.acts.shift()
    },
  }
}
