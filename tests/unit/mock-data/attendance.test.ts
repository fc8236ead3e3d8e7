/** Officers of the simulated city come to their shifts and leave them: by habit, the same each time, and in a past by its row of duty. */
import { describe, expect, it } from 'vitest'
import { attendanceActs, habitAt } from '../../../mock-data/crews/attendance-mind.ts'
import { pastAttendance } from '../../../mock-data/past/past-attendance.ts'
import type { DutyNow, OnDuty } from '../../../shared/model/duty.ts'
import { customaryAttendance } from '../../../shared/model/attendance-rules.ts'
import { cityCalendar } from '../../../shared/model/city-calendar.ts'
import { dutyShiftAt } from '../../../shared/model/duty-roster.ts'
import { noon } from '../../support/sample-rows.ts'

const minute = 60_000
const dayOf = cityCalendar('Asia/Shanghai')
const shift = dutyShiftAt(dayOf, noon)
const next = dutyShiftAt(dayOf, shift.endAt)
const place = (officerId: string): OnDuty => ({
  ...{ post: 'accept', officerId, name: { zh: officerId, en: officerId }, why: 'roster' },
})
const row = (of = shift, ...ids: string[]): DutyNow => ({
  ...{ id: 'now', version: 1, shift: of, kind: 'ordinary', occasion: null, onDuty: ids.map(place), console: null },
  ...{ handOver: null, changesAsked: 0, lastEntry: 0 },
})

describe('a habit', () => {
  const habits = Array.from({ length: 4000 }, (_, n) => habitAt(7, shift.id, `officer ${n}`))
  it('is the same for the same officer at the same shift, and another at another', () => {
    expect(habitAt(7, shift.id, 'a')).toEqual(habitAt(7, shift.id, 'a'))
    expect(habitAt(7, shift.id, 'a')).not.toEqual(habitAt(7, next.id, 'a'))
  })
  it('is in time nearly always, seldom late, and hardly ever absent', () => {
    const { lateAfterMin, absentAfterMin } = customaryAttendance
    const share = (from: number, to: number) =>
      habits.filter(({ comesAfterMs }) => comesAfterMs > from * minute && comesAfterMs <= to * minute).length / 4000
    expect(share(-1, lateAfterMin)).toBeGreaterThan(0.94)
    expect(share(lateAfterMin, absentAfterMin)).toBeGreaterThan(0.02)
    expect(share(lateAfterMin, absentAfterMin)).toBeLessThan(0.04)
    expect(share(absentAfterMin, 60)).toBeGreaterThan(0.003)
    expect(share(absentAfterMin, 60)).toBeLessThan(0.02)
    expect(habits.every(({ leavesAfterMs }) => leavesAfterMs >= minute && leavesAfterMs <= 9 * minute)).toBe(true)
  })
})

it('what is due is done, and nothing twice', () => {
  const told = { shiftId: shift.id, officerId: 'a', expectedAt: shift.startAt, signedOnAt: null, signedOffAt: null }
  const { comesAfterMs, leavesAfterMs } = habitAt(7, shift.id, 'a')
  const acts = (over: object, now: number, present = shift) =>
    attendanceActs([{ ...told, ...over }], present, now, 7).map(({ type }) => type)
  expect(acts({}, shift.startAt + comesAfterMs - 1)).toEqual([])
  expect(acts({}, shift.startAt + comesAfterMs)).toEqual(['duty.sign-on'])
  expect(acts({}, next.startAt + 1, next)).toEqual([])
  const came = { signedOnAt: shift.startAt }
  expect(acts(came, shift.endAt - 1)).toEqual([])
  expect(acts(came, next.startAt + leavesAfterMs - 1, next)).toEqual([])
  expect(acts(came, next.startAt + leavesAfterMs, next)).toEqual(['duty.sign-off'])
  expect(acts({ ...came, signedOffAt: next.startAt }, next.endAt, next)).toEqual([])
})

it('in a past each officer of a shift signs on once, and off once after it; who is replaced does not come', () => {
  let id = 0
  const attendance = pastAttendance(7, () => `id ${++id}`)
  expect(attendance.due(noon)).toEqual([])
  const said: unknown[] = []
  const play = (from: number, to: number) => {
    for (let at = from; at <= to; at += minute)
      for (const input of attendance.due(at)) {
        expect(input).toMatchObject({ kind: 'command', as: 'duty', at })
        if (input.kind === 'command') said.push([input.body['type'], input.body['officerId']])
      }
  }
  attendance.changed(row(shift, 'a', 'b', 'gone'), shift.startAt)
  attendance.changed(row(shift, 'a', 'b'), shift.startAt)
  play(shift.startAt, shift.endAt - minute)
  expect(said.sort()).toEqual([
    ['duty.sign-on', 'a'],
    ['duty.sign-on', 'b'],
  ])
  said.length = 0
  attendance.changed(row(next, 'c'), next.startAt)
  play(next.startAt, next.startAt + 60 * minute)
  expect(said.sort()).toEqual([
    ['duty.sign-off', 'a'],
    ['duty.sign-off', 'b'],
    ['duty.sign-on', 'c'],
  ])
})
