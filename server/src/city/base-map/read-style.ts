/** The style as it is set, with all TileJSON it points to read into it. Nothing is kept here. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { baseMapFile, baseMapFolder } from '../../../../shared/contract/base-map.ts'
import { OutsideFault } from '../../ports/base-map.ts'
import { isOwnMachine, resolved } from './outside-address.ts'
import type { AskOutside } from './outside-request.ts'
import { BadStyle, ownStyle, type Json, type OwnStyle } from './own-style.ts'

/** Address, or path under `/map/basemap/`. */
export interface StyleOptions {
  readonly style: string
  readonly dataDir: string
  readonly ask: AskOutside
}

/** Only who wrote the address of this machine, or a file on it, may have it asked. */
export const mayBeOwn = (style: string): boolean => style.startsWith('/') || isOwnMachine(new URL(style))

const maxJsonBytes = 8 * 1024 * 1024
/** What TileJSON says of a source that a style's source may say too. */
const fromTileJson = ['tiles', 'minzoom', 'maxzoom', 'bounds', 'scheme', 'attribution', 'encoding'] as const

async function jsonAt(what: string, at: string, { dataDir, ask, style }: StyleOptions): Promise<unknown> {
  let text: string
  if (at.startsWith('/')) {
    const name = baseMapFile(at)
    if (name === null) throw new BadStyle(`${what}: ${at} is no file of ${baseMapFolder.name}`)
    text = await readFile(join(dataDir, baseMapFolder.name, name), 'utf8').catch(() => {
      throw new OutsideFault(`${what}: there is no ${baseMapFolder.name}/${name} in DATA_DIR`)
    })
  } else {
    const { status, bytes, isZipped } = await ask(at, { mayBeOwn: mayBeOwn(style) })
    if (status !== 200) throw new OutsideFault(`${what} was answered with ${status}`)
    text = (isZipped ? gunzipSync(bytes, { maxOutputLength: maxJsonBytes }) : bytes).toString('utf8')
  }
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new BadStyle(`${what} is no JSON`)
  }
}

/** Where a style or TileJSON lies decides what its addresses mean; a file's are paths of the site. */
const site = 'http://here.invalid'
const against = (address: string, base: string): string | null => {
  const at = resolved(address, base.startsWith('/') ? site + base : base)
  return at?.startsWith(`${site}/`) ? at.slice(site.length) : at
}

const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : []

/** Throws OutsideFault where it cannot be had, BadStyle where it cannot be drawn. */
export async function readStyle(options: StyleOptions): Promise<OwnStyle> {
  const { style } = options
  const outside = (await jsonAt('the style', style, options)) as Json
  const sources: Record<string, unknown> = {}
  for (const [id, source] of entriesOf(outside?.['sources'])) {
    const { url, ...rest } = (source ?? {}) as Json
    const isTiled = ['vector', 'raster', 'raster-dem'].includes(String(rest['type']))
    if (!isTiled || typeof url !== 'string') {
      sources[id] = source
      continue
    }
    const address = against(url, style)
    if (address === null) throw new BadStyle(`source ${id}: ${JSON.stringify(url)} cannot be asked for`)
    const tileJson = (await jsonAt(`source ${id}`, address, options)) as Json
    const told = Object.fromEntries(fromTileJson.flatMap((key) => (key in tileJson ? [[key, tileJson[key]]] : [])))
    // Addresses in TileJSON are counted from where it is.
    const tiles = Array.isArray(told['tiles'])
      ? { tiles: told['tiles'].map((tile) => against(String(tile), address)) }
      : {}
    sources[id] = { ...told, ...tiles, ...rest }
  }
  const own = ownStyle(entriesOf(outside?.['sources']).length > 0 ? { ...outside, sources } : outside, style)
  // A page would draw nothing of a style that breaks one rule: said here, by name, and not there by an empty map. Read only when needed.
  const { validateStyleMin } = await import('@maplibre/maplibre-gl-style-spec')
  const [wrong] = validateStyleMin(own.style as unknown as Parameters<typeof validateStyleMin>[0])
  if (wrong !== undefined) throw new BadStyle(wrong.message)
  return own
}
