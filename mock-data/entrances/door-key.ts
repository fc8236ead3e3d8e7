/** The key of the doors: said on the command line, by INGEST_KEY, or read where a server on this machine keeps it. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const keysSchema = z.object({ keys: z.array(z.object({ name: z.string(), key: z.string() })) })

export async function doorKey(given: string | null, env: NodeJS.ProcessEnv): Promise<string | null> {
  if (given !== null) return given
  if (env['INGEST_KEY']) return env['INGEST_KEY']
  try {
    const { keys } = keysSchema.parse(JSON.parse(await readFile(join(env['DATA_DIR'] ?? 'data', 'keys.json'), 'utf8')))
    return (keys.find((one) => one.name === 'ingest') ?? keys[0])?.key ?? null
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
