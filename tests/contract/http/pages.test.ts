/** The built pages on the line: the packed text the build laid beside them, 404 in words for people and plainly for programs. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { get, type IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startMemoryServer, type MemoryServer } from '../../support/memory-server.ts'
import { newDataDir } from '../../support/program.ts'

let server: MemoryServer
const script = 'export const words = 1\n'.repeat(100)
const packed = brotliCompressSync(script)

beforeAll(async () => {
  const pagesDir = newDataDir()
  mkdirSync(join(pagesDir, 'assets'))
  writeFileSync(join(pagesDir, 'index.html'), '<!doctype html><html lang="zh-CN"></html>')
  writeFileSync(join(pagesDir, 'assets/one.js'), script)
  writeFileSync(join(pagesDir, 'assets/one.js.br'), packed)
  server = await startMemoryServer({ parts: { pagesDir } })
})
afterAll(() => server.close())

/** As a browser would, with no header that was not named. */
const ask = (path: string, headers: Record<string, string>) =>
  new Promise<{ status: number; headers: IncomingHttpHeaders; bytes: Buffer }>((done, broken) => {
    get(`${server.url}${path}`, { headers }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () =>
        done({ status: answer.statusCode ?? 0, headers: answer.headers, bytes: Buffer.concat(parts) }),
      )
    }).on('error', broken)
  })

it.each([
  ['a browser that says it goes there', { 'sec-fetch-mode': 'navigate', accept: '*/*' }, 'text/html'],
  ['a browser without TLS, which says what it reads alone', { accept: 'text/html,*/*;q=0.8' }, 'text/html'],
  ['a page that asks for data', { 'sec-fetch-mode': 'cors', accept: 'text/html' }, 'text/plain'],
  ['a program', { accept: '*/*' }, 'text/plain'],
])('no such page, for %s', async (_who, headers, type) => {
  const answer = await ask('/nowhere', headers)
  expect([answer.status, answer.headers['content-type']?.split(';')[0]]).toEqual([404, type])
})

it('a file that is not there is not a page', async () => {
  expect((await ask('/assets/none.js', { accept: 'text/html' })).headers['content-type']).toMatch(/^text\/plain/)
})

it('sends the very Brotli that the build made, and never its file', async () => {
  const answer = await ask('/assets/one.js', { 'accept-encoding': 'gzip, br' })
  expect(answer.headers['content-encoding']).toBe('br')
  expect(answer.bytes.equals(packed)).toBe(true)
  expect(brotliDecompressSync(answer.bytes).toString()).toBe(script)
  expect((await ask('/assets/one.js.br', {})).status).toBe(404)
})
