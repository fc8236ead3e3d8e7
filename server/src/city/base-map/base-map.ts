/**
 * The `BaseMap` port: what MAP_STYLE names, asked for by the server alone. Guarantees that the outside is asked a bounded number of things
 * at once and that one thing asked for by many is asked for once; that a style which goes away is noticed, said in the diary once, and
 * taken again when it is back.
 */
import type { MapCrs } from '../../../../shared/contract/base-map.ts'
import { OutsideFault, type BaseMap, type BaseMapState, type OutsideAnswer } from '../../ports/base-map.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Log } from '../../ports/log.ts'
import { spriteAddress, tileAddress } from './outside-address.ts'
import { askOutside, type AskOutside, type Received } from './outside-request.ts'
import { BadStyle, type Named, type OwnStyle } from './own-style.ts'
import { mayBeOwn, readStyle } from './read-style.ts'

/** A style that is well is read again after this, one that is not after that. */
const [wellForMs, illForMs] = [60_000, 4_000]
/** So many failures in a row, none answered between, and the style is looked at again. */
const doubtAfter = 3
const mostAtOnce = 32
const mostWaiting = 500

export interface BaseMapOptions {
  /** https address, or a path under `/map/basemap/`; null = none. */
  readonly style: string | null
  readonly crs: MapCrs
  readonly dataDir: string
  readonly clock: Clock
  readonly log: Log
  readonly ask?: AskOutside
}

const none: BaseMapState = { style: null, attribution: '' }
const pictures: readonly (readonly [RegExp, string])[] = [
  [/^\x89PNG/, 'image/png'],
  [/^\xff\xd8\xff/, 'image/jpeg'],
  [/^RIFF....WEBP/s, 'image/webp'],
  [/^GIF8/, 'image/gif'],
  [/^....ftypavif/s, 'image/avif'],
]
/** By its first bytes: what the other side says of itself could make a page of ours out of a picture of theirs. */
const pictureType = (bytes: Buffer) =>
  pictures.find(([start]) => start.test(bytes.subarray(0, 12).toString('latin1')))?.[1] ?? 'application/octet-stream'

const typeOf = (kind: Named['kind'], path: string, bytes: Buffer): string =>
  kind === 'vector'
    ? 'application/vnd.mapbox-vector-tile'
    : kind === 'geojson'
      ? 'application/geo+json'
      : kind === 'sprite' && path.endsWith('.json')
        ? 'application/json; charset=utf-8'
        : pictureType(bytes)

/** Which of its addresses is meant; null = the style gave no such address. */
function addressOf({ kind, isTiled, isTms, addresses }: Named, rest: string): string | null {
  if (!isTiled) return rest === '' ? (addresses[0] ?? null) : null
  if (kind === 'sprite') {
    const ending = /^\/sprite((?:@2x)?\.(?:json|png))$/.exec(rest)?.[1]
    return ending === undefined ? null : spriteAddress(addresses[0] ?? '', ending)
  }
  const at = /^\/(\d{1,2})\/(\d{1,8})\/(\d{1,8})(@2x)?$/.exec(rest)
  const [z, x, y] = [Number(at?.[1]), Number(at?.[2]), Number(at?.[3])]
  if (at === null || z > 24 || x >= 2 ** z || y >= 2 ** z) return null
  const template = addresses[(x + y) % addresses.length]
  return template === undefined ? null : tileAddress(template, { z, x, y, ratio: at[4] ?? '' }, isTms)
}

export function createBaseMap(options: BaseMapOptions): BaseMap {
  const { style, crs, dataDir, clock, log, ask = askOutside } = options
  if (style === null) return { isOutside: false, crs, state: async () => none, ask: async () => null }
  const mayAskOwn = mayBeOwn(style)
  let known: OwnStyle | null = null
  /** What was named by the style before: a page may still draw it. */
  let before: OwnStyle['named'] = new Map()
  let isWell: boolean | null = null
  let lookedAt = -Infinity
  let looking: Promise<BaseMapState> | null = null
  let failuresInARow = 0
  const failed: string[] = []
  const onItsWay = new Map<string, Promise<Received>>()
  const waiting: (() => void)[] = []
  let running = 0

  async function bounded(address: string, knownEtag: string | null): Promise<Received> {
    if (running >= mostAtOnce) {
      if (waiting.length >= mostWaiting) throw new OutsideFault('too much is waited for')
      await new Promise<void>((go) => waiting.push(go))
    } else running++
    try {
      return await ask(address, { mayBeOwn: mayAskOwn, knownEtag })
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
  function shared(address: string, knownEtag: string | null): Promise<Received> {
    const key = `${knownEtag ?? ''} ${address}`
    const present = onItsWay.get(key)
    if (present) return present
    const asked = bounded(address, knownEtag).finally(() => onItsWay.delete(key))
    onItsWay.set(key, asked)
    return asked
  }
  const isAnswer = (status: number): status is OutsideAnswer['status'] => [200, 204, 304, 404].includes(status)

  /** Whether anything of what failed is there again. */
  async function isAnswering(): Promise<boolean> {
    for (const address of failed.slice()) {
      const answer = await shared(address, null).catch(() => null)
      if (answer !== null && isAnswer(answer.status)) return true
    }
    return false
  }
  async function look(): Promise<BaseMapState> {
    try {
      const fresh = await readStyle({ style: style as string, dataDir, ask })
      if (failuresInARow >= doubtAfter && !(await isAnswering()))
        throw new OutsideFault('the style is there, but nothing it names answers')
      failuresInARow = 0
      failed.length = 0
      if (known !== null && JSON.stringify(known.style) !== JSON.stringify(fresh.style)) before = known.named
      known = fresh
      if (isWell === false) log.warn({}, 'the outside base map is back')
      isWell = true
      return { style: fresh.style, attribution: fresh.attribution }
    } catch (error) {
      if (!(error instanceof OutsideFault) && !(error instanceof BadStyle)) throw error
      if (isWell !== false)
        log.warn(
          { problem: error.message },
          'MAP_STYLE: the outside base map cannot be shown, the own one is shown instead',
        )
      isWell = false
      return none
    }
  }

  return {
    isOutside: true,
    crs,
    async state() {
      if (looking) return looking
      const isDoubtful = failuresInARow >= doubtAfter
      const age = clock.now() - lookedAt
      if (isWell === true && !isDoubtful && known !== null && age < wellForMs)
        return { style: known.style, attribution: known.attribution }
      if (isWell === false && age < illForMs) return none
      looking = look().finally(() => {
        lookedAt = clock.now()
        looking = null
      })
      return looking
    },
    async ask(path, knownEtag) {
      const [, id = '', rest = ''] = /^([\da-f]{16})(\/.*)?$/.exec(path) ?? []
      // After a start no page has asked for the style yet, and pages still draw what it named.
      if (known === null) await this.state()
      const named = known?.named.get(id) ?? before.get(id)
      const address = named === undefined ? null : addressOf(named, rest)
      if (named === undefined || address === null) return null
      try {
        const { status, bytes, ...more } = await shared(address, knownEtag)
        if (!isAnswer(status)) throw new OutsideFault(`answered with ${status}`)
        failuresInARow = 0
        return { ...more, status, bytes, type: typeOf(named.kind, rest, bytes) }
      } catch (error) {
        failuresInARow++
        failed.unshift(address)
        failed.length = Math.min(failed.length, doubtAfter)
        throw error
      }
    },
  }
}
