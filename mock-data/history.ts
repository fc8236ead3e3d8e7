/**
 * The player of a past: the simulated city's people and devices as they were in the days before, told step by step to the server that
 * lives them. Started by it on a thread of its own, spoken to by messages, and as much a stranger to it as the living simulator.
 */
import { parentPort } from 'node:worker_threads'
import type { PlayerMessage, ServerMessage } from '../shared/contract/history.ts'
import { readCityFiles } from './entrances/city-files.ts'
import { pastPlayer, type PastPlayer } from './past/past-player.ts'

let player: PastPlayer | null = null

async function answer(message: ServerMessage): Promise<PlayerMessage> {
  if (message.kind === 'stepped') player?.took(message)
  else if (player !== null) player.goOn(message.until)
  else {
    const { cityDir, seed, from, until } = message
    const city = await readCityFiles(cityDir)
    if (city.devices.length === 0 || city.crews.length === 0) return { kind: 'nothing', why: 'no devices, or no crews' }
    player = pastPlayer({ city, seed, from, until })
  }
  return player?.next() ?? { kind: 'arrived' }
}

const port = parentPort
if (port === null) throw new Error('the player of a past is started by whoever lives it')
port.on('message', (text: string) => {
  void answer(JSON.parse(text) as ServerMessage).then((said) => {
    port.postMessage(JSON.stringify(said))
    player?.ahead()
  })
})
