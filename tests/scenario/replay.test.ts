import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UsageError } from '../../mock-data/entrances/arguments.ts'
import { timedCsv } from '../../mock-data/entrances/csv-index.ts'
import { doorClient, type DoorClient } from '../../mock-data/entrances/door-client.ts'
import { findMapped } from '../../mock-data/entrances/replay-files.ts'
import type { ReplayPart } from '../../mock-data/entrances/replay-part.ts'
import { readingsPart } from '../../mock-data/entrances/replay-readings.ts'
import { requestsPart } from '../../mock-data/entrances/replay-requests.ts'
import { runReplay } from '../../mock-data/entrances/replay-run.ts'
import { sumOf } from '../../mock-data/replay/tally.ts'
import { fakeDoors, type FakeDoors } from './replay-fake-doors.ts'

let dir: string
let doors: FakeDoors
let client: DoorClient
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'replay-'))
  doors = await fakeDoors()
  client = doorClient({ url: doors.url, key: 'key', patienceMs: 20_000 })
})
afterEach(async () => {
  await doors.close()
  await rm(dir, { recursive: true, force: true })
})

const requestMapping = {
  format: 1,
  door: 'open311',
  file: 'calls.csv',
  time: { column: 'when', format: 'dd/MM/yyyy HH:mm', zone: 'Asia/Shanghai' },
  missing: ['', '-'],
  classes: { column: 'what', table: { 积水: 'E0506' } },
  fields: {
    lat: { column: 'y' },
    long: { column: 'x' },
    address_string: { column: 'where' },
    description: { column: 'said' },
  },
}
const sensorMapping = {
  format: 1,
  door: 'sensorthings',
  layout: 'wide',
  file: 'depth.csv',
  time: { start: '2026-03-01T00:00:00', stepS: 60, zone: 'Asia/Shanghai' },
  missing: ['', '0'],
  sensor: {
    kind: 'water-depth',
    unit: { symbol: 'cm' },
    name: { template: '积水点 {id}' },
    code: { template: 'D-{id}' },
    properties: { road: { column: 'road' } },
    positions: { file: 'sites.csv', id: 'site', lat: 'lat', long: 'lon' },
  },
}
const write = (name: string, content: unknown) =>
  writeFile(join(dir, name), typeof content === 'string' ? content : JSON.stringify(content))

async function play(
  options: { asNow?: boolean; speed?: number; limit?: number; mapping?: string; data?: string } = {},
) {
  const { asNow = false, speed = Infinity, limit = Infinity, mapping = null, data = dir } = options
  const parts: ReplayPart[] = []
  for (const file of await findMapped(data, mapping)) {
    const { mapping: said } = file
    parts.push(
      said.door === 'open311'
        ? await requestsPart(client, { ...file, mapping: said }, { limit, asNow })
        : await readingsPart(client, { ...file, mapping: said }, { limit, asNow }, () => {}),
    )
  }
  const signal = new AbortController().signal
  await runReplay(parts, { speed, asNow, signal, onProgress: () => {} })
  return parts.map((part) => part.tally)
}

const calls = [
  'when,what,x,y,where,said',
  '01/03/2026 00:03,积水,122.9,31,甲路,"第二行\n还有, ""引号"""',
  '01/03/2026 00:02,积水,,,乙路,无位置',
  '01/03/2026 00:02,积水,-,31,-,无处可寻',
  '01/03/2026 00:01,火星,122.9,31,丙路,无此类',
  'soon,积水,122.9,31,丁路,无时间',
  '01/03/2026 00:00,积水,122.91,31.01,戊路,最早',
].join('\n')

