/**
 * The property of sequences for as long as there is time: `npm run sequences -- --runs N --minutes M --steps K --seed S --count FILE`. Ends with how many
 * were played, or at the first that fails with what shows it again, shrunk.
 */
import fc from 'fast-check'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { anySequence } from '../unit/domain/sequences/any-sequence.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    minutes: { type: 'string' },
    steps: { type: 'string' },
    seed: { type: 'string' },
    count: { type: 'string' },
    rules: { type: 'string' },
  },
})
const whole = (name: 'runs' | 'minutes' | 'steps' | 'seed', otherwise: number): number => {
  const text = values[name] ?? String(otherwise)
  if (!/^\d{1,9}$/.test(text)) throw new RangeError(`--${name} needs a whole number, not ${text}`)
  return Number(text)
}
const runs = whole('runs', 10_000)
const minutes = whole('minutes', 10)
const seed = whole('seed', Math.floor(Math.random() * 1_000_000))
const batch = 5_000
/** Shorter than in `npm test`: more beginnings in the same time. */
const mostSteps = Math.max(1, whole('steps', 40))
const tellEveryMs = 60_000

const startedAt = performance.now()
const cpu = process.cpuUsage()
const endsAt = startedAt + minutes * 60_000
let [played, steps, toldAt] = [0, 0, startedAt]
const property = anySequence(mostSteps, (count) => {
  played++
  steps += count
})

interface Count {
  readonly rules: string
  runs: number
  steps: number
  readonly starts: { readonly seed: number; readonly mostSteps: number; runs: number }[]
  readonly failures: { readonly seed: number; readonly path: string | null; readonly error: string }[]
}
const { count: countFile, rules = '' } = values
/** What these rules have been through so far; of other rules nothing counts. */
function counted(): Count {
  const none: Count = { rules, runs: 0, steps: 0, starts: [], failures: [] }
  if (countFile === undefined || !existsSync(countFile)) return none
  const kept = JSON.parse(readFileSync(countFile, 'utf8')) as Count
  return kept.rules === rules ? kept : none
}
const count = counted()
const start = { seed, mostSteps, runs: 0 }
count.starts.push(start)
const before = { runs: count.runs, steps: count.steps }
function keep(): void {
  start.runs = played
  count.runs = before.runs + played
  count.steps = before.steps + steps
  if (countFile !== undefined) writeFileSync(countFile, `${JSON.stringify(count, null, 2)}\n`)
}

function tell(): void {
  const { user, system } = process.cpuUsage(cpu)
  const seconds = (performance.now() - startedAt) / 1000
  console.log(
    `${played.toLocaleString('en')} sequences, ${steps.toLocaleString('en')} steps in ${seconds.toFixed(0)} s: ${(played / seconds).toFixed(0)} a second, ${((user + system) / 1000 / played).toFixed(2)} ms of CPU each`,
  )
}

console.log(`seed ${seed}, up to ${runs.toLocaleString('en')} sequences of up to ${mostSteps} steps, or ${minutes} min`)
for (let part = 0; played < runs && performance.now() < endsAt; part++) {
  const numRuns = Math.min(batch, runs - played)
  const found = fc.check(property, {
    seed: seed + part,
    numRuns,
    interruptAfterTimeLimit: Math.max(0, endsAt - performance.now()),
  })
  if (found.counterexample !== null) {
    count.failures.push({ seed: seed + part, path: found.counterexamplePath, error: String(found.errorInstance) })
    keep()
    console.error(fc.defaultReportMessage(found))
    process.exitCode = 1
    break
  }
  keep()
  if (performance.now() - toldAt >= tellEveryMs) {
    tell()
    toldAt = performance.now()
  }
}
tell()
if (process.exitCode === undefined) console.log('all held')
if (countFile !== undefined)
  console.log(
    `${count.runs.toLocaleString('en')} on these rules in ${count.starts.length} starts, ${count.failures.length} failures`,
  )
