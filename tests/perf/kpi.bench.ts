/**
 * A year of numbers at a million cases and 150,000 alarms: how long each question of evaluation takes through the real routes and the real
 * store, on the embedded database and on a PostgreSQL server where there is one (DATABASE_URL, an empty database; or Debian's package).
 * Read models are written by the code that makes them anew at a start; beside them, in the same run, the same numbers counted case by
 * case and told again by the log.
 */
import { deepStrictEqual } from 'node:assert'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hashEvent, hashText } from '../../server/src/platform/event-hash.ts'
import { planAlarmCells } from '../../server/src/store/alarm-cells.ts'
import { alarmFactStatements } from '../../server/src/store/alarm-facts.ts'
import { defaultCaseClasses } from '../../server/src/domain/case-classes.ts'
import { KpiCells } from '../../server/src/store/kpi-cells.ts'
import { incidentStatements } from '../../server/src/store/model-rows.ts'
import { openStore, type Store } from '../../server/src/store/open-store.ts'
import { defaultDispatchSettings } from '../../shared/model/dispatch-settings.ts'
import { measuresOf } from '../../shared/model/kpi-case.ts'
import { indicators } from '../../shared/model/kpi-indicator.ts'
import { kpiDimensions } from '../../shared/model/kpi-measure.ts'
import { startMemoryServer } from '../support/memory-server.ts'
import { hasPostgresServer, startPostgresServer } from '../support/postgres-server.ts'
import { chain, emptyBatch } from '../store/samples.ts'
import { median } from './support/measure.ts'
import { conclude, type Goal } from './support/report.ts'
import { alarmOf, caseOf, districts } from './support/year-of-cases.ts'

const cases = Number(process.env.KPI_CASES ?? 1_000_000)
const alarms = Math.round(cases * 0.15)
const loggedCases = Math.min(cases, 5_000)
/** What a case of the lived history has in the log. */
const eventsEach = 21
const rounds = 7
const mostMs = 150
const zone = 'Asia/Shanghai'
const dayMs = 86_400_000
const days = 365
const toAt = Date.parse('2026-08-01T00:00:00+08:00')
const fromAt = toAt - days * dayMs

async function fill(store: Store): Promise<void> {
  const cells = new KpiCells(store.database)
  cells.follow(zone, defaultDispatchSettings.timeTargets)
  const share = (of: number, day: number) => Math.floor((of * (day + 1)) / days) - Math.floor((of * day) / days)
  let [caseNumber, alarmNumber] = [0, 0]
  for (let day = 0; day < days; day++) {
    const startAt = fromAt + day * dayMs
    const instants = (count: number) =>
      Array.from({ length: count }, (_, i) => startAt + Math.floor((i * dayMs) / count))
    const incidents = instants(share(cases, day)).map((at) => caseOf(caseNumber++, at, toAt))
    const raised = instants(share(alarms, day)).map((at) => alarmOf(alarmNumber++, at))
    const said = {
      alarms: raised.map(({ alarm }) => alarm),
      announcements: raised.flatMap(({ announced }) => announced),
    }
    await store.database.transaction([
      ...(await cells.fresh(incidents)),
      ...incidentStatements(incidents),
      ...(await planAlarmCells(store.database, said)),
      ...alarmFactStatements({ ...emptyBatch.rows, ...said }),
    ])
  }
  await store.database.script('analyze')
}

/** Counting again what the log tells, µs an event. */
async function recountUs(store: Store): Promise<number> {
  const incidents = Array.from({ length: loggedCases }, (_, n) => caseOf(n, fromAt + n, toAt))
  const events = chain(incidents.map((incident) => ({ type: 'incident.reported', incident })))
  for (let i = 0; i < events.length; i += 500)
    await store.engineStore.commit({ ...emptyBatch, events: events.slice(i, i + 500) })
  const startedAt = performance.now()
  let [read, counted, after] = [0, 0, 0]
  for (;;) {
    const page = await store.engineStore.events(after, 1_000)
    if (page.length === 0) break
    for (const { event } of page)
      if (event.type === 'incident.reported') counted += Number(measuresOf(event.incident).flags > 0)
    read += page.length
    after = page.at(-1)?.seq ?? after
  }
  if (counted !== loggedCases) throw new Error(`the log told ${counted} of ${loggedCases} cases`)
  return ((performance.now() - startedAt) * 1000) / read
}

const periodOf = (from: number, to: number) => `from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`
const period = periodOf(fromAt, toAt)
const midPeriod = periodOf(fromAt + 14 * dayMs, toAt - 17 * dayMs)
const cutPeriod = periodOf(fromAt + dayMs / 2, toAt - dayMs / 3)
const three = indicators
  .slice(0, 3)
  .map(({ code }) => code)
  .join(',')