describe('a CSV file', () => {
  it('is read oldest first where it stands, whatever is quoted in it', async () => {
    await write('calls.csv', `\uFEFF${calls.replaceAll('\n', '\r\n')}`)
    const csv = await timedCsv(
      { path: join(dir, 'calls.csv'), delimiter: ',', encoding: 'utf8' },
      () => (cells) => (/(\d\d):(\d\d)/.exec(cells[0] ?? '') ? Number(cells[0]?.slice(-2)) : null),
      Infinity,
    )
    expect(csv.header[0]).toBe('when')
    const said: (string | undefined)[] = []
    for await (const { cells } of csv.rows()) said.push(cells[5])
    expect(said).toEqual(['最早', '无此类', '无处可寻', '无位置', '第二行\r\n还有, "引号"'])
  })

  it('of many blocks reads every row once', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `${20_000 - i},${'字'.repeat(i % 40)}`)
    await write('long.csv', `n,text\n${rows.join('\n')}\n`)
    const csv = await timedCsv(
      { path: join(dir, 'long.csv'), delimiter: ',', encoding: 'utf8' },
      () => (cells) => Number(cells[0]),
      Infinity,
    )
    let n = 0
    for await (const { cells } of csv.rows()) {
      n++
      if (cells[0] !== String(n) || cells[1]?.length !== (20_000 - n) % 40) expect.fail(`row ${n} is ${cells.join()}`)
    }
    expect(n).toBe(20_000)
  })
})

describe('replay', () => {
  it('sends requests in the order of their times and counts every row', async () => {
    await write('calls.csv', calls)
    await write('calls.replay.json', requestMapping)
    const [tally] = await play()
    expect(doors.forms.map((form) => form.get('address_string'))).toEqual(['戊路', '乙路', '甲路'])
    expect(doors.forms.map((form) => form.get('requested_datetime'))).toEqual([
      '2026-02-28T16:00:00.000Z',
      '2026-02-28T16:02:00.000Z',
      '2026-02-28T16:03:00.000Z',
    ])
    expect(doors.forms[1]?.has('lat')).toBe(false)
    expect(doors.forms[2]?.get('description')).toBe('第二行\n还有, "引号"')
    expect(tally).toMatchObject({ read: 6, sent: 3, accepted: 3, unsure: 0, missing: 0 })
    expect([...(tally?.skipped ?? [])]).toEqual([
      ['when is no time of the form dd/MM/yyyy HH:mm', 1],
      ['what "火星" is in no class', 1],
      ['neither position nor address', 1],
    ])
  })

  it('registers sensors once, with place and unit, and never sends a missing value', async () => {
    await write('depth.csv', '甲,乙\n1.5,0\n2.5,\n0.0,999\n')
    await write('sites.csv', 'site,lat,lon,road\n甲,31,122.9,沐风路\n')
    await write('depth.replay.json', sensorMapping)
    const [tally] = await play()
    expect(tally).toMatchObject({ read: 6, missing: 3, sent: 3, accepted: 2 })
    expect([...(tally?.refused ?? [])]).toEqual([['answered "error" by CreateObservations', 1]])
    expect(doors.observations).toEqual([
      { stream: 1, time: '2026-02-28T16:00:00.000Z', value: 1.5 },
      { stream: 1, time: '2026-02-28T16:01:00.000Z', value: 2.5 },
      { stream: 2, time: '2026-02-28T16:02:00.000Z', value: 999 },
    ])
    expect(doors.things).toMatchObject([
      {
        name: '积水点 甲',
        properties: { deviceCode: 'D-甲', road: '沐风路' },
        Locations: [{ location: { coordinates: [122.9, 31] } }],
      },
      { name: '积水点 乙', properties: { deviceCode: 'D-乙' } },
    ])
    expect(doors.things[1]).not.toHaveProperty('Locations')
    await play()
    expect(doors.things).toHaveLength(2)
  })

  it('plays several files on one clock, each moment in the present with --as-now', async () => {
    await write('calls.csv', calls)
    await write('calls.replay.json', requestMapping)
    await write('depth.csv', '甲\n1\n2\n3\n4\n')
    await write('sites.csv', 'site,lat,lon,road\n')
    await write('depth.replay.json', sensorMapping)
    const before = Date.now()
    await play({ asNow: true, speed: 600 })
    // 00:00 to 00:03 at 600 times is 0.3 s.
    expect(Date.now() - before).toBeGreaterThanOrEqual(290)
    const times = doors.observations.map((one) => Date.parse(one.time))
    expect(times).toHaveLength(4)
    for (const [i, at] of times.entries()) {
      expect(at).toBeGreaterThanOrEqual(before)
      if (i > 0) expect(at).toBeGreaterThan(times[i - 1] as number)
    }
    expect(doors.forms.every((form) => !form.has('requested_datetime'))).toBe(true)
  })

  it('waits for a busy server as long as it asks, and loses nothing', async () => {
    let busy = 3
    doors.mood = (_request, response) => {
      if (busy-- <= 0) return false
      response.writeHead(503, { 'Retry-After': '1' }).end('{}')
      return true
    }
    await write('calls.csv', calls)
    await write('calls.replay.json', requestMapping)
    const before = performance.now()
    const [tally] = await play()
    expect(performance.now() - before).toBeGreaterThanOrEqual(990)
    expect(tally).toMatchObject({ sent: 3, accepted: 3 })
    expect(client.waits.busy).toBe(3)
  })

  it('counts a refusal by its reason, and a request whose answer never came as unsure', async () => {
    doors.mood = (_request, response, body) => {
      if (body.includes(encodeURIComponent('乙路'))) response.destroy()
      else if (body.includes(encodeURIComponent('戊路')))
        response.writeHead(400).end(JSON.stringify([{ code: 400, description: 'lat: outside' }]))
      else return false
      return true
    }
    await write('calls.csv', calls)
    await write('calls.replay.json', requestMapping)
    const [tally] = await play()
    expect(tally).toMatchObject({ sent: 3, accepted: 1, unsure: 1 })
    expect([...(tally?.refused ?? [])]).toEqual([['HTTP 400: lat: outside', 1]])
  })

  it('says what is wrong before it sends anything', async () => {
    await write('calls.csv', 'a,b\n1,2\n')
    await expect(play()).rejects.toThrow(UsageError)
    await write('calls.replay.json', { ...requestMapping, fields: { lat: { colum: 'y' } } })
    await expect(play()).rejects.toThrow(/calls\.replay\.json: fields\.lat/)
    await write('calls.replay.json', requestMapping)
    await expect(play()).rejects.toThrow(/has no column when/)
    expect(doors.forms).toEqual([])
  })

  it('sends at most the rows it is allowed', async () => {
    await write('depth.csv', '甲,乙\n1,1\n2,2\n3,3\n')
    await write('sites.csv', 'site,lat,lon,road\n')
    await write('depth.replay.json', sensorMapping)
    expect(await play({ limit: 2 })).toMatchObject([{ read: 4, accepted: 4 }])
  })
})

