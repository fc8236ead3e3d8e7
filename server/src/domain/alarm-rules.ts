/**
 * Alarm rules a city starts from; its pack may bring its own list instead. Limits follow the field's common lines
 * (water over a road closes it at 27 cm, methane at 20 and 40 % of its explosive limit …); dead-bands and delays keep
 * a value that hovers from ringing twice. Delays are counted in readings where the feed's own rhythm may vary.
 */
import { anyKind, type AlarmRule, type Priority, type RuleSense } from '../../../shared/model/alarm.ts'
import type { Rationale } from '../../../shared/model/alarm-priority.ts'
import { alarmRationale } from './alarm-rationale.ts'
import { alarmWords } from './alarm-words.ts'
import { speaksFrom } from './anomaly/deviation-detector.ts'

const s = 1000
const min = 60 * s

/** The value's side, and how long it must hold and have gone. */
type Limit = readonly [sense: RuleSense, limit: number, deadband: number]
type Delays = readonly [onDelayMs: number, onReadings: number, offDelayMs: number]
/** `opens`: the rule opens a case of its class by itself. */
type Row = readonly [string, string, Limit, Delays, Priority, classCode: string, opens?: 'opens']

/** Rates of change are looked for within this. */
const rateWindowMs = 60 * min
/** What few rules have: a danger that is not over because the value is back, or one that must not be forgotten once seen. */
const more: Readonly<Record<string, Pick<AlarmRule, 'latch' | 'reAlarm' | 'enabled'>>> = {
  'methane-critical': { latch: true, reAlarm: { afterMs: 10 * min, most: 3 } },
  'bridge-strain-critical': { latch: true },
  'crowd-critical': { reAlarm: { afterMs: 10 * min, most: 3 } },
  'water-depth-critical': { reAlarm: { afterMs: 30 * min, most: 3 } },
  'river-level-critical': { reAlarm: { afterMs: 30 * min, most: 3 } },
  // How many alarms a day these bring in a given city is not known before they are tried there: its people switch them on.
  'pm25-unusual': { enabled: false },
  'supply-voltage-unusual': { enabled: false },
}

