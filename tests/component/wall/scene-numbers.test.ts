/** What the scenes count: gauges against limits, pumps, the seven steps, a case's own track, members beside each other. */
import { describe, expect, it } from 'vitest'
import { barRows } from '../../../client/src/components/wall/bar-row.ts'
import { milestones, stepCounts } from '../../../client/src/components/wall/case-track.ts'
import { heldGauges, limitsOf } from '../../../client/src/components/wall/flood-picture.ts'
import { toured } from '../../../client/src/components/wall/wall-tour.ts'
import { worstList } from '../../../client/src/components/wall/worst-list.ts'
import { cityStarts } from '../../../client/src/views/wall/use-city-day.ts'
import { cityMinute } from '../../../client/src/views/wall/use-scene.ts'
import { defaultAlarmRules as alarmRules } from '../../../server/src/domain/alarm-rules.ts'
import type { GaugeReading } from '../../../shared/model/city-vitals.ts'
import { noon, sampleAlarm, sampleIncident } from '../../support/sample-rows.ts'

describe('gauges', () => {
  it('stand under the mildest limit of their kind, and know the gravest', () => {
    expect(limitsOf('water-depth', alarmRules)).toEqual([15, 27])
    expect(limitsOf('no-such', alarmRules)).toEqual([])
  })
  it('are told with what they are held to, and the level that stands at them', () => {
    const told = (id: number, kind: GaugeReading['kind']): GaugeReading => ({
      ...{ id, kind, name: '', districtId: null, value: 20, phenomenonAt: noon, isLate: false, isDrill: false },
    })
    const gauges = heldGauges([told(1, 'water-depth'), told(2, 'rainfall')], alarmRules.slice(0, 0), () => null)
    expect(gauges.map(({ limit, topLimit, level }) => [limit, topLimit, level])).toEqual([
      [null, null, null],
      [null, null, null],
    ])
    const [held] = heldGauges([told(1, 'water-depth')], alarmRules, (id) => (id === 1 ? 2 : null))
    expect(held).toMatchObject({ id: 1, value: 20, limit: 15, topLimit: 27, level: 2 })
  })
})

it('counts open cases by step, with those past a limit, and leaves drills out', () => {
  const rows = [
    sampleIncident({ state: 'reported', stageDueAt: noon - 1 }),
    sampleIncident({ state: 'handling', stageDueAt: null, dueAt: noon }),
    sampleIncident({ state: 'handling', stageDueAt: null, dueAt: noon - 1 }),
    sampleIncident({ state: 'closed' }),
    sampleIncident({ state: 'reported', drill: true }),
  ]
  const steps = stepCounts(rows, noon).filter(({ open }) => open > 0)
  expect(steps.map(({ step, open, late }) => [step, open, late])).toEqual([
    [1, 1, 1],
    [4, 2, 1],
  ])
})

it('tells what has happened to a case in order, and nothing that has not', () => {
  const incident = sampleIncident({
    reportedAt: noon,
    acceptedAt: noon + 1,
    filedAt: noon + 1,
    dispatchedAt: noon + 5,
    arrivedAt: null,
    times: { T0: noon, T5: noon + 5 },
  })
  expect(milestones(incident).map(({ key, at }) => [key, at - noon])).toEqual([
    ['T0', 0],
    ['accept', 1],
    ['file', 1],
    ['T5', 5],
  ])
})

it('names the first members and adds up the rest', () => {
  const counts = new Map([
    ['a', 4],
    ['b', 8],
    ['c', 2],
    ['d', 1],
    ['e', 0],
  ])
  const words = { nameOf: (key: string) => key, restName: (n: number) => `+${n}`, format: String }
  expect(barRows(counts, { most: 4, ...words }).map(({ name, value }) => `${name}${value}`)).toEqual([
    'b8',
    'a4',
    'c2',
    'd1',
  ])
  expect(barRows(counts, { most: 3, ...words }).map(({ name, value, share }) => [name, value, share])).toEqual([
    ['b', '8', 1],
    ['a', '4', 0.5],
    ['+2', '3', 0],
  ])
})

it('goes round what belongs to the scene', () => {
  const worst = worstList(
    [
      sampleIncident({ id: 'gas', priority: 1, classCode: 'E0502' }),
      sampleIncident({ id: 'rubbish', priority: 3, classCode: 'E0110' }),
      sampleIncident({ id: 'water', priority: 3, classCode: 'E0506' }),
    ],
    [sampleAlarm({ id: 'depth', kind: 'water-depth' }), sampleAlarm({ id: 'loud', kind: 'noise' })],
    noon,
  )
  const ids = (scene: Parameters<typeof toured>[0]) => toured(scene, worst).map(({ id }) => id)
  expect(ids('overview')).toHaveLength(5)
  expect(ids('incidents').sort()).toEqual(['gas', 'rubbish', 'water'])
  expect(ids('flood').sort()).toEqual(['depth', 'gas', 'water'])
})

describe('the city’s calendar', () => {
  it('says where the day and the month begin, also where clocks were changed since', () => {
    const starts = cityStarts(Date.parse('2026-08-01T00:30:00+08:00'), 'Asia/Shanghai')
    expect(starts.dayAt).toBe(Date.parse('2026-08-01T00:00:00+08:00'))
    expect(starts.monthAt).toBe(starts.dayAt)
    const angeles = cityStarts(Date.parse('2026-11-15T12:00:00-08:00'), 'America/Los_Angeles')
    expect(angeles.monthAt).toBe(Date.parse('2026-11-01T00:00:00-07:00'))
  })
  it('says day of the week and minute', () => {
    expect(cityMinute(noon, 'Asia/Shanghai')).toEqual({ weekday: 6, minute: 720 })
    expect(cityMinute(Date.parse('2026-08-02T00:00:00+08:00'), 'Asia/Shanghai')).toEqual({ weekday: 7, minute: 0 })
  })
})
