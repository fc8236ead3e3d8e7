import { describe, expect, it } from 'vitest'
import { badSide, excessOf, vitalGroupViews, vitalSigns } from '../../../client/src/components/wall/vital-signs.ts'
import { cityVitals } from '../../../server/src/realtime/city-vitals.ts'
import { countRequests, onlineShare } from '../../../client/src/views/wall/own-vitals.ts'
import type { AlarmRule } from '../../../shared/model/alarm.ts'
import type { Sensor } from '../../../shared/model/sensor.ts'
import { quality } from '../../../shared/model/reading.ts'
import { sensorKind, vitalGroups } from '../../../shared/model/sensor-kinds.ts'
import { noon, sampleAlarm, sampleIncident, sampleSensor } from '../../support/sample-rows.ts'

const minute = 60_000
const rule = (kind: string, sense: AlarmRule['sense']) => ({ kind, sense }) as AlarmRule
type Latest = { readonly value: number; readonly phenomenonAt: number; readonly quality: number }
/** As the server counts them. */
const of = (
  sensors: Sensor[],
  values: Record<number, Partial<Latest>>,
  over: Partial<Parameters<typeof vitalSigns>[0]> = {},
) =>
  vitalSigns({
    kinds: cityVitals({
      sensors,
      latestOf: (id) =>
        values[id] === undefined ? undefined : { value: 0, phenomenonAt: noon, quality: 0, ...values[id] },
      nowAt: noon,
      before: null,
    }).kinds,
    alarms: [],
    rules: [],
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

  it('stays with the end it shows on a near tie of both sides, and leaves it for a worse one', () => {
    // 2.0 to 3.5 m is a quiet day's: both of these lie outside, by as much.
    const sensors = [sampleSensor(1, { kind: 'river-level' }), sampleSensor(2, { kind: 'river-level' })]
    const [low, high] = sensorKind('river-level').normal
    const width = high - low
    const shownBefore = new Map([['river-level', 1]])
    const shown = (by: number) =>
      of(sensors, { 1: { value: low - width }, 2: { value: high + width * (1 + by) } }, { shownBefore })[0]
    expect(shown(0.019)).toMatchObject({ worstSensorId: 1, side: 'both' })
    expect(shown(0.021)?.worstSensorId).toBe(2)
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