const one = districts[0] as string
const oneClass = defaultCaseClasses[0]?.code ?? ''
const oneGroup = oneClass.slice(0, 3)
const oneSource = 'hotline'
const oneDepartment = defaultCaseClasses[0]?.departmentId ?? ''
const questions: readonly (readonly [name: string, path: string])[] = [
  ['indicators, all', `indicators?${period}`],
  ...kpiDimensions.map((by) => [`indicators by ${by}`, `indicators?${period}&by=${by}`] as const),
  ...(['day', 'week', 'month'] as const).map((by) => [`indicators by ${by}`, `indicators?${period}&by=${by}`] as const),
  ['indicators by grid, the worst fifty', `indicators?${period}&by=grid&order=inTimeArchiveRate&limit=50`],
  ['three indicators by grid', `indicators?${period}&by=grid&indicator=${three}`],
  ['indicators by month, a year before beside them', `indicators?${period}&by=month&compare=year`],
  ...(['day', 'month', 'district', 'class', 'department', 'priority'] as const).map(
    (by) => [`times by ${by}`, `times?${period}&by=${by}`] as const,
  ),
  ['times by class, from mid-month to mid-month', `times?${midPeriod}&by=class`],
  ['times by month, one district', `times?${period}&by=month&district=${one}`],
  ['series by month', `series?${period}&by=month`],
  ['series by month, from mid-day to mid-day', `series?${cutPeriod}&by=month`],
  ['groups by district', `groups?${period}&by=district`],
  ['groups by class', `groups?${period}&by=class`],
  // Two conditions at once.
  ['series by month, one class in one district', `series?${period}&by=month&district=${one}&class=${oneClass}`],
  ['times by month, one class in one district', `times?${period}&by=month&district=${one}&class=${oneClass}`],
  ['groups by department, one district', `groups?${period}&by=department&district=${one}`],
  ['groups by class, one district', `groups?${period}&by=class&district=${one}`],
  ['groups by source, one class', `groups?${period}&by=source&class=${oneClass}`],
  ['groups by district, one class', `groups?${period}&by=district&class=${oneClass}`],
  ['times by department, one district', `times?${period}&by=department&district=${one}`],
  ['times by source, one class', `times?${period}&by=source&class=${oneClass}`],
  ['times by week, one class in one district', `times?${midPeriod}&by=week&district=${one}&class=${oneClass}`],
  [
    'groups by department, one class in one district',
    `groups?${midPeriod}&by=department&district=${one}&class=${oneClass}`,
  ],
  // Pairs with many cases by the day and the week, and what mid-months cut of them.
  ['series by day, one source in one district', `series?${period}&by=day&district=${one}&source=${oneSource}`],
  ['times by week, one source in one district', `times?${period}&by=week&district=${one}&source=${oneSource}`],
  [
    'times by day, one department in one district',
    `times?${period}&by=day&district=${one}&department=${oneDepartment}`,
  ],
  ['series by day, one group of classes', `series?${period}&by=day&class=${oneGroup}`],
  ['series by day, one group of classes in one district', `series?${period}&by=day&district=${one}&class=${oneGroup}`],
  ['times by day, all events in one district', `times?${period}&by=day&district=${one}&class=E`],
  ['groups by priority, one source, mid-month to mid-month', `groups?${midPeriod}&by=priority&source=${oneSource}`],
  // What no cell holds: one class and something else by the day, and three conditions.
  ['series by day, one class in one district', `series?${period}&by=day&district=${one}&class=${oneClass}`],
  [
    'series by month, one class and source in one district',
    `series?${period}&by=month&district=${one}&class=${oneClass}&source=${oneSource}`,
  ],
  [
    'groups by priority, one source in one district',
    `groups?${period}&by=priority&district=${one}&source=${oneSource}`,
  ],
  [
    'groups by department, one group of classes in one district',
    `groups?${period}&by=department&district=${one}&class=${oneGroup}`,
  ],
  [
    'series by day, one department and source in one district',
    `series?${period}&by=day&district=${one}&department=${oneDepartment}&source=${oneSource}`,
  ],
  ['where cases stop', `funnel?${period}`],
  ['where cases stop, one source in one district', `funnel?${period}&district=${one}&source=${oneSource}`],
  ['how long cases took, in classes', `distribution?${period}`],
  ['how long cases took, in classes, one district', `distribution?${cutPeriod}&district=${one}`],
  ['when cases come', `heat?${period}`],
  ['when cases come, one source in one district', `heat?${period}&district=${one}&source=${oneSource}`],
  ['alarms', `alarms?${period}`],
  ['alarms, who spoke most in a month', 'alarms/bad-actors?month=2026-07'],
]

interface Measured {
  readonly name: string
  /** From asking to the last byte, the quickest of the rounds: what a machine that does other things adds is not the answer's. */
  readonly ms: number
  /** Of this process, its database's thread with it: not of a PostgreSQL server. */
  readonly cpuMs: number
  readonly bytes: number
}

