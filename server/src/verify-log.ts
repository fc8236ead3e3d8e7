/** `npm run log -- verify`: walks the whole chain of the log, and says that it holds or where it breaks. */
import { readProcessConfig } from './config.ts'
import { hashText } from './platform/event-hash.ts'
import { createAuditLog } from './store/audit-log.ts'
import { openExisting } from './store/open-database.ts'

export interface VerifyOptions {
  readonly dataDir: string
  readonly databaseUrl: string | null
  /** One line for a person. */
  readonly say: (line: string) => void
}

const percentEvery = 10

/** Says `ok N events, head HASH`, or where the chain breaks; answers whether it holds. Throws one line when it cannot look. */
export async function verifyLog({ dataDir, databaseUrl, say }: VerifyOptions): Promise<boolean> {
  const database = await openExisting({ dataDir, databaseUrl })
  try {
    const auditLog = createAuditLog(database, hashText)
    let told = 0
    const answer = await auditLog.verify((checked, total) => {
      const percent = Math.floor((100 * checked) / total)
      if (percent < told + percentEvery || percent === 100) return
      told = percent - (percent % percentEvery)
      say(`checked ${checked} of ${total} events (${percent} %)`)
    })
    if (!answer.ok) {
      say(`broken at event ${answer.brokenAt}: ${answer.problem} (${answer.checked} events before it hold)`)
      return false
    }
    const [head] = await auditLog.events(answer.checked - 1, 1)
    say(`ok ${answer.checked} events, head ${head?.hash ?? '0'.repeat(64)}`)
    return true
  } finally {
    await database.close()
  }
}

async function main(verb: string | undefined): Promise<number> {
  if (verb !== 'verify') {
    console.error('usage: npm run log -- verify')
    return 2
  }
  const settings = readProcessConfig()
  if (!settings.ok) {
    console.error(settings.problem)
    return 2
  }
  try {
    const { dataDir, databaseUrl } = settings.config
    return (await verifyLog({ dataDir, databaseUrl, say: (line) => console.log(line) })) ? 0 : 1
  } catch (error) {
    console.error((error as Error).message)
    return 2
  }
}

// Also imported by tests: only a program started by this name acts.
if (/verify-log\.(js|ts)$/.test(process.argv[1] ?? '')) process.exitCode = await main(process.argv[2])
