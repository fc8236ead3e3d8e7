/**
 * The process: settings in, signals and exit codes out. Guarantees one line on stderr and an exit code other than 0 where the
 * server cannot start, and a clean end on SIGTERM and SIGINT; a second signal does not wait.
 */
import { fileURLToPath } from 'node:url'
import { createApp } from './app.ts'
import { readProcessConfig } from './config.ts'

/** Ends with one line for an error a person can mend; what is given as text is shown as it is. */
function fail(problem: unknown, code: number): never {
  const text = problem instanceof Error ? problem.message.trim().replaceAll(/\s*\n\s*/g, ' ') : String(problem)
  process.stderr.write(`tongguan: ${text.trim()}\n`)
  process.exit(code)
}

const settings = readProcessConfig()
if (!settings.ok) fail(settings.problem, 2)
const { config } = settings

const app = createApp(config, { pagesDir: fileURLToPath(new URL('../client', import.meta.url)) })
let isStopping = false

async function stop(code: number): Promise<never> {
  if (isStopping) process.exit(1)
  isStopping = true
  await app.stop()
  process.exit(code)
}
process.on('SIGTERM', () => void stop(0))
process.on('SIGINT', () => void stop(0))
// Whoever started us as a part of a whole has gone.
process.on('disconnect', () => {
  if (!isStopping) void stop(0)
})
process.on('uncaughtException', (error) => fail(error.stack ?? error, 70))
process.on('unhandledRejection', (reason) => fail(reason instanceof Error ? (reason.stack ?? reason) : reason, 70))
app.onFault((fault) => {
  process.stderr.write(`tongguan: nothing can be stored any more: ${fault.message}\n`)
  if (!isStopping) void stop(1)
})

try {
  const { url, mqttPort, hasAccounts } = await app.start((text) => process.stdout.write(`· ${text}\n`))
  if (!hasAccounts) process.stdout.write('· nobody can sign in: no account exists; DEMO=on makes demo accounts\n')
  process.stdout.write(`ready ${url}\n`)
  process.send?.({ ready: true, url, mqttPort })
} catch (error) {
  // A signal during the start ends it as asked.
  if (!isStopping) fail(error, 1)
}