async function ask(store: Store): Promise<Measured[]> {
  const server = await startMemoryServer({ parts: { models: store.readModels } })
  server.clock.at = toAt
  const cookie = await server.signIn('manager')
  const measured: Measured[] = []
  for (const [name, path] of questions) {
    const took: number[] = []
    const cpu: number[] = []
    let bytes = 0
    for (let round = 0; round < rounds && took.reduce((sum, ms) => sum + ms, 0) < 20_000; round++) {
      const [startedAt, cpuBefore] = [performance.now(), process.cpuUsage()]
      const response = await server.fetch(`/api/v1/kpi/${path}`, { cookie })
      const body = await response.text()
      took.push(performance.now() - startedAt)
      const { user, system } = process.cpuUsage(cpuBefore)
      cpu.push((user + system) / 1000)
      if (response.status !== 200) throw new Error(`${path}: ${response.status} ${body}`)
      bytes = body.length
    }
    measured.push({ name, ms: Math.min(...took), cpuMs: median(cpu), bytes })
  }
  await server.close()
  return measured
}

/** The same indicators without the cells. */
async function caseByCaseMs(store: Store): Promise<number> {
  const startedAt = performance.now()
  const { total } = await store.readModels.indicators({ from: fromAt, to: toAt, by: null, exactly: true }, zone)
  const kept = await store.readModels.indicators({ from: fromAt, to: toAt, by: null }, zone)
  deepStrictEqual(kept.total, total, 'the cells say something else than the cases')
  return performance.now() - startedAt
}

async function run(name: string, databaseUrl: string | null) {
  const dataDir = mkdtempSync(join(tmpdir(), 'tongguan-kpi-'))
  const store = await openStore({
    dataDir,
    databaseUrl,
    timeZone: zone,
    clock: { now: () => toAt },
    hashEvent,
    hashText,
  })
  try {
    const startedAt = performance.now()
    await fill(store)
    const fillS = (performance.now() - startedAt) / 1000
    const measured = await ask(store)
    const byCaseMs = await caseByCaseMs(store)
    const logUs = await recountUs(store)
    return { name, measured, byCaseMs, logS: (logUs * eventsEach * cases) / 1_000_000, fillS }
  } finally {
    await store.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const wanted = process.env.KPI_DATABASES ?? 'embedded,PostgreSQL'
type Result = Awaited<ReturnType<typeof run>>
/** Results of runs of one database each, to be told together: files of theirs, with commas between. */
const results: Result[] = (process.env.KPI_RESULTS?.split(',') ?? []).flatMap((path) => {
  const { results: told } = JSON.parse(readFileSync(path, 'utf8')) as { results: { cases: number; results: Result[] } }
  if (told.cases !== cases) throw new Error(`${path} is of ${told.cases} cases`)
  return told.results
})
if (wanted.includes('embedded')) results.push(await run('embedded', null))
const url = process.env.DATABASE_URL
const own = url === undefined && hasPostgresServer && wanted.includes('PostgreSQL') ? await startPostgresServer() : null
const serverUrl = url ?? (await own?.newDatabase())
if (serverUrl !== undefined && wanted.includes('PostgreSQL')) results.push(await run('PostgreSQL', serverUrl))
await own?.stop()

/** On the embedded database by CPU, which other work of the machine does not change. */
const slowest = (name: string, of: readonly Measured[]) =>
  Math.max(...of.map(({ ms, cpuMs }) => (name === 'embedded' ? Math.min(ms, cpuMs) : ms)))
const of = (name: string) => results.find((one) => one.name === name)
const cell = (value: number | undefined) => value ?? Number.NaN
const isMet = conclude({
  bench: 'kpi',
  tables: [
    {
      title: `${cases.toLocaleString('en')} cases and ${alarms.toLocaleString('en')} alarms of a year, ms an answer (the quickest of ${rounds}; CPU: median)`,
      head: ['/kpi/…', 'embedded, CPU', 'embedded', 'PostgreSQL', 'bytes'],
      rows: questions.map(([name], i) => [
        name,
        cell(of('embedded')?.measured[i]?.cpuMs),
        cell(of('embedded')?.measured[i]?.ms),
        cell(of('PostgreSQL')?.measured[i]?.ms),
        cell(results[0]?.measured[i]?.bytes),
      ]),
    },
    {
      title: 'the same year without read models, s',
      head: ['how', 'embedded', 'PostgreSQL'],
      rows: [
        [
          'indicators, counted case by case',
          ...['embedded', 'PostgreSQL'].map((name) => cell(of(name)?.byCaseMs) / 1000),
        ],
        [
          `recounted from the log (${eventsEach} events a case; told by ${loggedCases.toLocaleString('en')} of them)`,
          ...['embedded', 'PostgreSQL'].map((name) => cell(of(name)?.logS)),
        ],
        ['making the read models', ...['embedded', 'PostgreSQL'].map((name) => cell(of(name)?.fillS))],
      ],
    },
  ],
  goals: results.map(({ name, measured }): Goal => ({
    name: `slowest answer, ${name}, ms`,
    measured: slowest(name, measured),
    atMost: mostMs,
  })),
  results: { cases, alarms, results },
})
process.exitCode = isMet ? 0 : 1
