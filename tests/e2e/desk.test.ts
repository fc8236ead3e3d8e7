/**
 * The whole loop on open pages: a reading crosses its limit, the duty officer sends a crew by four keys, the crew works, the department
 * answers, it is checked and closed; wall, desk and KPI page show each step of it, and a citizen hears what became of the report.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, type OpenPage, type TestBrowser } from '../support/browser.ts'
import { seenBy, watchFor } from '../support/page-watch.ts'
import { ingestKey, signIn, startServer, type RunningServer } from '../support/program.ts'

/** A step is on every page this soon after its command's ack. */
const shownWithinMs = 1_000
/** Room for a busy machine of two cores, on which one step may be unlucky. */
const unluckyMs = 2_000
const key = { 'content-type': 'application/json', 'x-api-key': ingestKey }

let server: RunningServer
let browser: TestBrowser
const pages = {} as Record<'desk' | 'wall' | 'kpi', OpenPage>
/** `heldMs`: how long the page's only thread was held meanwhile, above all by the map, which is drawn without a graphics card here. */
const delays: { step: string; page: string; ms: number; heldMs: number }[] = []

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
  pages.desk = await browser.open(server.url, 'duty', '/desk')
  pages.wall = await browser.open(server.url, 'wall', '/wall')
  pages.kpi = await browser.open(server.url, 'manager', '/kpi')
  for (const { page } of Object.values(pages)) {
    // Without a graphics card each frame of a camera's flight is drawn by the processor that is being measured.
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.getByText('实时').first().waitFor()
  }
  // Its first numbers are there.
  await pages.kpi.page.getByRole('article').first().getByRole('button').last().waitFor()
})
afterAll(async () => {
  for (const { step, page, ms, heldMs } of delays) console.info(`${step} on ${page}: ${ms} ms, held ${heldMs} ms`)
  await browser?.close()
  await server?.stop()
})

