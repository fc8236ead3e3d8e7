/** An extract of ten megabytes comes in a block at a time: what is in memory meanwhile stays within bounds, and progress is told. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, expect, it } from 'vitest'
import { importOsm } from '../../../mock-data/entrances/import-osm.ts'
import { writeLargeOsm } from '../../support/large-osm.ts'

const dirs: string[] = []
afterAll(async () => {
  for (const dir of dirs) await rm(dir, { recursive: true, force: true })
})

it('imports ten megabytes in bounded memory, telling how far it is', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'large-osm-'))
  dirs.push(dir)
  const path = join(dir, 'large.osm.pbf')
  const bytes = writeLargeOsm(path, 10e6)
  expect(bytes).toBeGreaterThan(8e6)
  // Garbage that waits to be collected says nothing of what is held, and how much waits is the machine's affair.
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const inUse = () => {
    collect()
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  }
  const before = inUse()
  let peak = 0
  let looks = 0
  const told = new Map<string, number[]>()
  const progress = {
    tell(words: string, part: number) {
      if (looks++ % 25 === 0) peak = Math.max(peak, inUse() - before)
      told.set(words, [...(told.get(words) ?? []), part])
    },
    end() {},
  }
  const settings = { box: [116.2, 39.2, 116.8, 39.8] as const, adminLevels: [], defaultHeightM: 9, toleranceM: 0.5 }
  const { layers, elements, tallies } = await importOsm(path, settings, [], progress)
  const counted = new Map<string, number>()
  for (const [layer, features] of layers) {
    let count = 0
    for (const feature of features) {
      expect(feature.type).toBe('Feature')
      if (++count % 10_000 === 0) peak = Math.max(peak, inUse() - before)
    }
    counted.set(layer, count)
  }
  // Nothing is lost on the way: what was asked for is kept, or said to be left out.
  const of = (layer: string) => tallies().find((one) => one.layer === layer)
  expect(counted.get('buildings')).toBe(of('buildings')?.kept)
  expect(counted.get('buildings')).toBeGreaterThan(20_000)
  expect(counted.get('roads')).toBeGreaterThan(1000)
  expect(elements.nodes).toBeGreaterThan(1_500_000)
  // 74 MB are held at most, the kept features of 1.8 million points among them; as objects the points alone would take more than the limit.
  expect(peak).toBeLessThan(150e6)
  expect([...told.keys()]).toEqual(['relations', 'ways', 'points'].map((pass) => `large.osm.pbf: ${pass}`))
  for (const parts of told.values()) {
    expect(parts).toEqual([...parts].sort((a, b) => a - b))
    expect(parts.length).toBeGreaterThan(20)
    expect(parts.at(-1)).toBe(1)
  }
}, 120_000)
