/** Which build of the pages is served: another address of their first script is another build. */
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createPageBuild } from '../../../server/src/http/page-build.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'pages-'))))
afterEach(() => rmSync(folder, { recursive: true }))
const write = (script: string, second: number) => {
  writeFileSync(join(folder, 'index.html'), `<head><script type="module" crossorigin ${script}></script></head>`)
  utimesSync(join(folder, 'index.html'), second, second)
}

it('is null without pages, and the address of the first script with them; renewed when they were built anew', () => {
  const build = createPageBuild(folder)
  expect(build()).toBeNull()
  write('src="/assets/index-a1.js"', 1)
  expect(build()).toBe('/assets/index-a1.js')
  write('src="/assets/index-b2.js"', 2)
  expect(build()).toBe('/assets/index-b2.js')
  rmSync(join(folder, 'index.html'))
  expect(build()).toBeNull()
  write('', 3)
  expect(build(), 'no script, no build').toBeNull()
})
