/** The demo city in DATA_DIR when the generator has changed. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { generator } from '../../../mock-data/city/generate-city.ts'
import { ensureDemoCity } from '../../../scripts/demo-city.mjs'

const dirs: string[] = []
afterAll(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true })
})

interface Head {
  readonly id?: string
  readonly version?: string
  readonly seed?: number
  readonly generator?: { readonly name: string; readonly version: string }
}

/** A DATA_DIR with this pack in it, if any, and what else; answers how the start deals with it. */
async function startOn(
  head: Head | string | null,
  also: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
) {
  const dataDir = mkdtempSync(join(tmpdir(), 'demo-city-'))
  dirs.push(dataDir)
  const pack = join(dataDir, 'city')
  if (head !== null) {
    mkdirSync(pack)
    writeFileSync(join(pack, 'pack.json'), typeof head === 'string' ? head : JSON.stringify(head))
    writeFileSync(join(pack, 'roads.geojson'), 'old')
  }
  for (const name of also) writeFileSync(join(dataDir, name), '{}')
  const said: string[] = []
  const made: { seed: number; size: string }[] = []
  const answer = await ensureDemoCity(dataDir, env, generator, {
    say: (line) => said.push(line),
    make: async (out, { seed, size }) => {
      made.push({ seed, size })
      mkdirSync(out, { recursive: true })
      writeFileSync(join(out, 'pack.json'), JSON.stringify({ generator }))
      await Promise.resolve()
    },
  })
  expect(answer).toBe(pack)
  return { dataDir, said, made, isOldThere: existsSync(join(pack, 'roads.geojson')) }
}

const older = { id: 'lanting', version: '2-small', seed: 5, generator: { name: 'lanting', version: '2' } }

describe('the demo city in DATA_DIR', () => {
  it('is made whole where there is none, also beside a database that was lived elsewhere', async () => {
    for (const also of [[], ['database']]) expect((await startOn(null, also)).made).toEqual([{ seed: 1, size: 'full' }])
  })
  it('is kept without a word where this edition made it', async () => {
    const { made, said } = await startOn({ ...older, generator })
    expect([made, said]).toEqual([[], []])
  })
  it('is made anew, with its seed and size, where an older edition made it and nobody has lived there', async () => {
    for (const head of [older, { id: 'lanting', version: '2-small', seed: 5 }]) {
      const { dataDir, made, said, isOldThere } = await startOn(head)
      expect(made).toEqual([{ seed: 5, size: 'small' }])
      expect(said).toEqual([expect.stringContaining('anew')])
      // Nothing of the old city is mixed with the new.
      expect(isOldThere).toBe(false)
      const now = JSON.parse(readFileSync(join(dataDir, 'city/pack.json'), 'utf8')) as Head
      expect(now.generator).toEqual(generator)
    }
  })
  it.each([
    ['a database', ['database'], {}],
    ['a past that was lived', ['history.json'], {}],
    ['a database elsewhere', [], { DATABASE_URL: 'postgres://db/city' }],
  ] as const)('is kept where there is %s, and one line says which folder to remove', async (_, also, env) => {
    const { dataDir, made, said, isOldThere } = await startOn(older, also, env)
    expect(made).toEqual([])
    expect(isOldThere).toBe(true)
    expect(said).toHaveLength(1)
    expect(said[0]).toContain(`remove ${dataDir}`)
    expect(said[0]).not.toContain('\n')
  })
  it('is nobody else’s business: packs by hand, by another program, or broken are kept', async () => {
    for (const head of [
      { id: 'los-angeles', version: '1' },
      { id: 'lanting', version: 'mine' },
      { id: 'lanting', version: '2-small', generator: { name: 'other', version: '1' } },
      '{',
    ])
      expect(await startOn(head)).toMatchObject({ made: [], said: [], isOldThere: true })
  })
})
