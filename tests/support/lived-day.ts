/** Hours of a city's life through the real engine, its doors and its people, kept in memory: for questions about who did what and when. */
import type { PeopleRates } from '../../mock-data/life/people-rates.ts'
import type { LoggedEvent } from '../../shared/model/event.ts'
import { playerMessageSchema, type ServerMessage } from '../../shared/contract/history.ts'
import { loadCity } from '../../server/src/city/load-city.ts'
import { defaultAlarmRules } from '../../server/src/domain/alarm-rules.ts'
import { defaultCaseClasses } from '../../server/src/domain/case-classes.ts'
import { createPast, type PastCounts } from '../../server/src/past/past.ts'
import type { Store } from '../../server/src/store/open-store.ts'
import type { Incident } from '../../shared/model/incident.ts'
import { noMetrics, playerOf } from './lived-past.ts'
import { MemoryEngineStore } from './memory-engine-store.ts'

export interface LivedHours {
  readonly log: readonly LoggedEvent[]
  /** Every case, as it is at the end. */
  readonly cases: readonly Incident[]
  readonly counts: Readonly<PastCounts>
  readonly errors: readonly unknown[]
  /** What people asked for and were refused: how often by command, code and message. */
  readonly refusals: ReadonlyMap<string, number>
}

export async function liveHours(options: {
  readonly cityDir: string
  readonly from: number
  readonly until: number
  readonly seed: number
  readonly mostDevices: number
  readonly people?: PeopleRates
}): Promise<LivedHours> {
  const { cityDir, from, until, seed, mostDevices, people } = options
  const memory = new MemoryEngineStore()
  const errors: unknown[] = []
  const refusals = new Map<string, number>()
  const quiet = () => undefined
  const past = createPast({
    store: {
      engineStore: memory,
      history: { maintain: () => Promise.resolve({ droppedPartitions: [] }) },
    } as unknown as Store,
    city: await loadCity(cityDir, { caseClasses: defaultCaseClasses, alarmRules: defaultAlarmRules }),
    log: { debug: quiet, info: quiet, warn: quiet, error: (fields) => void errors.push(fields.error) },
    metrics: noMetrics,
    from,
  })
  const player = await playerOf(cityDir, mostDevices, people)
  await past.start()
  let message: ServerMessage = { kind: 'begin', from, until, seed, cityDir }
  for (;;) {
    const said = playerMessageSchema.parse(await player(message))
    if (said.kind !== 'step') break
    const answer = await past.step(said.until, said.inputs)
    said.inputs.forEach((input, n) => {
      const result = answer.results[n]
      if (input.kind !== 'command' || result === undefined || result.ok) return
      const asked = `${String(input.body['type'])}: ${result.code} ${result.message}`
      refusals.set(asked, (refusals.get(asked) ?? 0) + 1)
    })
    message = { kind: 'stepped', ...answer }
  }
  await past.end()
  return { log: memory.log, cases: [...memory.incidents.values()], counts: past.counts, errors, refusals }
}
