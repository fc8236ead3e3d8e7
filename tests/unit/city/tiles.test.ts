import { gunzipSync } from 'node:zlib'
import { appendFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutTile } from '../../../server/src/city/tiles/cut-tile.ts'
import { readGround } from '../../../server/src/city/tiles/ground.ts'
import { joinLines } from '../../../server/src/city/tiles/join-lines.ts'
import { createMapTiles } from '../../../server/src/city/tiles/map-tiles.ts'
import { createTileMaker } from '../../../server/src/city/tiles/tile-maker.ts'
import { isTileWithin, zoomForArea } from '../../../server/src/city/tiles/web-mercator.ts'
import type { Log } from '../../../server/src/ports/log.ts'
import { TilesBusy } from '../../../server/src/ports/tiles.ts'
import { city, newDataDir } from '../../support/program.ts'
import { tileOf, tilePack } from '../../support/tile-pack.ts'

const centre = [0.52, 0.505] as const
const block = tilePack()

/** What a tile says, by layer. */
function told(bytes: Uint8Array | null): Record<string, Record<string, unknown>[]> {
  if (bytes === null) return {}
  const { layers } = new VectorTile(new PbfReader(bytes))
  return Object.fromEntries(
    Object.entries(layers).map(([id, layer]) => [
      id,
      Array.from({ length: layer.length }, (_, i) => layer.feature(i).properties),
    ]),
  )
}

