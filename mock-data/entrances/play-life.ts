/**
 * The city's life, played as time passes: each input through its own public door, what belongs to a drill by the drill's key.
 * Adds nothing: what arrives, when and in which words is life's business.
 */
import type { ScenarioCode } from '../../shared/model/scenario.ts'
import { hotlineReport } from '../incidents/hotline-report.ts'
import { requestFields } from '../incidents/request-fields.ts'
import type { CaseBody } from '../crews/due.ts'
import { cityLife, type CityLifeOptions } from '../life/city-life.ts'
import type { LivedNow } from '../life/city-now.ts'
import type { DoorInput } from '../life/door-input.ts'
import { manyDevices } from '../life/many-devices.ts'
import { thingOf } from '../signals/things.ts'
import type { Account } from './account.ts'
import type { CityFiles } from './city-files.ts'
import { LineBroken, type DoorClient } from './door-client.ts'
import { every } from './every.ts'
import { workLine } from './in-parallel.ts'
import type { MqttLine } from './mqtt-line.ts'
import { offeredServices } from './offered-services.ts'
import { observationSender, type ObservationSender, type SentReading } from './observation-sender.ts'
import { registerThings } from './register-things.ts'
import type { StateWatch } from './state-watch.ts'

const urgentKinds = new Set(['methane', 'smoke', 'manhole-tilt', 'water-depth'])
const atOnceMs = 60_000
/** After a sleep of the machine, what is older than this is not sent: nobody waits for it. */
const oldestMs = 10 * 60_000
const callsAtOnce = 4

export interface PlayLifeOptions {
  readonly client: DoorClient
  /** With the key of drills; null = drills are not played. */
  readonly drillClient: DoorClient | null
  /** Who takes down what is told to 12345; null = nobody does, and all is told by the Open311 door. */
  readonly hotline: Account | null
  readonly city: CityFiles
  readonly mqtt: MqttLine | null
  /** The state as an officer sees it: drills begin and work ends there. Null = nobody looks. */
  readonly watch: StateWatch | null
  /** Life has begun: its time and its roads are the city's from now on. */
  readonly onBegin: (life: LivedNow) => void
  readonly seed: number
  readonly speed: number
  readonly scenario: ScenarioCode | null
  readonly scale: number
  /** Every device speaks this often, ms; null = in its kind's rhythm. */
  readonly everyMs: number | null
  readonly hasOpening: boolean
  readonly playsSignals: boolean
  readonly playsCitizens: boolean
  readonly signal: AbortSignal
  readonly say: (words: string) => void
}

export async function playLife(options: PlayLifeOptions): Promise<void> {
  const { client, drillClient, hotline, city, mqtt, watch, seed, speed, scenario, scale, everyMs, signal, say } =
    options
  const services = options.playsCitizens ? await offeredServices(client) : new Set<string>()
  const streams = options.playsSignals
    ? await registerThings(client, manyDevices(city.devices, scale, seed).map(thingOf), (done, total) => {
        if (done % 1000 === 0 || done === total) say(`registered ${done} of ${total} new devices`)
      })
    : new Map<string, number>()
  const startAt = Date.now()
  const lifeOptions: CityLifeOptions = {
    city,
    seed,
    startAt,
    speed,
    scenario,
    scale,
    services,
    ...(options.hasOpening ? {} : { hasOpening: false }),
    ...(everyMs === null ? {} : { readEveryMs: () => everyMs, tickMs: 1000 }),
  }
  const life = cityLife(lifeOptions)
  options.onBegin(life)
  const kindOf = new Map(life.devices.map(({ code, kind }) => [code, kind]))
  const counted = {
    sent() {},
    accepted() {},
    refused: (reason: string, n: number) => say(`${n} readings refused: ${reason}`),
  }
  const senders = new Map<DoorClient, ObservationSender>()
  const senderOf = (to: DoorClient) => {
    const sender = senders.get(to) ?? observationSender(to, counted)
    senders.set(to, sender)
    return sender
  }
  const others = workLine(callsAtOnce)

  const post = async (to: DoorClient, path: string, type: string, body: string) => {
    try {
      const { status, text } = await to.ask({ method: 'POST', path, headers: { 'Content-Type': type }, body })
      if (status >= 300) say(`${path} refused: HTTP ${status}: ${text.slice(0, 200)}`)
    } catch (error) {
      // Whoever was cut off hangs up.
      if (!(error instanceof LineBroken) && !signal.aborted) throw error
    }
  }
  const takeDown = async (desk: Account, call: CaseBody) => {
    try {
      const answer = await desk.command(call)
      if (!answer.ok) say(`a call was not taken: ${answer.error.message}`)
    } catch (error) {
      if (!(error instanceof LineBroken) && !signal.aborted) throw error
    }
  }
  const send = async (inputs: readonly DoorInput[]): Promise<void> => {
    const readings = new Map<DoorClient, SentReading[]>()
    for (const input of inputs) {
      const to = input.isDrill ? drillClient : client
      if (to === null) continue
      if (input.door === 'sensorthings') {
        const streamId = streams.get(input.code)
        if (!options.playsSignals || streamId === undefined) continue
        const { value, phenomenonAt } = input
        const isUrgent = !input.isDrill && urgentKinds.has(kindOf.get(input.code) ?? '')
        const body = () => JSON.stringify({ phenomenonTime: new Date(phenomenonAt).toISOString(), result: value })
        if (isUrgent && mqtt?.publish(`v1.1/Datastreams(${streamId})/Observations`, body())) continue
        const list = readings.get(to)
        if (list) list.push({ streamId, phenomenonAt, value })
        else readings.set(to, [{ streamId, phenomenonAt, value }])
      } else if (input.door === 'open311') {
        if (!options.playsCitizens) continue
        // It is its key that marks what a drill brings, and a desk has none.
        const call =
          hotline === null || input.isDrill ? null : hotlineReport(input.request, input.at, { ...city, speed })
        if (hotline !== null && call !== null) {
          await others.add(() => takeDown(hotline, call))
          continue
        }
        const form = new URLSearchParams(requestFields(input.request)).toString()
        await others.add(() => post(to, '/open311/v2/requests.json', 'application/x-www-form-urlencoded', form))
      } else if (options.playsSignals)
        await others.add(() => post(to, '/cap/v1.2/alerts', 'application/cap+xml', input.xml))
    }
    for (const [to, list] of readings) await senderOf(to).add(list)
  }

  let drillId: string | null = null
  const followDrill = (now: number) => {
    const running = watch?.isLive ? watch.drill : null
    // While the line is down nobody can say that it is over.
    if (watch && !watch.isLive) return
    if ((running?.id ?? null) === drillId) return
    drillId = running?.id ?? null
    if (running && drillClient === null)
      say('a drill runs and its key is not known: set DRILL_KEY, or DATA_DIR of the server')
    life.drill(drillClient && running ? running.scenario : null, now, running?.seed)
  }
  const stopListening = watch?.onWorkDone((classCode, position) => life.mended(classCode, position, Date.now()))
  let playedTo = startAt
  await every(
    1000,
    signal,
    async (now) => {
      followDrill(now)
      while (playedTo < now) {
        playedTo = Math.min(now, playedTo + atOnceMs)
        const inputs = life.advance(playedTo)
        if (playedTo > now - oldestMs) await send(inputs)
      }
    },
    (error) => say(`life: ${error instanceof Error ? error.message : String(error)}`),
  )
  stopListening?.()
}
