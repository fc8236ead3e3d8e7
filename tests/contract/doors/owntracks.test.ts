import { afterAll, beforeAll, expect, it } from 'vitest'
import { createOwnTracksDoor } from '../../../server/src/doors/owntracks/door.ts'
import { FakeCity, FakeClock, FakeLog, FakeMetrics, doorKey, fakeKeys, serve } from '../../support/doors-fakes.ts'

const clock = new FakeClock()
const city = new FakeCity(clock)
const log = new FakeLog()
let url = ''
let close = async () => {}
const tst = clock.at / 1000
const fix = { _type: 'location', lat: 31.2, lon: 121.5, tst }
const basic = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
})

beforeAll(async () => {
  city.enrol('PUMP-03')
  const metrics = new FakeMetrics()
  ;({ url, close } = await serve(
    '/owntracks',
    createOwnTracksDoor({ engine: city, intake: city, keys: fakeKeys, clock, log, metrics }),
  ))
})
afterAll(async () => {
  await close()
  expect(log.errors).toEqual([])
})

const post = async (body: unknown, headers: Record<string, string> = basic('pump-03', doorKey), query = '') => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await fetch(`${url}${query}`, { method: 'POST', headers, body: text })
  return { status: answer.status, json: (await answer.json()) as { message: string } }
}

it('takes positions, whichever way the app says who it is', async () => {
  const key = { 'x-api-key': doorKey }
  for (const answer of [
    await post({ ...fix, vel: 36, cog: 360, acc: 5, tid: 'x', batt: 50, unknown: 1 }),
    await post(fix, { ...key, 'x-limit-u': 'PUMP-03', 'x-limit-d': 'phone' }),
    await post(fix, key, '?u=Pump-03&d=phone'),
    await post({ ...fix, topic: 'owntracks/PUMP-03/phone' }, key),
  ])
    expect(answer).toEqual({ status: 200, json: [] })
  expect(city.fixesTaken).toHaveLength(4)
  expect(city.fixesTaken[0]).toEqual({
    unitId: 'PUMP-03',
    position: [121.5, 31.2],
    headingDeg: 0,
    speedMps: 10,
    accuracyM: 5,
    fixAt: clock.at,
    receivedAt: clock.at,
  })
})

it('answers other messages with nothing', async () => {
  const before = city.fixesTaken.length
  for (const _type of ['lwt', 'transition', 'waypoint', 'card'])
    expect(await post({ _type })).toEqual({ status: 200, json: [] })
  expect(await post({ _type: 'lwt' }, { 'x-api-key': doorKey })).toEqual({ status: 200, json: [] })
  expect(city.fixesTaken).toHaveLength(before)
})

it.each([
  [{ ...fix, lat: 91 }, 'lat'],
  [{ ...fix, lon: '121' }, 'lon'],
  [{ ...fix, tst: undefined }, 'tst'],
  [{ ...fix, tst: tst + 301 }, 'tst'],
  [{ ...fix, tst: 5 }, 'tst'],
  [{ ...fix, vel: 1e9 }, 'vel'],
  [{ ...fix, cog: 361 }, 'cog'],
  [{ ...fix, acc: 'far' }, 'acc'],
  [{ lat: 1 }, '_type'],
  [[], 'body'],
  ['{', 'body'],
])('refuses %j naming %s', async (body, field) => {
  const { status, json } = await post(body)
  expect(status).toBe(400)
  expect(json.message.startsWith(`${field} `), json.message).toBe(true)
})

it('takes a clock that runs five minutes ahead, and not more', async () => {
  expect((await post({ ...fix, tst: tst + 300 })).status).toBe(200)
})

it('asks for a key that opens it, and a crew that exists', async () => {
  expect((await post(fix, {})).status).toBe(401)
  expect((await post(fix, basic('pump-03', 'only-open311'))).status).toBe(403)
  expect((await post(fix, basic('nobody', doorKey))).json.message).toMatch(/^user names no crew: nobody/)
  expect((await post(fix, { 'x-api-key': doorKey })).json.message).toMatch(/^user is mandatory/)
  expect((await fetch(url)).status).toBe(405)
  expect((await post('x'.repeat(70_000))).status).toBe(413)
})
