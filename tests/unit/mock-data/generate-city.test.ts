import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { generateCity, generator } from '../../../mock-data/city/generate-city.ts'
import { layerNames } from '../../../shared/contract/city-pack.ts'
import { checkHead, checkLayer, checkTable } from '../../../shared/contract/pack-check.ts'
import { distanceM, type LonLat } from '../../../shared/model/geo.ts'
import { roadNetwork } from '../../../shared/model/roads.ts'
import { sensorKinds } from '../../../shared/model/sensor-kinds.ts'

const parsed = (files: ReadonlyMap<string, string>, name: string): unknown => JSON.parse(files.get(name) as string)
const rowsOf = <T>(checked: { ok: true; value: T } | { ok: false; problems: string[] }): T => {
  if (!checked.ok) throw new Error(checked.problems.join('\n'))
  return checked.value
}

describe('generateCity', () => {
  const files = generateCity(7)

  it('gives the same bytes for the same seed, others for another, in under three seconds', () => {
    const began = process.cpuUsage()
    const again = generateCity(7)
    // Work, not waiting: other tests run beside this one.
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(3000)
    expect([...again]).toEqual([...files])
    expect(generateCity(8).get('roads.geojson')).not.toBe(files.get('roads.geojson'))
  })

  it('is told apart by its edition: other bytes are another version', () => {
    expect(checkHead(parsed(files, 'pack.json'))).toMatchObject({ ok: true, value: { generator } })
    const hash = createHash('sha256')
    for (const [name, text] of files) hash.update(name).update(text)
    // Where this fails, raise the generator's version and write the new pair: start makes packs of older versions anew.
    expect(`${generator.version} ${hash.digest('hex').slice(0, 16)}`).toBe('8 8636a262e383bb36')
  })

  it.each([1, 2, 3, 4, 5])('fits the format and is whole with seed %i', (seed) => {
    const pack = generateCity(seed)
    expect(checkHead(parsed(pack, 'pack.json'))).toMatchObject({ ok: true, value: { seed } })
    for (const layer of layerNames.filter((each) => pack.has(`${each}.geojson`)))
      expect(checkLayer(layer, parsed(pack, `${layer}.geojson`))).toMatchObject({ ok: true })
    const roads = rowsOf(checkLayer('roads', parsed(pack, 'roads.geojson')))
    expect(roads.length).toBeGreaterThan(600)
    const network = roadNetwork(roads.map((r) => ({ ...r.properties, coordinates: r.geometry.coordinates })))
    const reached = new Set([0])
    const queue = [0]
    const next = new Map<number, number[]>()
    for (const { from, to } of network.edges) {
      next.set(from, [...(next.get(from) ?? []), to])
      next.set(to, [...(next.get(to) ?? []), from])
    }
    for (let node = queue.pop(); node !== undefined; node = queue.pop())
      for (const other of next.get(node) ?? [])
        if (!reached.has(other)) {
          reached.add(other)
          queue.push(other)
        }
    expect(reached.size).toBe(network.nodes.length)
    const buildings = rowsOf(checkLayer('buildings', parsed(pack, 'buildings.geojson')))
    expect(buildings.length).toBeGreaterThan(1400)
    const departments = new Set(
      rowsOf(checkTable('departments.json', parsed(pack, 'departments.json'))).map((d) => d.id),
    )
    const crews = rowsOf(checkTable('crews.json', parsed(pack, 'crews.json')))
    expect(new Set(crews.map((c) => c.unitId)).size).toBe(crews.length)
    for (const crew of crews) expect(departments).toContain(crew.departmentId)
    const devices = rowsOf(checkTable('devices.json', parsed(pack, 'devices.json')))
    expect(devices.length).toBeGreaterThanOrEqual(400)
    expect(devices.length).toBeLessThanOrEqual(640)
    expect(new Set(devices.map((d) => d.code)).size).toBe(devices.length)
    const kinds = new Set(devices.map((d) => d.kind))
    for (const { code } of sensorKinds) if (code !== 'other') expect(kinds).toContain(code)
  })

  it('keeps the city together: every device within reach of a street', () => {
    const vertices = rowsOf(checkLayer('roads', parsed(files, 'roads.geojson'))).flatMap((r) => r.geometry.coordinates)
    for (const device of rowsOf(checkTable('devices.json', parsed(files, 'devices.json')))) {
      const nearest = Math.min(...vertices.map((v) => distanceM([v[0], v[1]] as LonLat, device.position)))
      expect(nearest, device.code).toBeLessThan(450)
    }
  })
})