describe('a tile', () => {
  it('holds each layer of the pack, with what is said of it', async () => {
    const ground = await readGround(block)
    const tile = told(cutTile(ground, ...tileOf(16, centre)))
    expect(tile['roads']).toContainEqual({ class: 'trunk', name: '大道', nameEn: '大道 En' })
    expect(tile['buildings']).toEqual([{ height: 30, name: '高楼' }, { height: 5 }])
    expect(tile['places']?.map((p) => [p['id'], p['rank']])).toEqual([
      ['p1', 2],
      ['p2', 5],
    ])
    expect(tile['cameras']).toEqual([{ id: '1'.repeat(20), name: '路口', headingDeg: 90 }])
    // A row without a place is left out.
    expect(tile['parts']).toEqual([{ code: '3'.repeat(16), classCode: 'P0101' }])
    const whole = told(cutTile(ground, ...tileOf(12, centre)))
    expect(whole['rail']).toEqual([{ kind: 'rail' }])
    expect(whole['water']).toEqual([{ kind: 'river' }])
    expect(whole['green']).toEqual([{ kind: 'park' }])
  })

  it('draws borders as lines, so that its own edge is none', async () => {
    const bytes = cutTile(await readGround(block), ...tileOf(14, [0.25, 0.25])) as Uint8Array
    const layer = new VectorTile(new PbfReader(bytes)).layers['boundaries']
    const found = Array.from({ length: layer?.length ?? 0 }, (_, i) => layer?.feature(i))
    expect(found.map((one) => [one?.type, one?.properties['level'], one?.properties['id']])).toContainEqual([
      2,
      4,
      'g1',
    ])
    expect(found.every((one) => one?.type === 2)).toBe(true)
  })

  it.each([
    ['the widest roads', 'roads', 'class', 'trunk', 7],
    ['lanes', 'roads', 'class', 'local', 12],
    ['names of streets', 'roads', 'name', '大道', 13],
    ['hospitals', 'places', 'kind', 'hospital', 12],
    ['other places', 'places', 'kind', 'shop', 14],
    ['large buildings', 'buildings', 'height', 30, 13],
    ['small buildings', 'buildings', 'height', 5, 15],
    ['responsibility grids', 'boundaries', 'level', 4, 13],
    ['cameras', 'cameras', 'name', '路口', 14],
    ['parts', 'parts', 'classCode', 'P0101', 16],
    ['ponds', 'water', 'kind', 'pond', 15],
  ])('shows %s from their zoom', async (_, layer, field, value, from) => {
    const ground = await readGround(block)
    const at = { pond: [0.202, 0.202], local: [0.5, 0.3], 5: [0.5605, 0.5605], 4: [0.25, 0.25] } as const
    const place = at[value as keyof typeof at] ?? centre
    const isThere = (z: number) => told(cutTile(ground, ...tileOf(z, place)))[layer]?.some((p) => p[field] === value)
    expect(isThere(from)).toBe(true)
    expect(isThere(from - 1) ?? false).toBe(false)
  })

  it('names parks once, in their middle, and rivers along theirs', async () => {
    const ground = await readGround(block)
    const names = told(cutTile(ground, ...tileOf(13, [0.5, 0.75])))['names']
    expect(names).toContainEqual({ kind: 'water', rank: 2, name: '清江', nameEn: 'Qing River' })
    const layer = ground.layers.find(({ id }) => id === 'names')
    const shapes = layer?.fields.map(({ name }, i) => [name, layer.geometries[i]?.type])
    expect(shapes).toContainEqual(['清江', 'LineString'])
    expect(shapes).toContainEqual(['公园', 'Point'])
  })

  it('of a pack without a layer has none of it, and of a pack without any is none', async () => {
    const some = await readGround(
      tilePack(['roads.geojson', 'parts.json', 'cameras.json', 'rail.geojson', 'divisions.geojson', 'grids.geojson']),
    )
    expect(Object.keys(told(cutTile(some, ...tileOf(16, centre))))).toEqual(['buildings', 'places'])
    const none = newDataDir()
    expect(await readGround(none)).toMatchObject({ bounds: null, letters: '' })
    expect(cutTile(await readGround(none), 6, 0, 0)).toBeNull()
  })

  it('is in WGS 84, whatever the pack is written in', async () => {
    const [west = 0] = (await readGround(block)).bounds ?? []
    const [moved = 0] = (await readGround(tilePack([], 'GCJ02'))).bounds ?? []
    // GCJ-02 lies some hundred metres away.
    expect(Math.abs(moved - west)).toBeGreaterThan(0.002)
  })

  it('of the whole demo city is small', async () => {
    const ground = await readGround(await city())
    const [west, south, east, north] = ground.bounds ?? [0, 0, 0, 0]
    const bounds = [west, south, east, north] as const
    for (let z = 6; z <= 14; z++) {
      const sizes: number[] = []
      for (let x = Math.floor((west / 360 + 0.5) * 2 ** z); x <= Math.floor((east / 360 + 0.5) * 2 ** z); x++)
        for (let y = 0; y < 2 ** z; y++)
          if (isTileWithin(bounds, z, x, y)) sizes.push(cutTile(ground, z, x, y)?.length ?? 0)
      expect(Math.max(...sizes), `zoom ${z}`).toBeLessThan(200_000)
    }
    // Every tile of nine zooms: seconds of work, and more where others work beside it.
  }, 120_000)
})

describe('lines', () => {
  it('that go on as each other are one; a corner and a third way are not', () => {
    const joined = joinLines([
      [
        [0, 0],
        [1, 0],
      ],
      [
        [2, 0],
        [1, 0],
      ],
      [
        [1, 0],
        [1, 1],
      ],
    ])
    expect(joined).toEqual([
      [
        [0, 0],
        [1, 0],
        [2, 0],
      ],
      [
        [1, 0],
        [1, 1],
      ],
    ])
  })

  it('keep every stretch, once', () => {
    const place = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }))
    const stretches = (lines: readonly (readonly (readonly number[])[])[]) =>
      lines.flatMap((line) => line.slice(1).map((at, i) => [String(line[i]), String(at)].sort().join(' '))).sort()
    fc.assert(
      fc.property(fc.array(fc.array(place, { minLength: 2, maxLength: 4 }), { maxLength: 30 }), (lines) => {
        expect(stretches(joinLines(lines))).toEqual(stretches(lines))
      }),
    )
  })
})

