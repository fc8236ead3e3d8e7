/**
 * `npm run sequences -- [--runs N] [--minutes M] [--steps K] [--seed S] [--count FILE]`: plays random sequences of acts against the rules for
 * long. With `--count` what was played is counted in that file across starts, for as long as the rules and what plays them are the same.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fail, prepare, root, run } from './prepare.mjs'

const args = process.argv.slice(2).flatMap((arg) => arg.split('='))
const counting = args.indexOf('--count')
const count = counting < 0 ? [] : args.splice(counting, 2)
if (counting >= 0 && !count[1]) fail('--count takes the file to count in')
for (let i = 0; i < args.length; i += 2)
  if (!['--runs', '--minutes', '--steps', '--seed'].includes(args[i]) || !/^\d{1,9}$/.test(args[i + 1] ?? ''))
    fail(`${args[i]}: --runs N, --minutes M, --steps K and --seed S each take a whole number`)
await prepare()
const { buildPrograms } = await import('./build.mjs')
const outDir = join(root, 'dist/soak')
await buildPrograms({ sequences: 'tests/perf/sequences.soak.ts' }, outDir)
/** What a count holds for: another rule, another step or another invariant is another program, and begins a new one. */
const rulesKey = () => {
  const hash = createHash('sha256')
  for (const name of readdirSync(outDir, { recursive: true }).sort())
    if (name.endsWith('.js')) hash.update(readFileSync(join(outDir, name)))
  return hash.digest('hex').slice(0, 12)
}
process.exitCode = await run(process.execPath, [
  '--enable-source-maps',
  join(outDir, 'sequences.js'),
  ...args,
  ...(counting < 0 ? [] : ['--count', resolve(process.env.INIT_CWD ?? process.cwd(), count[1]), '--rules', rulesKey()]),
])
