/**
 * A real city's files through the public doors: what the file holds, what the doors answered and what the KPI page shows must agree.
 * The files are not part of the project; where they are absent this is skipped.
 */
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { CityAnswer, KpiAnswer, Page } from '../../shared/contract/http.ts'
import { openBrowser, type TestBrowser } from '../support/browser.ts'
import { root, run, signIn, startServer, type RunningServer } from '../support/program.ts'

const data = resolve(root, '../shared/data/los-angeles')
const isHere = existsSync(join(data, 'service-requests-2017-12.csv'))
if (!isHere) process.stdout.write(`Los Angeles: skipped, its files are not in ${data}\n`)

const mappings = join(root, 'docs/replay/los-angeles')
const hourMs = 3_600_000
type Case = { id: string; position: { coordinates: [number, number] } | null; districtId: string | null }
type Alarm = { sensorName: string; count: number }

const csv = (name: string) => parse(readFileSync(join(data, name)), { bom: true }) as string[][]

/** The speed rule told again in the plainest way: three readings in a row at or under 30 km/h raise, one above 35 returns. */
function jams(speedsMph: readonly number[]): number {
  let [raised, inRow, isOn] = [0, 0, false]
  for (const speed of speedsMph.map((mph) => mph * 1.609344)) {
    if (isOn) isOn = speed <= 35
    else if (speed > 30) inRow = 0
    else if (++inRow === 3) [raised, inRow, isOn] = [raised + 1, 0, true]
  }
  return raised
}

