/** The class table as real files: written by the command, read back by it, and the two formats say the same. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../support/program.ts'

let dir: string
beforeAll(() => void (dir = mkdtempSync(join(tmpdir(), 'class-table-'))))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
const at = (name: string) => join(dir, name)

describe('npm run city -- classes (issue line 6)', () => {
  it.each(['gb30428', 'cjt214'])(
    'writes XLSX and CSV and reads them back to the same, in the order %s',
    async (order) => {
      for (const kind of ['xlsx', 'csv']) {
        const written = await run('make-city', 'classes', 'export', '--out', at(`t.${kind}`), '--order', order)
        expect(written.code, written.output).toBe(0)
        const read = await run('make-city', 'classes', at(`t.${kind}`), '--out', at(`${kind}.json`), '--order', order)
        expect(read.code, read.output).toBe(0)
        expect(read.output).toMatch(/rows (\d+) = \1 taken \+ 0 left out/)
      }
      const [sheet, text] = ['xlsx', 'csv'].map((kind) => readFileSync(at(`${kind}.json`), 'utf8'))
      expect(sheet).toBe(text)
      expect((JSON.parse(sheet ?? '') as unknown[]).length).toBeGreaterThan(190)
    },
  )

  it('names the file it cannot read', async () => {
    writeFileSync(at('bad.xlsx'), 'no sheet')
    for (const name of ['none.xlsx', 'bad.xlsx']) {
      const { code, output } = await run('make-city', 'classes', at(name), '--out', at('x.json'))
      expect(output).toContain(name)
      expect(code).not.toBe(0)
    }
  })
})
