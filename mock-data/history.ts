/**
 * The player of a past: the simulated city's people and devices as they were in the days before, told step by step to the server that
 * lives them. Loaded by it from its file, spoken to by messages, and as much a stranger to it as the living simulator.
 */
import type { PlayerMessage, ServerMessage } from '../shared/contract/history.ts'
import { readCityFiles } from './entrances/city-files.ts'
import { pastPlayer, type PastPlayer } from './past/past-player.ts'

/** A new player: asked by a message, it says what comes next. */
export function play(): (message: ServerMessage) => Promise<PlayerMessage> {
  let player: PastPlayer | null = null
  return async (message) => {
    if (message.kind === 'stepped') player?.took(message)
    else if (player !== null) player.goOn(message.until)
    else {
      const { cityDir, seed, from, until } = message
      const city = await readCityFiles(cityDir)
      if (city.devices.length === 0 || city.crews.length === 0)
        return { kind: 'nothing', why: 'no devices, or no crews' }
      player = pastPlayer({ city, seed, from, until })
    }
    return player?.next() ?? { kind: 'arrived' }
  }
}
