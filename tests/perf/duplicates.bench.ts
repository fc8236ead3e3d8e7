/**
 * Duplicates: how often the likeness rule finds the case a report is one more of, on simulated reports of seeds its weights were not chosen on, beside
 * the field's default (50 m, 24 h, same 小类). Then what it would merge of real requests, where nobody knows the truth, as a guard against merging too
 * much; `--data FILE --mapping FILE` takes others by a replay mapping. And what a question costs among 10,000 open cases.
 */
import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { seededRandom } from '../../mock-data/city/random.ts'
import { Advice } from '../../server/src/domain/advice/suggest.ts'
import { defaultCaseClasses } from '../../server/src/domain/case-classes.ts'
import { findCandidates } from '../../server/src/domain/duplicate/candidates.ts'
import { CaseIndex } from '../../server/src/domain/duplicate/case-index.ts'
import type { Told } from '../../server/src/domain/duplicate/print.ts'
import { mergeAdvised } from '../../shared/model/duplicate.ts'
import { root } from '../support/program.ts'
import { defaultMatcher, likenessMatcher } from './support/duplicate-matchers.ts'
import { judgeDuplicates, precisionOf, recallOf, sensorsOnly, type Judged } from './support/judge-duplicates.ts'
import { quantile } from './support/measure.ts'
import { requestIncidents } from './support/request-incidents.ts'
import { reportStream } from './support/report-stream.ts'
import { conclude, type Goal, type Table } from './support/report.ts'

const seeds = [21, 22, 23]
const days = 4
const openCases = 10_000
const samples = 12

const advice = new Advice(
  defaultCaseClasses,
  () => true,
  () => [],
)
const read = (told: Told) => advice.readClass(told)
const ours = () => likenessMatcher(mergeAdvised, read)

const streams = seeds.map((seed) => reportStream({ seed, days }))
const judged = streams.map((steps) => ({
  likeness: judgeDuplicates(steps, ours()),
  field: judgeDuplicates(steps, defaultMatcher()),
}))
const sum = (of: readonly Judged[]) => {
  const all = { right: 0, wrong: 0, missed: 0 }
  for (const { right, wrong, missed } of of) {
    all.right += right
    all.wrong += wrong
    all.missed += missed
  }
  return all
}
const [likeness, field] = [sum(judged.map((one) => one.likeness)), sum(judged.map((one) => one.field))]
const pairs = [...new Set(judged.flatMap((one) => [...one.likeness.byPair.keys(), ...one.field.byPair.keys()]))].sort()
const ofPair = (of: readonly Judged[], pair: string) => {
  const all = { right: 0, wrong: 0, missed: 0 }
  for (const { byPair } of of) {
    const one = byPair.get(pair)
    all.right += one?.right ?? 0
    all.wrong += one?.wrong ?? 0
    all.missed += one?.missed ?? 0
  }
  return all
}
const pairRow = (pair: string) => {
  const [a, b] = [
    ofPair(
      judged.map((one) => one.likeness),
      pair,
    ),
    ofPair(
      judged.map((one) => one.field),
      pair,
    ),
  ]
  const mark = pair === sensorsOnly ? `${pair} (not in the total)` : pair
  return [mark, a.right, a.wrong, a.missed, precisionOf(a), recallOf(a), precisionOf(b), recallOf(b)]
}
const tables: Table[] = [
  {
    title: `simulated reports, seeds ${seeds.join(', ')}, ${days} days each, merged at a score of ${mergeAdvised}`,
    head: ['', 'right', 'wrong', 'missed', 'precision', 'recall', '50 m 24 h: precision', 'recall'],
    rows: [
      ...pairs.map(pairRow),
      ...[
        [
          'all',
          ...[likeness.right, likeness.wrong, likeness.missed, precisionOf(likeness), recallOf(likeness)],
          ...[precisionOf(field), recallOf(field)],
        ],
      ],
    ],
  },
]
const goals: Goal[] = [
  { name: 'precision on simulated reports', measured: precisionOf(likeness), atLeast: 0.95 },
  { name: 'recall on simulated reports', measured: recallOf(likeness), atLeast: 0.85 },
  { name: 'recall, more than 50 m and 24 h finds', measured: recallOf(likeness) - recallOf(field), atLeast: 0.03 },
]

