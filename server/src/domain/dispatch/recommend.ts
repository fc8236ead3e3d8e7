/**
 * Who should go: crews that can be sent, ranked, each with its grounds in numbers and words. Guarantees: capability before all else, then
 * the sum of seconds of `parts.ts`; only crews that may be sent; what is doubtful or costs something is said. Ways are searched only for
 * crews that could still be among the best, so that thousands cost little more than tens. Knows no clock and no map: both are handed in.
 */
import type { CaseClass } from '../../../../shared/model/case-class.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import type { LonLat } from '../../../../shared/model/geo.ts'
import type { Unit, UnitProposal } from '../../../../shared/model/unit.ts'
import { distanceM } from '../../../../shared/model/geo.ts'
import { shiftAt } from '../../../../shared/model/shift.ts'
import { primaryStatusOf } from '../../../../shared/model/unit.ts'
import type { Context } from '../context.ts'
import { ZoneCover } from './cover.ts'
import {
  coverPart,
  fitnessOf,
  jurisdictionPart,
  positionPart,
  shiftPart,
  skillPart,
  spelled,
  statusPart,
  travelPart,
  workloadPart,
  type Fitness,
  type Ground,
} from './parts.ts'

/** Crews unfit for the class are shown only while the fit ones are fewer than this. */
const enough = 3
const usualMost = 10
/** No road of a pack is faster (`city-pack.ts`): no way can take less than its straight line at this. */
const fastestMps = 150 / 3.6

export type RecommendWorld = Pick<
  Context,
  'now' | 'dayOf' | 'travel' | 'fixOf' | 'districtOf' | 'divisionName' | 'roadBand' | 'dispatchSettings'
>
export type CaseToSend = Pick<Incident, 'classCode' | 'position'> &
  Partial<Pick<Incident, 'districtId' | 'departmentId'>>

export interface RecommendOptions {
  readonly most?: number
  /** Only such crews; absent = all that may be sent. */
  readonly isWanted?: (unit: Unit) => boolean
}

interface Candidate {
  readonly unit: Unit
  readonly from: LonLat
  readonly fitness: Fitness
  readonly fixAgeMs: number | null
  readonly isMutualAid: boolean
  /** All but travel. */
  readonly grounds: readonly Ground[]
  readonly fixedS: number
  /** No less can come of it. */
  readonly leastS: number
}
type Scored = Candidate & { readonly scoreS: number; readonly way: ReturnType<Context['travel']> }

/**
 * Ranked best first; empty where the case has no place yet. `caseClass` names the class in the reasons;
 * undefined = a class this city no longer has.
 */
export function recommend(
  incident: CaseToSend,
  caseClass: CaseClass | undefined,
  units: ReadonlyMap<string, Unit>,
  world: RecommendWorld,
  { most = usualMost, isWanted }: RecommendOptions = {},
): UnitProposal[] {
  const { position, classCode } = incident
  if (position === null) return []
  const weigh = weigher(incident, position, caseClass?.name ?? { zh: classCode, en: classCode }, units, world)
  const unfit: Unit[] = []
  const fit: Candidate[] = []
  for (const unit of units.values()) {
    if (primaryStatusOf(unit) === 'NotAvailable' || isWanted?.(unit) === false) continue
    const fitness = fitnessOf(unit.capabilities, classCode)
    if (fitness === 'unfit') unfit.push(unit)
    else push(fit, weigh(unit, fitness))
  }
  const shown = best(fit, position, world, most)
  if (shown.length < enough) {
    const others: Candidate[] = []
    for (const unit of unfit) push(others, weigh(unit, 'unfit'))
    shown.push(...best(others, position, world, most - shown.length))
  }
  return shown.map((one, i) => proposalOf(one, i + 1, world))
}

function push(candidates: Candidate[], one: Candidate | null): void {
  if (one !== null) candidates.push(one)
}

/** Weighs a crew by all but its travel; null where nobody knows where it is. */
function weigher(
  incident: CaseToSend,
  position: LonLat,
  className: UnitProposal['reasons'][number],
  units: ReadonlyMap<string, Unit>,
  world: RecommendWorld,
): (unit: Unit, fitness: Fitness) => Candidate | null {
  const { now, dispatchSettings: settings } = world
  const dayStartAt = world.dayOf(now).startAt
  const shift = shiftAt(dayStartAt, now)
  const homeOf = ({ station }: Pick<Unit, 'station'>) => (station === null ? null : world.districtOf(station))
  const cover = new ZoneCover(units, { settings, homeOf, divisionName: world.divisionName })
  const of = {
    districtId: incident.districtId ?? world.districtOf(position),
    departmentId: incident.departmentId ?? null,
  }
  return (unit, fitness) => {
    const fix = world.fixOf(unit.id)
    const from = fix?.position ?? unit.station
    if (from === null) return null
    const fixAgeMs = fix === undefined ? null : Math.max(0, now - fix.fixAt)
    const home = { district: homeOf(unit), department: unit.departmentId }
    const jurisdiction = jurisdictionPart(home, of, world.divisionName)
    const short = cover.shortAfter(unit)
    const grounds = [
      skillPart(fitness, className),
      statusPart(unit),
      positionPart(fixAgeMs),
      jurisdiction,
      shiftPart(unit, dayStartAt, now),
      workloadPart(unit, shift.startAt),
      short && coverPart(short.short, () => cover.words(unit, short.left)),
    ].filter((ground) => ground !== null)
    const fixedS = grounds.reduce((sum, { seconds }) => sum + seconds, 0)
    const leastS = fixedS + distanceM(from, position) / fastestMps
    const isMutualAid = jurisdiction?.isMutualAid === true
    return { unit, from, fitness, fixAgeMs, isMutualAid, grounds, fixedS, leastS }
  }
}

const byScore = (a: Scored, b: Scored) => a.scoreS - b.scoreS || (a.unit.id < b.unit.id ? -1 : 1)

/** The `most` best of them, exactly: whoever cannot beat the last of those found is not searched a way for. */
function best(candidates: readonly Candidate[], position: LonLat, world: RecommendWorld, most: number): Scored[] {
  if (most <= 0) return []
  const found: Scored[] = []
  for (const one of candidates.toSorted((a, b) => a.leastS - b.leastS)) {
    const last = found.length < most ? undefined : (found.at(-1) as Scored)
    if (last !== undefined && one.leastS > last.scoreS) break
    const way = world.travel(one.from, position)
    const scored = { ...one, way, scoreS: one.fixedS + way.seconds }
    if (last !== undefined && byScore(scored, last) > 0) continue
    const place = found.findIndex((other) => byScore(scored, other) < 0)
    found.splice(place < 0 ? found.length : place, 0, scored)
    if (found.length > most) found.pop()
  }
  return found
}

function proposalOf(one: Scored, rank: number, world: RecommendWorld): UnitProposal {
  const { unit, way, fitness, fixAgeMs, isMutualAid, scoreS } = one
  const parts = [travelPart(way, world.roadBand()), ...one.grounds.map(spelled)]
  return {
    unitId: unit.id,
    rank,
    etaS: Math.round(way.seconds),
    distanceM: Math.round(way.metres),
    basis: way.basis,
    reasons: parts.map(({ words }) => words),
    fixAgeMs,
    primary: primaryStatusOf(unit),
    fitness,
    isMutualAid,
    scoreS: Math.round(scoreS),
    parts,
  }
}
