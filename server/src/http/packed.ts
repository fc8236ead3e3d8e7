/**
 * Bytes served many times: compressed once, in the ways browsers take, and named by an ETag. Compression runs off the event
 * loop; until it is done the plain bytes are served.
 */
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gunzip, gzip } from 'node:zlib'
import type { Request, Response } from 'express'

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)
/** For who cannot do it. */
export const unzip = promisify(gunzip)

export interface Packed {
  readonly type: string
  readonly etag: string
  readonly plain: Buffer
  readonly br: Buffer | null
  readonly gzip: Buffer | null
}

/**
 * Compresses where it pays; `etag` is made from the bytes where none is given, and `madeBr` is the Brotli of these very bytes where it was
 * made before.
 */
export async function pack(
  bytes: Uint8Array,
  type: string,
  isText: boolean,
  etag?: string,
  madeBr: Buffer | null = null,
): Promise<Packed> {
  const plain = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const isWorth = isText && plain.length > 1024
  const [br, gz] = isWorth
    ? await Promise.all([
        madeBr ??
          brotli(plain, {
            params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
          }),
        zip(plain, { level: 6 }),
      ])
    : [null, null]
  const name = etag ?? createHash('sha256').update(plain).digest('base64url').slice(0, 22)
  return { type, etag: `"${name}"`, plain, br, gzip: gz }
}

/** Whether the reader has what this ETag names. */
export const isKnown = (request: Request, etag: string): boolean =>
  request.headers['if-none-match']?.split(/\s*,\s*/).includes(etag) === true

/** Sends packed bytes, or 304 where the reader has them. */
export function sendPacked(
  request: Request,
  response: Response,
  packed: Packed,
  cacheControl: string,
  status = 200,
): void {
  response.set({ ETag: packed.etag, 'Cache-Control': cacheControl, Vary: 'Accept-Encoding' })
  if (isKnown(request, packed.etag)) return void response.status(304).end()
  // Whatever order the reader names them in: the denser first.
  const takes = (encoding: string) => request.acceptsEncodings(encoding) === encoding
  const [encoding, bytes] =
    packed.br && takes('br')
      ? (['br', packed.br] as const)
      : packed.gzip && takes('gzip')
        ? (['gzip', packed.gzip] as const)
        : ([null, packed.plain] as const)
  if (encoding) response.set('Content-Encoding', encoding)
  response.set({ 'Content-Type': packed.type, 'Content-Length': String(bytes.length) })
  response.status(status)
  if (request.method === 'HEAD') response.end()
  else response.end(bytes)
}

/** Bytes from which an answer made for one reader is worth packing. */
const worthPacking = 16_384

/** Sends an answer of the own API; a large one packed, off the event loop and at little cost, because it is made for one reader alone. */
export async function sendJson(request: Request, response: Response, status: number, body: unknown): Promise<void> {
  const text = JSON.stringify(body)
  response.status(status).type('json').vary('Accept-Encoding')
  if (text.length < worthPacking || request.acceptsEncodings('br') !== 'br') return void response.send(text)
  const packed = await brotli(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
  response.set({ 'Content-Encoding': 'br', 'Content-Length': String(packed.length) }).end(packed)
}

/** Keeps what `make` answers by key; the one unused longest goes when there are more than `maxKeys`. Failures are not kept. */
export function createKept<T>(maxKeys: number): (key: string, make: () => Promise<T>) => Promise<T> {
  const kept = new Map<string, Promise<T>>()
  return (key, make) => {
    const present = kept.get(key)
    if (present) {
      kept.delete(key)
      kept.set(key, present)
      return present
    }
    const made = make()
    kept.set(key, made)
    made.catch(() => kept.delete(key))
    if (kept.size > maxKeys) kept.delete(kept.keys().next().value as string)
    return made
  }
}
