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
    z.object({
      name: z.string().min(1).max(40),
      key: z.string().min(1).max(200),
      doors: z.array(z.enum(doorNames)),
      isDrill: z.boolean().optional(),
    }),
  ),
})

function writeSecret(path: string, text: string) {
  writeFileSync(path, text, { mode: 0o600 })
  // The mode above holds for new files only.
  chmodSync(path, 0o600)
}

/** The keys every system has, by name. A drill has no crews of its own and reads no metrics. */
const ownKeys: Readonly<Record<'ingest' | 'drill', Omit<DoorKey, 'key'>>> = {
  ingest: { name: 'ingest', doors: doorNames },
  drill: { name: 'drill', doors: ['sensorthings', 'open311', 'cap', 'mqtt'], isDrill: true },
}

/**
 * Reads `keys.json`, made on the first start and completed by a later version's. What is fixed by a setting (INGEST_KEY,
 * DRILL_KEY) replaces the key of that name. Throws on a broken file.
 */
export function readDoorKeys(
  dataDir: string,
  fixed: { ingest: string | null; drill: string | null },
): readonly DoorKey[] {
  const path = join(dataDir, 'keys.json')
  const stored: readonly DoorKey[] = existsSync(path)
    ? keysSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).keys
    : []
  const own = Object.values(ownKeys).flatMap((key): DoorKey[] => {
    const given = fixed[key.name as keyof typeof fixed]
    const kept = stored.find((one) => one.name === key.name)
    if (given === null && kept !== undefined) return [kept]
    // A file whose key of the doors somebody took out has none on purpose; the key of drills came later than the file.
    if (given === null && key.name === 'ingest' && stored.length > 0) return []
    return [{ ...key, key: given ?? randomBytes(24).toString('base64url') }]
  })
  const keys = [...own, ...stored.filter((one) => !Object.hasOwn(ownKeys, one.name))]
  const text = `${JSON.stringify({ keys }, null, 2)}\n`
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeSecret(path, text)
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
