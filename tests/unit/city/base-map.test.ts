import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBaseMap } from '../../../server/src/city/base-map/base-map.ts'
import {
  mayAsk,
  mayConnect,
  resolved,
  spriteAddress,
  tileAddress,
} from '../../../server/src/city/base-map/outside-address.ts'
import { askOutside } from '../../../server/src/city/base-map/outside-request.ts'
import { BadStyle, ownStyle, wordsOf } from '../../../server/src/city/base-map/own-style.ts'
import { OutsideFault, type BaseMap } from '../../../server/src/ports/base-map.ts'
import { baseMapFile } from '../../../shared/contract/base-map.ts'
import { outsideStyle, startOutsideMap, type OutsideMap } from '../../support/outside-map.ts'
import { newDataDir } from '../../support/program.ts'

describe('what may be asked', () => {
  it.each([
    ['https://maps.example.org/style.json?key=1', true],
    ['http://maps.example.org/style.json', false],
    ['http://127.0.0.1:9000/style.json', true],
    ['http://localhost/style.json', true],
    ['http://[::1]/style.json', true],
    ['http://10.1.2.3/style.json', true],
    ['http://172.31.0.1/', true],
    ['http://172.32.0.1/', false],
    ['http://192.168.0.1/', true],
    ['https://user:secret@maps.example.org/', false],
    ['ftp://10.0.0.1/', false],
  ])('%s: %s', (address, isAllowed) => expect(mayAsk(new URL(address))).toBe(isAllowed))

  it.each([
    ['93.184.216.34', false, true],
    ['10.0.0.1', false, true],
    ['127.0.0.1', false, false],
    ['127.0.0.1', true, true],
    ['::ffff:127.0.0.1', false, false],
    ['::1', false, false],
    ['169.254.169.254', true, false],
    ['fe80::1', true, false],
    ['0.0.0.0', true, false],
    ['224.0.0.1', true, false],
    ['not an address', true, false],
  ])('%s, own machine %s: %s', (ip, mayBeOwn, isAllowed) => expect(mayConnect(ip, mayBeOwn)).toBe(isAllowed))

  it('the machine itself only where its keeper wrote so, also behind a name', async () => {
    const outside = await startOutsideMap()
    const at = `${outside.url}/style.json`
    await expect(askOutside(at, { mayBeOwn: false })).rejects.toThrow(OutsideFault)
    await expect(askOutside(at.replace('127.0.0.1', 'localhost'), { mayBeOwn: false })).rejects.toThrow(
      /may not be asked/,
    )
    expect(outside.asked).toEqual([])
    expect(await askOutside(at, { mayBeOwn: true })).toMatchObject({ status: 200 })
    expect(await askOutside(`${outside.url}/away`, { mayBeOwn: true })).toMatchObject({ status: 200 })
    await expect(askOutside(`${outside.url}/round`, { mayBeOwn: true })).rejects.toThrow(/too often/)
    outside.fail('hang-up')
    await expect(askOutside(at, { mayBeOwn: true })).rejects.toThrow(OutsideFault)
    await outside.close()
  })

  it.each([
    ['/map/basemap/style.json', 'style.json'],
    ['/map/basemap/a/b-1/2@2x.png', 'a/b-1/2@2x.png'],
    ['/map/basemap/../keys.json', null],
    ['/map/basemap/a/../../keys.json', null],
    ['/map/basemap/.secret', null],
    ['/map/basemap/a%2f..%2f..%2fkeys.json', null],
    ['/map/basemap//etc/passwd', null],
    ['/map/basemap/', null],
    ['/map/tiles.json', null],
  ])('%s is the file %s', (path, name) => expect(baseMapFile(path)).toBe(name))
})

describe('addresses', () => {
  const tile = { z: 3, x: 5, y: 2, ratio: '@2x' }
  it.each([
    ['a/{z}/{x}/{y}{ratio}.png', false, 'a/3/5/2@2x.png'],
    ['a/{z}/{x}/{y}', true, 'a/3/5/5'],
    ['a/{quadkey}', false, 'a/121'],
    ['a/{prefix}', false, 'a/52'],
    ['a?b={bbox-epsg-3857}', false, 'a?b=5009377.086,5009377.086,10018754.171,10018754.171'],
  ])('%s, from the south %s', (template, isTms, whole) => expect(tileAddress(template, tile, isTms)).toBe(whole))

  it('are whole against where they are written, with their braces', () => {
    expect(resolved('tiles/{z}/{x}/{y}.pbf?k={x}', 'https://a.example/styles/s.json')).toBe(
      'https://a.example/styles/tiles/{z}/{x}/{y}.pbf?k={x}',
    )
    expect(resolved('mapbox://x', 'https://a.example/')).toBeNull()
    expect(spriteAddress('https://a.example/s/sprite?key=1', '@2x.png')).toBe('https://a.example/s/sprite@2x.png?key=1')
  })
})

