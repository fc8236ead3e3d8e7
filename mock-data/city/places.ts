/** Places people steer by, each where such a thing stands. */
import type { PlaceFeature } from '../../shared/contract/city-pack.ts'
import type { Land } from './land.ts'
import { ground } from './mask.ts'
import { placeKinds } from './place-kinds.ts'
import { apart, beside, placed, toLonLat, type Point } from './plane.ts'
import type { QuarterStyle } from './plan.ts'
import { stationsOf } from './rail.ts'
import type { Random } from './random.ts'
import { spread, type Site } from './sites.ts'
import { NearIndex } from './near-index.ts'
import type { Stretch } from './street-network.ts'

export interface Place extends Site {
  readonly id: string
  readonly kind: string
  readonly nameEn: string
}
type Draft = Omit<Place, 'id'>

/** Middles of stretches that cross a river, one a bridge; a street's second bridge is named after its water too. */
function bridges({ stretches, mask, terrain }: Land): Draft[] {
  const found: Draft[] = []
  const waters = new NearIndex(terrain.waterways.flatMap((water) => water.middle.map((at) => ({ at, water }))))
  const taken = new Set<string>()
  for (const s of stretches) {
    if (s.curve.name === '' || s.curve.class === 'local') continue
    const middle = s.points.find((p) => mask.is(p, ground.water) && !mask.is(p, ground.deep))
    if (middle === undefined || found.some((other) => apart(other.at, middle) < 220)) continue
    const name = s.curve.name.replace(/(大道|路|街|高架|高速)$/, '')
    const nameEn = s.curve.nameEn.replace(/ (Avenue|Road|Street|Viaduct|Expressway)$/, '')
    const water = waters.nearest(middle, 400)?.water
    const [words, wordsEn] =
      [
        [`${name}${water?.kind === 'river' ? '大桥' : '桥'}`, `${nameEn} Bridge`] as const,
        [`${name}${water?.name ?? ''}桥`, `${nameEn} ${water?.nameEn ?? ''} Bridge`] as const,
      ].find(([zh, en]) => !taken.has(zh) && !taken.has(en)) ?? []
    if (words === undefined || wordsEn === undefined) continue
    taken.add(words).add(wordsEn)
    found.push({ kind: 'bridge', words, nameEn: wordsEn, at: middle })
  }
  return found
}

/** Where streets dive below the railway: the first to fill when it rains. */
function underpasses({ stretches, mask }: Land): Draft[] {
  const found: Draft[] = []
  const isThrough = ({ curve }: Stretch) => curve.name !== '' && ['secondary', 'tertiary'].includes(curve.class)
  for (const s of stretches) {
    if (!isThrough(s)) continue
    const at = s.points.find((p) => mask.is(p, ground.rail) && !mask.is(p, ground.water))
    if (at === undefined || found.some((other) => apart(other.at, at) < 160 || other.words.startsWith(s.curve.name)))
      continue
    const nameEn = `${s.curve.nameEn} Underpass`
    found.push({ kind: 'underpass', words: `${s.curve.name}下穿通道`, nameEn, at })
  }
  return found
}

/** Pumping stations stand at the water, where streets drain to. */
function pumping({ terrain, mask, names, isReached }: Land, count: number, random: Random): Draft[] {
  const banks = terrain.waterways
    .filter(({ kind }) => kind !== 'moat')
    .flatMap((water) =>
      [1, -1].flatMap((side) => beside(water.middle, (i) => side * (water.halfWidthM(i) + 26)).map((at) => ({ at }))),
    )
    .filter(({ at }) => !mask.is(at, ground.outside | ground.water | ground.hill) && isReached(at, 150))
  return spread(banks, count, 900, random).map(({ at }) => {
    const { zh, en } = names.with('排涝泵站', 'Pumping Station')
    return { kind: 'pumping', words: zh, nameEn: en, at }
  })
}

function namesOfStations(land: Land, corners: NearIndex<Site>): Draft[] {
  const taken = new Set<string>()
  return stationsOf(land.tracks, (p) => !land.mask.is(p, ground.outside)).map(({ at, kind }): Draft => {
    if (kind === 'station') return { kind, at, words: '澜汀站', nameEn: 'Lanting Railway Station' }
    const near = corners.nearest(at, 900)?.words.split('与')[0]
    const { zh, en } = land.names.pair()
    const words = near !== undefined && !taken.has(near) ? near : zh
    taken.add(words)
    return { kind, at, words: `${words}站`, nameEn: `${en} Station` }
  })
}

export function makePlaces(land: Land, corners: readonly Site[], random: Random): Place[] {
  const { plan, buildings, names, divided, villages, greens } = land
  const share = plan.size === 'full' ? 1 : 0.12
  const drafts: Draft[] = [
    ...namesOfStations(land, new NearIndex(corners)),
    ...bridges(land),
    ...underpasses(land),
    ...pumping(land, Math.max(3, Math.round(28 * share)), random),
    ...villages.map(({ name, nameEn, at }) => ({ kind: 'village', words: name, nameEn, at })),
    ...greens
      .filter(({ kind, name }) => kind === 'park' && name !== '')
      .map(({ name, nameEn, middle }) => ({ kind: 'park', words: name, nameEn, at: middle })),
  ]
  const byStyle = new Map<QuarterStyle, { readonly at: Point }[]>()
  for (const { style, centre } of buildings) {
    const list = byStyle.get(style)
    if (list) list.push({ at: centre })
    else byStyle.set(style, [{ at: centre }])
  }
  const usedLocal = new Map<string, number>()
  for (const wanted of placeKinds) {
    const all = wanted.styles.flatMap((style) => byStyle.get(style) ?? [])
    const anywhere = all.length > 0 ? all : buildings.map(({ centre }) => ({ at: centre }))
    const count = Math.max(1, Math.round(wanted.count * share))
    const sites = spread(anywhere, count, plan.size === 'full' ? wanted.apartM : wanted.apartM / 3, random)
    sites.forEach(({ at }, n) => {
      const fixed = wanted.fixed?.[n]
      const draft = (words: string, nameEn: string) => drafts.push({ kind: wanted.kind, words, nameEn, at })
      if (fixed) return draft(fixed[0], fixed[1])
      if (wanted.ending) {
        const { zh, en } = names.with(wanted.ending[0], wanted.ending[1])
        return draft(zh, en)
      }
      const [zh, en] = wanted.local ?? ['', '']
      const street = divided.at(at)
      const name = (street && divided.streetNames.get(street.streetId)?.replace(/(街道|镇)$/, '')) ?? ''
      const again = (usedLocal.get(name + zh) ?? 0) + 1
      usedLocal.set(name + zh, again)
      const ordinal = again > 1 ? `第${'〇一二三四五六七八九十'[again] ?? again}` : ''
      return draft(
        `${name}${ordinal}${zh}`,
        `${divided.streetNamesEn.get(street?.streetId ?? '') ?? ''} ${en}${again > 1 ? ` ${again}` : ''}`.trim(),
      )
    })
  }
  return drafts.map((draft, index) => ({ ...draft, id: `PL-${String(index + 1).padStart(4, '0')}` }))
}

export const placeFeature = ({ id, kind, words, nameEn, at }: Place): PlaceFeature => ({
  type: 'Feature',
  properties: { id, kind, name: words, nameEn },
  geometry: { type: 'Point', coordinates: [...toLonLat(at)] as [number, number] },
})

/** A spot a few metres beside a place, so that two things there do not stand in one another. */
export const nearPlace = (at: Point, metres: number, random: Random): Point =>
  placed([metres * random.next(), 0], random.between(0, 2 * Math.PI), at)
