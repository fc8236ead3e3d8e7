/**
 * `CreateObservations`: thousands of rows in one request. Guarantees: one outcome a row in order, answered after the commit;
 * a row that cannot be taken is "error" and counted, it never spoils its neighbours. Hand-checked: no schema a row.
 */
import type { FieldError, RefusalCode } from '../../../../shared/model/refusal.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Intake, IncomingObservation, IntakeOutcome } from '../../ports/intake.ts'
import type { Log } from '../../ports/log.ts'
import type { Metrics } from '../../ports/metrics.ts'
import type { Caller } from '../door-keys.ts'
import { Refused, invalid, oneField } from '../http-door.ts'
import { isObject, parseJson } from '../json-input.ts'
import { linkedId } from './drafts.ts'
import { phenomenonAtOf, resultProblem } from './observation-input.ts'

const maxRows = 50_000
const components = [
  'phenomenonTime',
  'result',
  'resultTime',
  'resultQuality',
  'validTime',
  'parameters',
  'FeatureOfInterest/id',
  'FeatureOfInterest/@iot.id',
]

export interface DataArrayDeps {
  readonly intake: Intake
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
}

interface Group {
  readonly sensorId: number
  readonly rows: readonly unknown[]
  readonly resultAt: number
  readonly timeAt: number
  readonly width: number
}

/** The answer: a self link or "error" for each row. */
export async function createObservations(
  deps: DataArrayDeps,
  bytes: Uint8Array,
  base: string,
  caller: Caller,
): Promise<string[]> {
  const parsed = parseJson(bytes)
  if (!parsed.ok) throw new Refused(invalid([parsed.error]))
  const groups = readGroups(parsed.value)
  const receivedAt = deps.clock.now()
  const items: IncomingObservation[] = []
  /** For each row its item's place, or −1. */
  const places: number[] = []
  const tally = new Tally()
  for (const group of groups) {
    for (const row of group.rows) {
      const item = readRow(group, row, receivedAt)
      if (typeof item === 'string') {
        tally.refused('INVALID', item, group.sensorId)
        places.push(-1)
      } else places.push(items.push(caller.isDrill ? { ...item, isDrill: true } : item) - 1)
    }
  }
  const outcomes = items.length > 0 ? await deps.intake.accept(items, receivedAt) : []
  refuseWhole(outcomes)
  const answer = places.map((place) => {
    const outcome = outcomes[place]
    if (outcome?.ok) return `${base}/Observations(${outcome.id})`
    if (outcome) tally.refused(outcome.refusal.code, outcome.refusal.message, items[place]?.sensorId ?? 0)
    return 'error'
  })
  tally.report(deps, answer.length, caller)
  return answer
}

/** Nothing was taken, now (or in one piece): that is the whole request's answer. */
function refuseWhole(outcomes: readonly IntakeOutcome[]): void {
  const [first] = outcomes
  if (!first || first.ok || (first.refusal.code !== 'BUSY' && first.refusal.code !== 'TOO_LARGE')) return
  const { code } = first.refusal
  if (outcomes.every((outcome) => !outcome.ok && outcome.refusal.code === code)) throw new Refused(first.refusal)
}

function readGroups(value: unknown): Group[] {
  if (!Array.isArray(value)) throw new Refused(oneField('', 'must be a list of {Datastream, components, dataArray}'))
  const errors: FieldError[] = []
  const groups: Group[] = []
  let rows = 0
  for (const [i, group] of value.entries()) {
    if (errors.length > 20) break
    const read = readGroup(group, String(i), errors)
    if (read) groups.push(read)
    rows += read?.rows.length ?? 0
  }
  if (rows > maxRows) errors.push({ field: '', problem: `holds ${rows} rows; at most ${maxRows} are taken at once` })
  if (errors.length > 0) throw new Refused(invalid(errors))
  return groups
}

function readGroup(group: unknown, field: string, errors: FieldError[]): Group | null {
  const fail = (name: string, problem: string) => {
    errors.push({ field: name === '' ? field : `${field}.${name}`, problem })
    return null
  }
  if (!isObject(group)) return fail('', 'must be an object with Datastream, components and dataArray')
  const id = linkedId(group['Datastream'])
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 1)
    return fail(
      'Datastream.@iot.id',
      group['Datastream'] === undefined ? 'is mandatory' : 'must be a positive whole number',
    )
  const names: unknown = group['components']
  if (!Array.isArray(names)) return fail('components', 'must be a list of property names')
  for (const [i, name] of names.entries())
    if (!components.includes(name as string)) return fail(`components.${i}`, `must be one of ${components.join(', ')}`)
  if (new Set(names).size < names.length) return fail('components', 'names a property twice')
  const resultAt = names.indexOf('result')
  if (resultAt < 0) return fail('components', 'must name result')
  const rows: unknown = group['dataArray']
  if (!Array.isArray(rows)) return fail('dataArray', 'must be a list of rows')
  const said = group['dataArray@iot.count']
  if (said !== undefined && said !== rows.length)
    return fail('dataArray@iot.count', `must be the number of rows, which is ${rows.length}`)
  return { sensorId: id, rows, resultAt, timeAt: names.indexOf('phenomenonTime'), width: names.length }
}

/** The row as a value for intake, or what is wrong with it. */
function readRow(group: Group, row: unknown, receivedAt: number): IncomingObservation | string {
  if (!Array.isArray(row) || row.length !== group.width) return `row must be a list of ${group.width} values`
  const result: unknown = row[group.resultAt]
  const problem = resultProblem(result)
  if (problem) return `result ${problem}`
  const phenomenonAt = phenomenonAtOf(group.timeAt < 0 ? undefined : row[group.timeAt], receivedAt)
  return phenomenonAt === null ? 'phenomenonTime is no time' : { sensorId: group.sensorId, phenomenonAt, result }
}

/** One line of log and a few counters for a request, however many of its rows were wrong. */
class Tally {
  readonly #reasons = new Map<RefusalCode, { count: number; example: string; sensorId: number }>()

  refused(code: RefusalCode, example: string, sensorId: number): void {
    const known = this.#reasons.get(code)
    if (known) known.count++
    else this.#reasons.set(code, { count: 1, example, sensorId })
  }

  report({ log, metrics }: DataArrayDeps, rows: number, caller: Caller): void {
    let refused = 0
    for (const [code, { count, example, sensorId }] of this.#reasons) {
      refused += count
      metrics.count('tongguan_door_observations_total', { door: 'sensorthings', outcome: code }, count)
      log.warn({ door: 'sensorthings', key: caller.keyName, code, count, example, sensorId }, 'rows refused')
    }
    if (rows > refused)
      metrics.count('tongguan_door_observations_total', { door: 'sensorthings', outcome: 'accepted' }, rows - refused)
  }
}