it('the zoom of an area is the first where it is that many pixels', () => {
  const metresPerPixel = (z: number) => 40_075_016.686 / 512 / 2 ** z
  const at14 = 12 * metresPerPixel(14) ** 2
  expect(zoomForArea(at14, 12)).toBe(14)
  expect(zoomForArea(at14 * 0.999, 12)).toBe(15)
  expect(zoomForArea(at14 * 1.001, 12)).toBe(14)
})

describe('kept tiles', () => {
  const open = (packDir: string, dataDir: string, warnings: string[] = []) => {
    const warn = (_: object, message: string) => void warnings.push(message)
    const log: Log = { debug: () => undefined, info: () => undefined, warn, error: warn }
    return createMapTiles({ packDir, dataDir, log })
  }
  const folder = (dataDir: string) => join(dataDir, 'tiles')

  it('are made once, and read from disk by the next start', async () => {
    const [packDir, dataDir] = [block, newDataDir()]
    const at = tileOf(16, centre)
    const first = open(packDir, dataDir)
    const [tile, again] = await Promise.all([first.tile(...at), first.tile(...at)])
    expect(again).toBe(tile)
    expect(told(gunzipSync(tile as Buffer))['parts']).toHaveLength(1)
    expect(await first.tile(16, 0, 0)).toBeNull()
    const { version, layers } = await first.describe()
    expect(layers.map(({ id, minzoom }) => [id, minzoom])).toContainEqual(['parts', 16])
    await first.close()

    const file = join(folder(dataDir), version, `${at.join('-')}.mvt.gz`)
    expect(existsSync(file)).toBe(true)
    writeFileSync(file, 'as it was left')
    const second = open(packDir, dataDir)
    expect(await second.describe()).toMatchObject({ version, layers })
    expect(String(await second.tile(...at))).toBe('as it was left')
    await second.close()
  })

  it('of another pack are others, and the old ones go', async () => {
    const [packDir, dataDir] = [tilePack(), newDataDir()]
    const first = open(packDir, dataDir)
    const { version } = await first.describe()
    await first.close()
    appendFileSync(join(packDir, 'parts.json'), '\n')
    const second = open(packDir, dataDir)
    const next = (await second.describe()).version
    await second.close()
    expect(next).not.toBe(version)
    expect(readdirSync(folder(dataDir))).toEqual([next])
  })

  it('are made all the same where the disk keeps nothing, and that is said once', async () => {
    const [packDir, dataDir] = [block, newDataDir()]
    writeFileSync(folder(dataDir), 'a file in the way')
    const warnings: string[] = []
    const tiles = open(packDir, dataDir, warnings)
    expect(await tiles.tile(...tileOf(16, centre))).not.toBeNull()
    expect(await tiles.tile(...tileOf(15, centre))).not.toBeNull()
    await tiles.close()
    expect(warnings).toEqual(['map tiles cannot be kept on disk: each start makes them again'])
  })

  it('wait in a bounded number', async () => {
    const maker = createTileMaker(block, 60_000)
    const [z, x, y] = tileOf(16, centre)
    const orders = Array.from({ length: 500 }, () => maker.make(z, x, y))
    await expect(maker.make(z, x, y)).rejects.toBeInstanceOf(TilesBusy)
    await Promise.all(orders)
    expect(await maker.make(z, x, y)).not.toBeNull()
    await maker.close()
  })

  it('need no maker while nobody asks: it ends, and comes again', async () => {
    const maker = createTileMaker(block, 1)
    await maker.describe()
    await expect.poll(() => maker.isRunning).toBe(false)
    expect(await maker.make(...tileOf(16, centre))).not.toBeNull()
    await maker.close()
  })

  it('can be asked for again after the pack could not be read', async () => {
    const [packDir, dataDir] = [tilePack(), newDataDir()]
    const green = join(packDir, 'green.geojson')
    mkdirSync(join(packDir, 'aside'))
    writeFileSync(green, 'not JSON')
    const tiles = open(packDir, dataDir)
    await expect(tiles.describe()).rejects.toThrow('map tiles could not be made')
    rmSync(green)
    expect((await tiles.describe()).letters).not.toContain('公')
    await tiles.close()
  })
})
