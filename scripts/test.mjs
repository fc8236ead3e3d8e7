/**
 * `npm test`: the whole set-up and every check: types, lint, format, then all tests (import law, unit, contract, store, scenario,
 * component, end to end in a real Chromium). Ends with a count.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureChromium, prepare, root, say } from './prepare.mjs'

await prepare()
const count = { passed: 0, failed: 0, skipped: 0 }
const failures = []
const startedAt = Date.now()

function note(name, ok, output = '') {
  count[ok ? 'passed' : 'failed'] += 1
  say(`${ok ? 'ok ' : 'BAD'} ${name}`)
  if (ok) return
  failures.push(name)
  console.log(output)
}

function quietly(name, args) {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { cwd: root })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('exit', (code) => {
      note(name, code === 0, output)
      done()
    })
  })
}

async function vitest(title, args, env) {
  const folder = mkdtempSync(join(tmpdir(), 'tongguan-test-'))
  const file = join(folder, 'results.json')
  say(title)
  const child = spawn(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=./tests/support/second-tries.ts',
      '--reporter=json',
      `--outputFile.json=${file}`,
      ...args,
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } },
  )
  const code = await new Promise((done) => child.on('exit', done))
  try {
    const result = JSON.parse(readFileSync(file, 'utf8'))
    count.passed += result.numPassedTests
    count.failed += result.numFailedTests
    count.skipped += result.numPendingTests + (result.numTodoTests ?? 0)
    // A suite that dies before its first test fails no test: count it, or nothing would show.
    const dead = result.testResults.filter(
      (suite) => suite.status === 'failed' && suite.assertionResults.every((t) => t.status !== 'failed'),
    )
    count.failed += dead.length
    failures.push(...dead.map((suite) => suite.name))
    failures.push(
      ...result.testResults.flatMap((suite) =>
        suite.assertionResults.filter((t) => t.status === 'failed').map((t) => t.fullName),
      ),
    )
    if (code !== 0 && result.numFailedTests === 0 && dead.length === 0)
      note(title, false, 'vitest ended with an error outside any test')
  } catch {
    note(title, false, 'vitest wrote no results')
  }
  rmSync(folder, { recursive: true, force: true })
}

const filters = process.argv.slice(2)
if (filters.length === 0) {
  const { checkTypes } = await import('./types.mjs')
  for (const { project, ok, output } of await checkTypes()) note(`types ${project}`, ok, output)
  await quietly('lint', ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0'])
  await quietly('format', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'])
}
const chromium = await ensureChromium()
const { buildClient, buildServer } = await import('./build.mjs')
if (await buildServer()) say('server built')
if (await buildClient()) say('pages built')
await vitest('tests', filters, { CHROMIUM_PATH: chromium })

for (const name of failures) console.log(`failed: ${name}`)
console.log(`checks and tests took ${Math.round((Date.now() - startedAt) / 1000)} s`)
console.log(`${count.passed} passed, ${count.failed} failed${count.skipped ? `, ${count.skipped} skipped` : ''}`)
process.exitCode = count.failed === 0 && count.passed > 0 ? 0 : 1
