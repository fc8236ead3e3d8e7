/** A key of the doors: said on the command line, by its variable, or read where a server on this machine keeps it. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const keysSchema = z.object({ keys: z.array(z.object({ name: z.string(), key: z.string() })) })

async function keptKeys(env: NodeJS.ProcessEnv): Promise<z.infer<typeof keysSchema>['keys']> {
  try {
    return keysSchema.parse(JSON.parse(await readFile(join(env['DATA_DIR'] ?? 'data', 'keys.json'), 'utf8'))).keys
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

export async function doorKey(given: string | null, env: NodeJS.ProcessEnv): Promise<string | null> {
  const said = given ?? (env['INGEST_KEY'] || null)
  if (said !== null) return said
  const keys = await keptKeys(env)
  return (keys.find((one) => one.name === 'ingest') ?? keys[0])?.key ?? null
}

/** The key of what drills bring. */
export async function drillKey(env: NodeJS.ProcessEnv): Promise<string | null> {
  return env['DRILL_KEY'] || ((await keptKeys(env)).find((one) => one.name === 'drill')?.key ?? null)
}
