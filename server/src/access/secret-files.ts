/**
 * The two files of secrets in DATA_DIR, readable by their owner alone: the doors' keys, and how to sign in to the demo.
 */
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { DoorKey } from './door-key-ring.ts'
import type { DemoAccounts } from './demo-accounts.ts'

const doorNames = ['sensorthings', 'open311', 'cap', 'owntracks', 'mqtt', 'metrics'] as const
const keysSchema = z.object({
  keys: z.array(
    z.object({ name: z.string().min(1).max(40), key: z.string().min(1).max(200), doors: z.array(z.enum(doorNames)) }),
  ),
})

function writeSecret(path: string, text: string) {
  writeFileSync(path, text, { mode: 0o600 })
  // The mode above holds for new files only.
  chmodSync(path, 0o600)
}

/** Reads `keys.json`, made on the first start. `fixed` (INGEST_KEY) replaces the key named `ingest`. Throws on a broken file. */
export function readDoorKeys(dataDir: string, fixed: string | null): readonly DoorKey[] {
  const path = join(dataDir, 'keys.json')
  const isNew = !existsSync(path)
  const stored: readonly DoorKey[] = isNew
    ? [{ name: 'ingest', key: randomBytes(24).toString('base64url'), doors: doorNames }]
    : keysSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).keys
  const others = stored.filter((one) => one.name !== 'ingest')
  const keys = fixed === null ? stored : [{ name: 'ingest', key: fixed, doors: doorNames }, ...others]
  if (isNew || fixed !== null) writeSecret(path, `${JSON.stringify({ keys }, null, 2)}\n`)
  return keys
}

const demoFile = (dataDir: string) => join(dataDir, 'demo-accounts.txt')

/** The demo password of an earlier start, or null. */
export function keptDemoPassword(dataDir: string): string | null {
  if (!existsSync(demoFile(dataDir))) return null
  return /^password: (.+)$/m.exec(readFileSync(demoFile(dataDir), 'utf8'))?.[1] ?? null
}

export function writeDemoAccounts(dataDir: string, demo: DemoAccounts, ingestKey: string | null): void {
  const people = demo.usernames.filter((name) => !name.startsWith('crew-'))
  const crews = demo.usernames.filter((name) => name.startsWith('crew-'))
  const lines = [
    `accounts: ${people.join(' ')}`,
    ...(crews.length > 0 ? [`crews: ${crews.length} accounts, ${crews[0]} … ${crews[crews.length - 1]}`] : []),
    `password: ${demo.password}`,
    ...(ingestKey === null ? [] : [`key of the doors (X-Api-Key): ${ingestKey}`]),
  ]
  writeSecret(demoFile(dataDir), `${lines.join('\n')}\n`)
}

/** Removes what would tell how to sign in where demo accounts are not allowed. */
export const forgetDemoAccounts = (dataDir: string): void => rmSync(demoFile(dataDir), { force: true })
