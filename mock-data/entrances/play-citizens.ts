/** Citizens: a few requests a minute through the Open311 door. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Random } from '../city/random.ts'
import type { CitizenSite } from '../incidents/citizen-request.ts'
import { citizens } from '../incidents/citizens.ts'
import { requestFields } from '../incidents/request-fields.ts'
import { LineBroken, type DoorClient } from './door-client.ts'
import { offeredServices } from './offered-services.ts'

const meanGapMs = 32_000

export async function playCitizens(options: {
  readonly client: DoorClient
  readonly sites: readonly CitizenSite[]
  readonly random: Random
  readonly speed: number
  readonly signal: AbortSignal
  readonly say: (words: string) => void
}): Promise<void> {
  const { client, sites, random, speed, signal, say } = options
  const services = await offeredServices(client)
  const people = citizens(sites, services, random)
  let isFirst = true
  while (!signal.aborted) {
    // Nobody waits half a minute for the first sign of life.
    const gapMs = isFirst ? 3000 : (-meanGapMs * Math.log(1 - random.next())) / speed
    isFirst = false
    await pause(Math.max(50, gapMs), undefined, { signal }).catch(() => {})
    if (signal.aborted) return
    const request = people.next()
    if (!request) return say('no citizens: the city offers no service they know')
    try {
      const { status, text } = await client.ask({
        method: 'POST',
        path: '/open311/v2/requests.json',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(requestFields(request)).toString(),
      })
      if (status >= 300) say(`a request was refused: HTTP ${status}: ${text.slice(0, 200)}`)
    } catch (error) {
      // Whoever was cut off hangs up.
      if (!(error instanceof LineBroken) && !signal.aborted) throw error
    }
  }
}
