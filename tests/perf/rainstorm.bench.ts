/**
 * The rainstorm on one console with and without load control, and what grouping put together rightly and wrongly. Writes the plot of
 * docs/rainstorm.md and its tables. What the storm caused is known from the same hours lived without it (`support/true-causes.ts`).
 */
import { join } from 'node:path'
import { floodShare, floodsOf } from '../../shared/model/alarm-kpi.ts'
import { allowedAcknowledgeMs, loadOf } from '../../shared/model/load-control.ts'
import { root } from '../support/program.ts'
import { quantile } from './support/measure.ts'
import { writePlot } from './support/plot.ts'
import { conclude } from './support/report.ts'
import { judgeGroups, sumOf, type Verdict } from './support/judge-groups.ts'
import { causesOf, chanceOf, deviceCodes, raisedIn } from './support/true-causes.ts'
import { writeTables } from './support/write-tables.ts'
import { minuteMs, stormBeginsAt, stormyShift, type Shift } from './support/stormy-shift.ts'

const minutes = Number(process.env.BENCH_MINUTES ?? 360)
const common = { seed: 1, minutes, actsAMinute: 3, scenario: 'rainstorm' } as const
const plain = await stormyShift({ ...common, hasControl: false })
const held = await stormyShift({ ...common, hasControl: true })
const byAge = await stormyShift({ ...common, hasControl: true, order: 'age' })

/** Lives no rule was chosen on; what goes wrong by chance beside the storm, as on any day and ten times that. */
const seeds = [11, 12, 13, 14]
const grouping: { readonly happenings: number; readonly verdict: Verdict }[] = []
for (const happenings of [1, 10]) {
  const verdicts: Verdict[] = []
  for (const seed of seeds) {
    const life = { ...common, seed, happenings, hasControl: true }
    const quiet = await stormyShift({ ...life, scenario: null })
    const storm = await stormyShift(life)
    const chance = chanceOf(seed, stormBeginsAt, stormBeginsAt + minutes * minuteMs, happenings)
    verdicts.push(judgeGroups(storm.log, causesOf(storm.log, quiet.log, chance, deviceCodes())))
  }
  grouping.push({ happenings, verdict: sumOf(verdicts) })
}

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
  return raisedIn(shift.log).flatMap(({ at, alarm }) => {
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

const period = { from: stormBeginsAt, to: stormBeginsAt + minutes * minuteMs }
const ticks = Array.from({ length: minutes }, (_, minute) => stormBeginsAt + (minute + 1) * minuteMs)
const slots = (ats: readonly number[]) =>
  Array.from({ length: minutes / 10 }, (_, slot) => {
    const from = stormBeginsAt + slot * 10 * minuteMs
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
 * Minutes from report to dispatch of cases of these priorities, of those that say where. A case nobody was sent to has waited until the
 * end at least: to leave it out would praise whoever leaves most undone.
 */
function dispatched(
  { log }: Shift,
  priorities: readonly number[] = [1, 2, 3, 4],
): { readonly took: readonly number[]; readonly never: number } {
  const reported = new Map<string, number>()
  const took: number[] = []
  for (const { at, event } of log) {
    if (
      event.type === 'incident.reported' &&
      priorities.includes(event.incident.priority) &&
      event.incident.position !== null
    )
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
const [urgentPlain, urgentHeld] = [dispatched(plain, [1, 2]), dispatched(held, [1, 2])]
const p = (values: readonly number[], q: number) => (values.length === 0 ? Number.NaN : quantile(values, q))
const min = ({ took }: ReturnType<typeof acknowledged>, q: number) =>
  p(
    took.map(({ ms }) => ms / minuteMs),
    q,
  )
const flood = (ats: readonly number[]) => floodShare(floodsOf(ats, ticks, 1), period) * 100
const rate = (part: number, whole: number) => (whole === 0 ? 0 : part / whole)
const levels: readonly (readonly [string, readonly number[]])[] = [
  ['critical and urgent', [1, 2]],
  ['normal', [3]],
  ['low', [4]],
  ['all', [1, 2, 3, 4]],
]
const waits = (shift: Shift, of: readonly number[]) => {
  const { took } = dispatched(shift, of)
  return [p(took, 0.5), p(took, 0.9), mean(took)].map((value) => Math.round(value)).join(' / ')
}
const row = (name: string, of: (verdict: Verdict) => number): (string | number)[] => [
  name,
  ...grouping.map(({ verdict }) => of(verdict)),
]
const tables = [
  {
    title: `one console, ${minutes / 60} h of rainstorm, an officer of ${common.actsAMinute} acts a minute`,
    head: ['', 'with load control', 'without'],
    rows: [
      ['alarms raised', raisedIn(held.log).length, raisedIn(plain.log).length],
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
    title: 'report to dispatch by level, min, P50 / P90 / mean',
    head: ['', 'cases', 'by priority', 'urgent ones first, then by age', 'without load control'],
    rows: levels.map(([name, of]) => [
      name,
      dispatched(held, of).took.length,
      ...[held, byAge, plain].map((shift) => waits(shift, of)),
    ]),
  },
  {
    title: 'what was put together, four lives',
    head: ['', ...grouping.map(({ happenings }) => (happenings === 1 ? 'as on any day' : `chance × ${happenings}`))],
    rows: [
      row('groups by cause', ({ groups }) => groups),
      row('alarms that joined one', ({ joined }) => joined),
      row(
        'of these with the cause of the first in it, %',
        ({ joinedRightly, joined }) => 100 * rate(joinedRightly, joined),
      ),
      row('pairs of one cause, of all pairs put together, %', ({ rightPairs, pairs }) => 100 * rate(rightPairs, pairs)),
      row(
        'pairs put together, of all near ones of one cause, %',
        ({ foundPairs, nearPairs }) => 100 * rate(foundPairs, nearPairs),
      ),
      row('alarms with such a neighbour', ({ accompanied }) => accompanied),
      row('of these in no such group', ({ leftAlone }) => leftAlone),
    ],
  },
]
if (minutes === 360) writeTables(join(root, 'docs/rainstorm.md'), tables)
const isMet = conclude({
  bench: 'rainstorm',
  results: { minutes, told, lines, waitingWith: held.waiting, waitingWithout: plain.waiting },
  tables,
  goals: [
    {
      name: 'put before the officer, with over without',
      measured: newLines(held).length / everyRaise(plain).length,
      atMost: 0.6,
    },
    ...grouping.map(({ happenings, verdict: { joined, joinedRightly, pairs, rightPairs } }) => ({
      name: `joined rightly, the lesser of alarms and pairs, chance × ${happenings}`,
      measured: Math.min(rate(joinedRightly, joined), rate(rightPairs, pairs)),
      atLeast: happenings === 1 ? 0.9 : 0.8,
    })),
    { name: 'acknowledged in time, with over without', measured: ofHeld.inTime / ofPlain.inTime, atLeast: 1 },
  ],
})
process.exit(isMet ? 0 : 1)
