/**
 * `npm run bench [-- NAME …] [--days N] [--minutes M] [--together] [--data PATH] [--mapping FILE] [--write-docs]`: builds, then runs each benchmark of tests/perf as a process of its own. Every figure stands
 * beside a baseline of the same run; each benchmark prints its tables and goals and writes tests/perf/results/NAME.json. `--write-docs`
 * puts the results there are into docs/benchmarks.md; `--docs-only` does nothing else. `--days` is for `history` alone, `--minutes` for `client`: how long each row is looked at, `--together`: all at the same time; `--data` for `anomaly`, a
 * folder of labelled series, or with `--mapping` for `duplicates`, a CSV of real requests and what its columns mean, as for `npm run replay`.
 */
import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { writeBenchDocs } from './bench-docs.mjs'
import { ensureChromium, fail, prepare, root, run, say } from './prepare.mjs'

const args = process.argv.slice(2).flatMap((arg) => arg.split('='))
const daysAt = args.indexOf('--days')
if (daysAt >= 0) {
  const [, days] = args.splice(daysAt, 2)
  if (!/^[1-9]\d{0,2}$/.test(days ?? '')) fail('--days needs a number of days, 1 to 400')
  process.env.BENCH_DAYS = days
}
const minutesAt = args.indexOf('--minutes')
if (minutesAt >= 0) {
  const [, minutes] = args.splice(minutesAt, 2)
  if (!/^\d{1,3}(\.\d+)?$/.test(minutes ?? '') || Number(minutes) === 0) fail('--minutes needs a number of minutes')
  process.env.BENCH_MINUTES = minutes
}
const togetherAt = args.indexOf('--together')
if (togetherAt >= 0) {
  args.splice(togetherAt, 1)
  process.env.BENCH_TOGETHER = '1'
}
for (const [option, variable] of [
  ['--data', 'BENCH_DATA'],
  ['--mapping', 'BENCH_MAPPING'],
]) {
  const optionAt = args.indexOf(option)
  if (optionAt < 0) continue
  const [, path] = args.splice(optionAt, 2)
  if (!path || path.startsWith('-') || !existsSync(path)) fail(`${option} needs a path that is there`)
  process.env[variable] = resolve(path)
}
const flags = args.filter((arg) => arg.startsWith('-'))
for (const flag of flags)
  if (!['--write-docs', '--docs-only'].includes(flag))
    fail(
      `unknown option ${flag}: --days N, --minutes M, --together, --data PATH, --mapping FILE, --write-docs or --docs-only`,
    )
if (flags.includes('--docs-only')) {
  writeBenchDocs()
  process.exit(0)
}
await prepare()
const { buildClient, buildPrograms, buildServer } = await import('./build.mjs')
await buildServer()
const names = readdirSync(join(root, 'tests/perf'))
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.slice(0, -'.bench.ts'.length))
  .sort()
const wanted = args.filter((arg) => !arg.startsWith('-'))
for (const name of wanted) if (!names.includes(name)) fail(`unknown benchmark ${name}: one of ${names.join(', ')}`)

const helpers = existsSync(join(root, 'tests/perf/programs'))
  ? readdirSync(join(root, 'tests/perf/programs')).map((file) => file.replace(/\.ts$/, ''))
  : []
const outDir = join(root, 'dist/perf')
await buildPrograms(
  {
    ...Object.fromEntries(names.map((name) => [name, `tests/perf/${name}.bench.ts`])),
    // A program that opens a store finds the database's thread beside itself.
    'database-worker': 'server/src/store/database-worker.ts',
    ...Object.fromEntries(helpers.map((name) => [name, `tests/perf/programs/${name}.ts`])),
  },
  outDir,
)
/** Benchmarks that look at pages in a browser. */
const inBrowser = ['client', 'many']
const missed = []
for (const name of wanted.length ? wanted : names) {
  say(`bench ${name}`)
  if (inBrowser.includes(name)) await buildClient()
  const browser = inBrowser.includes(name) ? { CHROMIUM_PATH: await ensureChromium() } : {}
  const code = await run(process.execPath, ['--enable-source-maps', '--expose-gc', join(outDir, `${name}.js`)], {
    env: { ...process.env, ...browser, TONGGUAN_ROOT: root },
  })
  if (code !== 0) missed.push(name)
}
if (flags.includes('--write-docs')) say(`docs/benchmarks.md: ${writeBenchDocs().join(', ')}`)
console.log(missed.length ? `\ngoals missed in: ${missed.join(', ')}` : '\nall goals met')
process.exitCode = missed.length ? 1 : 0
