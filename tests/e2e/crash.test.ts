/**
 * Nothing acknowledged is lost. The server is killed without warning, again and again, at random moments (some of them while it
 * starts), while gateways, citizens and an officer write and a wall looks on. Afterwards everything acknowledged is there, once,
 * the chain holds, and whoever looked on was never reloaded and never missed a revision.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { registerSensors } from '../perf/support/sensors.ts'
import { openBrowser, type TestBrowser } from '../support/browser.ts'
import { freePort, ingestKey, newDataDir, signIn, startServer, type RunningServer } from '../support/program.ts'
import { startTraffic, type Ledger, type Traffic } from './crash-traffic.ts'
import { followBySocket, openWall, type OpenWall, type Watcher } from './crash-watchers.ts'

const kills = Number(process.env.KILLS ?? 24)
/** Every so many kills the next comes while the server is still starting. */
const startKillEvery = 4
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))
/** So many names of what is missing are shown; the rest is a count. */
const shown = 5

describe('killed without warning', () => {
  const dataDir = newDataDir()
  let server: RunningServer
  let url = ''
  let sensors: number[] = []
  let incidentId = ''
  let traffic: Traffic
  let ledger: Ledger
  let socket: Watcher
  let wall: OpenWall
  let browser: TestBrowser
  let officer = ''

  const start = (readyWithinMs?: number) =>
    startServer({
      dataDir,
      port: Number(new URL(url).port),
      mqttPort: server.mqttPort,
      ...(readyWithinMs === undefined ? {} : { readyWithinMs }),
    })
  const get = async <T>(path: string): Promise<T> => {
    const answer = await fetch(`${url}${path}`, { headers: { cookie: officer, 'x-api-key': ingestKey } })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T
  }
  const submit = async (command: Record<string, unknown>): Promise<{ rev: number; data: { incidentId: string } }> => {
    const answer = await fetch(`${url}/api/v1/commands`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: officer, origin: url },
      body: JSON.stringify({ commandId: randomUUID(), ...command }),
    })
    if (!answer.ok) throw new Error(`${String(command.type)}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as { rev: number; data: { incidentId: string } }
  }
  const listed = async <Row>(path: string): Promise<Row[]> => {
    const rows: Row[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { items: Row[]; next: string | null } = await get(
        `/api/v1/${path}?limit=500${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      )
      rows.push(...page.items)
      cursor = page.next
    }
    return rows
  }

  beforeAll(async () => {
    // Before the server: it serves the pages there were when it started.
    browser = await openBrowser()
    server = await startServer({ dataDir, port: await freePort(), mqttPort: await freePort() })
    url = server.url
    sensors = await registerSensors(url, 20)
    officer = await signIn(url, 'duty')
    const report = {
      type: 'incident.report',
      classCode: 'E0506',
      title: '断点续传演练',
      source: 'hotline',
      position: null,
    }
    incidentId = (await submit(report)).data.incidentId
    socket = await followBySocket(url)
    wall = await openWall(browser, url)
    await wall.lampIs(true, 60_000)
    // The map with its worker and layers is there: what is killed from now on is a server with an open page.
    await wall.page.waitForLoadState('networkidle')
    traffic = startTraffic({ url, mqttPort: server.mqttPort, sensors, incidentId })
    ledger = traffic.ledger
  })
  afterAll(async () => {
    await socket?.close()
    await browser?.close()
    await server?.stop('SIGKILL')
  })

  it(`comes back ${kills} times, and the wall's lamp with it`, async () => {
    const startsS: number[] = []
    for (let kill = 1; kill <= kills; kill++) {
      await pause(100 + Math.random() * 900)
      await server.stop('SIGKILL')
      await wall.lampIs(false, 5_000)
      if (kill % startKillEvery === 0) {
        // Not ready in so short a time: then it is killed where it stands.
        const early = await start(100 + Math.random() * 1500).catch(() => null)
        await early?.stop('SIGKILL')
        kill++
      }
      server = await start()
      startsS.push(server.startS)
      await wall.lampIs(true, 20_000)
    }
    expect(Math.max(...startsS), 'seconds from spawn to ready').toBeLessThan(20)
    await pause(500)
    await traffic.stop()
    const doors = [...ledger.readings.values()].map(({ door }) => door)
    // A test nobody wrote to would prove nothing.
    expect(doors.filter((door) => door === 'http').length).toBeGreaterThan(kills * 20)
    expect(doors.filter((door) => door === 'mqtt').length).toBeGreaterThan(kills)
    expect(ledger.requests.size).toBeGreaterThan(kills)
    expect(ledger.comments.length).toBeGreaterThan(kills)
  })

  it('has every acknowledged observation, once, with its value', async () => {
    const stored = new Map<string, number[]>()
    for (const id of sensors) {
      const first = `/sta/v1.1/Datastreams(${id})/Observations?$top=1000&$select=phenomenonTime,result&$orderby=phenomenonTime`
      for (let next: string | undefined = first; next !== undefined;) {
        const page: { value: { phenomenonTime: string; result: number }[]; '@iot.nextLink'?: string } = await get(
          next.replace(url, ''),
        )
        for (const { phenomenonTime, result } of page.value) {
          const name = `${id}@${new Date(phenomenonTime).toISOString()}`
          stored.set(name, [...(stored.get(name) ?? []), result])
        }
        next = page['@iot.nextLink']
      }
    }
    const lost = [...ledger.readings]
      .filter(([name]) => !stored.has(name))
      .map(([name, { door }]) => `${name} by ${door}`)
    const wrong = [...stored].filter(
      ([name, values]) => values.length > 1 || values[0] !== ledger.readings.get(name)?.value,
    )
    expect(lost.slice(0, shown), `${lost.length} of ${ledger.readings.size} observations are lost`).toEqual([])
    expect(wrong.slice(0, shown), `${wrong.length} observations are twice or changed`).toEqual([])
  })

  it('has every acknowledged request and comment, once', async () => {
    const incidents = await listed<{ id: string; description: string }>('incidents')
    const written = new Map(incidents.map(({ id, description }) => [id, description]))
    const lost = [...ledger.requests].filter(([id, description]) => written.get(id) !== description)
    expect(lost.slice(0, shown), `${lost.length} of ${ledger.requests.size} requests are lost or changed`).toEqual([])
    const descriptions = incidents.map(({ description }) => description).filter((text) => text !== '')
    const twice = descriptions.filter((text, i) => descriptions.indexOf(text) !== i)
    expect(twice.slice(0, shown), `${twice.length} requests are there twice`).toEqual([])
    const sent = new Set([...ledger.requests.values(), ...ledger.unanswered])
    expect(descriptions.filter((text) => !sent.has(text))).toEqual([])

    const { items } = await get<{ items: { type: string; facts: { text?: string } }[] }>(
      `/api/v1/incidents/${incidentId}/timeline`,
    )
    const comments = items.filter(({ type }) => type === 'incident.commented').map(({ facts }) => facts.text ?? '')
    const missing = ledger.comments.filter((text) => !comments.includes(text))
    expect(missing.slice(0, shown), `${missing.length} of ${ledger.comments.length} comments are lost`).toEqual([])
    expect(new Set(comments).size, 'comments, each once').toBe(comments.length)
  })

  it('has an unbroken chain', async () => {
    const cookie = await signIn(url, 'auditor')
    const verdict = (await (await fetch(`${url}/api/v1/log/verify`, { headers: { cookie } })).json()) as object
    expect(verdict).toMatchObject({ ok: true, problem: null })
    expect((verdict as { checked: number }).checked).toBeGreaterThan(ledger.requests.size + ledger.comments.length)
  })

  it('left nobody who looked on with a reload, a gap or another picture than the server has', async () => {
    const last = await submit({ type: 'incident.comment', incidentId, text: '到此为止' })
    for (const { picture } of [socket, wall]) await expect.poll(() => picture.rev).toBeGreaterThanOrEqual(last.rev)
    const versions = (rows: readonly { id: string; version: number }[]) =>
      Object.fromEntries(rows.map(({ id, version }) => [id, version]))
    const incidents = versions(await listed('incidents'))
    const units = versions(await listed('units'))
    for (const [who, { picture }] of Object.entries({ socket, wall })) {
      expect(picture.breaks, who).toEqual([])
      expect(picture.versions('incident'), who).toEqual(incidents)
      expect(picture.versions('unit'), who).toEqual(units)
      expect(picture.snapshots + picture.deltas, who).toBeGreaterThan(kills)
    }
    const { reported } = await get<{ reported: number }>('/api/v1/kpi/today')
    expect(reported).toBeGreaterThanOrEqual(ledger.requests.size)
    const first = wall.page.locator('.today .numbers dd').first()
    await expect.poll(async () => (await first.textContent())?.replaceAll(/\D/g, '')).toBe(String(reported))
    expect(await wall.isSamePage()).toBe(true)
    expect(wall.faults()).toEqual([])
  })
})
