/**
 * The walls of the house hold, and would not hold by accident: each planted violation must be caught by name.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { execFile } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

interface Violation {
  rule: { name: string; severity: string }
  from: string
  to: string
}

function cruise(cwd: string, folders: string[]): Promise<Violation[]> {
  const bin = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const args = [bin, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders]
  return new Promise((done, fail) => {
    execFile(process.execPath, args, { cwd, maxBuffer: 256 * 1024 * 1024 }, (error, stdout, stderr) => {
      try {
        done((JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations)
      } catch {
        fail(new Error(stderr || String(error)))
      }
    })
  })
}

/** Files that break the law, one way each: who is planted, what it reaches for. */
const planted = [
  {
    file: 'server/src/domain/planted-port.ts',
    text: "import { x } from '../ports/planted-port.ts'\nexport const y = x\n",
    reaches: 'server/src/ports/planted-port.ts',
  },
  {
    file: 'server/src/domain/planted-type.ts',
    text: "import type { X } from '../store/planted-store.ts'\nexport type Y = X\n",
    reaches: 'server/src/store/planted-store.ts',
  },
  {
    file: 'server/src/domain/planted-node.ts',
    text: "import { readFileSync } from 'node:fs'\nexport const y = readFileSync\n",
    reaches: 'fs',
  },
  {
    file: 'server/src/realtime/planted-http.ts',
    text: "import { x } from '../http/planted-http.ts'\nexport const y = x\n",
    reaches: 'server/src/http/planted-http.ts',
  },
  {
    file: 'server/src/doors/planted-engine.ts',
    text: "import { x } from '../engine/planted-engine.ts'\nexport const y = x\n",
    reaches: 'server/src/engine/planted-engine.ts',
  },
  { file: 'shared/model/planted-zod.ts', text: "import { z } from 'zod'\nexport const y = z\n", reaches: 'zod' },
  {
    file: 'client/src/stores/planted-connection.ts',
    text: "import { x } from '../connection/planted.ts'\nexport const y = x\n",
    reaches: 'client/src/connection/planted.ts',
  },
  {
    file: 'client/src/components/PlantedStore.vue',
    text: '<script setup lang="ts">\nimport { x } from \'../stores/planted.ts\'\nconst y = x\n</script>\n<template><p>{{ y }}</p></template>\n',
    reaches: 'client/src/stores/planted.ts',
  },
  {
    file: 'client/src/views/wall/PlantedView.vue',
    text: '<script setup lang="ts">\nimport type { X } from \'../desk/planted.ts\'\ndefineProps<{ x: X }>()\n</script>\n<template><p /></template>\n',
    reaches: 'client/src/views/desk/planted.ts',
  },
  {
    file: 'client/src/app/planted-design.ts',
    text: "import { x } from '../design/planted.ts'\nexport const y = x\n",
    reaches: 'client/src/design/planted.ts',
  },
  {
    file: 'client/src/design/planted-map.ts',
    text: "import { x } from '../connection/planted.ts'\nexport const y = x\n",
    reaches: 'client/src/connection/planted.ts',
  },
  {
    file: 'server/src/store/planted-mock.ts',
    text: "import { x } from '../../../mock-data/planted.ts'\nexport const y = x\n",
    reaches: 'mock-data/planted.ts',
  },
  {
    file: 'shared/contract/planted-test.ts',
    text: "import { x } from '../../tests/planted.ts'\nexport const y = x\n",
    reaches: 'tests/planted.ts',
  },
] as const

describe('import law', () => {
  let copy = ''
  let found: Violation[] = []

  beforeAll(async () => {
    copy = mkdtempSync(join(root, 'node_modules/.cache-import-law-'))
    for (const name of ['.dependency-cruiser.cjs', 'tsconfig.base.json', 'package.json'])
      cpSync(join(root, name), join(copy, name))
    const put = (file: string, text: string) => {
      mkdirSync(dirname(join(copy, file)), { recursive: true })
      writeFileSync(join(copy, file), text)
    }
    for (const plant of planted) {
      put(plant.file, plant.text)
      if (/\.ts$/.test(plant.reaches)) put(plant.reaches, 'export const x = 1\nexport type X = number\n')
    }
    // A ring of two in one room, where every single step is allowed.
    put('server/src/engine/ring-a.ts', "import { b } from './ring-b.ts'\nexport const a = (): unknown => b\n")
    put('server/src/engine/ring-b.ts', "import { a } from './ring-a.ts'\nexport const b = (): unknown => a\n")
    // And what the law allows must stay free, or catching everything would prove nothing.
    put(
      'server/src/domain/lawful.ts',
      "import { lawful } from '../../../shared/model/lawful.ts'\nexport const y = lawful\n",
    )
    put('shared/model/lawful.ts', 'export const lawful = 1\n')
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
    found = await cruise(copy, ['client', 'server', 'shared', 'mock-data', 'tests'])
  }, 120_000)
  afterAll(() => rmSync(copy, { recursive: true, force: true }))

  it.each(planted)('catches $file', ({ file, reaches }) => {
    const caught = found.filter((v) => v.from === file && v.rule.severity === 'error')
    expect(caught.map((v) => v.to).join(' ')).toContain(reaches)
  })
  it('catches a ring', () => {
    expect(found.some((v) => v.rule.name === 'no-cycles' && v.from.includes('ring-a'))).toBe(true)
  })
  it('leaves the lawful alone', () => {
    expect(found.filter((v) => v.from.includes('lawful'))).toEqual([])
  })
  it('finds nothing in the project itself', async () => {
    const violations = await cruise(root, ['client', 'server', 'shared', 'mock-data', 'tests'])
    expect(violations.map((v) => `${v.rule.name}: ${v.from} → ${v.to}`)).toEqual([])
  }, 120_000)
})
