/** Type-checks every part with its own walls: what a folder may not see (DOM, Node, time) does not compile there. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from './prepare.mjs'

const parts = [
  ['tsc', 'shared/tsconfig.json'],
  ['tsc', 'server/src/domain/tsconfig.json'],
  ['tsc', 'server/tsconfig.json'],
  ['tsc', 'mock-data/tsconfig.json'],
  ['tsc', 'mock-data/tsconfig.entrances.json'],
  ['vue-tsc', 'client/tsconfig.json'],
  ['vue-tsc', 'tests/tsconfig.json'],
]
const bins = { tsc: 'node_modules/typescript/bin/tsc', 'vue-tsc': 'node_modules/vue-tsc/bin/vue-tsc.js' }

function check([compiler, project]) {
  return new Promise((done) => {
    const child = spawn(
      process.execPath,
      [
        join(root, bins[compiler]),
        ...['-p', project, '--noEmit', '--pretty', 'false'],
        // What has not changed since the last run is not checked again.
        ...['--incremental', '--tsBuildInfoFile', `node_modules/.cache/types/${project.replaceAll('/', '-')}`],
      ],
      { cwd: root },
    )
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('exit', (code) => done({ project, ok: code === 0, output: output.trim() }))
  })
}

/** Checks all parts, two at a time. Answers the results in order. */
export async function checkTypes() {
  const waiting = parts.filter(([, project]) => existsSync(join(root, project)))
  const results = []
  const worker = async () => {
    for (let part = waiting.shift(); part; part = waiting.shift()) results.push(await check(part))
  }
  await Promise.all([worker(), worker()])
  return results
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { project, ok, output } of await checkTypes()) {
    console.log(`${ok ? 'ok ' : 'BAD'} ${project}`)
    if (!ok) {
      console.log(output)
      process.exitCode = 1
    }
  }
}
