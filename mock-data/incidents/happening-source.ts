/**
 * What goes wrong by chance: a non-homogeneous Poisson process over classes, by thinning in the city's own time, at places drawn
 * from hot spots and streets; what the world's troubles are noticed as; and what comes of things left lying. Pure and seeded:
 * the same calls give the same happenings, and how time is cut into calls does not matter to the process.
 * Knows nothing of readings or calls: devices are named with their worst values, callers as an expected number.
 */
import type { DeviceRow } from '../../shared/contract/city-pack.ts'
import { distanceM, type LonLat } from '../../shared/model/geo.ts'
import { seededRandom, seedFrom, type Random } from '../city/random.ts'
import type { Happening, HappeningCause, HappeningSource, PeopleOptions, SensedBy, Trouble } from '../life/happening.ts'
import { followOns, forgottenAfterH, rateByCode, type ClassRate } from './class-rates.ts'
import { gazetteerOf } from './gazetteer.ts'
import { hourlyRates } from './hourly-rates.ts'
import { hotSpots } from './hot-spots.ts'
import { residentsOf } from './residents.ts'

const hourMs = 3_600_000
const sameM = 80
const reachedM = 300
/** A little more than that, in degrees from south to north. */
const reachedDeg = reachedM / 110_000
const anyClassM = 60
/** The most a scenario multiplies the ordinary rate by: candidates come that often. */
const mostFactor = 8

/** The first minute shows one of each of these, so that a new viewer sees the loop turn. */
const opening: readonly (readonly [code: string, afterMs: number])[] = [
  ['E0506', 2000],
  ['E0110', 2500],
  ['E0689', 4000],
  ['E0587', 6000],
  ['E0192', 9000],
  ['E0502', 14_000],
  ['E0599', 22_000],
  ['E0113', 28_000],
  ['P0123', 35_000],
  ['P0402', 48_000],
]

export interface HappeningOptions extends PeopleOptions {
  /** Begins with one of each urgent kind within a minute of the server's clock; default true. */
  readonly hasOpening?: boolean
}

