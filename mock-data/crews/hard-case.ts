/** Cases that one crew cannot finish. Crew and officer both ask here, as they would speak by radio: what the crew writes is its record. */
import type { Assignment, Incident } from '../../shared/model/incident.ts'
import { logNormal, seededRandom, seedFrom } from '../city/random.ts'
import type { PeopleRates } from '../life/people-rates.ts'

const minMs = 60_000
export type HardCase = Pick<Incident, 'id' | 'priority' | 'reworkCount'>

/** After how long on the scene, ms of city time, the first crew asks for another; null = it needs none. */
export function asksAfterMs(seed: number, { id, priority, reworkCount }: HardCase, rates: PeopleRates): number | null {
  const dice = seededRandom(seedFrom(seed, `${id} help ${reworkCount}`))
  if (!dice.chance(rates.helpShare[priority])) return null
  return logNormal(dice, rates.helpAfterMin, rates.actSpread) * minMs
}

/** Crews that are, or since the case was last sent back have been, on the scene. */
export const onSceneOf = ({ assignments, finishedAt }: Pick<Incident, 'assignments' | 'finishedAt'>): Assignment[] =>
  assignments.filter(
    ({ state, endedAt }) =>
      state === 'on-scene' || (state === 'done' && (finishedAt === null || endedAt! > finishedAt)),
  )