describe.skipIf(!isHere)('Los Angeles, whole, as fast as the doors take it', () => {
  let dir: string
  let server: RunningServer
  let browser: TestBrowser
  let cookie = ''
  const replay = (from: string, ...more: string[]) =>
    run('replay', from, '--mapping', mappings, '--as-now', '--speed', 'max', '--url', server.url, ...more)
  const get = async <T>(path: string): Promise<T> => {
    const answer = await fetch(`${server.url}/api/v1${path}`, { headers: { cookie } })
    if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T
  }
  async function all<Row>(path: string): Promise<Row[]> {
    const rows: Row[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Page<Row> = await get(`${path}limit=500${cursor === '' ? '' : `&cursor=${cursor}`}`)
      rows.push(...page.items)
      cursor = page.next
    }
    return rows
  }
  /** A day back from now: holds all of it also where the city's midnight falls into the replay. */
  const reportedBy = async (by: 'source' | 'class') => {
    const now = Date.now()
    const [from, to] = [now - 24 * hourMs, now + hourMs].map((at) => new Date(at).toISOString())
    const { rows, total } = await get<KpiAnswer>(`/kpi/groups?from=${from}&to=${to}&by=${by}`)
    return { total: total.reported, by: Object.fromEntries(rows.map((row) => [row.key, row.reported])) }
  }

  const [header = [], ...requests] = isHere ? csv('service-requests-2017-12.csv') : []
  const [detectors = [], ...steps] = isHere ? csv('loop-detector-speed.csv') : []
  const column = (name: string) => requests.map((row) => row[header.indexOf(name)] as string)

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'los-angeles-'))
    const divisions = (file: string, ...flags: string[]) => ['--divisions', join(data, file), ...flags]
    const made = await run(
      'make-city',
      'import',
      ...divisions('council-districts.geojson', '--id-field', 'external_id', '--name-template', '第{}选区'),
      ...divisions('neighbourhoods.geojson', '--id-field', 'OBJECTID', '--name-field', 'Name'),
      ...['--name', '洛杉矶', '--name-en', 'Los Angeles', '--time-zone', 'America/Los_Angeles', '--crews', '60'],
      ...['--out', join(dir, 'city')],
    )
    expect(made.output).toContain(
      'read 115 features, kept 115 (15 districts, 100 streets or neighbourhoods), left out 0',
    )
    // Builds the pages where they are stale: a server that runs already would go on with the old ones.
    browser = await openBrowser()
    server = await startServer({ env: { CITY: join(dir, 'city') } })
    cookie = await signIn(server.url, 'chief')
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    rmSync(dir, { recursive: true, force: true })
  })

  it('is a city of 15 districts and 100 neighbourhoods', async () => {
    const { profile } = await get<CityAnswer>('/city')
    expect(profile.divisions.filter((one) => one.level === 2)).toHaveLength(15)
    expect(profile.divisions.filter((one) => one.level === 3)).toHaveLength(100)
    expect(profile.timeZone).toBe('America/Los_Angeles')
  })

  it('counts the same in the file, at the doors and in the KPIs', async () => {
    expect([requests.length, column('Latitude').filter((text) => text === '').length]).toEqual([9999, 1753])
    expect([detectors.length, steps.length]).toEqual([207, 2016])
    const values = steps.flat().filter((text) => text !== '' && Number(text) !== 0).length
    const { code, output } = await replay(data, '--strict')
    const missing = detectors.length * steps.length - values
    expect(output).toMatch(new RegExp(`loop-detector-speed\\.csv +417312 +${values} +${values} +0 +${missing} +0 +0\n`))
    expect(output).toMatch(/service-requests-2017-12\.csv +9999 +9999 +9999 +0 +0 +0 +0\n/)
    expect(code, output).toBe(0)
    expect(await reportedBy('source')).toEqual({ total: 9999, by: { open311: 9999 } })
    const { classes } = JSON.parse(readFileSync(join(mappings, 'service-requests.json'), 'utf8')) as {
      classes: { table: Record<string, string>; default: string }
    }
    const expected: Record<string, number> = {}
    for (const kind of column('RequestType')) {
      const classCode = classes.table[kind] ?? classes.default
      expected[classCode] = (expected[classCode] ?? 0) + 1
    }
    expect((await reportedBy('class')).by).toEqual(expected)
    expect(await all('/incidents?located=false&')).toHaveLength(1753)
  })

  it('shows them on the KPI page', async () => {
    const { page, complaints } = await browser.open(server.url, 'manager', '/kpi?period=24h')
    const reported = page.locator('article').filter({ has: page.getByRole('heading', { name: '受理' }) })
    await reported.getByText('9,999', { exact: true }).waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('raises congestion where three speeds in a row say so, and nowhere else', async () => {
    const expected = detectors.flatMap((id, at) => {
      const count = jams(steps.map((row) => Number(row[at])))
      return count === 0 ? [] : [[`Loop detector ${id}`, count] as const]
    })
    expect(expected.length).toBeGreaterThan(100)
    // Nobody acknowledges here, so a detector has one alarm, raised again each time.
    const alarms = await all<Alarm>('/alarms?')
    expect(new Map(alarms.map((one) => [one.sensorName, one.count]))).toEqual(new Map(expected))
    expect(alarms).toHaveLength(expected.length)
  })

  it('takes a zero for a missing value and no jam', async () => {
    const before = await all<Alarm>('/alarms?')
    const zeros = Array.from({ length: 5 }, () => detectors.map(() => '0').join(','))
    writeFileSync(join(dir, 'loop-detector-speed.csv'), [detectors.join(','), ...zeros, ''].join('\n'))
    copyFileSync(join(data, 'loop-detector-locations.csv'), join(dir, 'loop-detector-locations.csv'))
    const { output } = await replay(join(dir, 'loop-detector-speed.csv'))
    expect(output).toMatch(/loop-detector-speed\.csv +1035 +0 +0 +0 +1035 +0 +0\n/)
    expect(await all<Alarm>('/alarms?')).toEqual(before)
  })

  it('lets the desk locate by hand what came without a position', async () => {
    const unlocated = () => all<Case>('/incidents?located=false&')
    const before = await unlocated()
    const [neighbour] = (await get<Page<Case>>('/incidents?located=true&district=13&limit=1')).items
    const { page, complaints } = await browser.open(server.url, 'duty', '/desk')
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.locator('canvas').first().waitFor()
    // The map goes to a case in district 13 and stays there when one without a place is chosen.
    await page.keyboard.press('/')
    await page.keyboard.type(neighbour?.id ?? '')
    // Ten thousand rows may still be on their way: the one looked for is there before it is stepped to.
    await page.locator(`[data-key$="${neighbour?.id}"]`).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('j')
    await page
      .getByText(neighbour?.id ?? '')
      .last()
      .waitFor()
    await page.keyboard.press('/')
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.press('Backspace')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '未定位' }).click()
    await page.keyboard.press('j')
    await page.keyboard.press('m')
    await page.keyboard.press('Enter')
    await vi.waitFor(async () => expect(await unlocated()).toHaveLength(1752), { timeout: 20_000 })
    const left = new Set((await unlocated()).map((one) => one.id))
    const found = before.find((one) => !left.has(one.id))
    const [lon, lat] = neighbour?.position?.coordinates ?? []
    expect(await get<Case>(`/incidents/${found?.id}`)).toMatchObject({
      districtId: '13',
      position: { coordinates: [expect.closeTo(lon ?? 0, 4), expect.closeTo(lat ?? 0, 4)] },
    })
    expect(complaints).toEqual([])
  })
})
