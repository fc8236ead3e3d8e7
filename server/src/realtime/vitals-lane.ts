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
  /** One of those it is for; the others see the same sensors. */
  readonly audience: Audience
  readonly members: Set<Link>
  latest: CityVitals
}
/** What bounds an account is its part of the city; nothing that is masked is counted or named. */
const roomOf = (audience: Audience): string => `vitals ${scopeOf(audience)?.districtId ?? 'all'}`

export function createVitalsLane(deps: {
  io: CityServer
  view: Pick<StateView, 'sensors' | 'latest'>
  clock: Clock
}): VitalsLane {
  const { io, view, clock } = deps
  const groups = new Map<string, Group>()
  const places = new Map<Link, string>()

  function* seenBy(audience: Audience): Generator<Sensor> {
    for (const row of view.sensors.values()) {
      const sensor = sensorFor(audience, row)
      if (sensor !== null) yield sensor
    }
  }
  const counted = (audience: Audience, before: CityVitals | null) =>
    cityVitals({
      sensors: scopeOf(audience) === null ? view.sensors.values() : seenBy(audience),
      latestOf: (id) => view.latest.get(id),
      nowAt: clock.now(),
      before,
    })

  return {
    join(link) {
      if (rightsOf(link.signedIn.actor)?.telemetry !== true) return
      const { audience } = link
      const room = roomOf(audience)
      const group = groups.get(room) ?? { audience, members: new Set<Link>(), latest: counted(audience, null) }
      groups.set(room, group)
      group.members.add(link)
      places.set(link, room)
      void link.socket.join(room)
      link.socket.emit('telemetry:vitals', group.latest)
    },
    leave(link) {
      const room = places.get(link)
      if (room === undefined) return
      places.delete(link)
      void link.socket.leave(room)
      const group = groups.get(room)
      group?.members.delete(link)
      if (group?.members.size === 0) groups.delete(room)
    },
    tick() {
      for (const [room, group] of groups) {
        group.latest = counted(group.audience, group.latest)
        const slow = [...group.members].filter((link) => waitingPackets(link) > maxWaiting)
        io.to(room)
          .except(slow.map(({ socket }) => socket.id))
          .emit('telemetry:vitals', group.latest)
      }
    },
  }
}
