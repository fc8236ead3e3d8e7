/**
 * A simulated week beside real cities, where their files are: `TONGGUAN_DATA` or ../shared/data. Writes the plots of docs/simulation.md. The
 * baseline of the curves is a city without hours, whose every hour is alike.
 */
import { join, resolve } from 'node:path'
import { root } from '../support/program.ts'
import { quantile } from './support/measure.ts'
import { spread, writePlot, type Plot } from './support/plot.ts'
import { absentFiles, realCities } from './support/real-cities.ts'
import { conclude } from './support/report.ts'
import { simulatedWeek } from './support/simulated-week.ts'
import { correlation, overlap, shares, topShare } from './support/week-figures.ts'

const dir = resolve(root, process.env.TONGGUAN_DATA ?? '../shared/data')
const absent = absentFiles(dir)
if (absent.length > 0) {
  console.log(`skipped: ${absent.map((file) => join(dir, file)).join(', ')} not there`)
  process.exit(0)
}
const real = realCities(dir)
const week = await simulatedWeek()

const hours = (values: readonly number[]) => values.map((value, hour): [number, number] => [hour + 0.5, value])
const plots: Readonly<Record<string, Plot>> = {
  'week-arrivals': {
    title: 'When requests come in, working days',
    x: { name: 'hour of the day', min: 0, max: 24 },
    y: { name: 'share of the day', isShare: true },
    lines: [
      { name: 'simulated', points: hours(shares(week.arrivals)) },
      { name: 'Los Angeles', points: hours(shares(real.arrivals)) },
    ],
  },
  'week-classes': {
    title: 'How much the commonest classes make up',
    x: { name: 'classes, commonest first', min: 1, max: 12 },
    y: { name: 'share of requests', isShare: true },
    lines: [
      { name: 'simulated', points: Array.from({ length: 12 }, (_, i) => [i + 1, topShare(week.classes, i + 1)]) },
      { name: 'Los Angeles', points: real.classes.map((_, i) => [i + 1, topShare(real.classes, i + 1)]) },
    ],
  },
  'week-response': {
    title: 'From dispatch to the first crew on the scene, emergencies',
    x: { name: 'minutes', min: 0, max: 30 },
    y: { name: 'share on the scene', isShare: true },
    lines: [
      { name: 'simulated', points: spread(week.minutesToArrive) },
      { name: 'San Francisco', points: spread(real.minutesToArrive) },
    ],
  },
  'week-closing': {
    title: 'From request to its end',
    x: { name: 'hours', min: 0.1, max: 1000, isLog: true },
    y: { name: 'share ended', isShare: true },
    lines: [
      { name: 'simulated', points: spread(week.hoursToClose.filter((value) => value > 0.1)) },
      { name: 'Los Angeles', points: spread(real.hoursToClose.filter((value) => value > 0.1)) },
    ],
  },
  'week-speed': {
    title: 'Speed on main roads over free speed, working days',
    x: { name: 'hour of the day', min: 0, max: 24 },
    y: { name: 'speed ÷ free speed', isShare: true, min: 0.3 },
    lines: [
      { name: 'simulated', points: hours(week.speedByHour) },
      { name: 'Los Angeles freeways', points: hours(real.speedByHour) },
    ],
  },
}
for (const [name, plot] of Object.entries(plots)) writePlot(join(root, 'docs/pictures', `${name}.svg`), plot)

const flat = new Array<number>(24).fill(1)
const between = (counts: readonly number[], from: number, to: number) =>
  shares(counts)
    .slice(from, to)
    .reduce((a, b) => a + b, 0)
const times = (name: string, values: readonly number[]) => [
  name,
  values.length,
  ...[0.1, 0.5, 0.9].map((q) => quantile(values, q)),
]

const isMet = conclude({
  bench: 'week',
  results: {
    ...{ cases: week.cases, requests: week.requests, seconds: week.seconds },
    ...{ arrivals: week.arrivals, speedByHour: week.speedByHour },
  },
  tables: [
    {
      title: `requests of working days; simulated: ${week.requests} of ${week.cases} cases, lived in ${Math.round(week.seconds)} s`,
      head: ['', 'simulated', 'Los Angeles', 'every hour alike'],
      rows: [
        ['0 to 6 h', between(week.arrivals, 0, 6), between(real.arrivals, 0, 6), 0.25],
        ['8 to 18 h', between(week.arrivals, 8, 18), between(real.arrivals, 8, 18), 10 / 24],
        ['in common with Los Angeles', overlap(week.arrivals, real.arrivals), 1, overlap(flat, real.arrivals)],
        ['classes', week.classes.length, real.classes.length, '—'],
        ['share of the commonest', topShare(week.classes, 1), topShare(real.classes, 1), '—'],
        ['share of the five commonest', topShare(week.classes, 5), topShare(real.classes, 5), '—'],
      ],
    },
    {
      title: 'times',
      head: ['', 'n', 'P10', 'P50', 'P90'],
      rows: [
        times('dispatch to departure, min, simulated emergencies', week.minutesToDepart),
        times('the same, San Francisco', real.minutesToDepart),
        times('dispatch to scene, min, simulated emergencies', week.minutesToArrive),
        times('the same, San Francisco', real.minutesToArrive),
        times('request to end, h, simulated', week.hoursToClose),
        times('the same, Los Angeles', real.hoursToClose),
      ],
    },
    {
      title: 'speed over free speed, working days',
      head: ['', 'simulated', 'Los Angeles freeways'],
      rows: [3, 8, 12, 18].map((hour) => [
        `${hour} h`,
        week.speedByHour[hour] ?? Number.NaN,
        real.speedByHour[hour] ?? Number.NaN,
      ]),
    },
  ],
  goals: [
    {
      name: 'arrivals by hour in common with Los Angeles',
      measured: overlap(week.arrivals, real.arrivals),
      atLeast: 0.8,
    },
    {
      name: 'the same, more than a city without hours has',
      measured: overlap(week.arrivals, real.arrivals) - overlap(flat, real.arrivals),
      atLeast: 0.05,
    },
    {
      name: 'speeds by hour, correlation with Los Angeles',
      measured: correlation(week.speedByHour, real.speedByHour),
      atLeast: 0.7,
    },
    {
      name: 'median dispatch to scene ÷ San Francisco',
      measured: quantile(week.minutesToArrive, 0.5) / quantile(real.minutesToArrive, 0.5),
      atMost: 2,
    },
  ],
})
process.exit(isMet ? 0 : 1)
