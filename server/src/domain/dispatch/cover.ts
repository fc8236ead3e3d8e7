/**
 * What a zone keeps when crews leave it: free crews of each kind by their home district. Warns, never forbids: an officer may strip a zone
 * and is told so first.
 */
import type { DistrictId } from '../../../../shared/model/ids.ts'
import type { DispatchSettings } from '../../../../shared/model/dispatch-settings.ts'
import type { Term } from '../../../../shared/model/term.ts'
import type { Unit } from '../../../../shared/model/unit.ts'
import { unitStatusInfo } from '../../../../shared/model/unit.ts'
import { countedCrews } from '../../../../shared/model/unit-kind.ts'

export interface CoverWorld {
  readonly settings: DispatchSettings
  homeOf(unit: Pick<Unit, 'station'>): DistrictId | null
  divisionName(id: DistrictId): Term
}

/** Crews by zone. */
type Counts = Map<DistrictId, number>

export class ZoneCover {
  readonly #units: Pick<ReadonlyMap<string, Unit>, 'values'>
  readonly #world: CoverWorld
  /** By kind of crew; counted when it is first asked about: a case is for one or two kinds of the dozen. */
  readonly #free = new Map<string, Counts>()

  constructor(units: Pick<ReadonlyMap<string, Unit>, 'values'>, world: CoverWorld) {
    this.#units = units
    this.#world = world
  }

  /** Crews short of the least there is to be, and how many would be left, once this one has gone; null where enough stay. */
  shortAfter(unit: Unit, gone: readonly Unit[] = []): { readonly short: number; readonly left: number } | null {
    const zone = this.#zoneOf(unit)
    if (zone === null) return null
    const { kind } = unit
    const others = gone.filter((one) => one.id !== unit.id && one.kind === kind && this.#zoneOf(one) === zone).length
    // It covers its zone itself, so that one at least is counted.
    const left = (this.#freeOf(kind).get(zone) as number) - 1 - others
    const { cover, usualCover } = this.#world.settings
    const minimum = cover.find((one) => one.zone === zone && one.kind === kind)?.minimum ?? usualCover
    const short = minimum - left
    return short > 0 ? { short, left } : null
  }

  /** `派出后城北区仅余1台泵车`, of a crew that has a zone. */
  words(unit: Unit, left: number): Term {
    const name = this.#world.divisionName(this.#world.homeOf(unit) as DistrictId)
    const crews = countedCrews(left, unit.kind)
    return { zh: `派出后${name.zh}仅余${crews.zh}`, en: `leaves ${name.en} with ${crews.en}` }
  }

  /** What a set of crews sent together leaves behind, a line a zone and kind. */
  wordsOfAll(gone: readonly Unit[]): Term[] {
    const said = new Set<string>()
    return gone.flatMap((unit) => {
      const zone = this.#zoneOf(unit)
      if (zone === null || said.has(`${zone} ${unit.kind}`)) return []
      said.add(`${zone} ${unit.kind}`)
      const short = this.shortAfter(unit, gone)
      return short === null ? [] : [this.words(unit, short.left)]
    })
  }

  #freeOf(kind: string): Counts {
    let counts = this.#free.get(kind)
    if (counts !== undefined) return counts
    this.#free.set(kind, (counts = new Map()))
    for (const unit of this.#units.values()) {
      const zone = unit.kind === kind ? this.#zoneOf(unit) : null
      if (zone !== null) counts.set(zone, (counts.get(zone) ?? 0) + 1)
    }
    return counts
  }

  /** Only a crew that can be sent without more covers its zone. */
  #zoneOf(unit: Unit): DistrictId | null {
    const isFree = unit.blockedBy === undefined && unitStatusInfo[unit.status].primary === 'Available'
    return isFree ? this.#world.homeOf(unit) : null
  }
}
