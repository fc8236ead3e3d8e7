/**
 * Nothing acknowledged is lost. The server is killed without warning, again and again, while observations arrive by HTTP and MQTT,
 * citizens report and officers write; whatever was acknowledged is there afterwards, once, and the chain holds.
 */
import { randomUUID } from 'node:crypto'
import { connectAsync } from 'mqtt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort, ingestKey, newDataDir, signIn, startServer, type RunningServer } from '../support/program.ts'
import { registerSensors } from '../perf/support/sensors.ts'

const kills = Number(process.env.KILLS ?? 20)
const json = { 'content-type': 'application/json' }
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** Repeats an act until the server has answered it; the act must be one that may be sent twice. */
async function insist<T>(act: () => Promise<T>, isOver: () => boolean): Promise<T | null> {
  for (;;) {
    try {
      return await act()
    } catch (error) {
      if (isOver()) return null
      if (error instanceof Error && error.message.startsWith('refused')) throw error
      await pause(50)
    }
  }
}

describe('killed without warning', () => {
  const key = { 'x-api-key': ingestKey }
  let server: RunningServer
  let url = ''
  let mqttPort = 0
  const dataDir = newDataDir()
  let ids: number[] = []
  const sentRows = new Map<string, { sensor: number; at: string; value: number }>()
  const requests: string[] = []
  const comments: string[] = []
  let incidentId = ''
  let mqttAcked = 0

  beforeAll(async () => {
    const port = await freePort()
    mqttPort = await freePort()
    server = await startServer({ dataDir, port, mqttPort })
    url = server.url
    ids = await registerSensors(url, 20)
    const cookie = await signIn(url, 'duty')
    const answer = await fetch(`${url}/api/v1/commands`, {
      method: 'POST',
      headers: { ...json, cookie, origin: url },
      body: JSON.stringify({
        commandId: randomUUID(),
        type: 'incident.report',
        classCode: 'E0506',
        title: '断点续传演练',
        source: 'hotline',
        position: null,
      }),
    })
    const body = (await answer.json()) as { data: { incidentId: string } }
    incidentId = body.data.incidentId
  })
  afterAll(async () => await server?.stop('SIGKILL'))

  it(`keeps everything over ${kills} kills`, async () => {
    let isOver = false
    let clock = Date.now() - 3_600_000
    const newRow = () => {
      const sensor = ids[Math.floor(Math.random() * ids.length)] as number
      const row = {
        sensor,
        at: new Date((clock += 7)).toISOString(),
        value: Math.round(Math.random() * 6000) / 100 + 30,
      }
      sentRows.set(`${row.sensor}@${row.at}`, row)
      return row
    }

    const byHttp = async () => {
      while (!isOver) {
        const rows = Array.from({ length: 20 }, newRow)
        const body = JSON.stringify(
          rows.map((row) => ({
            Datastream: { '@iot.id': row.sensor },
            components: ['phenomenonTime', 'result'],
            dataArray: [[row.at, row.value]],
          })),
        )
        await insist(
          async () => {
            const answer = await fetch(`${url}/sta/v1.1/CreateObservations`, {
              method: 'POST',
              headers: { ...json, ...key },
              body,
            })
            const text = await answer.text()
            if (answer.status !== 201 || text.includes('error'))
              throw new Error(`answered ${answer.status} ${text.slice(0, 200)}`)
          },
          () => false,
        )
      }
    }
    const byMqtt = async () => {
      const client = await connectAsync(`mqtt://127.0.0.1:${mqttPort}`, {
        username: 'crash',
        password: ingestKey,
        reconnectPeriod: 100,
        clean: true,
      })
      client.on('error', () => {})
      while (!isOver) {
        const row = newRow()
        // mqtt.js sends again what was not acknowledged when it is back: the promise settles with the acknowledgement.
        await client.publishAsync(
          `v1.1/Datastreams(${row.sensor})/Observations`,
          JSON.stringify({ phenomenonTime: row.at, result: row.value }),
          { qos: 1 },
        )
        mqttAcked++
      }
      await client.endAsync(true)
    }
    const byCitizen = async () => {
      while (!isOver) {
        try {
          const answer = await fetch(`${url}/open311/v2/requests.json`, {
            method: 'POST',
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
            body: new URLSearchParams({
              api_key: ingestKey,
              service_code: 'E0506',
              address_string: '滨河路',
              description: randomUUID(),
            }),
          })
          if (answer.status === 200 || answer.status === 201) {
            const [first] = (await answer.json()) as { service_request_id: string }[]
            if (first) requests.push(first.service_request_id)
          }
        } catch {
          // Not acknowledged: a citizen's request has no id of its own, so it is not sent again.
        }
        await pause(20)
      }
    }
    const byOfficer = async () => {
      let cookie = await signIn(url, 'duty')
      while (!isOver) {
        const text = `批注 ${randomUUID()}`
        const body = JSON.stringify({ commandId: randomUUID(), type: 'incident.comment', incidentId, text })
        await insist(
          async () => {
            const answer = await fetch(`${url}/api/v1/commands`, {
              method: 'POST',
              headers: { ...json, cookie, origin: url },
              body,
            })
            const outcome = (await answer.json()) as { ok: boolean }
            if (answer.status === 401) cookie = await signIn(url, 'duty')
            if (!outcome.ok) throw new Error(`answered ${answer.status}`)
          },
          () => false,
        )
        comments.push(text)
        await pause(10)
      }
    }
    const work = [byHttp(), byHttp(), byMqtt(), byCitizen(), byOfficer()]

    const starts: number[] = []
    for (let kill = 0; kill < kills; kill++) {
      await pause(150 + Math.random() * 900)
      await server.stop('SIGKILL')
      server = await startServer({ dataDir, port: Number(new URL(url).port), mqttPort })
      starts.push(server.startS)
    }
    await pause(300)
    isOver = true
    await Promise.all(work)
    expect(Math.max(...starts)).toBeLessThan(20)
    expect(sentRows.size).toBeGreaterThan(kills * 20)
    expect(mqttAcked).toBeGreaterThan(kills)
    expect(requests.length).toBeGreaterThan(kills)
  })

  it('has every observation once', async () => {
    const stored = new Map<string, number>()
    for (const id of ids) {
      let next: string | undefined =
        `${url}/sta/v1.1/Datastreams(${id})/Observations?$top=1000&$select=phenomenonTime,result&$orderby=phenomenonTime`
      while (next) {
        const page = (await (await fetch(next, { headers: key })).json()) as {
          value: { phenomenonTime: string; result: number }[]
          '@iot.nextLink'?: string
        }
        for (const row of page.value) {
          const name = `${id}@${new Date(row.phenomenonTime).toISOString()}`
          stored.set(name, (stored.get(name) ?? 0) + 1)
          expect(sentRows.get(name)?.value, name).toBe(row.result)
        }
        next = page['@iot.nextLink']
      }
    }
    expect([...sentRows.keys()].filter((name) => !stored.has(name))).toEqual([])
    expect([...stored].filter(([, times]) => times > 1)).toEqual([])
  })

  it('has every request and every comment once', async () => {
    for (const id of requests) {
      const answer = await fetch(`${url}/open311/v2/requests/${id}.json?api_key=${ingestKey}`)
      expect(answer.status, id).toBe(200)
    }
    expect(new Set(requests).size).toBe(requests.length)
    const cookie = await signIn(url, 'duty')
    const timeline = (await (
      await fetch(`${url}/api/v1/incidents/${incidentId}/timeline`, { headers: { cookie } })
    ).json()) as {
      items: { type: string; facts: { text?: string } }[]
    }
    const texts = timeline.items.filter((entry) => entry.type === 'incident.commented').map((entry) => entry.facts.text)
    expect(texts.filter((text, i) => texts.indexOf(text) !== i)).toEqual([])
    expect(comments.filter((text) => !texts.includes(text))).toEqual([])
  })

  it('has an unbroken chain', async () => {
    const cookie = await signIn(url, 'auditor')
    const verdict = (await (await fetch(`${url}/api/v1/log/verify`, { headers: { cookie } })).json()) as {
      ok: boolean
      checked: number
      problem: string | null
    }
    expect(verdict).toMatchObject({ ok: true, problem: null })
    expect(verdict.checked).toBeGreaterThan(requests.length)
  })
})
