/**
 * Several crews at once: what a case needs, by capability and number, met by the set with the least seconds in all. Guarantees: no crew
 * twice, no two vehicles of one crew, as many needs met as can be; what is missing is said, and what the set leaves behind.
 */
import type { CaseClass } from '../../../../shared/model/case-class.ts'
import type { Term } from '../../../../shared/model/term.ts'
import type { Unit, UnitProposal } from '../../../../shared/model/unit.ts'
import { countedCrews } from '../../../../shared/model/unit-kind.ts'
import { ZoneCover } from './cover.ts'
import { recommend, type CaseToSend, type RecommendWorld } from './recommend.ts'

export interface Need {
  /** A kind of crew, or a case class (or its leading characters) it can handle. */
  readonly capability: string
  readonly count: number
}
export interface CrewSet {
  readonly chosen: readonly { readonly capability: string; readonly proposal: UnitProposal }[]
  readonly shortfalls: readonly { readonly capability: string; readonly missing: number; readonly words: Term }[]
  /** What sending all of them leaves behind. */
  readonly cover: readonly Term[]
}

export const canMeet = (unit: Unit, capability: string): boolean =>
  unit.kind === capability || unit.capabilities.includes(capability)

/** Dearer than any crew: a slot is left empty only where nobody is left for it. */
const emptyS = 1e7
const impossibleS = 1e9

export function crewSet(
  incident: CaseToSend,
  caseClass: CaseClass | undefined,
  units: ReadonlyMap<string, Unit>,
  world: RecommendWorld,
  needs: readonly Need[],
): CrewSet {
  const slots = needs.flatMap(({ capability, count }) => Array.from({ length: count }, () => capability))
  const barred = new Set<string>()
  for (;;) {
    const picked = assign(incident, caseClass, units, world, slots, barred)
    const twin = secondOfOneCrew(picked, units)
    if (twin !== null) {
      barred.add(twin)
      continue
    }
    const chosen = picked.filter((one) => one !== null)
    const gone = chosen.map(({ proposal }) => units.get(proposal.unitId) as Unit)
    const homeOf = ({ station }: Pick<Unit, 'station'>) => (station === null ? null : world.districtOf(station))
    const { dispatchSettings: settings, divisionName } = world
    const cover = new ZoneCover(units, { settings, homeOf, divisionName }).wordsOfAll(gone)
    return { chosen, shortfalls: shortfallsOf(needs, chosen), cover }
  }
}

type Pick1 = CrewSet['chosen'][number]

/** Two vehicles of one crew among them: the one that costs more. */
function secondOfOneCrew(picked: readonly (Pick1 | null)[], units: ReadonlyMap<string, Unit>): string | null {
  const byCrew = new Map<string, UnitProposal>()
  for (const one of picked) {
    const staffedBy = one === null ? undefined : units.get(one.proposal.unitId)?.staffedBy
    if (one === null || staffedBy === undefined) continue
    const other = byCrew.get(staffedBy)
    if (other !== undefined) return other.scoreS > one.proposal.scoreS ? other.unitId : one.proposal.unitId
    byCrew.set(staffedBy, one.proposal)
  }
  return null
}

function shortfallsOf(needs: readonly Need[], chosen: readonly Pick1[]): CrewSet['shortfalls'] {
  const left = new Map<string, number>()
  for (const { capability } of chosen) left.set(capability, (left.get(capability) ?? 0) + 1)
  return needs.flatMap(({ capability, count }) => {
    const met = Math.min(count, left.get(capability) ?? 0)
    left.set(capability, (left.get(capability) ?? 0) - met)
    const missing = count - met
    if (missing === 0) return []
    const crews = countedCrews(missing, capability)
    return [{ capability, missing, words: { zh: `缺${crews.zh}`, en: `${crews.en} missing` } }]
  })
}

/** Each slot with the crew that takes it, or null: the cheapest assignment of all. */
function assign(
  incident: CaseToSend,
  caseClass: CaseClass | undefined,
  units: ReadonlyMap<string, Unit>,
  world: RecommendWorld,
  slots: readonly string[],
  barred: ReadonlySet<string>,
): (Pick1 | null)[] {
  const known = new Map<string, UnitProposal>()
  const able = new Map<string, Set<string>>()
  // With as many of each as there are slots in all, whatever one need takes, the next best is still there.
  for (const capability of new Set(slots)) {
    const isWanted = (unit: Unit) => !barred.has(unit.id) && canMeet(unit, capability)
    const proposals = recommend(incident, caseClass, units, world, { most: slots.length, isWanted })
    for (const one of proposals) known.set(one.unitId, one)
    able.set(capability, new Set(proposals.map(({ unitId }) => unitId)))
  }
  const crews = [...known.values()]
  const cost = slots.map((capability) => [
    ...crews.map(({ unitId, scoreS }) => (able.get(capability)?.has(unitId) ? scoreS : impossibleS)),
    ...slots.map(() => emptyS),
  ])
  return cheapestRows(cost).map((column, slot) => {
    const proposal = crews[column]
    return proposal === undefined ? null : { capability: slots[slot] as string, proposal }
  })
}

/** The column of each row in the assignment of least cost (Hungarian method, by shortest augmenting paths); columns ≥ rows. */
export function cheapestRows(cost: readonly (readonly number[])[]): number[] {
  const [rows, columns] = [cost.length, cost[0]?.length ?? 0]
  const u = new Array<number>(rows + 1).fill(0)
  const v = new Array<number>(columns + 1).fill(0)
  const rowOf = new Array<number>(columns + 1).fill(0)
  const at = <T>(list: readonly T[], i: number): T => list[i] as T
  for (let row = 1; row <= rows; row++) {
    rowOf[0] = row
    let column = 0
    const least = new Array<number>(columns + 1).fill(Infinity)
    const before = new Array<number>(columns + 1).fill(0)
    const used = new Array<boolean>(columns + 1).fill(false)
    do {
      used[column] = true
      const i = at(rowOf, column)
      let [delta, next] = [Infinity, 0]
      for (let j = 1; j <= columns; j++) {
        if (used[j]) continue
        const reduced = at(at(cost, i - 1), j - 1) - at(u, i) - at(v, j)
        if (reduced < at(least, j)) [least[j], before[j]] = [reduced, column]
        if (at(least, j) < delta) [delta, next] = [at(least, j), j]
      }
      for (let j = 0; j <= columns; j++) {
        if (used[j]) {
          u[at(rowOf, j)] = at(u, at(rowOf, j)) + delta
          v[j] = at(v, j) - delta
        } else least[j] = at(least, j) - delta
      }
      column = next
    } while (at(rowOf, column) !== 0)
    while (column !== 0) {
      const previous = at(before, column)
      rowOf[column] = at(rowOf, previous)
      column = previous
    }
  }
  const columnOf = new Array<number>(rows).fill(-1)
  for (let j = 1; j <= columns; j++) if (at(rowOf, j) > 0) columnOf[at(rowOf, j) - 1] = j - 1
  return columnOf
}
