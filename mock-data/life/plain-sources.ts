/** Happenings and calls in their first, plain form: one urgent kind of each at the start, then at an even rate. */
import { seededRandom, seedFrom } from '../city/random.ts'
import { citizenSites } from '../incidents/citizen-sites.ts'
import { citizens } from '../incidents/citizens.ts'
import { endOf, planHappenings } from '../incidents/happenings.ts'
import { distanceM } from '../../shared/model/geo.ts'
import type { DoorInput } from './door-input.ts'
import type { CallerSource, Happening, HappeningSource, PeopleOptions } from './happening.ts'

const classOfKind: Readonly<Record<string, string>> = {
  'water-depth': 'E0506',
  methane: 'E0502',
  'road-speed': 'E0689',
  smoke: 'E0587',
  'manhole-tilt': 'P0123',
  'bin-fill': 'E0192',
  'water-pressure': 'E0501',
  'crowd-density': 'E0488',
}
const siteCount = 600
const mendReachM = 500

export function plainHappenings({ city, seed, startAt, speed, rates }: PeopleOptions): HappeningSource {
  const plan = planHappenings(
    city.devices,
    startAt,
    rates.happeningGapMs / speed,
    seededRandom(seedFrom(seed, 'happenings')),
  )
  const byCode = new Map(city.devices.map((device) => [device.code, device]))
  const active = new Map<string, Happening>()
  let count = 0
  return {
    active,
    begin(_from, to) {
      for (const [id, { endsAt }] of active) if (endsAt !== null && endsAt <= to) active.delete(id)
      return plan.begin(to).map((planned) => {
        const first = byCode.get(planned.codes[0] as string)
        const happening: Happening = {
          id: `H-${++count}`,
          classCode: classOfKind[planned.kind.kind] ?? 'E0699',
          kind: planned.kind.kind,
          position: first?.position ?? [0, 0],
          site: first?.site ?? '',
          startsAt: planned.startAt,
          endsAt: endOf(planned) - planned.kind.fallMs,
          severity: 0.6,
          cause: 'chance',
          sensed: planned.codes.map((code) => ({ code, worst: planned.worst })),
          callers: 0,
        }
        active.set(happening.id, happening)
        return happening
      })
    },
    mended(classCode, position) {
      const ended = [...active.values()].filter(
        (one) => one.classCode === classCode && distanceM(one.position, position) < mendReachM,
      )
      for (const { id } of ended) active.delete(id)
      return ended
    },
  }
}

export function plainCallers({
  city,
  seed,
  startAt,
  speed,
  rates,
  services,
  callFactorAt,
  time,
}: PeopleOptions): CallerSource {
  const random = seededRandom(seedFrom(seed, 'citizens'))
  const people = citizens(citizenSites(city, siteCount, seededRandom(seedFrom(seed, 'sites'))), services, random)
  let nextAt = startAt + 3000
  let count = 0
  return {
    heard: () => {},
    due(_from, to) {
      const calls: Extract<DoorInput, { door: 'open311' }>[] = []
      while (nextAt <= to) {
        const request = people.next()
        if (request) calls.push({ door: 'open311', at: nextAt, request, happeningId: `call-${++count}` })
        const factor = Math.max(0.01, callFactorAt(time.cityAt(nextAt)))
        nextAt -= (rates.callGapMs / speed / factor) * Math.log(1 - random.next())
      }
      return calls
    },
  }
}
