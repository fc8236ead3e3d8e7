/** `npm run sequences -- [--runs N] [--minutes M] [--steps K] [--seed S]`: plays random sequences of acts against the rules for long. */
import { join } from 'node:path'
import { fail, prepare, root, run } from './prepare.mjs'

const args = process.argv.slice(2).flatMap((arg) => arg.split('='))
for (let i = 0; i < args.length; i += 2)
  if (!['--runs', '--minutes', '--steps', '--seed'].includes(args[i]) || !/^\d{1,9}$/.test(args[i + 1] ?? ''))
    fail(`${args[i]}: --runs N, --minutes M, --steps K and --seed S each take a whole number`)
await prepare()
const { build } = await import('vite')
const outDir = join(root, 'dist/soak')
await build({
  configFile: false,
  root,
  logLevel: 'warn',
  build: {
    ssr: true,
    target: 'node20',
    outDir,
    rolldownOptions: {
      input: { sequences: 'tests/perf/sequences.soak.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
})
process.exitCode = await run(process.execPath, ['--enable-source-maps', join(outDir, 'sequences.js'), ...args])
