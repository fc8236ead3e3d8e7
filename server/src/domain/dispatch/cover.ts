/**
 * What a zone keeps when crews leave it: free crews of each kind by their home district. Warns, never forbids: an officer may strip a zone
 * and is told so first.
 */
import type { DistrictId, UnitId } from '../../../../shared/model/ids.ts'
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

type Key = `${string} ${string}`
const keyOf = (zone: DistrictId, kind: string): Key => `${zone} ${kind}`

export class ZoneCover {
  readonly #free = new Map<Key, number>()
  readonly #minimum = new Map<Key, number>()
  readonly #world: CoverWorld

  constructor(units: Iterable<Unit>, world: CoverWorld) {
    this.#world = world
    for (const { zone, kind, minimum } of world.settings.cover) this.#minimum.set(keyOf(zone, kind), minimum)
    for (const unit of units) {
      const key = this.#keyOf(unit)
      if (key !== null) this.#free.set(key, (this.#free.get(key) ?? 0) + 1)
    }
  }

  /** Crews short of the least there is to be, and how many would be left, once this one has gone; null where enough stay. */
  shortAfter(unit: Unit, gone: readonly Unit[] = []): { readonly short: number; readonly left: number } | null {
    const key = this.#keyOf(unit)
    if (key === null) return null
    const others = gone.filter((one) => one.id !== unit.id && this.#keyOf(one) === key).length
    const left = (this.#free.get(key) ?? 0) - 1 - others
    const short = (this.#minimum.get(key) ?? this.#world.settings.usualCover) - left
    return short > 0 ? { short, left } : null
  }

  /** `派出后城北区仅余1台泵车` */
  words(unit: Unit, left: number): Term {
    const zone = this.#world.homeOf(unit)
    const name = zone === null ? { zh: '辖区', en: 'its district' } : this.#world.divisionName(zone)
    const crews = countedCrews(left, unit.kind)
    return { zh: `派出后${name.zh}仅余${crews.zh}`, en: `leaves ${name.en} with ${crews.en}` }
  }

  /** What a set of crews sent together leaves behind, a line a zone and kind. */
  wordsOfAll(gone: readonly Unit[]): Term[] {
    const said = new Set<UnitId | Key>()
    return gone.flatMap((unit) => {
      const key = this.#keyOf(unit)
      if (key === null || said.has(key)) return []
      said.add(key)
      const short = this.shortAfter(unit, gone)
      return short === null ? [] : [this.words(unit, short.left)]
    })
  }

  /** Only a crew that can be sent without more covers its zone. */
  #keyOf(unit: Unit): Key | null {
    if (unit.blockedBy !== undefined || unitStatusInfo[unit.status].primary !== 'Available') return null
    const zone = this.#world.homeOf(unit)
    return zone === null ? null : keyOf(zone, unit.kind)
  }
}
