/**
 * What each alarm of a storm truly came of, known to whoever made the storm and to no rule: the same hours are lived once more without it.
 * What stood then too, at that sensor, in that sense and at that time, would have been there anyway, and is of the happening by chance its
 * sensor felt; every other alarm is the storm's.
 */
import { seedFrom } from '../../../mock-data/city/random.ts'
import { happeningSource } from '../../../mock-data/incidents/happening-source.ts'
import { complaintByCode } from '../../../mock-data/incidents/words/complaints.ts'
import { cityTime } from '../../../mock-data/life/city-time.ts'
import type { Happening } from '../../../mock-data/life/happening.ts'
import { defaultRates } from '../../../mock-data/life/rates.ts'
import type { Alarm } from '../../../shared/model/alarm.ts'
import type { LoggedEvent } from '../../../shared/model/event.ts'
import { distanceM } from '../../../shared/model/geo.ts'
import { livedCity } from '../../support/lived-city.ts'

export const ofStorm = 'storm'
/** One life is heard as another is, but for the moment a device spoke. */
const slackMs = 5 * 60_000
/** An accident is felt on the stretches about it, too. */
const jamReachM = 1000

type Log = readonly LoggedEvent[]
export interface HeardAlarm {
  readonly at: number
  readonly alarm: Alarm
}
export const raisedIn = (log: Log): HeardAlarm[] =>
  log.flatMap(({ at, event }) => (event.type === 'alarm.raised' ? [{ at, alarm: event.alarm }] : []))

/** Happenings by chance of a life of this seed: they are the same with the storm and without. */
export function chanceOf(seed: number, startAt: number, endAt: number, happenings: number): readonly Happening[] {
  const city = livedCity()
  const always = () => 1
  const source = happeningSource({
    ...{ city, startAt, seed: seedFrom(seed, 'people'), speed: 1, scale: 1, hasOpening: false },
    time: cityTime({ startAt, originAt: startAt, speed: 1, timeZone: city.head.timeZone }),
    rates: { ...defaultRates, happenings },
    ...{ services: new Set(complaintByCode.keys()), callFactorAt: always, chanceFactorAt: always },
  })
  return source.begin(startAt, endAt, [])
}

/** Codes of the demo city's devices by their names, as {@link causesOf} asks for them. */
export const deviceCodes = (): ReadonlyMap<string, string> =>
  new Map(livedCity().devices.map(({ name, code }) => [name, code]))

/** By alarm of `storm`: {@link ofStorm}, the id of a happening, or a word of its own where only that sensor knows. `codeOf`: by sensor name. */
export function causesOf(
  storm: Log,
  quiet: Log,
  chance: readonly Happening[],
  codeOf: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const keyOf = ({ sensorName, kind, sense }: Alarm) => `${sensorName} ${kind} ${sense}`
  const stood = new Map<string, { from: number; to: number }[]>()
  const standing = new Map<string, { from: number; to: number }>()
  for (const { at, event } of quiet) {
    if (event.type === 'alarm.raised') {
      const span = { from: event.alarm.occurredAt - slackMs, to: Infinity }
      standing.set(event.alarm.id, span)
      stood.set(keyOf(event.alarm), [...(stood.get(keyOf(event.alarm)) ?? []), span])
    } else if (event.type === 'alarm.returned' || event.type === 'alarm.reraised') {
      const span = standing.get(event.alarmId)
      if (span) span.to = event.type === 'alarm.returned' ? at + slackMs : Infinity
    }
  }
  return new Map(
    raisedIn(storm).map(({ alarm }) => {
      const at = alarm.occurredAt
      const isAnyway = stood.get(keyOf(alarm))?.some(({ from, to }) => from <= at && at <= to) ?? false
      return [alarm.id, isAnyway ? (feltBy(alarm, codeOf.get(alarm.sensorName), chance) ?? `own ${alarm.id}`) : ofStorm]
    }),
  )
}

function feltBy(alarm: Alarm, code: string | undefined, chance: readonly Happening[]): string | null {
  const at = alarm.occurredAt
  const going = chance.filter(
    ({ startsAt, endsAt }) => startsAt <= at + slackMs && (endsAt === null || endsAt + slackMs >= at),
  )
  const own = going.find(({ kind, sensed }) => kind === alarm.kind && sensed.some((one) => one.code === code))
  if (own !== undefined) return own.id
  const { position } = alarm
  if (alarm.kind !== 'road-speed' || position === null) return null
  const near = going
    .filter(({ kind }) => kind === 'road-speed')
    .map((one) => ({ id: one.id, awayM: distanceM(one.position, position) }))
    .sort((a, b) => a.awayM - b.awayM)[0]
  return near !== undefined && near.awayM <= jamReachM ? near.id : null
}
