/**
 * The city's sensors in numbers, to whoever asks for them: once a second, counted and serialised once for all who may see the same sensors.
 * Guarantees that what is counted is what the account's rights cover, and that nothing is counted while nobody looks. A client too slow is
 * spared numbers that newer ones replace.
 */
import type { CityVitals } from '../../../shared/model/city-vitals.ts'
import type { Sensor } from '../../../shared/model/sensor.ts'
import { scopeOf, sensorFor, type Audience } from '../access/audience.ts'
import { rightsOf } from '../access/rights.ts'
import type { Clock } from '../ports/clock.ts'
import type { StateView } from '../ports/engine.ts'
import { cityVitals } from './city-vitals.ts'
import { waitingPackets, type CityServer, type Link } from './link.ts'

/** More packets waiting than this = too slow. */
const maxWaiting = 4

export interface VitalsLane {
  /** Nothing for accounts whose rights give no values. */
  join(link: Link): void
  leave(link: Link): void
  /** Sends the numbers as they are now. Once a second. */
  tick(): void
}

interface Group {
  readonly members: Set<Link>
  latest: CityVitals
}
const roomOf = (audience: Audience) => `vitals ${audience}`

export function createVitalsLane(deps: {
  io: CityServer
  view: Pick<StateView, 'sensors' | 'latest'>
  clock: Clock
}): VitalsLane {
  const { io, view, clock } = deps
  const groups = new Map<Audience, Group>()
  const places = new Map<Link, Audience>()

  function* seenBy(audience: Audience): Generator<Sensor> {
    for (const row of view.sensors.values()) {
      const sensor = sensorFor(audience, row)
      if (sensor !== null) yield sensor
    }
  }
  const counted = (audience: Audience, before: CityVitals | null) =>
    cityVitals({
      // What bounds an account is its part of the city; nothing that is masked is counted or named.
      sensors: scopeOf(audience) === null ? view.sensors.values() : seenBy(audience),
      latestOf: (id) => view.latest.get(id),
      nowAt: clock.now(),
      before,
    })

  return {
    join(link) {
      if (rightsOf(link.signedIn.actor)?.telemetry !== true) return
      const { audience } = link
      const group = groups.get(audience) ?? { members: new Set<Link>(), latest: counted(audience, null) }
      groups.set(audience, group)
      group.members.add(link)
      places.set(link, audience)
      void link.socket.join(roomOf(audience))
      link.socket.emit('telemetry:vitals', group.latest)
    },
    leave(link) {
      const audience = places.get(link)
      if (audience === undefined) return
      places.delete(link)
      void link.socket.leave(roomOf(audience))
      const group = groups.get(audience)
      group?.members.delete(link)
      if (group?.members.size === 0) groups.delete(audience)
    },
    tick() {
      for (const [audience, group] of groups) {
        group.latest = counted(audience, group.latest)
        const slow = [...group.members].filter((link) => waitingPackets(link) > maxWaiting)
        io.to(roomOf(audience))
          .except(slow.map(({ socket }) => socket.id))
          .emit('telemetry:vitals', group.latest)
      }
    },
  }
}
