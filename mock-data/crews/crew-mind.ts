/**
 * What a crew does next: hears the call, accepts (or, rarely, declines), drives, works, reports, drives home. Decides from the
 * crew's row as the server shows it, so that it carries on after any restart and bows to whatever a person did instead.
 */
import type { LonLat } from '../../shared/model/geo.ts'
import type { Unit } from '../../shared/model/unit.ts'
import type { Random } from '../city/random.ts'
import { placeOf, type Drive, type DrivePlace, type RoadMap } from './road-map.ts'

/** What the crew asks of the server; `unitId` and `incidentId` are added by who sends it. */
export type CrewAct =
  | { readonly type: 'incident.acknowledge' | 'incident.depart' | 'incident.arrive' }
  | { readonly type: 'incident.decline'; readonly reason: string }
  | { readonly type: 'incident.finish'; readonly note: string }

export interface CrewMind {
  /** The act now due, or null. `scene` = where the case is; null where nobody knows. */
  next(unit: Unit, scene: LonLat | null, now: number): CrewAct | null
  /** The act was answered: by a refusal it waits a while before it tries again. */
  answered(ok: boolean, now: number): void
  place(now: number): DrivePlace
  readonly isMoving: boolean
}

const declines = ['车辆故障，无法出动', '正在处理突发抢修', '人员不足，请改派', '距离过远，建议就近调派']
const notes = [
  '现场已处置完毕，恢复正常',
  '已清理现场并拍照留存',
  '隐患已排除，已告知周边居民',
  '已修复，观察十分钟无异常',
  '处置完成，撤除围挡',
]
const declineChance = 0.05
/** Blue lights and local knowledge. */
const ownHaste = 1.4

export interface CrewOptions {
  readonly station: LonLat
  readonly roads: RoadMap
  readonly random: Random
  readonly speed: number
}

export function crewMind({ station, roads, random, speed }: CrewOptions): CrewMind {
  let drive: Drive | null = null
  let standing: LonLat = station
  let plan: { readonly key: string; readonly act: CrewAct | null; readonly dueAt: number } | null = null
  let notBefore = 0
  let goal: string = ''

  const place = (now: number): DrivePlace =>
    drive ? placeOf(drive, now) : { position: standing, headingDeg: 0, speedKmh: 0, arrived: true }
  const stop = (now: number) => {
    standing = place(now).position
    drive = null
  }
  const go = (to: LonLat, now: number, towards: string) => {
    if (goal === towards) return
    stop(now)
    goal = towards
    drive = { legs: roads.route(standing, to), startAt: now, haste: ownHaste * speed }
  }
  const wait = (minMs: number, maxMs: number) => Math.max(400, random.between(minMs, maxMs) / speed)

  /** Decided once for each status of each case, and then kept. */
  const planFor = (unit: Unit, scene: LonLat | null, now: number): { act: CrewAct | null; waitMs: number } => {
    switch (unit.status) {
      case 'dispatched':
        return random.chance(declineChance)
          ? { act: { type: 'incident.decline', reason: random.pick(declines) }, waitMs: wait(4000, 12_000) }
          : { act: { type: 'incident.acknowledge' }, waitMs: wait(3000, 12_000) }
      case 'acknowledged':
        return { act: { type: 'incident.depart' }, waitMs: wait(3000, 10_000) }
      case 'en-route':
        if (scene) go(scene, now, `scene ${unit.incidentId}`)
        // Without a place the caller shows the way by phone.
        return { act: { type: 'incident.arrive' }, waitMs: scene ? 0 : wait(60_000, 180_000) }
      case 'on-scene':
        stop(now)
        return { act: { type: 'incident.finish', note: random.pick(notes) }, waitMs: wait(60_000, 200_000) }
      default:
        if (unit.status === 'available') go(station, now, 'station')
        return { act: null, waitMs: 0 }
    }
  }

  return {
    get isMoving() {
      return drive !== null
    },
    place,
    next(unit, scene, now) {
      const key = `${unit.status} ${unit.incidentId ?? ''}`
      if (plan?.key !== key) {
        // A place given by hand on the way is a new way.
        const { act, waitMs } = planFor(unit, scene, now)
        plan = { key, act, dueAt: now + waitMs }
      }
      if (unit.status === 'en-route' && scene) go(scene, now, `scene ${unit.incidentId}`)
      if (drive && placeOf(drive, now).arrived) stop(now)
      if (plan.act === null || now < plan.dueAt || now < notBefore) return null
      if (unit.status === 'en-route' && scene && drive !== null) return null
      return plan.act
    },
    answered(ok, now) {
      notBefore = now + (ok ? 1500 : 5000)
    },
  }
}