const losAngeles = new URL('../../../shared/data/los-angeles/', import.meta.url).pathname
describe.skipIf(!existsSync(losAngeles))('Los Angeles (skipped where the data is not beside the project)', () => {
  it('plays 9,999 requests and 207 detectors, all accounted for', async () => {
    const mapping = new URL('../../docs/replay/los-angeles/', import.meta.url).pathname
    const before = performance.now()
    const tallies = await play({ data: losAngeles, mapping, asNow: true })
    const took = (performance.now() - before) / 1000
    const of = (file: string) => tallies.find((tally) => tally.file.startsWith(file))
    expect(of('service-requests')).toMatchObject({ read: 9999, sent: 9999, accepted: 9999, missing: 0 })
    expect(doors.forms.filter((form) => !form.has('lat'))).toHaveLength(1753)
    expect(doors.forms.every((form) => form.has('address_string'))).toBe(true)
    const speeds = of('loop-detector')
    expect(speeds?.read).toBe(207 * 2016)
    expect((speeds?.accepted ?? 0) + (speeds?.missing ?? 0)).toBe(207 * 2016)
    expect(doors.observations.every((one) => one.value > 0)).toBe(true)
    expect(tallies.map((tally) => sumOf(tally.refused) + sumOf(tally.skipped) + tally.unsure)).toEqual([0, 0])
    expect(doors.things).toHaveLength(207)
    // Speed 600 needs 16 requests and 414 values a second.
    expect(9999 / took).toBeGreaterThan(16)
    expect((207 * 2016) / took).toBeGreaterThan(414)
  })
})
