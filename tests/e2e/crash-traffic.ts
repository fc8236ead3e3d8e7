/**
 * Everybody who writes to the city while its server is killed again and again: gateways by HTTP and MQTT, citizens, an officer.
 * Each keeps a ledger of what was acknowledged. What may be sent twice is sent until it is; a citizen's request has no id of its
 * own, so an unanswered one is given up.
 */
import { randomUUID } from 'node:crypto'
import { connect } from 'mqtt'
import { ingestKey, signIn } from '../support/program.ts'

export interface SentReading {
  readonly door: 'http' | 'mqtt'
  readonly sensor: number
  readonly at: string
  readonly value: number
}

export interface Ledger {
  /** By `sensor@instant`. When the traffic has ended every one of them is acknowledged. */
  readonly readings: Map<string, SentReading>
  /** Acknowledged requests, by the number the citizen was given: what was written in it. */
  readonly requests: Map<string, string>
  /** Requests nobody answered; the server may have kept them or not, but never twice. */
  readonly unanswered: Set<string>
  readonly comments: string[]
}

export interface Traffic {
  readonly ledger: Ledger
  /** Sends no more; resolves when everything that waits for an answer has one. */
  stop(): Promise<void>
}

interface Target {
  readonly url: string
  readonly mqttPort: number
  readonly sensors: readonly number[]
  /** The case the officer writes to. */
  readonly incidentId: string
}

const json = { 'content-type': 'application/json' }
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** Repeats an act until it succeeds; the act must be one that may be done twice. */
async function insist<T>(act: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await act()
    } catch {
      await pause(50)
    }
  }
}

export function startTraffic({ url, mqttPort, sensors, incidentId }: Target): Traffic {
  const ledger: Ledger = { readings: new Map(), requests: new Map(), unanswered: new Set(), comments: [] }
  let isOver = false
  let clock = Date.now() - 3_600_000

  const newReading = (door: SentReading['door']): SentReading => {
    const sensor = sensors[Math.floor(Math.random() * sensors.length)] as number
    const value = Math.round(Math.random() * 6000) / 100 + 30
    const reading = { door, sensor, at: new Date((clock += 7)).toISOString(), value }
    ledger.readings.set(`${sensor}@${reading.at}`, reading)
    return reading
  }

  async function gatewayByHttp(): Promise<void> {
    while (!isOver) {
      const body = JSON.stringify(
        Array.from({ length: 20 }, () => newReading('http')).map(({ sensor, at, value }) => ({
          Datastream: { '@iot.id': sensor },
          components: ['phenomenonTime', 'result'],
          dataArray: [[at, value]],
        })),
      )
      await insist(async () => {
        const headers = { ...json, 'x-api-key': ingestKey }
        const answer = await fetch(`${url}/sta/v1.1/CreateObservations`, { method: 'POST', headers, body })
        const text = await answer.text()
        if (answer.status !== 201 || text.includes('error')) throw new Error(`${answer.status} ${text}`)
      })
    }
  }

  async function gatewayByMqtt(): Promise<void> {
    // Not connectAsync: the server may be killed before the first connection stands, and that one would not be tried again.
    const client = connect(`mqtt://127.0.0.1:${mqttPort}`, {
      username: 'crash',
      password: ingestKey,
      reconnectPeriod: 100,
    })
    client.on('error', () => undefined)
    while (!isOver) {
      const { sensor, at, value } = newReading('mqtt')
      const message = JSON.stringify({ phenomenonTime: at, result: value })
      // The client itself sends again what was not acknowledged; this settles with the acknowledgement.
      await client.publishAsync(`v1.1/Datastreams(${sensor})/Observations`, message, { qos: 1 })
    }
    await client.endAsync(true)
  }

  async function citizen(): Promise<void> {
    while (!isOver) {
      const description = randomUUID()
      ledger.unanswered.add(description)
      try {
        const answer = await fetch(`${url}/open311/v2/requests.json`, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({
            api_key: ingestKey,
            service_code: 'E0506',
            address_string: '滨河路',
            description,
          }),
        })
        if (answer.ok) {
          const [first] = (await answer.json()) as { service_request_id: string }[]
          ledger.requests.set(String(first?.service_request_id), description)
          ledger.unanswered.delete(description)
        }
      } catch {
        // Stays among the unanswered.
      }
      await pause(20)
    }
  }

  async function officer(): Promise<void> {
    let cookie = await insist(() => signIn(url, 'duty'))
    for (let n = 1; !isOver; n++) {
      // Counted: random letters and digits now and then look like a telephone number, which leaves masked.
      const text = `第 ${n} 条批注`
      // One id however often it is sent: it must be written once.
      const body = JSON.stringify({ commandId: randomUUID(), type: 'incident.comment', incidentId, text })
      await insist(async () => {
        const headers = { ...json, cookie, origin: url }
        const answer = await fetch(`${url}/api/v1/commands`, { method: 'POST', headers, body })
        if (answer.status === 401) cookie = await signIn(url, 'duty')
        if (!answer.ok) throw new Error(`answered ${answer.status}`)
      })
      ledger.comments.push(text)
      await pause(10)
    }
  }

  const work = Promise.all([gatewayByHttp(), gatewayByHttp(), gatewayByMqtt(), citizen(), officer()])
  // Whoever stops the traffic hears of its faults.
  work.catch(() => undefined)
  return {
    ledger,
    async stop() {
      isOver = true
      await work
    },
  }
}
