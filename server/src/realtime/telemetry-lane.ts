/**
 * The telemetry lane: latest values only. Guarantees one encoding a subscription and frame whatever the number of clients,
 * and that a client too slow for frames is spared them, then told how many values it did not get. Never holds the state lane up.
 */
import type { UnitPlace } from '../../../shared/contract/realtime.ts'
import { scopeOf, unitFor, type Audience } from '../access/audience.ts'
import { rightsOf } from '../access/rights.ts'
import type { Clock } from '../ports/clock.ts'
import type { Commit, StateView } from '../ports/engine.ts'
import type { Metrics } from '../ports/metrics.ts'
import { createCoalescer, frameBytes } from './coalescer.ts'
import { waitingPackets, type CityServer, type Link } from './link.ts'
import { boundTo, type Subscription } from './subscription.ts'

/** More packets waiting than this (a frame is two) = skip. */
const maxWaiting = 4

export interface TelemetryLane {
  record(commit: Commit): void
  /** Sends all present values of the subscription, as far as rights give any, then what changes. Null = crews' positions only. */
  join(link: Link, subscription: Subscription | null): void
  leave(link: Link): void
  /** Sends one frame. A few times a second. */
  tick(): void
  /** Sends the crews that moved. Once a second. */
  tickUnits(): void
}

const unitsRoom = (audience: Audience) => `units ${audience}`

export function createTelemetryLane(deps: {
  io: CityServer
  view: StateView
  clock: Clock
  metrics: Metrics
}): TelemetryLane {
  const { io, view, clock, metrics } = deps
  const coalescer = createCoalescer(view)
  const groups = new Map<string, { readonly subscription: Subscription; readonly members: Set<Link> }>()
  const unitGroups = new Map<Audience, Set<Link>>()
  let moved = new Set<string>()
  let frame = 0

  const places = (audience: Audience, unitIds: Iterable<string>): UnitPlace[] => {
    const seen: UnitPlace[] = []
    for (const unitId of unitIds) {
      const unit = view.units.get(unitId)
      const fix = view.fixes.get(unitId)
      if (!unit || !fix || !unitFor(audience, unit)) continue
      const { position, headingDeg, speedMps, fixAt } = fix
      seen.push({ unitId, lon: position[0], lat: position[1], headingDeg, speedMps, fixAt })
    }
    return seen
  }
  const sendAllPlaces = (link: Link) => {
    const all = places(link.audience, view.fixes.keys())
    if (all.length > 0) link.socket.emit('telemetry:units', all)
  }
  const isTooSlow = (link: Link) => waitingPackets(link) > maxWaiting

  function skip(link: Link, values: number, sinceFrame: number) {
    const place = link.telemetry
    if (!place) return
    if (place.behind) place.behind.skipped += values
    else {
      place.behind = { sinceFrame, skipped: values }
      if (place.subscription) void link.socket.leave(place.subscription.key)
      void link.socket.leave(unitsRoom(link.audience))
      metrics.count('tongguan_telemetry_clients_thinned_total')
    }
  }

  function catchUp(link: Link, current: number) {
    const place = link.telemetry
    if (!place?.behind) return
    const { sinceFrame, skipped } = place.behind
    place.behind = null
    if (place.subscription) {
      const values = coalescer.valuesSince(place.subscription, sinceFrame)
      const thinned = Math.max(0, skipped + current - values.length)
      link.socket.compress(false).emit('telemetry:frame', frameBytes(values, clock.now(), thinned))
      metrics.count('tongguan_telemetry_values_thinned_total', {}, thinned)
      void link.socket.join(place.subscription.key)
    }
    void link.socket.join(unitsRoom(link.audience))
    sendAllPlaces(link)
  }

  function sendFrame(subscription: Subscription, members: ReadonlySet<Link>) {
    const values = coalescer.values(subscription)
    const drained: Link[] = []
    for (const link of members) {
      if (link.telemetry?.behind) {
        if (waitingPackets(link) === 0) drained.push(link)
        else skip(link, values.length, frame - 1)
      } else if (isTooSlow(link)) skip(link, values.length, frame - 1)
    }
    if (values.length > 0) {
      io.to(subscription.key)
        .compress(false)
        .emit('telemetry:frame', frameBytes(values, clock.now(), 0))
      metrics.count('tongguan_telemetry_frames_total')
    }
    for (const link of drained) catchUp(link, values.length)
  }

  return {
    record(commit) {
      for (const reading of commit.readings) coalescer.changed(reading.sensorId)
      for (const sensorId of commit.uncovered) coalescer.changed(sensorId)
      for (const fix of commit.fixes) moved.add(fix.unitId)
    },

    join(link, wanted) {
      const scope = scopeOf(link.audience)
      const asked = rightsOf(link.signedIn.actor)?.telemetry ? wanted : null
      const subscription = asked && scope ? boundTo(asked, scope.districtId) : asked
      link.telemetry = { subscription, behind: null }
      void link.socket.join(unitsRoom(link.audience))
      unitGroups.set(link.audience, (unitGroups.get(link.audience) ?? new Set()).add(link))
      sendAllPlaces(link)
      if (!subscription) return
      const group = groups.get(subscription.key) ?? { subscription, members: new Set() }
      groups.set(subscription.key, group)
      group.members.add(link)
      void link.socket.join(subscription.key)
      const values = coalescer.valuesSince(subscription, 0)
      link.socket.compress(false).emit('telemetry:frame', frameBytes(values, clock.now(), 0))
    },

    leave(link) {
      const key = link.telemetry?.subscription?.key
      link.telemetry = null
      void link.socket.leave(unitsRoom(link.audience))
      const units = unitGroups.get(link.audience)
      units?.delete(link)
      if (units?.size === 0) unitGroups.delete(link.audience)
      if (key === undefined) return
      void link.socket.leave(key)
      const group = groups.get(key)
      group?.members.delete(link)
      if (group?.members.size === 0) groups.delete(key)
    },

    tick() {
      frame = coalescer.nextFrame()
      for (const { subscription, members } of groups.values()) sendFrame(subscription, members)
    },

    tickUnits() {
      const now = moved
      moved = new Set()
      for (const [audience, members] of unitGroups) {
        for (const link of members) {
          if (link.telemetry?.behind) {
            // Those with values are brought up to date with their next frame.
            if (!link.telemetry.subscription && waitingPackets(link) === 0) catchUp(link, 0)
          } else if (isTooSlow(link)) skip(link, 0, frame)
        }
        const seen = places(audience, now)
        if (seen.length > 0) io.to(unitsRoom(audience)).compress(false).emit('telemetry:units', seen)
      }
    },
  }
}
