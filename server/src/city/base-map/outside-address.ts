/** Which addresses may be asked at all, and what a template of a style becomes for one tile. Pure. */
import { BlockList, isIP } from 'node:net'

const own = new BlockList()
own.addSubnet('127.0.0.0', 8)
own.addAddress('::1', 'ipv6')
const never = new BlockList()
never.addSubnet('0.0.0.0', 8)
never.addSubnet('169.254.0.0', 16)
never.addSubnet('224.0.0.0', 3)
never.addSubnet('fe80::', 10, 'ipv6')
never.addSubnet('ff00::', 8, 'ipv6')
never.addAddress('::', 'ipv6')
const near = new BlockList()
near.addSubnet('10.0.0.0', 8)
near.addSubnet('172.16.0.0', 12)
near.addSubnet('192.168.0.0', 16)
near.addSubnet('fc00::', 7, 'ipv6')

const isIn = (list: BlockList, ip: string) => isIP(ip) !== 0 && list.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4')
const hostOf = (url: URL) => url.hostname.replace(/^\[|\]$/g, '')

/** Is this the machine itself? */
export const isOwnMachine = (url: URL): boolean => hostOf(url) === 'localhost' || isIn(own, hostOf(url))

/** May a connection to this address be made? `mayBeOwn`: also to this machine. Link-local and multicast never. */
export const mayConnect = (ip: string, mayBeOwn: boolean): boolean =>
  isIP(ip) !== 0 && !isIn(never, ip) && (mayBeOwn || !isIn(own, ip))

/** https anywhere; http only to this machine or a private network's address, where nobody is between. No user in it. */
export function mayAsk(url: URL): boolean {
  if (url.username !== '' || url.password !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && (isOwnMachine(url) || isIn(near, hostOf(url))))
}

/** An address of a style made whole against where the style is; its `{…}` stay. Null where it is none of http. */
export function resolved(address: string, base: string): string | null {
  if (/^[a-z][a-z\d+.-]*:/i.test(address) && !/^https?:/i.test(address)) return null
  try {
    return new URL(address, base).href.replaceAll(/%7b/gi, '{').replaceAll(/%7d/gi, '}')
  } catch {
    return null
  }
}

const worldM = 20_037_508.342789244
/** West, south, east, north in metres of web mercator, as map services ask for a picture. */
function boxOf(z: number, x: number, y: number): string {
  const side = (2 * worldM) / 2 ** z
  const [west, north] = [x * side - worldM, worldM - y * side]
  return [west, north - side, west + side, north].map((m) => m.toFixed(3)).join(',')
}
const quadKey = (z: number, x: number, y: number) =>
  Array.from({ length: z }, (_, i) => ((x >> (z - 1 - i)) & 1) + 2 * ((y >> (z - 1 - i)) & 1)).join('')

export interface Tile {
  readonly z: number
  readonly x: number
  readonly y: number
  /** `@2x` or nothing. */
  readonly ratio: string
}
/** One tile's address; `isTms`: rows are counted from the south. */
export function tileAddress(template: string, { z, x, y, ratio }: Tile, isTms: boolean): string {
  const prefix = (x % 16).toString(16) + (y % 16).toString(16)
  return template
    .replaceAll('{prefix}', prefix)
    .replaceAll('{z}', `${z}`)
    .replaceAll('{x}', `${x}`)
    .replaceAll('{y}', `${isTms ? 2 ** z - 1 - y : y}`)
    .replaceAll('{ratio}', ratio)
    .replaceAll('{quadkey}', quadKey(z, x, y))
    .replaceAll('{bbox-epsg-3857}', boxOf(z, x, y))
}

/** `sprite` becomes `sprite@2x.png`, before whatever is asked of it. */
export function spriteAddress(address: string, ending: string): string {
  const url = new URL(address)
  url.pathname += ending
  return url.href
}
