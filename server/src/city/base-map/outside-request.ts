/**
 * Asks another host, carefully: only where asking is allowed, also behind a redirect and whatever a name stands for; never longer or more
 * than the bounds say.
 */
import { lookup as dnsLookup, type LookupAddress } from 'node:dns'
import { request as plainRequest, type IncomingMessage } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { promisify } from 'node:util'
import { brotliDecompress, inflate } from 'node:zlib'
import { OutsideFault } from '../../ports/base-map.ts'
import { mayAsk, mayConnect } from './outside-address.ts'

const timeoutMs = 10_000
const maxBytes = 16 * 1024 * 1024
const maxRedirects = 3
const [unbrotli, undeflate] = [promisify(brotliDecompress), promisify(inflate)]

export interface Received {
  readonly status: number
  readonly bytes: Buffer
  readonly isZipped: boolean
  readonly etag: string | null
  readonly cacheControl: string | null
}
export interface AskOptions {
  /** Whether this machine itself may be asked: only where its keeper wrote the address. */
  readonly mayBeOwn: boolean
  readonly knownEtag?: string | null
}
export type AskOutside = (address: string, options: AskOptions) => Promise<Received>

/** A name is asked for, and every address it stands for is looked at before any is connected to. */
const guardedLookup =
  (mayBeOwn: boolean): LookupFunction =>
  (host, options, done) => {
    dnsLookup(host, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      const [first] = addresses ?? []
      if (error || first === undefined) return done(error ?? new Error('no address'), '', 0)
      if (!addresses.every(({ address }) => mayConnect(address, mayBeOwn)))
        return done(new OutsideFault(`${host} stands for an address that may not be asked`), '', 0)
      if (options.all) return (done as unknown as (e: null, all: LookupAddress[]) => void)(null, addresses)
      done(null, first.address, first.family)
    })
  }

function once(url: URL, { mayBeOwn, knownEtag }: AskOptions): Promise<IncomingMessage> {
  const ip = url.hostname.replace(/^\[|\]$/g, '')
  if (!mayAsk(url) || (isIP(ip) !== 0 && !mayConnect(ip, mayBeOwn)))
    return Promise.reject(new OutsideFault(`${url.origin} may not be asked`))
  return new Promise((done, broken) => {
    const headers = {
      'user-agent': 'tongguan',
      'accept-encoding': 'gzip, br, deflate',
      ...(knownEtag ? { 'if-none-match': knownEtag } : {}),
    }
    const send = url.protocol === 'https:' ? tlsRequest : plainRequest
    const asked = send(url, {
      headers,
      lookup: guardedLookup(mayBeOwn),
      signal: AbortSignal.timeout(timeoutMs),
    })
    asked.once('response', done)
    asked.once('error', broken)
    asked.end()
  })
}

async function bodyOf(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxBytes) {
      response.destroy()
      throw new OutsideFault('the answer is too large')
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function receive(address: string, options: AskOptions): Promise<Received> {
  let url = new URL(address)
  for (let turn = 0; ; turn++) {
    const response = await once(url, options)
    const status = response.statusCode ?? 0
    const { location, etag, 'cache-control': cacheControl, 'content-encoding': encoding } = response.headers
    if ([301, 302, 303, 307, 308].includes(status) && location !== undefined) {
      response.resume()
      if (turn >= maxRedirects) throw new OutsideFault('sent on too often')
      url = new URL(location, url)
      continue
    }
    const body = await bodyOf(response)
    const limit = { maxOutputLength: maxBytes }
    const bytes =
      encoding === 'br' ? await unbrotli(body, limit) : encoding === 'deflate' ? await undeflate(body, limit) : body
    return {
      status,
      bytes,
      isZipped: encoding === 'gzip' || encoding === 'x-gzip',
      etag: etag ?? null,
      cacheControl: cacheControl ?? null,
    }
  }
}

/** Resolves with any status; throws OutsideFault where nothing whole came back. */
export const askOutside: AskOutside = async (address, options) => {
  try {
    return await receive(address, options)
  } catch (error) {
    if (error instanceof OutsideFault) throw error
    throw new OutsideFault(error instanceof Error ? error.message || error.name : String(error), { cause: error })
  }
}