const cookies = new Map<string, string>()
async function submit(who: string, command: Record<string, unknown>): Promise<Record<string, unknown>> {
  const cookie = cookies.get(who) ?? (await signIn(server.url, who))
  cookies.set(who, cookie)
  const answer = await fetch(`${server.url}/api/v1/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, origin: server.url },
    body: JSON.stringify({ commandId: randomUUID(), ...command }),
  })
  const body = (await answer.json()) as { ok: boolean; data: Record<string, unknown>; error?: unknown }
  if (!body.ok) throw new Error(`${String(command['type'])} by ${who}: ${JSON.stringify(body.error)}`)
  return body.data
}

type Expected = readonly [page: keyof typeof pages, selector: string, words: readonly string[], not?: boolean]

const watch = ([page, ...expected]: Expected) => watchFor(pages[page].page, ...expected)
const shows = async (...expected: Expected) => void (await seenBy(await watch(expected)))

/** Does a step and measures how long each page takes to show it: from the command's ack, or from the key that sends it. */
async function step(name: string, act: () => Promise<unknown>, expected: readonly Expected[]): Promise<void> {
  const watches = await Promise.all(expected.map(watch))
  await act()
  const doneAt = Date.now()
  for (const [index, { at, heldMs }] of (await Promise.all(watches.map(seenBy))).entries())
    delays.push({ step: name, page: expected[index]?.[0] ?? '', ms: Math.max(0, at - doneAt), heldMs })
}
const detail = 'section[aria-label="详情"]'
const queueRow = '[role="option"]'
const kpiCount = async (name: string) =>
  Number(
    await pages.kpi.page
      .getByRole('article')
      .filter({ has: pages.kpi.page.getByRole('heading', { name, exact: true }) })
      .getByRole('button')
      .last()
      .innerText()
      .then((text) => text.replace(/\D/g, '')),
  )

/** A road that has run free and stands still: three readings in a row below the limit, which is what the rule asks for. */
async function jam(): Promise<void> {
  const thing = await fetch(`${server.url}/sta/v1.1/Things`, {
    method: 'POST',
    headers: key,
    body: JSON.stringify({
      name: '海棠路车速检测999',
      description: '车速',
      Locations: [
        {
          name: '海棠路',
          description: '海棠路',
          encodingType: 'application/geo+json',
          location: { type: 'Point', coordinates: [122.9, 30.98] },
        },
      ],
      Datastreams: [
        {
          name: '海棠路车速检测999',
          description: '车速',
          observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
          unitOfMeasurement: { name: 'km/h', symbol: 'km/h', definition: 'https://unitsofmeasure.org/' },
          properties: { kind: 'road-speed' },
          ObservedProperty: {
            name: 'road-speed',
            definition: 'urn:tongguan:property:road-speed',
            description: 'speed',
          },
          Sensor: { name: 'radar', description: 'radar', encodingType: 'text/plain', metadata: 'radar' },
        },
      ],
    }),
  })
  expect(thing.status).toBe(201)
  const { '@iot.id': thingId } = (await thing.json()) as { '@iot.id': number }
  const list = await fetch(`${server.url}/sta/v1.1/Things(${thingId})/Datastreams?$select=@iot.id`, { headers: key })
  const [stream] = ((await list.json()) as { value: { '@iot.id': number }[] }).value
  const now = Date.now()
  for (const [at, result] of [48, 12, 11, 9].entries()) {
    const answer = await fetch(`${server.url}/sta/v1.1/Datastreams(${stream?.['@iot.id']})/Observations`, {
      method: 'POST',
      headers: key,
      body: JSON.stringify({ result, phenomenonTime: new Date(now - (3 - at) * 1000).toISOString() }),
    })
    expect(answer.status).toBe(201)
  }
}

describe('the loop', () => {
  let incidentId = ''
  let unitId = ''
  let title = ''

  it('a reading below its limit stands in the queue as an alarm', async () => {
    await step('alarm', jam, [
      ['desk', queueRow, ['严重拥堵', '海棠路车速检测999', '未确认']],
      ['wall', 'li', ['海棠路车速检测999', '未确认']],
    ])
  })

  it('four keys and less than eight seconds from the new alarm to the crew sent', async () => {
    const { page } = pages.desk
    const startedAt = performance.now()
    const before = delays.length
    let presses = 0
    const press = async (name: string) => {
      presses += 1
      await page.keyboard.press(name)
    }
    const reported = await kpiCount('受理')
    await step('alarm chosen', () => press('j'), [['desk', detail, ['海棠路车速检测999', '限值 15']]])
    // Steps begun by a key are timed from the key, which is earlier than the ack.
    await step('case opened', () => press('o'), [
      ['desk', `${detail} [data-verb="dispatch"]`, ['派遣']],
      ['wall', 'li', ['海棠路车速检测999', '待派遣']],
      ['kpi', 'article', ['受理', `${reported + 1}件`]],
    ])
    await step('crews proposed', () => press('d'), [['desk', `${detail} [aria-current="true"]`, ['预计', '公里']]])
    unitId = (await page.locator(`${detail} [aria-current="true"]`).getAttribute('data-unit')) ?? ''
    await step('crew sent', () => press('Enter'), [
      ['desk', detail, ['待接令', '已派未接']],
      ['wall', 'li', ['海棠路车速检测999', '待接令']],
    ])
    const tookMs = performance.now() - startedAt
    const heldMs = delays.slice(before).reduce((sum, one) => sum + (one.page === 'desk' ? one.heldMs : 0), 0)
    console.info(
      `from the alarm to the crew: ${presses} presses, ${Math.round(tookMs)} ms, held ${heldMs} ms by drawing`,
    )
    expect(presses).toBeLessThanOrEqual(4)
    expect(tookMs - heldMs).toBeLessThan(8_000)
    incidentId = (await page.locator('[role="option"][aria-selected="true"]').getAttribute('data-key'))?.slice(9) ?? ''
    title = (await page.locator(`${detail} h2`).first().innerText()).trim()
    expect(incidentId).toMatch(/^\d{8}-\d{6}$/)
    expect(unitId).not.toBe('')
  })

  it('the crew works, and every page follows', async () => {
    const crew = `crew-${unitId.toLowerCase()}`
    const on = { incidentId, unitId }
    const next = (verb: string, shown: readonly Expected[]) =>
      step(verb, () => submit(crew, { type: `incident.${verb}`, ...on }), shown)
    await next('acknowledge', [
      ['desk', detail, ['处置中', '已接令']],
      ['wall', 'li', [title, '处置中']],
    ])
    // The wall tells the case, not each move of its crew.
    await next('depart', [['desk', detail, ['途中已']]])
    await next('arrive', [['desk', detail, ['到场已']]])
    await step('finish', () => submit(crew, { type: 'incident.finish', ...on, note: '已疏导' }), [
      ['desk', queueRow, [title, '待反馈']],
      ['wall', 'li', [title, '待反馈']],
    ])
  })

  it('the department answers, the officer checks and closes by keyboard', async () => {
    const { page } = pages.desk
    await step('feed-back', () => submit('dept', { type: 'incident.feed-back', incidentId, note: '路面已畅通' }), [
      ['desk', queueRow, [title, '待核查']],
      ['wall', 'li', [title, '待核查']],
    ])
    // An act that asks for words takes what is typed, also where a letter is another act's key.
    await page.keyboard.press('t')
    await page.keyboard.type('pdcx')
    await step('comment', () => page.keyboard.press('Enter'), [['desk', `${detail} li[data-said]`, ['pdcx']]])
    await step('pass-check', () => page.keyboard.press('p'), [
      ['desk', queueRow, [title, '待结案']],
      ['wall', 'li', [title, '待结案']],
    ])
    const closed = await kpiCount('结案')
    // How it ended is chosen by its digits, never by Enter alone.
    await page.keyboard.press('c')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.type('18')
    await step('close', () => page.keyboard.press('Enter'), [
      ['desk', detail, ['已结案']],
      ['desk', queueRow, [title], true],
      ['wall', 'li', [title, '待结案'], true],
      ['kpi', 'article', ['结案', `${closed + 1}件`]],
    ])
    // Still selected, so it can be read, and evaluated by keys alone.
    await page.keyboard.press('e')
    await page.getByRole('dialog').getByRole('radio').first().waitFor()
    await page.keyboard.press('ArrowLeft')
    await step('evaluate', () => page.keyboard.press('Enter'), [['desk', detail, ['已评价']]])
  })
})

describe('a citizen’s report', () => {
  let incidentId = ''
  const told = async () => {
    const answer = await fetch(`${server.url}/open311/v2/requests/${incidentId}.json`)
    return ((await answer.json()) as { status: string; status_notes: string }[])[0]
  }

  it('enters the same queue', async () => {
    const body = {
      api_key: ingestKey,
      service_code: 'E0506',
      lat: '30.981',
      long: '122.905',
      address_string: '枫林街12号',
      description: '门口积水没过脚踝',
      first_name: '王',
      phone: '13812345678',
    }
    const report = async () => {
      const answer = await fetch(`${server.url}/open311/v2/requests.json`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(body).toString(),
      })
      expect(answer.status).toBeLessThan(300)
      incidentId = ((await answer.json()) as { service_request_id: string }[])[0]?.service_request_id ?? ''
    }
    await step('citizen reports', report, [
      ['desk', queueRow, ['枫林街12号', '待受理']],
      ['wall', 'li', ['枫林街12号', '待受理']],
    ])
    expect(await told()).toMatchObject({ status: 'open' })
  })

  it('shows its reporter masked, and whole only to whoever asks by key', async () => {
    const { page } = pages.desk
    await page.keyboard.press('Home')
    await shows('desk', detail, ['枫林街12号', '138****5678'])
    await page.keyboard.press('s')
    await shows('desk', detail, ['13812345678'])
  })

  it('is told how it ended', async () => {
    const { page } = pages.desk
    await step('file', () => page.keyboard.press('f'), [
      ['desk', queueRow, ['枫林街12号', '待派遣']],
      ['wall', 'li', ['枫林街12号', '待派遣']],
    ])
    await page.keyboard.press('d')
    await shows('desk', `${detail} [aria-current="true"]`, ['预计'])
    await page.keyboard.press('j')
    const unitId = (await page.locator(`${detail} [aria-current="true"]`).getAttribute('data-unit')) ?? ''
    // Another than the first proposed is sent with a reason.
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.type('第一组另有安排')
    await step('second crew sent', () => page.keyboard.press('Enter'), [['desk', detail, ['待接令', '已派未接']]])
    const on = { incidentId, unitId }
    for (const verb of ['acknowledge', 'arrive', 'finish'])
      await submit(`crew-${unitId.toLowerCase()}`, { type: `incident.${verb}`, ...on })
    await submit('dept', { type: 'incident.feed-back', incidentId, note: '已抽排，路面无积水' })
    for (const verb of ['pass-check', 'close']) await submit('duty', { type: `incident.${verb}`, incidentId })
    await shows('desk', detail, ['已结案'])
    expect(await told()).toMatchObject({
      status: 'closed',
      status_notes: expect.stringContaining('已抽排，路面无积水'),
    })
  })
})

it('no page complained, asked another host, or took longer than it may', () => {
  for (const [name, { complaints }] of Object.entries(pages)) expect(complaints, name).toEqual([])
  const slowest = delays.reduce((worst, one) => (one.ms > worst.ms ? one : worst))
  const median = delays.map((one) => one.ms).sort((a, b) => a - b)[Math.floor(delays.length / 2)] ?? Infinity
  console.info(
    `${delays.length} steps seen: median ${median} ms, slowest ${slowest.ms} ms (${slowest.step}, ${slowest.page})`,
  )
  expect(median).toBeLessThanOrEqual(shownWithinMs)
  expect(delays.filter((one) => one.ms - one.heldMs > shownWithinMs + unluckyMs)).toEqual([])
})
