/** Devices: registered once, then their readings, urgent kinds by MQTT and the rest in data arrays. */
import { seededRandom, seedFrom } from '../city/random.ts'
import { planHappenings } from '../incidents/happenings.ts'
import { deviceFeed } from '../signals/device-feed.ts'
import { thingOf } from '../signals/things.ts'
import type { CityFiles } from './city-files.ts'
import type { DoorClient } from './door-client.ts'
import { every } from './every.ts'
import type { MqttLine } from './mqtt-line.ts'
import { observationSender, type SentReading } from './observation-sender.ts'
import { registerThings } from './register-things.ts'

const urgentKinds = new Set(['methane', 'smoke', 'manhole-tilt', 'water-depth'])
const meanGapMs = 70_000

/** Hour of the city's day, running `speed` times as fast from the moment it starts. */
export function cityHours(timeZone: string, startAt: number, speed: number): (now: number) => number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const [hour = 0, minute = 0] = parts.format(startAt).split(':').map(Number)
  const first = hour + minute / 60
  return (now) => (first + ((now - startAt) * speed) / 3_600_000) % 24
}

export interface SignalOptions {
  readonly client: DoorClient
  readonly city: CityFiles
  readonly mqtt: MqttLine | null
  readonly seed: number
  readonly speed: number
  readonly signal: AbortSignal
  readonly say: (words: string) => void
}

export async function playSignals({ client, city, mqtt, seed, speed, signal, say }: SignalOptions): Promise<void> {
  const { devices, head } = city
  if (devices.length === 0) return
  const streams = await registerThings(client, devices.map(thingOf), (done, total) => {
    if (done % 100 === 0 || done === total) say(`registered ${done} of ${total} new devices`)
  })
  const startAt = Date.now()
  const random = seededRandom(seedFrom(seed, 'happenings'))
  const plan = planHappenings(devices, startAt, meanGapMs / speed, random)
  const feed = deviceFeed(devices, { seed, startAt, speed, hourAt: cityHours(head.timeZone, startAt, speed) })
  const sender = observationSender(client, {
    sent() {},
    accepted() {},
    refused: (reason, n) => say(`${n} readings refused: ${reason}`),
  })
  await every(
    1000,
    signal,
    async (now) => {
      plan.begin(now)
      const rest: SentReading[] = []
      for (const { code, kind, at, value } of feed.due(now, plan.active)) {
        const streamId = streams.get(code) as number
        const body = () => JSON.stringify({ phenomenonTime: new Date(at).toISOString(), result: value })
        const isGone = urgentKinds.has(kind) && mqtt?.publish(`v1.1/Datastreams(${streamId})/Observations`, body())
        if (!isGone) rest.push({ streamId, phenomenonAt: at, value })
      }
      if (rest.length) await sender.add(rest)
    },
    (error) => say(`readings: ${error instanceof Error ? error.message : String(error)}`),
  )
}
