/** docs/operations.md lists every setting the server reads and every metric it makes, and none that are not there. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { tableRows } from './schema-paths.ts'

const page = readFileSync('docs/operations.md', 'utf8')
const sources = readdirSync('server/src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join('server/src', name), 'utf8'))
const config = readFileSync('server/src/config.ts', 'utf8')
const found = (texts: readonly string[], pattern: RegExp) => [
  ...new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''))),
]

it('lists the settings', () => {
  const read = found([config], /(?:text|number|choice|matching)\('([A-Z_]+)'/g)
  const refused = found([config], /^ {2}\['([A-Z_]+)', '/gm)
  expect(read.length).toBeGreaterThan(12)
  for (const name of [...read, ...refused]) expect(page).toContain(`\`${name}\``)
  const told = tableRows(page, '## Settings').flatMap(({ names }) => names)
  // Which parts play is read by the simulator alone.
  const listed = told.filter((name) => /^[A-Z_]+$/.test(name) && name !== 'SIMULATOR_PARTS')
  expect(listed.filter((name) => !read.includes(name) || refused.includes(name))).toEqual([])
})

it('lists the metrics', () => {
  const made = found(sources, /\.(?:count|gauge|observe)\(\s*'(tongguan_[a-z_]+)'/g)
  expect(made.length).toBeGreaterThan(20)
  expect(
    tableRows(page, '## Health')
      .flatMap(({ names }) => names)
      .sort(),
  ).toEqual(made.sort())
})
it('finds no metric made under a name put together', () => {
  expect(found(sources, /(\.(?:count|gauge|observe)\(\s*`)/g)).toEqual([])
})