const rows: readonly Row[] = [
  ['water-depth-high', 'water-depth', ['high', 15, 2], [1 * min, 2, 10 * min], 3, 'E0506'],
  ['water-depth-critical', 'water-depth', ['high', 27, 2], [1 * min, 2, 10 * min], 1, 'E0506', 'opens'],
  ['river-level-high', 'river-level', ['high', 3.8, 0.02], [5 * min, 2, 10 * min], 2, 'E0512'],
  ['river-level-critical', 'river-level', ['high', 4.3, 0.02], [5 * min, 2, 10 * min], 1, 'E0512', 'opens'],
  ['rainfall-high', 'rainfall', ['high', 35, 3], [0, 2, 15 * min], 3, 'E0506'],
  ['rainfall-critical', 'rainfall', ['high', 70, 5], [0, 2, 15 * min], 1, 'E0506'],
  ['wind-high', 'wind-speed', ['high', 17.2, 1], [1 * min, 2, 10 * min], 3, 'E0596'],
  ['wind-critical', 'wind-speed', ['high', 24.5, 1], [1 * min, 2, 10 * min], 1, 'E0596'],
  ['temperature-high', 'temperature', ['high', 40, 1], [30 * min, 3, 30 * min], 4, 'E0595'],
  ['pump-failed', 'pump', ['state', 2, 0], [0, 2, 5 * min], 2, 'P0597', 'opens'],
  ['road-speed-slow', 'road-speed', ['low', 30, 5], [0, 3, 0], 3, 'E0689'],
  ['road-speed-jam', 'road-speed', ['low', 15, 5], [0, 3, 0], 2, 'E0689'],
  ['pm25-high', 'pm25', ['high', 115, 10], [15 * min, 3, 30 * min], 4, 'E0304'],
  ['pm25-critical', 'pm25', ['high', 250, 15], [15 * min, 3, 30 * min], 3, 'E0304'],
  ['aqi-high', 'aqi', ['high', 150, 10], [0, 2, 0], 4, 'E0686'],
  ['aqi-critical', 'aqi', ['high', 200, 10], [0, 2, 0], 3, 'E0686'],
  ['ozone-high', 'ozone', ['high', 200, 15], [30 * min, 3, 30 * min], 4, 'E0686'],
  ['dust-high', 'dust', ['high', 1000, 100], [15 * min, 2, 15 * min], 4, 'E0304'],
  ['noise-high', 'noise', ['high', 85, 3], [10 * min, 5, 10 * min], 4, 'E0301'],
  ['crowd-dense', 'crowd-density', ['high', 3.5, 0.3], [1 * min, 2, 5 * min], 2, 'E0488'],
  ['crowd-critical', 'crowd-density', ['high', 5, 0.3], [1 * min, 2, 5 * min], 1, 'E0488', 'opens'],
  ['smoke-alarm', 'smoke', ['state', 1, 0], [0, 1, 1 * min], 1, 'E0587', 'opens'],
  ['leakage-current-high', 'leakage-current', ['high', 300, 30], [5 * min, 2, 10 * min], 2, 'P0128'],
  ['cable-temperature-high', 'cable-temperature', ['high', 70, 5], [5 * min, 2, 10 * min], 2, 'P0128'],
  ['cable-temperature-critical', 'cable-temperature', ['high', 90, 5], [5 * min, 2, 10 * min], 1, 'E0587', 'opens'],
  ['no-motion-at-home', 'home-care', ['high', 12, 1], [0, 1, 0], 2, 'E0597', 'opens'],
  ['methane-high', 'methane', ['high', 20, 2], [10 * s, 1, 1 * min], 2, 'E0502', 'opens'],
  ['methane-critical', 'methane', ['high', 40, 2], [10 * s, 1, 1 * min], 1, 'E0502', 'opens'],
  ['water-pressure-low', 'water-pressure', ['low', 0.14, 0.02], [1 * min, 2, 5 * min], 3, 'E0501'],
  ['water-pressure-burst', 'water-pressure', ['low', 0.08, 0.02], [1 * min, 2, 5 * min], 1, 'E0501', 'opens'],
  ['gas-pressure-low', 'gas-pressure', ['low', 0.12, 0.02], [1 * min, 2, 5 * min], 2, 'E0502'],
  ['gas-pressure-high', 'gas-pressure', ['high', 0.5, 0.02], [1 * min, 2, 5 * min], 2, 'E0502'],
  ['supply-voltage-low', 'supply-voltage', ['low', 180, 10], [1 * min, 2, 5 * min], 2, 'E0598'],
  ['supply-voltage-out', 'supply-voltage', ['low', 50, 50], [1 * min, 2, 5 * min], 1, 'E0598', 'opens'],
  ['elevator-trapped', 'elevator', ['state', 1, 0], [0, 1, 1 * min], 1, 'E0599', 'opens'],
  ['elevator-out', 'elevator', ['state', 2, 0], [0, 1, 5 * min], 4, 'P0596'],
  ['bridge-strain-high', 'bridge-strain', ['high', 70, 5], [1 * min, 3, 10 * min], 2, 'P0209'],
  ['bridge-strain-critical', 'bridge-strain', ['high', 100, 5], [1 * min, 3, 10 * min], 1, 'P0209', 'opens'],
  ['manhole-open', 'manhole-tilt', ['high', 15, 5], [0, 1, 1 * min], 2, 'P0123', 'opens'],
  ['bin-full', 'bin-fill', ['high', 95, 15], [0, 2, 5 * min], 4, 'E0192'],
  ['river-level-rising', 'river-level', ['rise', 0.5, 0.1], [0, 2, 10 * min], 3, 'E0512'],
  ['water-pressure-falling', 'water-pressure', ['fall', 0.15, 0.05], [0, 2, 5 * min], 2, 'E0501'],
  // A silent device is first a matter of its power: the class is put right on filing.
  ['gateway-silent', 'gateway', ['no-data', 3, 0], [0, 1, 0], 2, 'P0128'],
  ['no-data', anyKind, ['no-data', 3, 0], [0, 1, 0], 4, 'P0128'],
  ['flatline', anyKind, ['flatline', 0, 0], [0, 2, 0], 4, 'P0128'],
  ['bad-quality', anyKind, ['bad-quality', 0, 0], [0, 3, 0], 4, 'P0128'],
  // Kinds that report each five minutes, whose limits cannot know the place, and of which the city has few; the band says what is worth a look at all.
  ['pm25-unusual', 'pm25', ['deviation', speaksFrom, 40], [0, 1, 60 * min], 4, 'E0304'],
  ['supply-voltage-unusual', 'supply-voltage', ['deviation', speaksFrom, 10], [0, 1, 30 * min], 4, 'E0598'],
  ['street-light-out', 'street-light', ['state', 1, 0], [15 * min, 2, 15 * min], 4, 'P0137'],
]

export const defaultAlarmRules: readonly AlarmRule[] = rows.map(
  ([id, kind, limits, delays, priority, classCode, opens]) => {
    const [sense, limit, deadband] = limits
    const [onDelayMs, onReadings, offDelayMs] = delays
    const words = alarmWords[id]
    const term = ([zh, en]: readonly [string, string] = [id, id]) => ({ zh, en })
    return {
      id,
      version: 1,
      kind,
      sense,
      limit,
      deadband,
      onDelayMs,
      onReadings,
      offDelayMs,
      priority,
      name: term(words?.name),
      consequence: term(words?.consequence),
      action: term(words?.action),
      ...(opens ? { opensIncident: { classCode } } : {}),
      classCode,
      ...(sense === 'rise' || sense === 'fall' ? { windowMs: rateWindowMs } : {}),
      rationale: alarmRationale(id) as Rationale,
      ...(more[id] ?? {}),
    }
  },
)
