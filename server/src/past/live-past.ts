/**
 * Lives a past from its first to its last instant with whoever plays the city. Guarantees: only an empty log, or one that an earlier
 * attempt was broken off in, is lived into; a message that is none ends it, named by field; the note in DATA_DIR says at every moment
 * whether what is in the database is whole.
 */
import { playerMessageSchema, type ServerMessage } from '../../../shared/contract/history.ts'
import type { Instant } from '../../../shared/model/ids.ts'
import { cityCalendar } from '../../../shared/model/city-calendar.ts'
import type { City } from '../ports/city.ts'
import type { Log } from '../ports/log.ts'
import type { Metrics } from '../ports/metrics.ts'
import { forgetAll } from '../store/forget-all.ts'
import type { Store } from '../store/open-store.ts'
import { readMarker, writeMarker, type HistoryMarker } from './marker.ts'
import { createPast, type PastCounts } from './past.ts'
import { problemOf } from './past-doors.ts'

/** Says one thing to the player and hears the answer. Rejects where the line is gone. */
export type PlayerLine = (message: ServerMessage) => Promise<unknown>

export interface LiveOptions {
  readonly store: Store
  readonly city: City
  readonly cityDir: string
  readonly dataDir: string
  readonly player: PlayerLine
  /** Whole days of the city before today; 0 = only make good what was broken off. */
  readonly days: number
  readonly seed: number
  /** The present: history ends there, and goes on to there again if living it took long. */
  readonly now: () => Instant
  readonly log: Log
  readonly metrics: Metrics
  /** `day`: of `days`, both as the city counts them. */
  readonly onProgress: (progress: { readonly day: number; readonly days: number; readonly cases: number }) => void
}

export interface Lived {
  readonly marker: HistoryMarker
  readonly counts: Readonly<PastCounts>
}

const dayMs = 24 * 3_600_000
/** A gap that the living simulator's own first words will not even show. */
const closeEnoughMs = 15_000

/** The log may be lived into: it is new, or holds nothing but an attempt of ours that was broken off, which is thrown away. */
async function isFree({ store, dataDir }: LiveOptions): Promise<boolean> {
  const { epoch, headSeq } = await store.engineStore.open()
  if ((await store.accounts.count()) > 0) return false
  if (headSeq === 0) return true
  const marker = readMarker(dataDir)
  if (marker === null || marker.done || marker.epoch !== epoch) return false
  await forgetAll(store.database)
  return true
}

/** The first instant of the city's day so many days before the present one. */
function beginOf(city: City, now: Instant, days: number): Instant {
  const dayOf = cityCalendar(city.profile.timeZone)
  let { startAt } = dayOf(now)
  for (let n = 0; n < days; n++) ({ startAt } = dayOf(startAt - 1))
  return startAt
}

/** Null where nothing was lived: the database is in use, or nobody plays this city. */
export async function livePast(options: LiveOptions): Promise<Lived | null> {
  const { store, city, cityDir, dataDir, player, days, seed, now, log, metrics, onProgress } = options
  const isNew = await isFree(options)
  const { epoch } = await store.engineStore.open()
  const until = now()
  const from = beginOf(city, until, days)
  const started: HistoryMarker = { epoch, days, seed, from, until, rev: 0, done: !isNew || days === 0 }
  writeMarker(dataDir, started)
  if (started.done) return null

  const past = createPast({ store, city, log, metrics, from })
  await past.start()
  let message: ServerMessage = { kind: 'begin', from, until, seed, cityDir }
  let end = until
  for (;;) {
    const said = playerMessageSchema.safeParse(await player(message))
    if (!said.success) throw new Error(`the player said what is no message: ${problemOf(said.error)}`)
    const { data } = said
    if (data.kind === 'step') {
      message = { kind: 'stepped', ...(await past.step(data.until, data.inputs)) }
      onProgress({
        day: Math.ceil((past.now - from) / dayMs),
        days: Math.ceil((end - from) / dayMs),
        cases: past.counts.cases,
      })
      continue
    }
    if (data.kind === 'nothing') {
      await past.end()
      writeMarker(dataDir, { ...started, done: true })
      return null
    }
    if (now() - end < closeEnoughMs) break
    message = { kind: 'begin', from: end, until: (end = now()), seed, cityDir }
  }
  await past.end()
  const { headSeq } = await store.engineStore.open()
  const marker = { ...started, until: end, rev: headSeq, done: true }
  writeMarker(dataDir, marker)
  return { marker, counts: past.counts }
}
