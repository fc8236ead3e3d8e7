/** `npm run soak` for a few seconds: that it works, which no growth can be told by. */
import { spawn } from 'node:child_process'
import { expect, it } from 'vitest'
import { root } from '../support/program.ts'

it('looks at the wall and the server, and judges no growth of so short a time', { timeout: 600_000 }, async () => {
  const args = ['--minutes', '0.2', '--sensors', '60', '--every', '3']
  const child = spawn(process.execPath, ['scripts/soak.mjs', ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => void (output += String(chunk)))
  const code = await new Promise((done) => child.on('exit', done))
  const look = /\d+\.\d min: page \d+\.\d MB, server \d+\.\d MB of \d+\.\d MB resident, \d+ alarms, \d+ cases/g
  expect(output.match(look)).toHaveLength(4)
  expect(output).toContain('too short a time to judge growth by')
  expect(output).toMatch(/readings refused +≤ 0 +0 +met/)
  expect(code).toBe(0)
})

it('says which option it does not know', { timeout: 30_000 }, async () => {
  const child = spawn(process.execPath, ['scripts/soak.mjs', '--hours', '1'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => void (said += String(chunk)))
  expect(await new Promise((done) => child.on('exit', done))).toBe(1)
  expect(said).toContain('--hours')
})
