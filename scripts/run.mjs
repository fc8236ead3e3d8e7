/** `npm run replay|city|log -- …`: builds the server side when stale and runs one of its tools with the given arguments. */
import { fail, prepare, run } from './prepare.mjs'

const tools = { replay: 'replay', city: 'make-city', log: 'verify-log' }
const [tool, ...args] = process.argv.slice(2)
if (!tools[tool]) fail(`unknown tool ${tool}: one of ${Object.keys(tools).join(', ')}`)
await prepare()
const { buildServer } = await import('./build.mjs')
await buildServer()
// The arguments' paths are meant from where the person stands, which npm keeps in INIT_CWD.
const cwd = process.env.INIT_CWD ?? process.cwd()
const { root } = await import('./build.mjs')
process.exitCode = await run(
  process.execPath,
  ['--enable-source-maps', `${root}/dist/server/${tools[tool]}.js`, ...args],
  {
    cwd,
    env: { DATA_DIR: `${root}/data`, ...process.env },
  },
)
