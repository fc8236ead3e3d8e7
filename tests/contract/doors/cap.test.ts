/** The CAP door before a real engine and store: real files, messages of our own, and the city's own alerts read back. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCapDoor } from '../../../server/src/doors/cap/door.ts'
import { readAlert } from '../../../server/src/doors/cap/read-alert.ts'
import { createCityTime } from '../../../server/src/platform/city-time.ts'
import type { FieldError } from '../../../shared/model/refusal.ts'
import { capAlert, capInfo, referTo, type CapParts } from '../../support/cap-alert.ts'
import { FakeLog, FakeMetrics, doorKey, fakeKeys, serve } from '../../support/doors-fakes.ts'
import { openTestStore } from '../../support/embedded.ts'
import { HandClock, person, startTestEngine, testNoon, type TestEngine } from '../../support/engine.ts'

const real = '../shared/data/cap'
const hasReal = existsSync(`${real}/cap12.xsd`)
const hasXmllint = (() => {
  try {
    execFileSync('xmllint', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()
const clock = new HandClock()
const log = new FakeLog()
const metrics = new FakeMetrics()
const iso = createCityTime('Asia/Shanghai')
const closers: (() => Promise<unknown>)[] = []
let test: TestEngine
let url = ''
let restart: () => Promise<void>

beforeAll(async () => {
  const store = await openTestStore({ clock })
  test = await startTestEngine({ store: store.engineStore, clock })
  restart = async () => {
    await test.stop()
    test = await startTestEngine({ store: store.engineStore, clock })
    door = createCapDoor({ ...parts(), readModels: store.readModels })
  }
  const parts = () => ({ engine: test.engine, city: test.city, keys: fakeKeys, clock, log, metrics, iso })
  let door = createCapDoor({ ...parts(), readModels: store.readModels })
  const served = await serve('/cap', ((...args: Parameters<typeof door>) => door(...args)) as typeof door)
  url = `${served.url}/v1.2/alerts`
  closers.push(
    () => served.close(),
    () => test.stop(),
    () => store.close(),
  )
})
afterAll(async () => {
  for (const close of closers) await close()
  expect([...log.errors, ...test.errors]).toEqual([])
})

interface Answer {
  readonly id?: string | null
  readonly outcome?: string
  readonly ended?: string[]
  readonly message?: string
  readonly details?: { readonly fields: FieldError[] }
}
async function post(body: string | Uint8Array, headers: Record<string, string> = {}) {
  const type = { 'content-type': 'application/cap+xml', 'x-api-key': doorKey }
  const answer = await fetch(url, { method: 'POST', headers: { ...type, ...headers }, body: body as BodyInit })
  return { status: answer.status, json: (await answer.json()) as Answer, location: answer.headers.get('location') }
}
const send = (parts: CapParts) => post(capAlert(parts))
async function get(path: string, key = doorKey) {
  const answer = await fetch(`${url}${path}`, { headers: { 'x-api-key': key } })
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() }
}
const problemOf = async (parts: CapParts | string) => {
  const { status, json } = typeof parts === 'string' ? await post(parts) : await send(parts)
  expect(status, JSON.stringify(json)).toBe(400)
  return json.details?.fields.map(({ field, problem }) => `${field} ${problem}`).join('\n')
}
const inForce = (id: string | null | undefined) => test.engine.view.warnings.get(id ?? '')

describe.skipIf(!hasReal)(`real files${hasReal ? '' : ` (SKIPPED: no ${real})`}`, () => {
  it.each([
    ['earthquake.cap', /^alert is CAP 1\.1: must be CAP 1\.2/],
    ['weather.cap', /^alert is CAP 1\.1/],
    ['no_optional_fields.cap', /^alert is CAP 1\.1/],
    ['noaa_errors.cap', /^alert is CAP 1\.1/],
    ['invalid.cap', /^alert\.scope is mandatory: one of Public, Restricted, Private$/],
    ['xee.cap', /DOCTYPE/],
    ['cap12.xsd', /^alert must be the root element/],
    ['weather_index.atom', /^alert must be the root element/],
  ])('%s is refused by name', async (file, words) => {
    expect(await problemOf(readFileSync(`${real}/${file}`, 'utf8'))).toMatch(words)
  })

  it('canada.cap is valid: a warning in its own time, noted when it is over', async () => {
    const text = readFileSync(`${real}/canada.cap`, 'utf8')
    expect(await post(text)).toMatchObject({ status: 200, json: { outcome: 'expired', id: null } })
    const later = text.replace(/2012-05-03T00:20:00-00:00/g, '2026-08-02T00:20:00-00:00').replace('.2012<', '.2026<')
    const taken = await post(later)
    expect(taken).toMatchObject({ status: 201, json: { outcome: 'published' } })
    expect(inForce(taken.json.id)).toMatchObject({
      colour: 'blue',
      event: 'thunderstorm',
      headlineEn: 'severe thunderstorm watch',
      issuedBy: 'Environment Canada',
      urgency: 'Past',
      districtIds: [],
      source: { sender: 'cap@ec.gc.ca' },
    })
    expect(inForce(taken.json.id)?.polygons).toHaveLength(2)
    expect(inForce(taken.json.id)?.polygons[0]?.[0]?.[0]).toEqual([-82.9314, 42.3481])
    await test.must(person('duty'), { type: 'warning.lift', warningId: taken.json.id ?? '', reason: 'elsewhere' })
  })

  it('xee.cap costs nothing', () => {
    const bytes = readFileSync(`${real}/xee.cap`)
    const startedAt = performance.now()
    for (let i = 0; i < 100; i++) expect(readAlert(bytes, () => []).ok).toBe(false)
    expect((performance.now() - startedAt) / 100).toBeLessThan(20)
  })
})

describe('a valid alert', () => {
  it('becomes a warning, stored, once', async () => {
    const first = await send({ identifier: 'A1' })
    expect(first).toMatchObject({ status: 201, json: { outcome: 'published', ended: [] } })
    expect(first.location).toBe(`/cap/v1.2/alerts/${first.json.id}.cap`)
    expect(inForce(first.json.id)).toMatchObject({
      colour: 'orange',
      event: '暴雨',
      description: '三小时内降雨量将达 50 毫米以上 & 局地更多',
      instruction: '避开低洼路段',
      areaText: '滨河一带',
      // The polygon lies in one, the circle in the other.
      districtIds: ['d1', 'd2'],
      circles: [{ centre: [121.7, 31.2], radiusKm: 2.5 }],
      issuedBy: '市气象台',
      issuedAt: Date.parse('2026-07-01T08:00:00+08:00'),
      exercise: false,
    })
    const again = await send({ identifier: 'A1', sent: '2026-07-01T00:00:00+00:00' })
    expect(again).toMatchObject({ status: 200, json: { id: first.json.id, outcome: 'known' } })
    await restart()
    expect(await send({ identifier: 'A1' })).toMatchObject({ status: 200, json: { id: first.json.id } })
    expect(inForce(first.json.id)?.source).toMatchObject({ identifier: 'A1', sender: 'met@example.org' })
  })

  it('prefers Chinese and keeps the English', async () => {
    const english = capInfo({ language: 'en-US', event: 'Rainstorm', headline: 'Heavy rain', severity: 'Minor' })
    const { json } = await send({ identifier: 'A2', infos: [english, capInfo({ language: 'zh-Hans-CN' })] })
    expect(inForce(json.id)).toMatchObject({
      event: '暴雨',
      eventEn: 'Rainstorm',
      headlineEn: 'Heavy rain',
      colour: 'orange',
    })
  })

  it('is drawn of all its infos of that language, coloured by the gravest, and ends with the last', async () => {
    const area = (x: number) =>
      `<area><areaDesc>第${x}片</areaDesc><polygon>31,121.${x} 31,121.9 31.5,121.9 31,121.${x}</polygon></area>`
    const { json } = await send({
      identifier: 'A3',
      infos: [
        capInfo({ area: area(1), expires: '2026-08-03T08:00:00+08:00' }),
        capInfo({ area: area(2), headline: '大风红色预警' }),
      ],
    })
    const warning = inForce(json.id)
    expect(warning).toMatchObject({ colour: 'red', areaText: '第2片；第1片' })
    expect(warning?.polygons).toHaveLength(2)
    expect(warning?.expiresAt).toBe(Date.parse('2026-08-03T08:00:00+08:00'))
  })

  it('finds divisions by geocode, however long', async () => {
    const geocode = '<geocode><valueName>div</valueName><value>d2</value></geocode>'
    const area = `<area><areaDesc>东区</areaDesc>${geocode}</area>`
    const { json } = await send({ identifier: 'A4', infos: [capInfo({ area })] })
    expect(inForce(json.id)).toMatchObject({ districtIds: ['d2'], polygons: [] })
  })

  it('is marked where it is an exercise, and not shown where it is a draft or an answer', async () => {
    const drill = await send({ identifier: 'A5', status: 'Exercise' })
    expect(inForce(drill.json.id)).toMatchObject({ exercise: true, status: 'Exercise' })
    for (const parts of [{ status: 'Draft' }, { status: 'System' }, { msgType: 'Ack', more: referTo('A1') }])
      expect(await send({ identifier: `A6${JSON.stringify(parts).length}`, ...parts })).toMatchObject({
        status: 200,
        json: { outcome: 'noted', id: null },
      })
  })

  it('may be of a prefix, with a signature, comments and CDATA', async () => {
    const prefixed = capAlert({ identifier: 'A7' })
      .replace('xmlns=', 'xmlns:c=')
      .replaceAll(/<(\/?)(?=[a-zA-Z])/g, '<$1c:')
      .replace('>暴雨<', '><!-- ! --><![CDATA[暴雨 <b>&amp;]]><')
      .replace(
        '</c:alert>',
        '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X/></ds:Signature></c:alert>',
      )
    const { status, json } = await post(prefixed)
    expect(status, JSON.stringify(json)).toBe(201)
    expect(inForce(json.id)?.event).toBe('暴雨 <b>&amp;')
  })

  it('without an end lasts a day from its beginning', async () => {
    const info = capInfo().replace(/<expires>.*<\/expires>\n/, '')
    const sent = '2026-08-01T08:00:00+08:00'
    const { json } = await send({ identifier: 'A8', sent, infos: [info] })
    expect(inForce(json.id)?.expiresAt).toBe(Date.parse(sent) + 86_400_000)
  })
})

describe('Update and Cancel', () => {
  it('replace and lift what they refer to', async () => {
    const one = (await send({ identifier: 'U1' })).json.id
    const update = await send({ identifier: 'U2', msgType: 'Update', more: referTo('U1') })
    expect(update).toMatchObject({ status: 201, json: { outcome: 'published', ended: [one] } })
    const cancel = { identifier: 'U3', msgType: 'Cancel', more: `<note>雨停了</note>${referTo('U2')}`, infos: [] }
    expect(await send(cancel)).toMatchObject({ status: 200, json: { outcome: 'lifted', ended: [update.json.id] } })
    expect(inForce(update.json.id)).toBeUndefined()
  })

  it('of the unknown: the one is new, the other refused', async () => {
    expect(await send({ identifier: 'U4', msgType: 'Update', more: referTo('never') })).toMatchObject({ status: 201 })
    const cancel = await send({ identifier: 'U5', msgType: 'Cancel', more: referTo('never') })
    expect(cancel).toMatchObject({ status: 404, json: { details: { fields: [{ field: 'alert.references' }] } } })
  })
})

describe('a refusal names the element and what is allowed', () => {
  const info = (from: string | RegExp, to: string): CapParts => ({ infos: [capInfo().replace(from, to)] })
  const polygon = (text: string) => info(/<polygon>.*<\/polygon>/, `<polygon>${text}</polygon>`)
  const circle = (text: string) => info(/<circle>.*<\/circle>/, `<circle>${text}</circle>`)
  it.each<[CapParts, RegExp]>([
    [{ namespace: 'urn:oasis:names:tc:emergency:cap:1.1' }, /^alert is CAP 1\.1: must be CAP 1\.2/],
    [{ namespace: 'http://www.incident.com/cap/1.0' }, /^alert is CAP 1\.0/],
    [{ namespace: 'urn:x' }, /^alert is in the namespace urn:x/],
    [{ identifier: 'a b' }, /^alert\.identifier must have no space, comma, < or &$/],
    [{ identifier: 'a,b' }, /^alert\.identifier/],
    [{ identifier: '' }, /^alert\.identifier is mandatory, and empty/],
    [{ sender: 'a&amp;b' }, /^alert\.sender/],
    [{ sender: 'a&lt;b' }, /^alert\.sender/],
    [{ sent: '2026-07-01T08:00:00Z' }, /^alert\.sent must be a time with its offset/],
    [{ sent: '2026-07-01T08:00:00.5+08:00' }, /^alert\.sent/],
    [{ sent: '2026-02-30T08:00:00+08:00' }, /^alert\.sent/],
    [{ status: 'actual' }, /^alert\.status must be one of Actual, Exercise, System, Test, Draft$/],
    [{ msgType: 'New' }, /^alert\.msgType must be one of Alert, Update, Cancel, Ack, Error$/],
    [{ scope: 'All' }, /^alert\.scope must be one of Public, Restricted, Private$/],
    [{ scope: 'Restricted' }, /^alert\.restriction is mandatory with scope Restricted/],
    [{ scope: 'Private' }, /^alert\.addresses is mandatory with scope Private/],
    [{ infos: [] }, /^alert\.info is mandatory with msgType Alert/],
    [{ msgType: 'Update' }, /^alert\.references is mandatory with msgType Update/],
    [{ msgType: 'Cancel', more: '<references>a,b</references>' }, /^alert\.references must be sender,identifier,sent/],
    [{ msgType: 'Ack', more: '<references>a,b,2026-07-01</references>' }, /^alert\.references/],
    [{ more: '<colour>red</colour>' }, /^alert\.colour is no element of CAP 1\.2; here stand identifier, /],
    [{ more: '<note>a</note><note>b</note>' }, /^alert\.note must stand once/],
    [{ more: '<note>a</note><code>b</code>' }, /^alert\.code must stand before note/],
    [info('Met', 'Weather'), /^alert\.info\.0\.category\.0 must be one of Geo, Met,/],
    [info(/<event>.*<\/event>\n/, ''), /^alert\.info\.0\.event is mandatory/],
    [info('Expected', 'Soon'), /^alert\.info\.0\.urgency must be one of Immediate, /],
    [info(/<severity>.*<\/severity>/, '<severity></severity>'), /^alert\.info\.0\.severity must be one of Extreme/],
    [
      info('>Severe<', '>Orange<'),
      /^alert\.info\.0\.severity must be one of Extreme, Severe, Moderate, Minor, Unknown/,
    ],
    [info('Likely', 'Very Likely'), /^alert\.info\.0\.certainty must be one of Observed/],
    [info('Prepare', 'Run'), /^alert\.info\.0\.responseType\.0 must be one of Shelter/],
    [info('zh-CN', '中文'), /^alert\.info\.0\.language must be a language tag/],
    [info(/(<expires>).*(<\/expires>)/, '$1tomorrow$2'), /^alert\.info\.0\.expires must be a time/],
    [
      info(/(<expires>).*(<\/expires>)/, '$12028-08-02T08:00:00+08:00$2'),
      /^alert\.info\.0\.expires is more than a year/,
    ],
    [info('<areaDesc>滨河一带</areaDesc>', ''), /^alert\.info\.0\.area\.0\.areaDesc is mandatory/],
    [polygon('31,121 31,122 31,121'), /^alert\.info\.0\.area\.0\.polygon\.0 must have at least four points/],
    [polygon('31,121 31,122 32,122 31,121.1'), /polygon\.0 must be closed/],
    [polygon('121,31 122,31 122,32 121,31'), /polygon\.0 must be points lat,lon .* point 1 is not$/],
    [polygon('31,121 31,181 32,122 31,121'), /point 2 is not$/],
    [polygon('31 121 31 122'), /point 1 is not/],
    [circle('31,121'), /circle\.0 must be lat,lon radius/],
    [circle('31,121 -1'), /circle\.0/],
    [circle('91,121 1'), /circle\.0/],
    [circle('31,121 20041'), /circle\.0/],
    [info('</area>', '<ceiling>1</ceiling></area>'), /area\.0\.ceiling needs altitude/],
    [{ sender: 'tongguan.small' }, /^alert\.sender is this city itself/],
  ])('%j', async (parts, words) => {
    expect(await problemOf(parts)).toMatch(words)
  })

  it('also for what is no alert at all', async () => {
    const entities = Array.from({ length: 20 }, (_, i) => `<!ENTITY e${i + 1} "&e${i};&e${i};">`).join('')
    const laughs = `<!DOCTYPE a [<!ENTITY e0 "ha">${entities}]>`
    expect(await problemOf(capAlert().replace('<alert', `${laughs}<alert`))).toMatch(/DOCTYPE/)
    expect(await problemOf(capAlert().replace('<status>', '<!DOCTYPE x><status>'))).toMatch(/DOCTYPE/)
    expect(await problemOf(capAlert().replace('暴雨', '&xxe;'))).toMatch(/holds &xxe;/)
    expect(await problemOf(capAlert().replace('UTF-8', 'GB2312'))).toMatch(/GB2312/)
    expect(await problemOf(capAlert().replace('</info>', ''))).toMatch(/not well-formed/)
    expect(await problemOf('')).toMatch(/is empty/)
    expect(await problemOf(capAlert({ more: '<x/>'.repeat(20_001) }))).toMatch(/20000 tags/)
    expect(await problemOf(`<alert a="1" ${capAlert().split('<alert ')[1] ?? ''}`)).toMatch(/attribute a/)
    expect((await post('x'.repeat(262_145))).status).toBe(413)
    expect((await post(capAlert(), { 'content-type': 'application/json' })).status).toBe(415)
  })
})

describe('who may', () => {
  it('shows a key that opens the door, to write and to read', async () => {
    expect((await post(capAlert(), { 'x-api-key': '' })).status).toBe(401)
    expect((await post(capAlert(), { 'x-api-key': 'only-open311' })).status).toBe(403)
    expect((await get('.atom', 'only-open311')).status).toBe(403)
    expect((await get('/W1.cap', '')).status).toBe(401)
    expect((await get('')).status).toBe(405)
    expect((await get('/W99999.cap')).status).toBe(404)
    expect((await get('/%E0%A4.cap')).status).toBe(400)
    expect((await get('/x')).status).toBe(404)
  })
})

describe('the key of drills', () => {
  const key = { 'x-api-key': 'key-of-drills' }

  it('opens while a drill runs, and marks whatever it brings', async () => {
    const before = await post(capAlert({ identifier: 'D0' }), key)
    expect([before.status, before.json.message]).toEqual([403, expect.stringMatching(/drill/)])
    const chief = person('chief')
    const start = { type: 'drill.start', scenario: 'rainstorm', countsInKpi: false, seed: null } as const
    const { drillId } = await test.must(chief, start)
    const taken = await post(capAlert({ identifier: 'D1' }), key)
    expect(inForce(taken.json.id)).toMatchObject({ status: 'Exercise', exercise: true })
    await test.must(chief, { type: 'drill.end', drillId: String(drillId), reason: 'done' })
    expect(inForce(taken.json.id)).toBeUndefined()
  })
})

describe('the city’s own alerts', () => {
  const publish = (over: object = {}) =>
    test.must(person('duty'), {
      type: 'warning.publish',
      colour: 'red',
      event: '暴雨 <&>\u0000',
      headline: '全市暴雨红色预警 "]]>" &amp;',
      description: 'd\u0001\nd',
      instruction: '',
      districtIds: ['d1'],
      expiresAt: testNoon + 3_600_000,
      exercise: false,
      ...over,
    } as Parameters<TestEngine['must']>[1])
  /** Read by our own door, as another city would. */
  const readBack = (text: string) => {
    const read = readAlert(Buffer.from(text), ({ geocodes }) => geocodes)
    if (!read.ok) throw new Error(JSON.stringify(read.errors))
    return read.alert
  }
  const checkSchema = (text: string) => {
    const dir = mkdtempSync(join(tmpdir(), 'tongguan-cap-'))
    try {
      writeFileSync(join(dir, 'alert.cap'), text)
      execFileSync('xmllint', ['--noout', '--nonet', '--schema', `${real}/cap12.xsd`, join(dir, 'alert.cap')])
    } finally {
      rmSync(dir, { recursive: true })
    }
  }
  const texts: string[] = []

  it('read back as they were meant', async () => {
    const { warningId } = await publish()
    const { status, type, text } = await get(`/${String(warningId)}.cap`)
    expect([status, type]).toEqual([200, 'application/cap+xml; charset=utf-8'])
    texts.push(text)
    const alert = readBack(text)
    expect(alert).toMatchObject({
      name: { sender: 'tongguan.small', sentAt: testNoon },
      status: 'Actual',
      msgType: 'Alert',
      facts: { colour: 'red', event: '暴雨 <&>', headline: '全市暴雨红色预警 "]]>" &amp;', severity: 'Extreme' },
    })
    expect(alert.facts).toMatchObject({ districtIds: ['d1'], areaText: 'd1区', categories: ['Met'], issuedBy: '小城' })
    expect(alert.facts?.expiresAt).toBe(testNoon + 3_600_000)

    const title = async () => (await get('.atom')).text
    expect(await title()).toContain(`alerts/${String(warningId)}.cap`)
    clock.at += 60_500
    await test.must(person('duty'), { type: 'warning.lift', warningId: String(warningId), reason: '雨停 & 散' })
    const lifted = (await get(`/${String(warningId)}.cap`)).text
    texts.push(lifted)
    expect(readBack(lifted)).toMatchObject({
      msgType: 'Cancel',
      references: [alert.name],
      note: '雨停 & 散',
      name: { sentAt: testNoon + 60_000 },
    })
    expect(await title()).toContain('解除：全市暴雨红色预警')
    clock.at += 7 * 86_400_000
    expect(await title()).not.toContain(`alerts/${String(warningId)}.cap`)
    clock.at = testNoon + 60_500
  })

  it('mark an exercise, and pass on what was received and is public', async () => {
    const { warningId } = await publish({ exercise: true, districtIds: [] })
    texts.push((await get(`/${String(warningId)}.cap`)).text)
    expect(readBack(texts.at(-1) ?? '')).toMatchObject({ status: 'Exercise', facts: { areaText: '小城' } })
    const english = capInfo({ language: 'en-US', event: 'Rainstorm' })
    const taken = (await send({ identifier: 'P1', infos: [capInfo(), english] })).json.id ?? ''
    texts.push((await get(`/${taken}.cap`)).text)
    const passed = readBack(texts.at(-1) ?? '')
    expect(passed.note).toMatch(/met@example.org,P1,2026-07-01T08:00:00\+08:00$/)
    const { polygons, circles, event, eventEn, colour } = inForce(taken) ?? {}
    expect(passed.facts).toMatchObject({ polygons, circles, event, eventEn, colour, issuedBy: '市气象台' })
    const restricted = await send({ identifier: 'P2', scope: 'Restricted', more: '<restriction>staff</restriction>' })
    expect((await get(`/${restricted.json.id}.cap`)).status).toBe(404)
    const atom = await get('.atom')
    expect(atom.type).toBe('application/atom+xml; charset=utf-8')
    expect(atom.text).toContain(`/${taken}.cap`)
    expect(atom.text).not.toContain(`/${restricted.json.id}.cap`)
    expect(atom.text).toContain('【演练】')
  })

  it.skipIf(!hasXmllint || !hasReal)(
    `fit the standard’s schema${hasXmllint ? '' : ' (SKIPPED: no xmllint on this machine)'}`,
    () => {
      expect(texts.length).toBeGreaterThan(0)
      for (const text of texts) checkSchema(text)
    },
  )
})
