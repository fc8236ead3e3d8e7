/** Crews: each under its own account, moving on the streets and telling where it is. */
import { seededRandom, seedFrom } from '../city/random.ts'
import { crewCommand } from '../crews/crew-act.ts'
import { crewMind, type CrewMind } from '../crews/crew-mind.ts'
import { roadMap } from '../crews/road-map.ts'
import type { CityNow } from '../life/city-now.ts'
import { account, type Account } from './account.ts'
import type { CityFiles } from './city-files.ts'
import type { DoorClient } from './door-client.ts'
import { every } from './every.ts'
import { workLine } from './in-parallel.ts'
import type { MqttLine } from './mqtt-line.ts'
import type { StateWatch } from './state-watch.ts'

const movingFixMs = 4000
const standingFixMs = 25_000

interface Crew {
  readonly unitId: string
  readonly account: Account
  readonly mind: CrewMind
  isAsking: boolean
  nextFixAt: number
  wasMoving: boolean
}

export async function playCrews(options: {
  readonly client: DoorClient
  readonly city: CityFiles
  readonly now: CityNow
  readonly watch: StateWatch
  readonly mqtt: MqttLine | null
  readonly password: string
  readonly seed: number
  readonly speed: number
  readonly signal: AbortSignal
  readonly say: (words: string) => void
}): Promise<void> {
  const { client, city, now: cityNow, watch, mqtt, password, seed, speed, signal, say } = options
  const roads = roadMap(city.roads)
  const crews = city.crews.flatMap(({ unitId, kind, station, shift }): Crew[] => {
    if (station === null) return []
    const random = seededRandom(seedFrom(seed, unitId))
    return [
      {
        unitId,
        account: account(client, `crew-${unitId.toLowerCase()}`, password),
        mind: crewMind({ unitId, kind, station, shift, roads, random, seed, speed, city: cityNow }),
        isAsking: false,
        nextFixAt: Date.now() + random.between(0, 3000),
        wasMoving: false,
      },
    ]
  })
  const acts = workLine(6)
  const fixes = workLine(4)

  const tellPlace = (crew: Crew, now: number): Promise<void> | null => {
    const { position, headingDeg, speedKmh } = crew.mind.place(now)
    const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6
    const body = JSON.stringify({
      _type: 'location',
      lon: round(position[0]),
      lat: round(position[1]),
      tst: Math.floor(now / 1000),
      vel: speedKmh,
      cog: headingDeg,
      acc: 8,
      tid: crew.unitId.slice(-2),
    })
    if (mqtt?.publish(`owntracks/${crew.unitId}/radio`, body)) return null
    return fixes.add(async () => {
      const headers = { 'Content-Type': 'application/json', 'X-Limit-U': crew.unitId, 'X-Limit-D': 'radio' }
      await client.ask({ method: 'POST', path: '/owntracks', headers, body, isRepeatable: true })
    })
  }
  const ask = (crew: Crew, body: Readonly<Record<string, unknown>>): Promise<void> => {
    crew.isAsking = true
    return acts.add(async () => {
      try {
        const answer = await crew.account.command(body)
        crew.mind.answered(answer.ok, Date.now())
      } catch (error) {
        crew.mind.answered(false, Date.now())
        if (!signal.aborted) say(`${crew.unitId}: ${error instanceof Error ? error.message : String(error)}`)
      } finally {
        crew.isAsking = false
      }
    })
  }
  await every(
    Math.max(250, 1000 / Math.sqrt(speed)),
    signal,
    async (now) => {
      for (const crew of crews) {
        const unit = watch.units.get(crew.unitId)
        if (watch.isLive && unit && !crew.isAsking) {
          const incident = unit.incidentId === null ? undefined : watch.incidents.get(unit.incidentId)
          const act = crew.mind.next(unit, incident ?? null, now)
          const body = act && crewCommand(act, unit)
          if (body) await ask(crew, body)
        }
        const { isMoving } = crew.mind
        if (now >= crew.nextFixAt || isMoving !== crew.wasMoving) {
          crew.wasMoving = isMoving
          crew.nextFixAt = now + (isMoving ? movingFixMs : standingFixMs)
          await tellPlace(crew, now)
        }
      }
    },
    (error) => say(`crews: ${error instanceof Error ? error.message : String(error)}`),
  )
}
