/**
 * Builds what runs: `dist/server` (server, its workers, simulator, replay, tools) and `dist/client`.
 * A build is skipped when nothing it reads is newer than what it made.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, extname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/** Programs of the server side, by the name they are built under. */
const programs = {
  main: 'server/src/main.ts',
  'database-worker': 'server/src/store/database-worker.ts',
  'tile-worker': 'server/src/city/tiles/tile-worker.ts',
  'report-worker': 'server/src/reports/report-worker.ts',
  'live-history': 'server/src/live-history.ts',
  'verify-log': 'server/src/verify-log.ts',
  simulator: 'mock-data/simulator.ts',
  history: 'mock-data/history.ts',
  replay: 'mock-data/replay.ts',
  'make-city': 'mock-data/make-city.ts',
}

function newestIn(paths) {
  let newest = 0
  const visit = (path) => {
    const info = statSync(path)
    if (info.isDirectory()) for (const name of readdirSync(path)) visit(join(path, name))
    else newest = Math.max(newest, info.mtimeMs)
  }
  for (const path of paths) if (existsSync(join(root, path))) visit(join(root, path))
  return newest
}

const isFresh = (stamp, sources) =>
  existsSync(join(root, stamp)) && Number(readFileSync(join(root, stamp), 'utf8')) >= newestIn(sources)

const common = ['shared', 'package.json', 'vite.config.ts', 'scripts/build.mjs']

/**
 * Builds beside the present output and swaps at the end: whoever runs the old one is never left with half of a new one,
 * and two builds at once do not mix.
 */
async function swapIn(name, newest, make) {
  const fresh = join(root, `dist/.${name}-${process.pid}`)
  const old = join(root, `dist/.${name}-${process.pid}-old`)
  const target = join(root, 'dist', name)
  mkdirSync(join(root, 'dist'), { recursive: true })
  try {
    await make(fresh)
    writeFileSync(join(fresh, '.stamp'), String(newest))
    if (existsSync(target)) renameSync(target, old)
    renameSync(fresh, target)
  } finally {
    for (const folder of [fresh, old]) rmSync(folder, { recursive: true, force: true })
  }
}

/** Builds the server side when stale. Answers whether it did. */
export async function buildServer() {
  const sources = [...common, 'server', 'mock-data']
  if (isFresh('dist/server/.stamp', sources)) return false
  const input = Object.fromEntries(Object.entries(programs).filter(([, path]) => existsSync(join(root, path))))
  if (Object.keys(input).length === 0) return false
  await swapIn('server', newestIn(sources), (outDir) => buildPrograms(input, outDir, { sourcemap: true }))
  return true
}

/** Node programs into a folder of their own, by their names; what was there before is gone. */
export async function buildPrograms(input, outDir, options = {}) {
  const { build } = await import('vite')
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      emptyOutDir: true,
      ...options,
      rolldownOptions: { input, output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' } },
    },
  })
}

const dense = promisify(brotliCompress)
const isText = (name) => ['.js', '.mjs', '.css', '.html', '.svg', '.json'].includes(extname(name))
/**
 * Lays the densest Brotli of each text beside it (`NAME.br`): too slow to be made while somebody waits, and the same for everybody.
 * Short ones are sent as they are.
 */
async function packTexts(folder) {
  const files = readdirSync(folder, { recursive: true }).map((name) => join(folder, name))
  const worth = files.filter((file) => isText(file) && statSync(file).size > 1024)
  await Promise.all(
    worth.map(async (file) => {
      const bytes = readFileSync(file)
      const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
      writeFileSync(`${file}.br`, await dense(bytes, { params }))
    }),
  )
}

/** Builds the pages when stale. Answers whether it did. */
export async function buildClient() {
  const sources = [...common, 'client']
  if (isFresh('dist/client/.stamp', sources)) return false
  const { build } = await import('vite')
  await swapIn('client', newestIn(sources), async (outDir) => {
    await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn', build: { outDir, emptyOutDir: true } })
    await packTexts(outDir)
  })
  return true
}

/**
 * Builds the gallery of components (`/design`), for tests and pictures of it: a folder of its own, which no server serves. Answers whether it did.
 */
export async function buildDesign() {
  const sources = [...common, 'client']
  if (isFresh('dist/design/.stamp', sources)) return false
  const { build } = await import('vite')
  const input = join(root, 'client/design.html')
  await swapIn('design', newestIn(sources), (outDir) =>
    build({
      configFile: join(root, 'vite.config.ts'),
      logLevel: 'warn',
      build: { outDir, emptyOutDir: true, rolldownOptions: { input } },
    }),
  )
  return true
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log((await buildServer()) ? 'server built' : 'server is up to date')
  console.log((await buildClient()) ? 'client built' : 'client is up to date')
}
