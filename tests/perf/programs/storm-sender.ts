/**
 * A storm, as the doors see it: every sensor speaks once a second (above 12,000 of them in turn, so that 12,000 speak each second), a few of them come and go over their limits, and every crew tells its
 * place once a second. A process of its own, so that what it costs is nobody else's. Arguments: address, MQTT port, key, and a file with
 * `{streams: [{id, calm, loud}], crews: [{id, at}]}`.
 */
import { readFileSync } from 'node:fs'
import { doorClient } from '../../../mock-data/entrances/door-client.ts'
import { observationSender } from '../../../mock-data/entrances/observation-sender.ts'
import { serveParent } from '../support/child.ts'
import { flood } from '../support/mqtt-flood.ts'
import type { Storm } from '../support/storm.ts'

const [url = '', mqttPort = '0', key = '', file = ''] = process.argv.slice(2)
const { streams, crews } = JSON.parse(readFileSync(file, 'utf8')) as Storm
/** One sensor in so many is over its limit at a time; others take its place each minute. */
const loudEvery = 400
/** Of 200 ms each. */
const slices = 5 * Math.max(1, Math.ceil(streams.length / 12_000))

let accepted = 0
let refused = 0
const nothing = () => undefined
const sender = observationSender(doorClient({ url, key }), {
  sent: nothing,
  accepted: (count) => void (accepted += count),
  refused: (reason, count) => {
    refused += count
    console.error(reason)
  },
})
const valueOf = (n: number, at: number): number => {
  const { calm, loud, isState } = streams[n] as Storm['streams'][number]
  const isLoud = (n + Math.floor(at / 60_000)) % loudEvery === 0
  const value = isLoud ? loud : calm
  // Each value differs from the last one, or a flat line would be an alarm of its own.
  return isState ? value : value * (1 + ((n + Math.floor(at / 1000)) % 7) * 1e-4)
}

let slice = 0
let isBusy = false
const timer = setInterval(() => {
  if (isBusy) return
  isBusy = true
  const at = Date.now()
  const from = slice++ % slices
  const readings = []
  for (let n = from; n < streams.length; n += slices)
    readings.push({ streamId: streams[n]?.id ?? 0, phenomenonAt: at, value: valueOf(n, at) })
  void sender.add(readings).then(() => (isBusy = false))
}, 200)

const walk = await flood({
  port: Number(mqttPort),
  clientId: 'bench-crews',
  username: 'bench',
  password: key,
  window: 2000,
  rate: crews.length,
  message(n, dueAt) {
    const { id, at } = crews[n % crews.length] as Storm['crews'][number]
    const turn = (dueAt / 60_000 + n / crews.length) * 2 * Math.PI
    const [lon, lat] = [at[0] + 0.004 * Math.cos(turn), at[1] + 0.004 * Math.sin(turn)].map((x) => x.toFixed(6))
    const tst = Math.floor(dueAt / 1000)
    return { topic: `owntracks/${id}/radio`, payload: `{"_type":"location","lon":${lon},"lat":${lat},"tst":${tst}}` }
  },
})
serveParent({}, async (question) => {
  if (question['stop']) {
    clearInterval(timer)
    await walk.stop()
  }
  return { accepted, refused, fixes: walk.acknowledged, waiting: sender.waiting }
})