describe('an outside style', () => {
  const at = 'https://maps.example.org/a/style.json'
  it('has only addresses of this server, ids of its own, and no say over camera or fonts', () => {
    const { style, named, attribution } = ownStyle(outsideStyle, at)
    const text = JSON.stringify(style)
    expect(text).not.toMatch(/https?:/)
    expect(Object.keys(style).sort()).toEqual(['layers', 'sources', 'sprite', 'version'])
    expect(style).toMatchObject({
      sprite: expect.stringMatching(/^\/map\/outside\/[\da-f]{16}\/sprite$/),
      sources: {
        'outside:ground': {
          type: 'raster',
          tiles: [expect.stringMatching(/^\/map\/outside\/[\da-f]{16}\/\{z\}\/\{x\}\/\{y\}$/)],
        },
        'outside:names': { data: expect.stringMatching(/^\/map\/outside\/[\da-f]{16}$/) },
      },
    })
    expect((style['layers'] as { id: string; source?: string }[]).map(({ id, source }) => [id, source])).toEqual([
      ['outside:background', undefined],
      ['outside:ground', 'outside:ground'],
      ['outside:incidents', 'outside:names'],
    ])
    expect([...named.values()].flatMap((one) => one.addresses).sort()).toEqual([
      'https://maps.example.org/a/names.geojson',
      'https://maps.example.org/a/sprite?key=1',
      'https://maps.example.org/a/tiles/{z}/{x}/{y}.png?key=1',
    ])
    expect(attribution).toBe('© Somebody')
  })
  it('says its addresses the same after every start', () =>
    expect([...ownStyle(outsideStyle, at).named.keys()]).toEqual([
      ...ownStyle(structuredClone(outsideStyle), at).named.keys(),
    ]))
  it('shows words of whom it is by, never HTML', () =>
    expect(wordsOf('<img src=x onerror="alert(1)">A &amp; B &#169; &nope; <b>c</b>')).toBe('A & B © &nope; c'))
  it.each([
    [{ version: 7, sources: {}, layers: [] }, /no MapLibre style/],
    [{ ...outsideStyle, sources: { a: { type: 'vector' } } }, /source a names no tiles/],
    [{ ...outsideStyle, sources: { a: { type: 'video', urls: [] } } }, /source a is of a kind/],
    [{ ...outsideStyle, sprite: 'mapbox://sprites/x' }, /sprite: "mapbox:.*cannot be asked for/],
    [{ ...outsideStyle, layers: [{ type: 'fill' }] }, /without an id/],
  ])('that cannot be kept is refused by name', (style, problem) => {
    expect(() => ownStyle(style, at)).toThrow(BadStyle)
    expect(() => ownStyle(style, at)).toThrow(problem)
  })
  it('of our own folder keeps its files’ paths and may name outside tiles, but no other place of the site', () => {
    const local = (tiles: string) => ({
      ...outsideStyle,
      sprite: undefined,
      sources: { a: { type: 'raster', tiles: [tiles] } },
      layers: [],
    })
    const tilesOf = (tiles: string) =>
      (ownStyle(local(tiles), '/map/basemap/s.json').style as typeof outsideStyle).sources
    expect(tilesOf('{z}/{x}/{y}.png')).toEqual({
      'outside:a': { type: 'raster', tiles: ['/map/basemap/{z}/{x}/{y}.png'] },
    })
    expect(JSON.stringify(tilesOf('https://t.example/{z}/{x}/{y}'))).toMatch(/\/map\/outside\//)
    expect(() => tilesOf('/metrics')).toThrow(/not under \/map\/basemap\//)
  })
})

describe('the outside base map', () => {
  let outside: OutsideMap
  const warnings: unknown[] = []
  const quiet = () => undefined
  const log = {
    debug: quiet,
    info: quiet,
    error: quiet,
    warn: (fields: object, message: string) => void warnings.push([fields, message]),
  }
  const clock = { at: 0, now: () => clock.at }
  const make = (style: string, dataDir = 'nowhere') => createBaseMap({ style, crs: 'wgs84', dataDir, clock, log })
  beforeAll(async () => {
    outside = await startOutsideMap()
  })
  afterAll(() => outside.close())
  const tilePath = async (map: BaseMap) =>
    /\/map\/outside\/([\da-f]{16})\/\{z\}/.exec(JSON.stringify((await map.state()).style))?.[1] ?? ''

  it('is given out with its parts, each as what was asked for', async () => {
    const map = make(`${outside.url}/style.json`)
    const id = await tilePath(map)
    expect(await map.ask(`${id}/3/1/2`, null)).toMatchObject({
      status: 200,
      type: 'image/png',
      etag: '"t"',
      cacheControl: 'public, max-age=60',
    })
    for (const path of [
      `${id}/3/8/2`,
      `${id}/3/1`,
      `${id}/25/1/1`,
      `${id}`,
      `${id}/3/1/2/4`,
      '0123456789abcdef/3/1/2',
      'x',
    ])
      expect(await map.ask(path, null), path).toBeNull()
  })

  it('is asked once for what many want at once', async () => {
    const map = make(`${outside.url}/style.json`)
    const id = await tilePath(map)
    outside.asked.length = 0
    await Promise.all(Array.from({ length: 20 }, () => map.ask(`${id}/5/1/2`, null)))
    expect(outside.asked).toEqual(['/tiles/5/1/2.png?key=1'])
  })

  it('that goes away is noticed, said once, and taken again when it is back', async () => {
    warnings.length = 0
    const map = make(`${outside.url}/style.json`)
    outside.fail(503)
    expect((await map.state()).style).toBeNull()
    clock.at += 5_000
    expect((await map.state()).style).toBeNull()
    expect(warnings).toEqual([[{ problem: 'the style was answered with 503' }, expect.stringMatching(/^MAP_STYLE: /)]])
    outside.fail(null)
    // Not asked again at every call.
    expect((await map.state()).style).toBeNull()
    clock.at += 5_000
    expect((await map.state()).style).not.toBeNull()
    expect(warnings).toHaveLength(2)
  })

  it('whose style stands but whose tiles fall is away too, until one of them answers', async () => {
    const map = make(`${outside.url}/style.json`)
    const id = await tilePath(map)
    outside.fail(500, /^\/tiles/)
    for (let x = 0; x < 2; x++) await expect(map.ask(`${id}/4/${x}/1`, null)).rejects.toThrow(OutsideFault)
    expect((await map.state()).style).not.toBeNull()
    await expect(map.ask(`${id}/4/2/1`, null)).rejects.toThrow(OutsideFault)
    expect((await map.state()).style).toBeNull()
    outside.fail(null)
    clock.at += 5_000
    expect((await map.state()).style).not.toBeNull()
  })

  it('reads TileJSON into the style, and says which rule a style breaks', async () => {
    const layer = { id: 'a', type: 'fill', source: 'a', 'source-layer': 'a' }
    outside.style = {
      ...outsideStyle,
      sprite: undefined,
      sources: { a: { type: 'vector', url: 'tiles.json' } },
      layers: [layer],
    }
    const { style } = await make(`${outside.url}/style.json`).state()
    expect(style).toMatchObject({ sources: { 'outside:a': { type: 'vector', minzoom: 2, maxzoom: 9 } } })
    warnings.length = 0
    outside.style = { ...outside.style, layers: [{ ...layer, paint: { 'fill-colour': 'red' } }] }
    expect((await make(`${outside.url}/style.json`).state()).style).toBeNull()
    expect(JSON.stringify(warnings)).toContain('fill-colour')
    outside.style = outsideStyle
  })

  it('can be a file of ours', async () => {
    const dataDir = newDataDir()
    mkdirSync(join(dataDir, 'basemap'))
    const sources = { a: { type: 'raster', tiles: [`${outside.url}/tiles/{z}/{x}/{y}.png`] } }
    const body = { version: 8, sources, layers: [{ id: 'a', type: 'raster', source: 'a' }] }
    const map = make('/map/basemap/s.json', dataDir)
    expect((await map.state()).style).toBeNull()
    writeFileSync(join(dataDir, 'basemap/s.json'), JSON.stringify(body))
    clock.at += 5_000
    expect(await map.ask(`${await tilePath(map)}/3/1/2`, null)).toMatchObject({ status: 200, type: 'image/png' })
  })

  it('is none where none is set', async () => {
    const map = createBaseMap({ style: null, crs: 'wgs84', dataDir: 'nowhere', clock, log })
    expect([map.isOutside, await map.state(), await map.ask('0123456789abcdef', null)]).toEqual([
      false,
      { style: null, attribution: '' },
      null,
    ])
  })
})
