/** A past lived in this process: the real store, city and engine, and the real player of the city, without a thread between them. */
import { readCityFiles } from '../../mock-data/entrances/city-files.ts'
import type { PeopleRates } from '../../mock-data/life/people-rates.ts'
import { pastPlayer, type PastPlayer } from '../../mock-data/past/past-player.ts'
import { loadCity } from '../../server/src/city/load-city.ts'
import { defaultAlarmRules } from '../../server/src/domain/alarm-rules.ts'
import { defaultCaseClasses } from '../../server/src/domain/case-classes.ts'
import { livePast, type Lived, type PlayerLine } from '../../server/src/past/live-past.ts'
import type { Store } from '../../server/src/store/open-store.ts'

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined }
export const noMetrics = { count: () => undefined, gauge: () => undefined, observe: () => undefined }

/** Plays a pack as the player's own thread does, with its devices thinned to about so many. */
export async function playerOf(cityDir: string, mostDevices: number, people?: PeopleRates): Promise<PlayerLine> {
  const whole = await readCityFiles(cityDir)
  const every = Math.max(1, Math.ceil(whole.devices.length / mostDevices))
  const city = { ...whole, devices: whole.devices.filter((_, i) => i % every === 0) }
  let player: PastPlayer | null = null
  return (message) => {
    if (message.kind === 'stepped') player?.took(message)
    else if (player === null)
      player = pastPlayer({ city, seed: message.seed, from: message.from, until: message.until, people })
    else player.goOn(message.until)
    return Promise.resolve(player?.next() ?? { kind: 'arrived' })
  }
}

export async function livePastHere(options: {
  readonly store: Store
  readonly dataDir: string
  readonly cityDir: string
  readonly days: number
  readonly now: () => number
  readonly player?: PlayerLine
  readonly mostDevices?: number
  readonly errors?: unknown[]
}): Promise<Lived | null> {
  const { cityDir, errors = [], mostDevices = 150 } = options
  const city = await loadCity(cityDir, { caseClasses: defaultCaseClasses, alarmRules: defaultAlarmRules })
  return livePast({
    ...options,
    city,
    player: options.player ?? (await playerOf(cityDir, mostDevices)),
    seed: 1,
    log: { ...quiet, error: (fields) => void errors.push(fields.error) },
    metrics: noMetrics,
    onProgress: () => undefined,
  })
}