const dataFile = resolve(root, process.env.BENCH_DATA ?? '../shared/data/los-angeles/service-requests-2017-12.csv')
const mappingFile = resolve(root, process.env.BENCH_MAPPING ?? 'docs/replay/los-angeles/service-requests.json')
const results: Record<string, unknown> = { seeds, days, likeness, field }
if (!existsSync(dataFile) || !statSync(dataFile).isFile())
  console.log(`skipped: real requests: ${dataFile} is not there`)
else {
  const incidents = await requestIncidents(dataFile, mappingFile)
  const play = (matcher: ReturnType<typeof ours>) => {
    const merged: { readonly incident: (typeof incidents)[number]; readonly other: string }[] = []
    for (const incident of incidents) {
      const other = matcher.match(incident)
      if (other === null) matcher.add(incident)
      else merged.push({ incident, other })
    }
    return merged
  }
  const byId = new Map(incidents.map((one) => [one.id, one]))
  const [byUs, byField] = [play(ours()), play(defaultMatcher())]
  const share = (merged: readonly unknown[]) => merged.length / incidents.length
  const classes = [...new Set(incidents.map(({ classCode }) => classCode))].sort()
  const inClass = (merged: typeof byUs, code: string) =>
    merged.filter(({ incident }) => incident.classCode === code).length /
    incidents.filter(({ classCode }) => classCode === code).length
  tables.push({
    title: `real requests nobody merged: ${incidents.length} of ${dataFile.slice(dataFile.lastIndexOf('/') + 1)}, share that would be merged`,
    head: ['class', 'requests', 'likeness', '50 m 24 h'],
    rows: [
      ...classes.map((code) => [
        code,
        incidents.filter(({ classCode }) => classCode === code).length,
        inClass(byUs, code),
        inClass(byField, code),
      ]),
      ['all', incidents.length, share(byUs), share(byField)],
    ],
  })
  console.log('\nsome of what likeness would merge')
  byUs
    .filter((_, i) => i % Math.max(1, Math.floor(byUs.length / samples)) === 0)
    .slice(0, samples)
    .forEach(({ incident, other }) => {
      const into = byId.get(other)
      const minutes = Math.round((incident.reportedAt - (into?.reportedAt ?? 0)) / 60_000)
      const [one, main] = [incident, into].map((row) => `${row?.description.slice(0, 60)} at ${row?.address}`)
      console.log(`  ${one}\n    into ${main}, ${minutes} min before`)
    })
  goals.push({
    name: 'share of real requests merged ÷ that of 50 m and 24 h',
    measured: share(byUs) / share(byField),
    atMost: 1.1,
  })
  Object.assign(results, { requests: incidents.length, merged: byUs.length, mergedByField: byField.length })
}

/** Ten thousand open cases in the city of the stream, at their places again and again a little apart. */
const index = new CaseIndex()
const random = seededRandom(5)
const told = streams.flatMap((steps) => steps.flatMap((step) => (step.kind === 'report' ? [step.incident] : [])))
const at = told[0]?.reportedAt ?? 0
for (let i = 0; i < openCases; i++) {
  const one = told[i % told.length]
  if (one === undefined) break
  const [lon, lat] = one.position ?? [0, 0]
  const position =
    one.position === null ? null : ([lon + 2e-3 * random.normal(), lat + 2e-3 * random.normal()] as const)
  index.set({ ...one, id: `open-${i}`, position, reportedAt: at + random.between(0, 48) * 3_600_000 })
}
const asked = told.slice(0, 1000)
const askMs: number[] = []
const cpuBefore = process.cpuUsage()
for (const incident of asked) {
  const startedAt = performance.now()
  findCandidates(index, { ...incident, id: 'asked', reportedAt: at + 48 * 3_600_000 }, read)
  askMs.push(performance.now() - startedAt)
}
const cpu = process.cpuUsage(cpuBefore)
const cpuMs = (cpu.user + cpu.system) / 1000 / asked.length
tables.push({
  title: `one question among ${index.size} open cases, ms`,
  head: ['CPU, mean', 'P50', 'P90', 'slowest'],
  rows: [[cpuMs, quantile(askMs, 0.5), quantile(askMs, 0.9), Math.max(...askMs)]],
})
goals.push({ name: 'one question among 10,000 open cases, CPU ms', measured: cpuMs, atMost: 5 })

process.exit(conclude({ bench: 'duplicates', tables, goals, results }) ? 0 : 1)
