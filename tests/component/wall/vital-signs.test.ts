import { describe, expect, it } from 'vitest'
import {
  badSide,
  excessOf,
  vitalGroupViews,
  vitalSigns,
  type Latest,
} from '../../../client/src/components/wall/vital-signs.ts'
import { countRequests, onlineShare } from '../../../client/src/views/wall/own-vitals.ts'
import type { AlarmRule } from '../../../shared/model/alarm.ts'
import type { Sensor } from '../../../shared/model/sensor.ts'
import { quality } from '../../../shared/model/reading.ts'
import { sensorKind, vitalGroups } from '../../../shared/model/sensor-kinds.ts'
import { noon, sampleAlarm, sampleIncident, sampleSensor } from '../../support/sample-rows.ts'

const minute = 60_000
const rule = (kind: string, sense: AlarmRule['sense']) => ({ kind, sense }) as AlarmRule
const of = (
  sensors: Sensor[],
  values: Record<number, Partial<Latest>>,
  over: Partial<Parameters<typeof vitalSigns>[0]> = {},
) =>
  vitalSigns({
    sensors,
    latestOf: (id) =>
      values[id] === undefined ? undefined : { value: 0, phenomenonAt: noon, quality: 0, ...values[id] },
    alarms: [],
    rules: [],
    nowAt: noon,
    ...over,
  })

describe('a drill', () => {
  it('is not in the numbers of the city', () => {
    const sensors = [sampleSensor(1), sampleSensor(2)]
    const [sign] = of(
      sensors,
      { 1: { value: 10 }, 2: { value: 90, quality: quality.drill } },
      {
        alarms: [sampleAlarm({ sensorId: 2, drill: true })],
      },
    )
    expect(sign).toMatchObject({ count: 1, fresh: 1, mean: 10, worst: 10 })
    const requests = [sampleIncident({ source: 'hotline', drill: true }), sampleIncident({ source: 'hotline' })]
    expect(countRequests(requests, noon).open).toBe(1)
    expect(of(sensors, { 1: { value: 10 } }, { alarms: [sampleAlarm({ sensorId: 2, drill: true })] })).toEqual(
      of(sensors, { 1: { value: 10 } }),
    )
  })
})

describe('the bad side', () => {
  it('is what the rules watch', () => {
    const kind = sensorKind('road-speed')
    expect(badSide(kind, [rule('road-speed', 'low')])).toBe('low')
    expect(badSide(kind, [rule('road-speed', 'low'), rule('road-speed', 'high')])).toBe('both')
    expect(badSide(sensorKind('smoke'), [rule('smoke', 'state')])).toBe('high')
  })

  it('without rules is where the normal band ends before the instrument does', () => {
    expect(badSide(sensorKind('water-depth'), [rule('noise', 'high')])).toBe('high')
    expect(badSide(sensorKind('river-level'), [])).toBe('both')
  })

  it('is measured in widths of the band: 0 at its edge', () => {
    const depth = sensorKind('water-depth')
    expect(excessOf(5, depth, 'high')).toBe(0)
    expect(excessOf(10, depth, 'high')).toBe(1)
    expect(excessOf(0, depth, 'high')).toBe(-1)
    expect(excessOf(1, sensorKind('smoke'), 'high')).toBe(1)
  })
})

