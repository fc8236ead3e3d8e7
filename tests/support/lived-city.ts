/** A made city as life knows it, and what the real rules make of its life, in virtual time. */
import { generateCity } from '../../mock-data/city/generate-city.ts'
import type { CityLife } from '../../mock-data/life/city-life.ts'
import type { DoorInput } from '../../mock-data/life/door-input.ts'
import type { LivedCity } from '../../mock-data/life/lived-city.ts'
import { AlarmWatch } from '../../server/src/domain/alarm/watch.ts'
import { defaultAlarmRules } from '../../server/src/domain/alarm-rules.ts'
import { judgeTime, judgeValue } from '../../server/src/domain/reading/judge.ts'
import { checkCaseSettings } from '../../shared/contract/case-settings.ts'
import { checkCalendar, checkHead, checkLayer, checkTable, type Checked } from '../../shared/contract/pack-check.ts'
import { sensorKind } from '../../shared/model/sensor-kinds.ts'

const sound = <T>(checked: Checked<T>): T => {
  if (!checked.ok) throw new Error(checked.problems.join('; '))
  return checked.value
}

let made: LivedCity | null = null
/** The demo city of seed 1, made once a run. */
export function livedCity(): LivedCity {
  if (made) return made
  const pack = generateCity(1)
  const json = (file: string): unknown => JSON.parse(pack.get(file) ?? 'null')
  made = {
    head: sound(checkHead(json('pack.json'))),
    divisions: sound(checkLayer('divisions', json('divisions.geojson'))),
    roads: sound(checkLayer('roads', json('roads.geojson'))),
    places: sound(checkLayer('places', json('places.geojson'))),
    departments: sound(checkTable('departments.json', json('departments.json'))),
    caseClasses: [],
    caseSettings: sound(checkCaseSettings(json('case-settings.json'))),
    crews: sound(checkTable('crews.json', json('crews.json'))),
    devices: sound(checkTable('devices.json', json('devices.json'))),
    calendar: sound(checkCalendar(json('calendar.json'))),
  }
  return made
}

export interface JudgedAlarm {
  readonly ruleId: string
  readonly code: string
  readonly at: number
  readonly value: number
}

/** Feeds what life sends through time, value and alarm rules as the server does; answers each alarm as it is raised. */
export function alarmJudge(life: Pick<CityLife, 'devices'>) {
  const watch = new AlarmWatch(defaultAlarmRules)
  const ids = new Map(life.devices.map(({ code }, index) => [code, index]))
  const kinds = life.devices.map(({ kind }) => sensorKind(kind))
  const standing = new Map<number, string>()
  const alarms: JudgedAlarm[] = []
  let id = 0
  return {
    alarms,
    take(inputs: readonly DoorInput[], now: number) {
      for (const input of inputs) {
        if (input.door !== 'sensorthings') continue
        const sensorId = ids.get(input.code) as number
        const kind = kinds[sensorId] as (typeof kinds)[number]
        const { at, phenomenonAt, value } = input
        const quality = judgeTime(phenomenonAt, at, kind.intervalMs) | judgeValue(value, kind)
        const reading = { id: ++id, sensorId, phenomenonAt, receivedAt: at, value, text: null, quality }
        const verdict = watch.observe(kind.code, reading)
        if (verdict === undefined) continue
        if (verdict.rule === null) standing.delete(sensorId)
        else if (standing.get(sensorId) !== verdict.rule.id) {
          standing.set(sensorId, verdict.rule.id)
          alarms.push({ ruleId: verdict.rule.id, code: input.code, at, value })
        }
      }
      for (const { sensorId, rule } of watch.tick(now)) if (rule === null) standing.delete(sensorId)
    },
  }
}
