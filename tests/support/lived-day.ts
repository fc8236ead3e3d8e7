/** Hours of a city's life through the real engine, its doors and its people, kept in memory: for questions about who did what and when. */
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
}

export async function liveHours(options: {
  readonly cityDir: string
  readonly from: number
  readonly until: number
  readonly seed: number
  readonly mostDevices: number
}): Promise<LivedHours> {
  const { cityDir, from, until, seed, mostDevices } = options
  const memory = new MemoryEngineStore()
  const errors: unknown[] = []
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
  const player = await playerOf(cityDir, mostDevices)
  await past.start()
  let message: ServerMessage = { kind: 'begin', from, until, seed, cityDir }
  for (;;) {
    const said = playerMessageSchema.parse(await player(message))
    if (said.kind !== 'step') break
    message = { kind: 'stepped', ...(await past.step(said.until, said.inputs)) }
  }
  await past.end()
  return { log: memory.log, cases: [...memory.incidents.values()], counts: past.counts, errors }
}
