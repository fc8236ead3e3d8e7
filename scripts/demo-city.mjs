/**
 * The demo city in DATA_DIR: made where there is none, made anew where an older generator made it and nobody has lived there, kept
 * where somebody has: ids of devices, crews and grids in the log must go on fitting the pack.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** What made a pack: `{ name, version }`; null where a person did. Packs from before `generator` was written told it by their version. */
function generatorOf(head) {
  if (head.generator) return head.generator
  const [, version] = /^(\d+)-(?:small|full)$/.exec(head.version ?? '') ?? []
  return head.id === 'lanting' && version ? { name: 'lanting', version } : null
}

/** A database of our own, the past that was lived into it, or one elsewhere that we cannot look into. */
const isLived = (dataDir, env) =>
  Boolean(env.DATABASE_URL) || ['database', 'history.json'].some((name) => existsSync(join(dataDir, name)))

/**
 * Answers what to do: `{ kind: 'make', seed, size }`, `{ kind: 'make-anew', seed, size }`, `{ kind: 'keep' }`, or
 * `{ kind: 'keep-old', line }` with what to tell. `current` is what the generator says of itself.
 */
export function cityPlan(dataDir, env, current) {
  const file = join(dataDir, 'city', 'pack.json')
  if (!existsSync(file)) return { kind: 'make', seed: 1, size: 'full' }
  let head
  try {
    head = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    // Not ours to judge: the server says what is wrong with it.
    return { kind: 'keep' }
  }
  const made = generatorOf(head)
  if (made === null || made.name !== current.name || made.version === current.version) return { kind: 'keep' }
  const [, size = 'full'] = /-(small|full)$/.exec(head.version ?? '') ?? []
  if (!isLived(dataDir, env)) return { kind: 'make-anew', seed: head.seed ?? 1, size }
  const line = `the demo city here is of edition ${made.version}, this program makes ${current.version}; it has been lived in and stays: for the new one, stop and remove ${dataDir}`
  return { kind: 'keep-old', line }
}

/** Carries the plan out; `make` makes a city into a folder. Answers the pack's folder. */
export async function ensureDemoCity(dataDir, env, current, { make, say }) {
  const pack = join(dataDir, 'city')
  const plan = cityPlan(dataDir, env, current)
  if (plan.kind === 'keep-old') say(plan.line)
  if (plan.kind === 'make') say('making the demo city')
  if (plan.kind === 'make-anew') {
    say('making the demo city anew: the one here is of an older edition, and nobody has lived there')
    rmSync(pack, { recursive: true, force: true })
  }
  if (plan.kind.startsWith('make')) await make(pack, plan)
  return pack
}
