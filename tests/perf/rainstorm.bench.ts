/**
 * The rainstorm on one console with and without load control, and what grouping put together rightly and wrongly. Writes the plot of
 * docs/rainstorm.md. What the storm caused is known from the same hours lived without it.
 */
import { join } from 'node:path'
import { floodShare, floodsOf } from '../../shared/model/alarm-kpi.ts'
import { allowedAcknowledgeMs, loadOf } from '../../shared/model/load-control.ts'
import { testNoon } from '../support/engine.ts'
import { root } from '../support/program.ts'
import { quantile } from './support/measure.ts'
import { writePlot } from './support/plot.ts'
import { conclude } from './support/report.ts'
import { minuteMs, stormyShift, type Shift } from './support/stormy-shift.ts'

const minutes = Number(process.env.BENCH_MINUTES ?? 360)
const common = { minutes, actsAMinute: 3 }
const quiet = await stormyShift({ ...common, scenario: null, hasControl: true })
const plain = await stormyShift({ ...common, scenario: 'rainstorm', hasControl: false })
const held = await stormyShift({ ...common, scenario: 'rainstorm', hasControl: true })

const raisedIn = ({ log }: Shift) =>
  log.flatMap(({ at, event }) => (event.type === 'alarm.raised' ? [{ at, alarm: event.alarm }] : []))
/** Told one by one: every raise, and every repeat that was only counted. */
const everyRaise = ({ log }: Shift) =>
  log.flatMap(({ at, event }) =>
    event.type === 'alarm.raised' ||
    event.type === 'alarm.reraised' ||
    (event.type === 'alarm.fluttered' && event.holds)
      ? [at]
      : [],
  )
/** Lines of the queue that were new: critical alarms, groups, and alarms in none. */
function newLines(shift: Shift): number[] {
  const groups = new Set<string>()
  const groupOf = new Map(
    shift.log.flatMap(({ event }) => (event.type === 'alarm.grouped' ? [[event.alarmId, event.groupId] as const] : [])),
  )
  return raisedIn(shift).flatMap(({ at, alarm }) => {
    const group = groupOf.get(alarm.id)
    const isNew = group === undefined || !groups.has(group)
    if (group !== undefined) groups.add(group)
    return isNew || alarm.priority === 1 ? [at] : []
  })
}
const sounds = ({ log }: Shift) =>
  log.filter(
    ({ event }) =>
      (event.type === 'alarm.raised' && loadOf(event.alarm).sound !== null) ||
      ((event.type === 'alarm.reraised' || event.type === 'alarm.worsened') && (event.sound ?? null) !== null),
  ).length

const period = { from: testNoon, to: testNoon + minutes * minuteMs }
const ticks = Array.from({ length: minutes }, (_, minute) => testNoon + (minute + 1) * minuteMs)
const slots = (ats: readonly number[]) =>
  Array.from({ length: minutes / 10 }, (_, slot) => {
    const from = testNoon + slot * 10 * minuteMs
    return ats.filter((at) => at > from && at <= from + 10 * minuteMs).length
  })
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length

function acknowledged({ log }: Shift) {
  const raised = new Map(
    log.flatMap(({ at, event }) =>
      event.type === 'alarm.raised' ? [[event.alarm.id, { at, priority: event.alarm.priority }] as const] : [],
    ),
  )
  const took: { ms: number; isInTime: boolean; priority: number }[] = []
  for (const { at, event } of log) {
    const from = event.type === 'alarm.acknowledged' ? raised.get(event.alarmId) : undefined
    if (from === undefined || event.type !== 'alarm.acknowledged') continue
    raised.delete(event.alarmId)
    took.push({
      ms: at - from.at,
      isInTime: at - from.at <= allowedAcknowledgeMs(from.priority),
      priority: from.priority,
    })
  }
  const never = [...raised.values()].filter(
    ({ at, priority }) => period.to - at > allowedAcknowledgeMs(priority),
  ).length
  return { took, inTime: took.filter(({ isInTime }) => isInTime).length / (took.length + never) }
}
/**
 * Minutes from report to dispatch of cases no less urgent than this, of those that say where. A case nobody was sent to has waited until the
 * end at least: to leave it out would praise whoever leaves most undone.
 */
function dispatched({ log }: Shift, urgent = 4): { readonly took: readonly number[]; readonly never: number } {
  const reported = new Map<string, number>()
  const took: number[] = []
  for (const { at, event } of log) {
    if (event.type === 'incident.reported' && event.incident.priority <= urgent && event.incident.position !== null)
      reported.set(event.incident.id, at)
    const from = event.type === 'incident.dispatched' ? reported.get(event.incidentId) : undefined
    if (from === undefined || event.type !== 'incident.dispatched') continue
    took.push((at - from) / minuteMs)
    reported.delete(event.incidentId)
  }
  const left = [...reported.values()].map((at) => (period.to - at) / minuteMs)
  return { took: [...took, ...left], never: left.length }
}
const count = ({ log }: Shift, type: string) => log.filter(({ event }) => event.type === type).length

