/** A PostgreSQL server of the test run's own: Debian's binaries, data in a temporary directory, a socket in it, no port. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import pg from 'pg'

function findBinaries(): string | null {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== ''),
  ]
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres'))) ?? null
}

const binaries = findBinaries()
/** In CI a missing server is a failure, not a reason to test less. */
export const hasPostgresServer = binaries !== null || Boolean(process.env.CI)

/** PostgreSQL refuses to run as root. */
function ordinaryUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: idOf('-u'), gid: idOf('-g') }
}

export interface PostgresServer {
  /** Address of a new, empty database. */
  newDatabase(): Promise<string>
  stop(): Promise<void>
}

async function until<T>(attempt: () => Promise<T>, patienceMs: number): Promise<T> {
  const giveUpAt = performance.now() + patienceMs
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (performance.now() > giveUpAt) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

export async function startPostgresServer(): Promise<PostgresServer> {
  if (binaries === null) throw new Error('no PostgreSQL server here: install the package `postgresql`')
  const home = mkdtempSync(join(tmpdir(), 'tongguan-pg-'))
  const user = ordinaryUser()
  if (user !== null) chownSync(home, user.uid, user.gid)
  const as = { ...(user ?? {}), cwd: home, env: { ...process.env, HOME: home } }
  const data = join(home, 'data')
  execFileSync(join(binaries, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
    ...as,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const settings = ['listen_addresses=', `unix_socket_directories=${home}`, 'fsync=off', 'shared_buffers=64MB']
  const server: ChildProcess = spawn(
    join(binaries, 'postgres'),
    ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
    { ...as, stdio: 'ignore' },
  )
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  const address = (name: string) => `postgres://postgres@localhost/${name}?host=${encodeURIComponent(home)}`
  const ask = async (sql: string) => {
    const client = new pg.Client(address('postgres'))
    try {
      await client.connect()
      await client.query(sql)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
  await until(() => ask('select 1'), 20_000)

  let databases = 0
  return {
    async newDatabase() {
      const name = `test_${++databases}`
      await ask(`create database ${name}`)
      return address(name)
    },
    async stop() {
      // SIGQUIT: end at once; nothing here is kept.
      server.kill('SIGQUIT')
      await exited
      rmSync(home, { recursive: true, force: true })
    },
  }
}
