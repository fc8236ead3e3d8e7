/**
 * One server a DATA_DIR. Guarantees that two processes never open the same directory, and that a lock whose owner was killed is taken
 * over. Refuses to know what is inside the directory.
 */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const fileName = 'database.lock'
const held = new Set<string>()

/** Start time of a process in kernel ticks: tells a process from a later one that was given its number. Null where nobody can tell. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}

function isAlive(owner: string): boolean {
  const [pidText, start] = owner.trim().split(' ')
  const pid = Number(pidText)
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  const present = startOf(pid)
  return present === null || start === undefined || start === present
}

const readOwner = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

/** Puts a whole file in place only where none is: a reader never sees half a lock. */
function place(path: string, text: string): boolean {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, text)
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Takes the lock and answers the way to give it back; throws one line that names the directory and the process that holds it. */
export function lockDirectory(dataDir: string): () => void {
  const path = join(dataDir, fileName)
  const inUse = (pid: string | undefined) =>
    new Error(`DATA_DIR ${dataDir} is in use by another server (process ${pid ?? 'unknown'}): stop it first`)
  if (held.has(path)) throw inUse(String(process.pid))

  const mine = `${process.pid} ${startOf(process.pid) ?? ''}`.trim()
  for (let tries = 0; !place(path, mine); tries++) {
    const owner = readOwner(path)
    if (owner === null) continue
    if (isAlive(owner) || tries > 10) throw inUse(owner.split(' ')[0])
    const stale = `${path}.stale.${process.pid}`
    try {
      renameSync(path, stale)
    } catch {
      continue
    }
    // Another process may have taken over between our look and our rename: then this is its lock, and it goes back.
    const renamed = readOwner(stale)
    if (renamed !== null && renamed !== owner) place(path, renamed)
    rmSync(stale, { force: true })
  }
  held.add(path)
  return () => {
    if (!held.delete(path)) return
    if (readOwner(path) === mine) rmSync(path, { force: true })
  }
}
