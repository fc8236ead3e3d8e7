/**
 * How many alarms the rules about deviations would bring a day: the real detector over all a month of the demo city's devices of their kinds
 * say, each in its own rhythm, with what happens to them and their faults. Beside it what limits said of the same devices.
 */
import { cityLife } from '../../mock-data/life/city-life.ts'
import { defaultAlarmRules } from '../../server/src/domain/alarm-rules.ts'
import { plainSituation } from '../../server/src/domain/alarm/scope.ts'
import { DeviationWatch, habitMs } from '../../server/src/domain/anomaly/deviation-watch.ts'
import { judgeTime, judgeValue } from '../../server/src/domain/reading/judge.ts'
import { cityCalendar } from '../../shared/model/city-calendar.ts'
import { sensorKind } from '../../shared/model/sensor-kinds.ts'
import { readCityFiles } from '../../mock-data/entrances/city-files.ts'
import { alarmJudge } from '../support/lived-city.ts'
import { city as cityPack } from '../support/program.ts'
import { sampleSensor } from '../support/sample-rows.ts'
import { conclude } from './support/report.ts'

const days = Number(process.env.BENCH_DAYS ?? 30)
const dayMs = 86_400_000
const stepMs = 600_000
const startAt = Date.parse('2026-08-03T00:00:00+08:00')
/** So many a day and console are still manageable (EEMUA 191, as the field reference has it): a detector may not use up a tenth of it. */
const mostADay = 15

const rules = defaultAlarmRules.filter(({ sense }) => sense === 'deviation')
const kinds = rules.map(({ kind }) => kind)
const whole = await readCityFiles(await cityPack('full'))
const city = { ...whole, devices: whole.devices.filter(({ kind }) => kinds.includes(kind)) }
const life = cityLife({ city, seed: 1, startAt, speed: 1, scenario: null, scale: 1, tickMs: 60_000 })
const limits = alarmJudge(life)
const watch = new DeviationWatch(defaultAlarmRules, cityCalendar('Asia/Shanghai'))
const sensors = new Map(city.devices.map(({ code, kind }, i) => [code, sampleSensor(i + 1, { kind })]))
const said = new Map(
  rules.map(({ id }) => [id, { alarms: 0, byDay: new Map<number, number>(), sensors: new Set<number>() }]),
)

let readings = 0
const cpu = process.cpuUsage()
for (let at = startAt + stepMs; at <= startAt + days * dayMs; at += stepMs) {
  const inputs = life.advance(at)
  limits.take(inputs, at)
  for (const input of inputs) {
    if (input.door !== 'sensorthings') continue
    const sensor = sensors.get(input.code)
    if (sensor === undefined) throw new Error(`nobody knows ${input.code}`)
    const { phenomenonAt, value, at: receivedAt } = input
    const kind = sensorKind(sensor.kind)
    const quality = judgeTime(phenomenonAt, receivedAt, kind.intervalMs) | judgeValue(value, kind)
    const reading = { id: ++readings, sensorId: sensor.id, phenomenonAt, receivedAt, value, text: null, quality }
    const verdict = watch.observe(sensor, reading, () => plainSituation)
    const one = verdict?.rule && said.get(verdict.rule.id)
    if (!one) continue
    const day = Math.floor((receivedAt - startAt) / dayMs)
    one.alarms++
    one.byDay.set(day, (one.byDay.get(day) ?? 0) + 1)
    one.sensors.add(sensor.id)
  }
}
const judgedDays = days - habitMs / dayMs
const all = [...said.values()].reduce((sum, { alarms }) => sum + alarms, 0)
const kindOf = new Map(city.devices.map(({ code, kind }) => [code, kind]))

const isMet = conclude({
  bench: 'deviation',
  tables: [
    {
      title: `alarms of rules about deviations, ${days} days of ${city.devices.length} devices, ${readings.toLocaleString('en')} readings; nothing is said in the first week`,
      head: ['rule', 'devices', 'alarms', 'of devices', 'a day', 'most on a day', 'by limits, same devices'],
      rows: rules.map(({ id, kind }) => {
        const { alarms, byDay, sensors: speakers } = said.get(id) as NonNullable<ReturnType<typeof said.get>>
        return [
          id,
          city.devices.filter((device) => device.kind === kind).length,
          alarms,
          speakers.size,
          alarms / judgedDays,
          Math.max(0, ...byDay.values()),
          limits.alarms.filter(({ code }) => kindOf.get(code) === kind).length,
        ]
      }),
    },
  ],
  goals: [
    { name: 'alarms a day, all rules', measured: all / judgedDays, atMost: mostADay },
    { name: 'readings a device and day', measured: readings / city.devices.length / days, atLeast: 100 },
  ],
  results: {
    days,
    readings,
    cpuS: (process.cpuUsage(cpu).user + process.cpuUsage(cpu).system) / 1e6,
    said: [...said].map(([id, { alarms, byDay }]) => ({ id, alarms, byDay: [...byDay] })),
  },
})
process.exitCode = isMet ? 0 : 1
