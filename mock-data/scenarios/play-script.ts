/** A script laid over a city and an hour: its causes as the world takes them, its warnings as documents with their moments. */
import type { LonLat } from '../../shared/model/geo.ts'
import { layFlat, ringAround, type Ground } from '../world/ground.ts'
import type { Causes } from '../world/causes.ts'
import { powerAreas } from '../world/power.ts'
import { warningText } from './cap-text.ts'
import { curveAt, type Curve, type ScenarioScript, type ScriptedCity, type Where } from './script.ts'

const minMs = 60_000
const outermost = 1.15
const counterReachM = 3000

export interface PlayedScript {
  readonly causes: Causes
  readonly callFactorAt: (cityAt: number) => number
  readonly chanceFactorAt: (cityAt: number) => number
  /** CAP documents by the server's clock, in order. */
  readonly warnings: readonly { readonly at: number; readonly xml: string }[]
}

export interface PlayOptions {
  readonly city: ScriptedCity & { readonly head: { readonly name: string; readonly timeZone: string } }
  readonly seed: number
  /** City time of the scenario's beginning. */
  readonly beginCityAt: number
  /** The same by the server's clock. */
  readonly beginAt: number
  readonly speed: number
  readonly isDrill: boolean
}

/** Where a script means, metres from the city's middle. */
export function placeOf(where: Where, city: ScriptedCity, ground: Ground): readonly [x: number, y: number] {
  if ('spot' in where) return [where.spot[0] * ground.reachM, where.spot[1] * ground.reachM]
  const fits: LonLat[] =
    'place' in where
      ? city.places
          .filter(({ properties }) => where.place.test(properties.kind) || where.place.test(properties.name))
          .map(({ geometry }): LonLat => [geometry.coordinates[0], geometry.coordinates[1]])
      : city.devices.filter(({ kind }) => kind === where.device).map(({ position }) => position)
  const byDistance = fits
    .map((at) => [ground.xOf(at), ground.yOf(at)] as const)
    .sort((a, b) => Math.hypot(...a) - Math.hypot(...b))
  return byDistance[(where.nth ?? 0) % Math.max(1, byDistance.length)] ?? [0, 0]
}

export function playScript(script: ScenarioScript, options: PlayOptions): PlayedScript {
  const { city, seed, beginCityAt, beginAt, speed } = options
  const ground = layFlat(city.devices.map(({ position }) => position))
  const cityAt = (minute: number) => beginCityAt + minute * minMs
  const spot = (where: Where) => {
    const [x, y] = placeOf(where, city, ground)
    return { x, y }
  }
  /** Venues have counters of their own: people gather where the nearest of them stands, if any is near. */
  const counted = (at: { readonly x: number; readonly y: number }) => {
    let best = at
    let near = counterReachM
    for (const device of city.devices) {
      if (device.kind !== 'crowd-density') continue
      const [x, y] = [ground.xOf(device.position), ground.yOf(device.position)]
      const away = Math.hypot(x - at.x, y - at.y)
      if (away < near) [near, best] = [away, { x, y }]
    }
    return best
  }
  const span = ({ fromMin, toMin }: { readonly fromMin: number; readonly toMin: number }) => ({
    fromAt: cityAt(fromMin),
    toAt: cityAt(toMin),
  })
  const factor = (curve: Curve | undefined) => (at: number) =>
    curve === undefined || at < beginCityAt ? 1 : curveAt(curve, (at - beginCityAt) / minMs)
  const substations = city.places
    .filter(({ properties }) => /^(power|substation)$/.test(properties.kind))
    .map(({ geometry }): LonLat => [geometry.coordinates[0], geometry.coordinates[1]])
  const areas = powerAreas(seed, ground, substations)
  const pumps = city.devices.filter(({ kind }) => kind === 'pump')
  const { wind } = script
  const causes: Causes = {
    weather: {
      // A drill comes over the weather there is.
      isDryOtherwise: script.isDryOtherwise && !options.isDrill,
      cells: (script.rain ?? []).map((rain) => {
        const seconds = (rain.toMin - rain.fromMin) * 60
        return {
          ...span(rain),
          x: rain.from[0] * ground.reachM,
          y: rain.from[1] * ground.reachM,
          vx: ((rain.to[0] - rain.from[0]) * ground.reachM) / seconds,
          vy: ((rain.to[1] - rain.from[1]) * ground.reachM) / seconds,
          radiusM: rain.radius * ground.reachM,
          peakMmH: rain.peakMmH,
        }
      }),
      windAt: (at) => (wind === undefined || at < beginCityAt ? null : curveAt(wind, (at - beginCityAt) / minMs)),
    },
    demandAt: factor(script.demand),
    leaks: (script.leaks ?? []).map((leak) => ({ ...span(leak), ...spot(leak.where), peakLel: leak.peakLel })),
    gatherings: (script.gatherings ?? []).map((one) => ({
      ...span(one),
      ...counted(spot(one.where)),
      radiusM: one.radiusM,
      peak: one.peak,
    })),
    outages: (script.outages ?? []).map((one) => {
      const { x, y } = spot(one.where)
      return { ...span(one), area: areas.areaAt(x, y) }
    }),
    pumpFailures: (script.pumpFailures ?? []).flatMap((one) => {
      const { x, y } = spot(one.where)
      const near = [...pumps].sort(
        (a, b) =>
          Math.hypot(ground.xOf(a.position) - x, ground.yOf(a.position) - y) -
          Math.hypot(ground.xOf(b.position) - x, ground.yOf(b.position) - y),
      )[0]
      return near ? [{ ...span(one), code: near.code }] : []
    }),
    accidents: (script.accidents ?? []).map((one) => ({ ...span(one), ...spot(one.where), taken: one.taken })),
    noticed: (script.noticed ?? []).map(({ what, classCode, severity, callers, ...one }) => ({
      ...span(one),
      ...spot(one.where),
      what,
      classCode,
      severity,
      callers,
    })),
  }
  const previous = new Map<string, string>()
  const warnings = (script.warnings ?? []).map((warning, n) => {
    const at = Math.round(beginAt + (warning.atMin * minMs) / speed)
    const middle = warning.where === null ? ([0, 0] as const) : placeOf(warning.where, city, ground)
    const radiusM = (warning.where === null ? outermost : (warning.radius ?? 0.3)) * ground.reachM
    const { identifier, xml } = warningText({
      scenario: script.code,
      number: n + 1,
      warning,
      cityName: city.head.name,
      timeZone: city.head.timeZone,
      sentAt: at,
      expiresAt: Math.round(at + (warning.forMin * minMs) / speed),
      ring: ringAround(ground, middle, radiusM),
      isExercise: options.isDrill,
      replaces: previous.get(warning.kind) ?? null,
    })
    previous.set(warning.kind, identifier)
    return { at, xml }
  })
  return { causes, callFactorAt: factor(script.calls), chanceFactorAt: factor(script.chance), warnings }
}
