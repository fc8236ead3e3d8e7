/**
 * The built pages. Only files found in the folder are ever served, so no address can name another; hashed assets are kept by
 * browsers for ever, pages are asked for again. Text goes out in the Brotli that the build laid beside it, else compressed at its first use;
 * what is kept is bounded.
 */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import type { Request, RequestHandler } from 'express'
import { tokenIn } from '../access/cookie.ts'
import { createKept, pack, sendPacked, type Packed } from './packed.ts'

const text: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
}
const binary: Readonly<Record<string, string>> = {
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.wasm': 'application/wasm',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
}
const forever = 'public, max-age=31536000, immutable'
const askAgain = 'no-cache'
/** Addresses the pages' own router knows. */
const pageAddress = /^\/(?:wall|desk(?:\/[^/]+)?|kpi|duty|classes(?:\/[^/]+)?|sign-in|no-right)?\/?$/
/** Tells the page of a reader without a session, so that it need not ask who that is only to be refused. */
const markStranger = (html: Buffer): Buffer =>
  Buffer.from(html.toString('utf8').replace('<html ', '<html data-session="none" '))

/** Files by their address, as they are in the folder now. */
function filesIn(folder: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  const visit = (path: string) => {
    for (const name of readdirSync(path)) {
      const file = join(path, name)
      if (statSync(file).isDirectory()) visit(file)
      else if (extname(name) in text || extname(name) in binary)
        files.set(`/${relative(folder, file).split(sep).join('/')}`, file)
    }
  }
  if (existsSync(folder)) visit(folder)
  return files
}

/** A person who went there, by the address bar or a link; a program that asks for a file is told in plain words. */
function isVisit(request: Request): boolean {
  if (request.method !== 'GET' || extname(request.path) !== '') return false
  // Browsers tell the mode over TLS and to their own machine alone.
  const mode = request.headers['sec-fetch-mode']
  return mode === undefined ? request.headers.accept?.includes('text/html') === true : mode === 'navigate'
}

/**
 * Serves the folder. A person at an address that is no page gets 404 with the pages, which say so in their language; everything else
 * that is neither is left to the next handler.
 */
export function pages(folder: string): RequestHandler {
  let files = filesIn(folder)
  /** When the index was last built: another one names other assets. */
  let builtAtMs = 0
  const kept = createKept<Packed>(200)
  const fileFor = (path: string, isPage: boolean): string | undefined => {
    const address = isPage ? '/index.html' : path
    // Pages built after the start.
    if (address === '/index.html' && !files.has(address)) files = filesIn(folder)
    return files.get(address)
  }
  return async (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next()
    const isPage = pageAddress.test(request.path)
    const isAstray = !isPage && isVisit(request) && !files.has(request.path)
    const file = fileFor(request.path, isPage || isAstray)
    if (file === undefined) return next()
    const extension = extname(file)
    const { mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? {}
    if (mtimeMs === undefined) {
      files = filesIn(folder)
      return next()
    }
    if (extension === '.html' && mtimeMs !== builtAtMs) {
      if (builtAtMs !== 0) files = filesIn(folder)
      builtAtMs = mtimeMs
    }
    const isForStranger = extension === '.html' && tokenIn(request.headers.cookie) === null
    const packed = await kept(`${file} ${mtimeMs} ${isForStranger}`, async () => {
      const bytes = await readFile(file)
      const type = text[extension] ?? binary[extension] ?? ''
      if (isForStranger) return pack(markStranger(bytes), type, true)
      // Made by the build; not where somebody built by another tool.
      const br = existsSync(`${file}.br`) ? await readFile(`${file}.br`) : null
      return pack(bytes, type, extension in text, undefined, br)
    })
    if (isAstray) return sendPacked(request, response, packed, 'no-store', 404)
    sendPacked(request, response, packed, request.path.startsWith('/assets/') ? forever : askAgain)
  }
}