describe('vitalSigns', () => {
  it('has no numbers where nothing was said: null, never 0', () => {
    const [sign] = of([sampleSensor(1)], {})
    expect(sign).toMatchObject({ count: 1, fresh: 0, worst: null, mean: null, worstSensorId: null, asOfAt: null })
  })

  it('shows the worst and the mean of the fresh', () => {
    const [sign] = of([sampleSensor(1), sampleSensor(2)], { 1: { value: 2 }, 2: { value: 12 } })
    expect(sign).toMatchObject({ fresh: 2, worst: 12, worstSensorId: 2, mean: 7, side: 'high' })
  })

  it('takes the lowest where low is bad', () => {
    const roads = [sampleSensor(1, { kind: 'road-speed' }), sampleSensor(2, { kind: 'road-speed' })]
    const [sign] = of(roads, { 1: { value: 9 }, 2: { value: 70 } }, { rules: [rule('road-speed', 'low')] })
    expect(sign).toMatchObject({ worst: 9, worstSensorId: 1, side: 'low' })
  })

  it.each([
    [3 * minute - 1, 1],
    [3 * minute, 1],
    [3 * minute + 1, 0],
  ])('calls a value %d ms old fresh: %d', (ageMs, fresh) => {
    const [sign] = of([sampleSensor(1)], { 1: { value: 2, phenomenonAt: noon - ageMs } })
    expect(sign?.fresh).toBe(fresh)
    expect(sign?.worst).toBe(fresh === 1 ? 2 : null)
    expect(sign?.asOfAt).toBe(noon - ageMs)
  })

  it('makes no number of values it does not trust', () => {
    const sensors = [sampleSensor(1), sampleSensor(2), sampleSensor(3)]
    const [sign] = of(sensors, { 1: { value: 400, quality: 4 }, 2: { value: Number.NaN }, 3: { value: 1 } })
    expect(sign).toMatchObject({ count: 3, fresh: 1, worst: 1, mean: 1 })
  })

  it('stays with the sensor it shows on a near tie, and leaves it for a worse one', () => {
    const sensors = [sampleSensor(1), sampleSensor(2)]
    const shownBefore = new Map([['water-depth', 1]])
    expect(of(sensors, { 1: { value: 10 }, 2: { value: 10.09 } }, { shownBefore })[0]?.worstSensorId).toBe(1)
    expect(of(sensors, { 1: { value: 10 }, 2: { value: 10.11 } }, { shownBefore })[0]?.worstSensorId).toBe(2)
  })

  it('puts the kind with the gravest alarm first, and leaves out alarms that have returned', () => {
    const sensors = [sampleSensor(1), sampleSensor(2, { kind: 'pm25' })]
    const values = { 1: { value: 400 }, 2: { value: 10 } }
    const alarm = sampleAlarm({ kind: 'pm25', priority: 3 })
    expect(of(sensors, values).map((sign) => sign.kind.code)).toEqual(['water-depth', 'pm25'])
    expect(of(sensors, values, { alarms: [alarm] })[0]).toMatchObject({ level: 3, alarms: 1, kind: { code: 'pm25' } })
    expect(of(sensors, values, { alarms: [{ ...alarm, state: 'returned' }] })[0]?.kind.code).toBe('water-depth')
  })

  it('counts kinds nobody knows together', () => {
    expect(of([sampleSensor(1, { kind: 'x' }), sampleSensor(2, { kind: 'y' })], {})[0]).toMatchObject({
      count: 2,
      kind: { code: 'other' },
    })
  })
})

describe('the eight groups', () => {
  const kinds = ['water-depth', 'road-speed', 'pm25', 'crowd-density', 'methane', 'bin-fill']
  const sensors = kinds.map((kind, i) => sampleSensor(i + 1, { kind }))
  const quiet = {
    1: { value: 1 },
    2: { value: 60 },
    3: { value: 30 },
    4: { value: 1 },
    5: { value: 1 },
    6: { value: 20 },
  }

  it('keep their usual order while all is well, also without any sensor', () => {
    expect(vitalGroupViews(of(sensors, quiet)).map((view) => view.group)).toEqual(vitalGroups)
    expect(vitalGroupViews([]).map((view) => view.group)).toEqual(vitalGroups)
  })

  it('raise the worst three and no more', () => {
    const values = { ...quiet, 3: { value: 150 }, 4: { value: 3 }, 5: { value: 50 }, 6: { value: 95 } }
    const order = vitalGroupViews(of(sensors, values)).map((view) => view.group)
    expect(order.slice(0, 3)).toEqual(['lifeline', 'environment', 'safety'])
    expect(order.slice(3)).toEqual(vitalGroups.filter((group) => !order.slice(0, 3).includes(group)))
  })

  it('raise an alarm before a larger value without one', () => {
    const alarms = [sampleAlarm({ kind: 'bin-fill', priority: 4 })]
    const views = vitalGroupViews(of(sensors, { ...quiet, 5: { value: 90 } }, { alarms }))
    expect(views.slice(0, 2).map((view) => view.group)).toEqual(['appearance', 'lifeline'])
  })
})

describe('signs no sensor gives', () => {
  it('count what citizens brought', () => {
    const hour = 60 * minute
    const incidents = [
      sampleIncident({ source: 'hotline', reportedAt: noon - hour }),
      sampleIncident({ source: 'open311', reportedAt: noon - hour + 1, stageDueAt: noon, dueAt: null }),
      sampleIncident({ source: 'open311', reportedAt: noon, stageDueAt: noon - 1 }),
      sampleIncident({ source: 'iot', reportedAt: noon }),
      sampleIncident({ source: 'hotline', state: 'closed' }),
    ]
    expect(countRequests(incidents, noon)).toEqual({ open: 3, overdue: 1, lastHour: 2 })
  })

  it('tell the share of sensors that speak, and call it abnormal below 95 %', () => {
    const share = (count: number, fresh: number) => onlineShare([{ count, fresh } as never])
    expect(onlineShare([])).toEqual({ share: null, silent: null, isAbnormal: false })
    expect(share(100, 95)).toEqual({ share: 0.95, silent: 5, isAbnormal: false })
    expect(share(100, 94).isAbnormal).toBe(true)
  })
})
