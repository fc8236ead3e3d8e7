/**
 * An ordinary Wednesday of the small city, and the morning after, through the whole engine by the people who work there: cases are
 * done within their limits, crews come in believable time, change shifts, and do nothing while they are off duty.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import type { CrewRow } from '../../shared/contract/city-pack.ts'
import type { Priority } from '../../shared/model/alarm.ts'
import type { Incident } from '../../shared/model/incident.ts'
import type { UnitStatus } from '../../shared/model/unit.ts'
import { readCityFiles } from '../../mock-data/entrances/city-files.ts'
import { liveHours, type LivedHours } from '../support/lived-day.ts'
import { city } from '../support/program.ts'

const from = Date.parse('2026-03-11T00:00:00+08:00')
const minMs = 60_000
const hourMs = 60 * minMs
const until = from + 36 * hourMs
let lived: LivedHours
let crews: readonly CrewRow[]
/** Reported on the day, and taken up as cases. */
let filed: Incident[]

const clock = (hour: number) => from + hour * hourMs
const minutesOf = (list: readonly (number | null)[]) =>
  list.filter((ms): ms is number => ms !== null).map((ms) => ms / minMs)
const quantile = (list: readonly number[], part: number) =>
  [...list].sort((a, b) => a - b)[Math.floor(part * (list.length - 1))] ?? NaN

beforeAll(async () => {
  const cityDir = await city()
  crews = (await readCityFiles(cityDir)).crews
  lived = await liveHours({ cityDir, from, until, seed: 1, mostDevices: 150 })
  filed = lived.cases.filter(
    ({ reportedAt, filedAt, state }) => reportedAt < clock(24) && filedAt !== null && state !== 'void',
  )
})

describe('cases of an ordinary day', () => {
  it('are a city’s number, and few of their commands are refused', () => {
    expect(lived.errors).toEqual([])
    expect(filed.length).toBeGreaterThan(200)
    expect(filed.length).toBeLessThan(600)
    expect(lived.counts.refused / lived.counts.events).toBeLessThan(0.02)
  })
  it('are closed within their limits, more than nine in ten; some are not', () => {
    const due = filed.filter(({ dueAt }) => dueAt !== null && dueAt < until)
    const onTime = due.filter(({ dueAt, closedAt }) => closedAt !== null && closedAt <= (dueAt as number))
    expect(due.length).toBeGreaterThan(100)
    expect(onTime.length / due.length).toBeGreaterThan(0.9)
    expect(onTime.length).toBeLessThan(due.length)
    const closed = filed.filter(({ closedAt }) => closedAt !== null)
    expect(closed.length / filed.length).toBeGreaterThan(0.9)
  })
  it('see a crew in minutes, the urgent ones first', () => {
    const response = (wanted: (priority: Priority) => boolean) =>
      minutesOf(
        filed
          .filter(({ priority }) => wanted(priority))
          .map(({ arrivedAt, reportedAt }) => (arrivedAt === null ? null : arrivedAt - reportedAt)),
      )
    const [urgent, ordinary] = [response((p) => p <= 2), response((p) => p >= 3)]
    expect(urgent.length).toBeGreaterThan(30)
    expect(quantile(urgent, 0.5)).toBeGreaterThan(4)
    expect(quantile(urgent, 0.5)).toBeLessThan(12)
    expect(quantile(urgent, 0.9)).toBeLessThan(25)
    expect(quantile(ordinary, 0.5)).toBeGreaterThan(8)
    expect(quantile(ordinary, 0.5)).toBeLessThan(30)
    expect(quantile(urgent, 0.5)).toBeLessThan(quantile(ordinary, 0.5))
  })
  it('take as long as such work does, and some of them more than one crew or a second time', () => {
    const work = minutesOf(filed.map(({ arrivedAt, finishedAt }) => finishedAt && arrivedAt && finishedAt - arrivedAt))
    expect(quantile(work, 0.1)).toBeGreaterThan(5)
    expect(quantile(work, 0.5)).toBeGreaterThan(12)
    expect(quantile(work, 0.5)).toBeLessThan(45)
    const helped = filed.filter(
      ({ assignments, reworkCount }) =>
        reworkCount === 0 && assignments.filter(({ state }) => state === 'done').length > 1,
    )
    expect(helped.length).toBeGreaterThan(0)
    expect(helped.length / filed.length).toBeLessThan(0.15)
    const again = filed.filter(({ reworkCount }) => reworkCount > 0).length / filed.length
    expect(again).toBeGreaterThan(0.01)
    expect(again).toBeLessThan(0.15)
    expect(filed.some(({ assignments }) => assignments.some(({ state }) => state === 'declined'))).toBe(true)
  })
  it('go to departments for a part, come back now and then, and are called back with mostly good words', () => {
    const share = (wanted: (row: Incident) => boolean, of: readonly Incident[]) => of.filter(wanted).length / of.length
    const ordinary = filed.filter(({ priority }) => priority >= 3)
    const isSent = ({ dispatchedAt, assignments }: Incident) => dispatchedAt !== null && assignments.length === 0
    expect(share(isSent, ordinary)).toBeGreaterThan(0.1)
    expect(share(isSent, ordinary)).toBeLessThan(0.4)
    expect(filed.filter(({ priority }) => priority <= 2).filter(isSent)).toEqual([])
    expect(share(({ returnCount }) => returnCount > 0, filed)).toBeLessThan(0.12)
    const grades = filed.flatMap(({ callBacks = [] }) => callBacks.flatMap(({ satisfaction }) => satisfaction ?? []))
    expect(grades.length).toBeGreaterThan(100)
    const satisfied = grades.filter((grade) => grade === 'satisfied' || grade === 'mostly').length / grades.length
    expect(satisfied).toBeGreaterThan(0.75)
    expect(satisfied).toBeLessThan(0.97)
  })
  it('wait for the office at night unless they are urgent', () => {
    const waited = (isUrgent: boolean) =>
      minutesOf(
        filed
          .filter(({ priority, finishedAt, filedAt, dueAt }) => {
            const isLong = (dueAt as number) - (filedAt as number) > 20 * hourMs
            return (
              finishedAt !== null && finishedAt > clock(18.5) && (isUrgent ? priority <= 2 : priority > 2 && isLong)
            )
          })
          .map(({ fedBackAt, finishedAt }) => fedBackAt && finishedAt && fedBackAt - finishedAt),
      )
    expect(waited(true).length).toBeGreaterThan(2)
    expect(quantile(waited(true), 0.9)).toBeLessThan(60)
    expect(waited(false).length).toBeGreaterThan(2)
    expect(quantile(waited(false), 0.1)).toBeGreaterThan(120)
  })
})

