/**
 * An outside style made ours: every address in it becomes one of this server, every id is marked, and what belongs to the page (camera,
 * fonts, relief) is taken out. Pure: TileJSON has been read before. What cannot be kept is a BadStyle, never dropped in silence.
 */
import { createHash } from 'node:crypto'
import { baseMapFolder, outsidePath, outsidePrefix } from '../../../../shared/contract/base-map.ts'
import { resolved } from './outside-address.ts'

export class BadStyle extends Error {
  override readonly name = 'BadStyle'
}

export type Json = Readonly<Record<string, unknown>>
export type NamedKind = 'vector' | 'picture' | 'sprite' | 'geojson'
/** Something the style names: asked for at one of its addresses. */
export interface Named {
  readonly kind: NamedKind
  readonly isTiled: boolean
  readonly isTms: boolean
  readonly addresses: readonly string[]
}

export interface OwnStyle {
  readonly style: Json
  readonly named: ReadonlyMap<string, Named>
  readonly attribution: string
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const maxLayers = 2000
const maxAttribution = 300

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', copy: '©', nbsp: ' ' }
/** Attributions are written as HTML; only their words are shown. */
export const wordsOf = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&(?:#(\d{1,6})|([a-z]{2,6}));/gi, (all, code: string | undefined, name: string | undefined) =>
      code === undefined ? (entities[name ?? ''] ?? all) : String.fromCodePoint(Math.min(Number(code), 0x10ffff)),
    )
    .replaceAll(/\s+/g, ' ')
    .trim()

/** `base`: the address of the style itself, or, of a file of this server, its path. */
export function ownStyle(outside: unknown, base: string): OwnStyle {
  if (
    !isObject(outside) ||
    outside['version'] !== 8 ||
    !isObject(outside['sources']) ||
    !Array.isArray(outside['layers'])
  )
    throw new BadStyle('it is no MapLibre style (version 8, sources, layers)')
  const named = new Map<string, Named>()
  const attributions = new Set<string>()
  const here = 'http://here.invalid'
  const isFile = base.startsWith('/')

  /** Whole, or a path of this server's own folder. */
  const whole = (what: string, address: unknown): string => {
    const at = typeof address === 'string' ? resolved(address, isFile ? here + base : base) : null
    if (at === null) throw new BadStyle(`${what}: ${JSON.stringify(address)} cannot be asked for`)
    if (!at.startsWith(`${here}/`)) return at
    const path = at.slice(here.length)
    if (!path.startsWith(baseMapFolder.path)) throw new BadStyle(`${what}: ${path} is not under ${baseMapFolder.path}`)
    return path
  }
  /** The address pages are given instead. */
  const give = (what: string, kind: NamedKind, addresses: readonly unknown[], isTms = false, tail = ''): string => {
    const all = addresses.map((address) => whole(what, address))
    const [first = ''] = all
    if (all.every((address) => address.startsWith('/'))) {
      if (isTms) throw new BadStyle(`${what}: scheme tms is not served from ${baseMapFolder.name}`)
      return first
    }
    if (all.some((address) => address.startsWith('/'))) throw new BadStyle(`${what}: addresses of two places`)
    const one: Named = { kind, isTiled: tail !== '', isTms, addresses: all }
    const id = createHash('sha256').update(JSON.stringify(one)).digest('hex').slice(0, 16)
    named.set(id, one)
    return `${outsidePath}${id}${tail}`
  }

  const source = (id: string, given: unknown): Json => {
    const what = `source ${id}`
    if (!isObject(given)) throw new BadStyle(`${what} is nothing`)
    const { url, attribution, scheme, ...rest } = given
    if (typeof attribution === 'string') attributions.add(wordsOf(attribution))
    switch (given['type']) {
      case 'vector':
      case 'raster':
      case 'raster-dem': {
        const tiles = given['tiles']
        if (!Array.isArray(tiles) || tiles.length === 0) throw new BadStyle(`${what} names no tiles`)
        const kind = given['type'] === 'vector' ? 'vector' : 'picture'
        const ratio = tiles.some((one) => String(one).includes('{ratio}')) ? '{ratio}' : ''
        return { ...rest, tiles: [give(what, kind, tiles, scheme === 'tms', `/{z}/{x}/{y}${ratio}`)] }
      }
      case 'geojson':
        return typeof given['data'] === 'string' ? { ...rest, data: give(what, 'geojson', [given['data']]) } : rest
      case 'image':
        return { ...rest, url: give(what, 'picture', [url]) }
      default:
        throw new BadStyle(`${what} is of a kind that is not drawn here: ${JSON.stringify(given['type'])}`)
    }
  }
  const sprite = (given: unknown): unknown =>
    Array.isArray(given)
      ? given.map((one: unknown) => (isObject(one) ? { ...one, url: sprite(one['url']) } : one))
      : give('sprite', 'sprite', [given], false, '/sprite')

  const layers = outside['layers'].map((layer: unknown): Json => {
    if (!isObject(layer) || typeof layer['id'] !== 'string') throw new BadStyle('a layer without an id')
    const { metadata: _, ...kept } = layer
    const { source: from } = layer
    return {
      ...kept,
      id: outsidePrefix + layer['id'],
      ...(typeof from === 'string' ? { source: outsidePrefix + from } : {}),
    }
  })
  if (layers.length > maxLayers) throw new BadStyle(`it has more than ${maxLayers} layers`)
  const kept = ['version', 'light', 'sky', 'state', 'transition'].filter((key) => key in outside)
  const style = {
    ...Object.fromEntries(kept.map((key) => [key, outside[key]])),
    ...(outside['sprite'] === undefined ? {} : { sprite: sprite(outside['sprite']) }),
    sources: Object.fromEntries(
      Object.entries(outside['sources']).map(([id, given]) => [outsidePrefix + id, source(id, given)]),
    ),
    layers,
  }
  const attribution = [...attributions]
    .filter((words) => words !== '')
    .join(' · ')
    .slice(0, maxAttribution)
  return { style, named, attribution }
}
