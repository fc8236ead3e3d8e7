/** The crews of a past: the living simulator's own minds. They tell where they stand only at the end, for no place but the last is kept. */
import type { CrewRow } from '../../shared/contract/city-pack.ts'
import type { HistoryInput, HistoryResult } from '../../shared/contract/history.ts'
import { seededRandom, seedFrom } from '../city/random.ts'
import { crewCommand } from '../crews/crew-act.ts'
import { crewMind, type CrewMind } from '../crews/crew-mind.ts'
import type { RoadMap } from '../crews/road-map.ts'
import type { CityNow } from '../life/city-now.ts'
import type { PeopleRates } from '../life/people-rates.ts'
import type { WatchedRows } from './watched-rows.ts'

/** A crew without a case decides little: whether its shift is over, and the like. */
const idleLookMs = 10 * 60_000

interface Crew {
  readonly unitId: string
  readonly mind: CrewMind
  lookAt: number
}
export interface CrewAsked {
  readonly unitId: string
  /** Null = it set its own status. */
  readonly incidentId: string | null
  readonly type: string
}
export interface PastCrews {
  due(now: number, at: () => number): { readonly input: HistoryInput; readonly asked: CrewAsked }[]
  took(asked: CrewAsked, result: HistoryResult, now: number): void
  changed(unitId: string): void
  /** Where every crew is at `now`, as its device would say. */
  places(now: number): HistoryInput[]
}

export function pastCrews(options: {
  readonly rows: readonly CrewRow[]
  readonly roads: RoadMap
  readonly seed: number
  readonly city: CityNow
  readonly watched: WatchedRows
  readonly newId: () => string
  readonly rates: PeopleRates
}): PastCrews {
  const { rows, roads, seed, city, watched, newId, rates } = options
  const crews = new Map<string, Crew>()
  for (const { unitId, kind, station, shift } of rows) {
    if (station === null) continue
    const random = seededRandom(seedFrom(seed, unitId))
    const mind = crewMind({ unitId, kind, station, shift, roads, random, seed, speed: 1, city, rates })
    crews.set(unitId, { unitId, mind, lookAt: 0 })
  }
  const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6
  return {
    due(now, at) {
      const out: { readonly input: HistoryInput; readonly asked: CrewAsked }[] = []
      for (const crew of crews.values()) {
        if (now < crew.lookAt) continue
        const unit = watched.units.get(crew.unitId)
        if (unit === undefined) continue
        const { incidentId } = unit
        const incident = incidentId === null ? null : (watched.incidents.get(incidentId) ?? null)
        const act = crew.mind.next(unit, incident, now)
        if (act === null) crew.lookAt = incidentId === null ? now + idleLookMs : crew.mind.quietUntil
        const body = act && crewCommand(act, unit)
        if (act === null || body === null) continue
        out.push({
          input: {
            kind: 'command',
            at: at(),
            as: `crew-${crew.unitId.toLowerCase()}`,
            body: { commandId: newId(), ...body },
          },
          asked: { unitId: crew.unitId, incidentId, type: act.type },
        })
      }
      return out
    },
    took: ({ unitId }, result, now) => crews.get(unitId)?.mind.answered(result.ok, now),
    changed(unitId) {
      const crew = crews.get(unitId)
      if (crew) crew.lookAt = 0
    },
    places: (now) =>
      [...crews.values()].map(({ unitId, mind }): HistoryInput => {
        const { position, headingDeg } = mind.place(now)
        const message = {
          _type: 'location',
          lon: round(position[0]),
          lat: round(position[1]),
          tst: Math.floor(now / 1000),
          vel: 0,
          cog: headingDeg,
          acc: 8,
          tid: unitId.slice(-2),
        }
        return { kind: 'fix', at: now, user: unitId, message }
      }),
  }
}
