/** Spots in the city and what people call them: corners, stretches, house numbers. */
import type { RoadClass } from '../../shared/model/roads.ts'
import { NearIndex } from './near-index.ts'
import { along, type Point } from './plane.ts'
import type { Random } from './random.ts'
import type { Stretch } from './street-network.ts'

export interface Site {
  readonly at: Point
  readonly words: string
}

/** Street corners with the names of the two streets that meet there, great streets first. */
export function cornerSites(stretches: readonly Stretch[]): Site[] {
  const corners = new Map<string, { at: Point; names: Set<string> }>()
  for (const s of stretches) {
    if (s.curve.name === '') continue
    for (const [id, at] of [
      [s.from, s.points[0]],
      [s.to, s.points[s.points.length - 1]],
    ] as const) {
      const corner = corners.get(id) ?? { at: at as Point, names: new Set<string>() }
      corner.names.add(s.curve.name)
      corners.set(id, corner)
    }
  }
  return [...corners.values()]
    .filter(({ names }) => names.size >= 2)
    .map(({ at, names }) => ({ at, words: `${[...names].slice(0, 2).join('与')}口` }))
}

/** House numbers grow along a street: odd on its left, even on its right. */
export interface StreetSites {
  /** A spot beside a stretch, `offM` from its middle (left positive), with its address. */
  beside(stretch: Stretch, metres: number, offM: number): Site
}

export function streetSites(stretches: readonly Stretch[]): StreetSites {
  const begins = new Map<Stretch, number>()
  const lengths = new Map<string, number>()
  for (const stretch of stretches) {
    const name = stretch.curve.name
    const from = lengths.get(name) ?? 0
    begins.set(stretch, from)
    lengths.set(name, from + stretch.lengthM)
  }
  return {
    beside(stretch, metres, offM) {
      const { at, heading } = along(stretch.points, metres)
      const number = 2 * Math.floor(((begins.get(stretch) ?? 0) + metres) / 22) + (offM > 0 ? 1 : 2)
      const { name } = stretch.curve
      return {
        at: [at[0] - Math.sin(heading) * offM, at[1] + Math.cos(heading) * offM],
        words: name === '' ? '' : `${name}${number}号`,
      }
    },
  }
}

/** One spot at the middle of each named stretch of these classes. */
export const midSites = (stretches: readonly Stretch[], classes: readonly RoadClass[], sites: StreetSites): Site[] =>
  stretches
    .filter((s) => s.curve.name !== '' && classes.includes(s.curve.class) && s.lengthM > 60)
    .map((s) => sites.beside(s, s.lengthM / 2, s.curve.class === 'motorway' ? 0 : 8))

/** Picks sites that keep their distance from each other, as planners do; fewer when the city has no more room. */
export function spread<T extends { readonly at: Point }>(
  sites: readonly T[],
  count: number,
  apartM: number,
  random: Random,
): T[] {
  const chosen = new NearIndex<T>([], Math.max(50, apartM))
  const list: T[] = []
  for (const site of random.shuffled(sites)) {
    if (list.length >= count) break
    if (chosen.within(site.at, apartM).length > 0) continue
    chosen.add(site)
    list.push(site)
  }
  return list
}
