/**
 * `npm run soak -- [--minutes M] [--sensors N] [--every S] [--snapshots DIR]`: the wall in a real browser over a server under load, for an hour if nothing else is
 * said, looked at every half minute; `--snapshots` writes what the page's heap holds when counting begins and at the end; fails where the page's heap grows by more than a megabyte an hour. A run long enough to judge by writes its
 * results into tests/perf/results and docs/benchmarks.md.
 */
import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { writeBenchDocs } from './bench-docs.mjs'
import { ensureChromium, fail, prepare, root, run } from './prepare.mjs'

const args = process.argv.slice(2).flatMap((arg) => arg.split('='))
for (let i = 0; i < args.length; i += 2)
  if (args[i] === '--snapshots' && args[i + 1]) args[i + 1] = resolve(args[i + 1])
  else if (!['--minutes', '--sensors', '--every'].includes(args[i]) || !/^\d{1,5}(\.\d+)?$/.test(args[i + 1] ?? ''))
    fail(`${args[i]}: --minutes M, --sensors N and --every S each take a number, --snapshots a folder`)
await prepare()
const { buildClient, buildPrograms, buildServer } = await import('./build.mjs')
await buildServer()
await buildClient()
const outDir = join(root, 'dist/soak-wall')
const input = { wall: 'tests/perf/wall.soak.ts', 'storm-sender': 'tests/perf/programs/storm-sender.ts' }
await buildPrograms(input, outDir)
const results = join(root, 'tests/perf/results/soak.json')
const writtenAt = () => (existsSync(results) ? statSync(results).mtimeMs : 0)
const before = writtenAt()
process.exitCode = await run(process.execPath, ['--enable-source-maps', join(outDir, 'wall.js'), ...args], {
  env: { ...process.env, CHROMIUM_PATH: await ensureChromium(), TONGGUAN_ROOT: root },
})
if (writtenAt() > before) writeBenchDocs()