/** Sensors that alarm in these hours without the storm as well. */
const background = new Set(raisedIn(quiet).map(({ alarm }) => `${alarm.sensorName} ${alarm.kind}`))
const isOfStorm = new Map(
  raisedIn(held).map(({ alarm }) => [alarm.id, !background.has(`${alarm.sensorName} ${alarm.kind}`)]),
)
const members = new Map<string, string[]>()
for (const { event } of held.log)
  if (event.type === 'alarm.grouped') members.set(event.groupId, [...(members.get(event.groupId) ?? []), event.alarmId])
let [right, wrong] = [0, 0]
for (const ids of members.values())
  for (const id of ids.slice(1)) {
    if (isOfStorm.get(id) === isOfStorm.get(ids[0] ?? '')) right++
    else wrong++
  }
const grouped = new Set([...members.values()].flat())
const alone = [...isOfStorm].filter(([id, isStorm]) => isStorm && !grouped.has(id)).length

const [told, lines] = [slots(everyRaise(plain)), slots(newLines(held))]
const points = (values: readonly number[]) => values.map((value, slot): [number, number] => [(slot + 0.5) / 6, value])
writePlot(join(root, 'docs/pictures/rainstorm-load.svg'), {
  title: 'Alarms put before one console in ten minutes',
  x: { name: 'hours of the rainstorm', min: 0, max: minutes / 60 },
  y: { name: 'alarms', isShare: false },
  lines: [
    { name: 'with load control', points: points(lines) },
    { name: 'without', points: points(told) },
  ],
})

const [ofPlain, ofHeld] = [acknowledged(plain), acknowledged(held)]
const [sentPlain, sentHeld] = [dispatched(plain), dispatched(held)]
const [urgentPlain, urgentHeld] = [dispatched(plain, 2), dispatched(held, 2)]
const p = (values: readonly number[], q: number) => (values.length === 0 ? Number.NaN : quantile(values, q))
const min = ({ took }: ReturnType<typeof acknowledged>, q: number) =>
  p(
    took.map(({ ms }) => ms / minuteMs),
    q,
  )
const flood = (ats: readonly number[]) => floodShare(floodsOf(ats, ticks, 1), period) * 100
const isMet = conclude({
  bench: 'rainstorm',
  results: { minutes, told, lines, waitingWith: held.waiting, waitingWithout: plain.waiting },
  tables: [
    {
      title: `one console, ${minutes / 60} h of rainstorm, an officer of ${common.actsAMinute} acts a minute`,
      head: ['', 'with load control', 'without'],
      rows: [
        ['alarms raised', raisedIn(held).length, raisedIn(plain).length],
        ['put before the officer', newLines(held).length, everyRaise(plain).length],
        ['per 10 min, mean', mean(lines), mean(told)],
        ['per 10 min, most', Math.max(...lines), Math.max(...told)],
        ['sounds', sounds(held), everyRaise(plain).length],
        ['time in flood, %, by what is put before the officer', flood(newLines(held)), flood(everyRaise(plain))],
        ['to acknowledge, min, P50', min(ofHeld, 0.5), min(ofPlain, 0.5)],
        ['to acknowledge, min, P90', min(ofHeld, 0.9), min(ofPlain, 0.9)],
        ['acknowledged in the allowed time, %', ofHeld.inTime * 100, ofPlain.inTime * 100],
        ['escalations', count(held, 'alarm.escalated'), count(plain, 'alarm.escalated')],
        ['cases', count(held, 'incident.reported'), count(plain, 'incident.reported')],
        ['report to dispatch, min, P50', p(sentHeld.took, 0.5), p(sentPlain.took, 0.5)],
        ['report to dispatch, min, P90', p(sentHeld.took, 0.9), p(sentPlain.took, 0.9)],
        ['cases with a place nobody was sent to', sentHeld.never, sentPlain.never],
        ['report to dispatch, critical and urgent cases, min, P50', p(urgentHeld.took, 0.5), p(urgentPlain.took, 0.5)],
        ['report to dispatch, critical and urgent cases, min, P90', p(urgentHeld.took, 0.9), p(urgentPlain.took, 0.9)],
        ['overdue stages', count(held, 'incident.overdue'), count(plain, 'incident.overdue')],
        ['most left undone at once', Math.max(...held.waiting), Math.max(...plain.waiting)],
      ],
    },
    {
      title: 'what was put together',
      head: ['', 'alarms'],
      rows: [
        ['groups', members.size],
        ['joined rightly', right],
        ['joined wrongly (the storm’s with what would have been anyway)', wrong],
        ['of the storm, in no group', alone],
      ],
    },
  ],
  goals: [
    {
      name: 'put before the officer, with over without',
      measured: newLines(held).length / everyRaise(plain).length,
      atMost: 0.6,
    },
    { name: 'joined rightly, share', measured: right + wrong === 0 ? 0 : right / (right + wrong), atLeast: 0.9 },
    { name: 'acknowledged in time, with over without', measured: ofHeld.inTime / ofPlain.inTime, atLeast: 1 },
  ],
})
process.exit(isMet ? 0 : 1)