export function happeningSource(options: HappeningOptions): HappeningSource {
  const { city, seed, startAt, speed, scale, time, rates: life, chanceFactorAt, hasOpening = true } = options
  const { devices } = city
  const gazetteer = gazetteerOf(city)
  const residents = residentsOf(city.divisions)
  const stream = (word: string) => seededRandom(seedFrom(seed, `happenings ${word}`))
  const [arrivals, chance, fate] = [stream('arrivals'), stream('what and where'), stream('follow-on')]
  const keepers = stream('keepers')
  const cityStart = time.cityAt(startAt)
  const serverAt = (cityAt: number) => startAt + (cityAt - cityStart) / speed
  const rates = hourlyRates((residents / 100_000) * scale * life.happenings)
  const spots = hotSpots(city, residents, gazetteer, stream('spots'))
  const byKind = new Map<string, DeviceRow[]>()
  for (const device of devices) {
    const known = byKind.get(device.kind)
    if (known) known.push(device)
    else byKind.set(device.kind, [device])
  }
  const deviceAt = new Map(devices.map(({ code, position }) => [code, position]))

  const active = new Map<string, Happening>()
  const forgetAt = new Map<string, number>()
  const noticed = new Map<string, string>()
  let script = hasOpening ? opening.map(([code, afterMs]) => ({ code, at: startAt + afterMs })) : []
  let later: { readonly parentId: string; readonly code: string; readonly at: number }[] = []
  const gap = () => (-Math.log(1 - arrivals.next()) / (rates.mostPerHour * mostFactor)) * hourMs
  let nextCityAt = cityStart + gap()
  /** Nothing ends before then: until then nobody has to be looked at. */
  let soonestEnd = Infinity
  let count = 0

  const placeFor = (classRate: ClassRate, random: Random): LonLat | null => {
    const near = spots.filter(({ kind }) => classRate.spots.includes(kind))
    if (near.length > 0 && random.chance(classRate.spotShare)) {
      let ticket = random.next() * near.reduce((sum, { weight }) => sum + weight, 0)
      const spot = near.find(({ weight }) => (ticket -= weight) < 0) ?? near[0]
      if (spot) {
        const [east, north] = [random.normal(), random.normal()].map((z) => (z * spot.radiusM) / 2 / 111_320) as [
          number,
          number,
        ]
        return gazetteer.onStreet([spot.at[0] + east / Math.cos((spot.at[1] * Math.PI) / 180), spot.at[1] + north])
      }
    }
    return gazetteer.anywhere(random)
  }
  type Seen = { at: LonLat; site: string; sensed: SensedBy[] }
  const feltBy = ({ felt }: ClassRate, random: Random, isSure: boolean): Seen | null => {
    const known = felt && (random.chance(felt.share) || isSure) ? (byKind.get(felt.kind) ?? []) : []
    if (!felt || known.length === 0) return null
    const bent = new Set([...active.values()].flatMap(({ sensed }) => sensed.map(({ code }) => code)))
    const free = known.filter(({ code }) => !bent.has(code))
    if (free.length === 0) return null
    const first = random.pick(free)
    const near = free
      .map((device) => ({ device, metres: distanceM(first.position, device.position) }))
      .filter(({ metres }) => metres <= felt.reachM)
      .sort((a, b) => a.metres - b.metres)
    const codes = new Set([first.code, ...near.map(({ device }) => device.code)])
    const worst = () => Math.round(random.between(...felt.worst) * 100) / 100
    const sensed = [...codes].slice(0, random.whole(...felt.devices)).map((code) => ({ code, worst: worst() }))
    return { at: first.position, site: first.site, sensed }
  }
  const isFeltAt = ({ felt }: ClassRate, at: number) => {
    const { hours } = felt ?? {}
    if (hours === undefined) return true
    const hour = time.hourOf(time.cityAt(at))
    return hour >= hours[0] || hour < hours[1]
  }
  const start = (
    code: string,
    startsAt: number,
    cause: HappeningCause,
    at?: LonLat,
    isFelt = false,
  ): Happening | null => {
    const classRate = rateByCode.get(code)
    if (!classRate) return null
    const seen = at === undefined && isFeltAt(classRate, startsAt) ? feltBy(classRate, chance, isFelt) : null
    const position = at ?? seen?.at ?? placeFor(classRate, chance)
    if (!position) return null
    const severity = Math.round(((chance.next() + chance.next()) / 2) * 100) / 100
    const felt = seen ? classRate.felt : undefined
    const least = felt?.leastMs ?? 0
    const { lastsH } = classRate
    const words = gazetteer.wordsAt(position, chance)
    const hours = lastsH ? chance.between(...lastsH) : felt?.keptH ? keepers.between(...felt.keptH) : null
    const happening: Happening = {
      id: `h-${++count}`,
      classCode: code,
      kind: felt?.kind ?? null,
      position,
      site: seen?.site ? seen.site : words,
      startsAt,
      endsAt: hours === null ? null : startsAt + Math.max(least * 1.5, (hours * hourMs) / speed),
      severity,
      cause,
      sensed: seen?.sensed ?? [],
      callers: Math.round(classRate.callers * (0.6 + 0.8 * severity) * 100) / 100,
    }
    active.set(happening.id, happening)
    const forgottenAt = startsAt + (forgottenAfterH * hourMs) / speed
    forgetAt.set(happening.id, forgottenAt)
    soonestEnd = Math.min(soonestEnd, happening.endsAt ?? forgottenAt)
    for (const { of, classCode, afterH, chance: probability } of followOns)
      if (of === code && fate.chance(probability))
        later.push({
          parentId: happening.id,
          code: classCode,
          at: startsAt + (fate.between(...afterH) * hourMs) / speed,
        })
    return happening
  }
  const endOf = ({ id, endsAt }: Happening) => endsAt ?? forgetAt.get(id) ?? Infinity
  const isOverAt = (id: string, at: number) => {
    const happening = active.get(id)
    return !happening || endOf(happening) <= at
  }
  const end = (id: string) => {
    active.delete(id)
    forgetAt.delete(id)
  }
  const notice = (trouble: Trouble, from: number, to: number): Happening => {
    const { key, classCode, position, site, severity, cause } = trouble
    const happening: Happening = {
      ...{ id: `t-${key}`, classCode, kind: null, position, site, endsAt: null, severity, cause, sensed: [] },
      startsAt: Math.min(to, Math.max(from + 1, trouble.since)),
      callers: trouble.callers ?? (rateByCode.get(classCode)?.callers ?? 1) * (0.4 + 1.6 * severity),
    }
    noticed.set(key, happening.id)
    active.set(happening.id, happening)
    return happening
  }
  /** The metres to its nearest point; no nearer than reached where all lie too far north or south. */
  const away = ({ position, sensed }: Happening, at: LonLat) => {
    let least = Infinity
    const look = (one: LonLat) => {
      if (Math.abs(one[1] - at[1]) <= reachedDeg) least = Math.min(least, distanceM(one, at))
    }
    look(position)
    for (const { code } of sensed) look(deviceAt.get(code) ?? position)
    return least
  }

  return {
    active,
    begin(from, to, troubles) {
      const begun: (Happening | null)[] = []
      // In the order of time, so that a parent that ended in between has no children.
      const due = [
        ...script.filter(({ at }) => at <= to).map(({ code, at }) => ({ code, at, parentId: null })),
        ...later.filter(({ at }) => at <= to),
      ].sort((a, b) => a.at - b.at)
      script = script.filter(({ at }) => at > to)
      later = later.filter(({ at }) => at > to)
      for (const { code, at, parentId } of due) {
        const parent = parentId === null ? null : active.get(parentId)
        // The opening is for the eye: what a device can feel, one feels.
        if (parentId === null) begun.push(start(code, at, 'chance', undefined, true))
        else if (parent && !isOverAt(parentId, at)) begun.push(start(code, at, 'follow-on', parent.position))
      }
      for (const until = time.cityAt(to); nextCityAt <= until; nextCityAt += gap()) {
        const share = Math.min(mostFactor, chanceFactorAt(nextCityAt)) / mostFactor
        const code = rates.draw(time.hourOf(nextCityAt), time.weekdayOf(nextCityAt), share, arrivals)
        if (code !== null) begun.push(start(code, serverAt(nextCityAt), 'chance'))
      }
      for (const trouble of troubles) if (!noticed.has(trouble.key)) begun.push(notice(trouble, from, to))
      const standing = new Set(troubles.map(({ key }) => key))
      for (const [key, id] of noticed)
        if (!standing.has(key)) {
          end(id)
          noticed.delete(key)
        }
      if (soonestEnd <= to) {
        soonestEnd = Infinity
        for (const happening of active.values())
          if (endOf(happening) <= to) end(happening.id)
          else soonestEnd = Math.min(soonestEnd, endOf(happening))
      }
      return begun.filter((one) => one !== null).sort((a, b) => a.startsAt - b.startsAt)
    },
    mended(classCode, position, _at) {
      const near = [...active.values()]
        .map((happening) => ({ happening, metres: away(happening, position) }))
        .filter(({ metres }) => metres <= reachedM)
        .sort((a, b) => a.metres - b.metres)
      const same = near.filter(({ happening }) => happening.classCode === classCode)
      const here = same.filter(({ metres }) => metres <= sameM)
      // A crew sent under a wrong name mends what it finds.
      const ended = here.length > 0 ? here : (same[0] ?? near.find(({ metres }) => metres <= anyClassM))
      const all = ended === undefined ? [] : Array.isArray(ended) ? ended : [ended]
      for (const { happening } of all) end(happening.id)
      return all.map(({ happening }) => happening)
    },
  }
}