describe('crews of an ordinary day', () => {
  /** Every status of every crew, in order. */
  const told = () => {
    const byCrew = new Map<string, { readonly status: UnitStatus; readonly at: number }[]>()
    for (const { at, event } of lived.log) {
      if (event.type === 'unit.enrolled') byCrew.set(event.unit.id, [{ status: event.unit.status, at }])
      else if (event.type === 'unit.status-set') byCrew.get(event.unitId)?.push({ status: event.status, at })
    }
    return byCrew
  }
  const statusAt = (list: readonly { readonly status: UnitStatus; readonly at: number }[], at: number) =>
    list.findLast((one) => one.at <= at)?.status

  it('change shift in the morning and in the evening', () => {
    const all = told()
    const share = (shift: CrewRow['shift'], hour: number) => {
      const own = crews.filter((crew) => crew.shift === shift)
      expect(own.length, shift).toBeGreaterThan(1)
      return own.filter(({ unitId }) => statusAt(all.get(unitId) ?? [], clock(hour)) !== 'off-duty').length / own.length
    }
    expect([share('day', 4), share('day', 10), share('day', 23)]).toEqual([0, 1, 0])
    expect([share('night', 4), share('night', 13), share('night', 23)]).toEqual([1, 0, 1])
    expect([share('round-the-clock', 4), share('round-the-clock', 23)]).toEqual([1, 1])
  })
  it('finish the case in hand before they go', () => {
    for (const [unitId, list] of told())
      for (const [n, { status }] of list.entries())
        if (status === 'off-duty') expect(['available', 'out-of-service'], unitId).toContain(list[n - 1]?.status)
  })
  it('do nothing while off duty, and are not sent', () => {
    let acts = 0
    const status = new Map<string, UnitStatus>()
    for (const { actor, event } of lived.log) {
      if (event.type === 'unit.enrolled') status.set(event.unit.id, event.unit.status)
      // One that packs up may be sent (ADR 0020).
      if (event.type === 'incident.dispatched') expect(['available', 'clearing']).toContain(status.get(event.unitId))
      if (actor.startsWith('crew-') && event.type.startsWith('incident.')) {
        acts++
        expect(status.get(actor.slice('crew-'.length).toUpperCase()), event.type).not.toBe('off-duty')
      }
      if (event.type === 'unit.status-set') status.set(event.unitId, event.status)
    }
    expect(acts).toBeGreaterThan(1000)
  })
  it('are out of service now and then, each time with a reason', () => {
    const stops = lived.log.flatMap(({ event }) =>
      event.type === 'unit.status-set' && event.status === 'out-of-service' ? [event.reason] : [],
    )
    expect(stops.length).toBeLessThan(crews.length)
    for (const reason of stops) expect(reason).toMatch(/车辆/)
  })
})
