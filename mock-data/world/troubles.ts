/** What anyone who stands there would notice of the physical city, as long as it lasts. */
import type { DeviceRow } from '../../shared/contract/city-pack.ts'
import { seededRandom, seedFrom } from '../city/random.ts'
import type { Trouble, TroubleKind } from '../life/happening.ts'
import type { Noticed } from './causes.ts'
import { gathered, type Gathering } from './crowds.ts'
import { leaked, type Leak } from './gas.ts'
import type { Ground } from './ground.ts'
import type { Traffic } from './traffic.ts'

export const classOfTrouble: Readonly<Record<TroubleKind, string>> = {
  'flooded-road': 'E0506',
  'fallen-tree': 'P0402',
  'power-cut': 'E0598',
  jam: 'E0689',
  crowd: 'E0488',
  'gas-smell': 'E0502',
  'pump-failed': 'P0597',
  'low-water-pressure': 'E0501',
  'signals-out': 'P0289',
  'lift-trapped': 'E0599',
}

export interface Seen {
  /** Of the server's clock. */
  readonly at: number
  readonly cityAt: number
  readonly wind: number
  readonly lowPoints: readonly number[]
  readonly depthOf: (device: number) => number
  readonly pumps: readonly number[]
  readonly isPumpDown: (device: number) => boolean
  /** By feeder area: 1 = no supply. */
  readonly out: ArrayLike<number>
  readonly middleOf: (area: number) => readonly [x: number, y: number]
  /** A lift of the area with somebody in it; −1 = none. */
  readonly trapped: (area: number) => number
  readonly leaks: readonly Leak[]
  readonly gatherings: readonly Gathering[]
  readonly noticed: readonly Noticed[]
}

export interface TroubleWatch {
  look(seen: Seen): void
  mended(classCode: string, x: number, y: number): void
  readonly standing: readonly Trouble[]
}

/** Water over the kerb, cm: noticed from, and until. */
const floodCm = [10, 5] as const
/** Trees begin to fall, m/s. */
const treeWind = 15
const mostTrees = 40
const jamFrom = 0.62
const mostJams = 6
const mendReachM = 600
/** Callers for each % of the explosive limit at the leak. */
const smellPerLel = 0.18

export function troubleWatch({
  seed,
  devices,
  ground,
  roads,
}: {
  readonly seed: number
  readonly devices: readonly DeviceRow[]
  readonly ground: Ground
  readonly roads: Traffic
}): TroubleWatch {
  const standing = new Map<string, Trouble>()
  const random = seededRandom(seedFrom(seed, 'trees'))
  const inRegion = new Map<number, DeviceRow>()
  for (const device of devices)
    if (device.kind === 'road-speed')
      inRegion.set(roads.regionAt(ground.xOf(device.position), ground.yOf(device.position)), device)
  const trees = new Map<string, { readonly device: DeviceRow; readonly untilAt: number }>()
  let fallen = 0
  let lookedAt = NaN
  let list: readonly Trouble[] = []

  const siteNear = (x: number, y: number): DeviceRow | undefined => {
    let best: DeviceRow | undefined
    let near = Infinity
    for (const device of devices) {
      if (device.site === '') continue
      const away = Math.hypot(ground.xOf(device.position) - x, ground.yOf(device.position) - y)
      if (away < near) [near, best] = [away, device]
    }
    return best
  }
  return {
    get standing() {
      return list
    },
    look(seen) {
      const still = new Set<string>()
      const stand = (
        key: string,
        what: TroubleKind,
        severity: number,
        where: () => Pick<Trouble, 'position' | 'site'>,
        cause: Trouble['cause'],
        more: Partial<Pick<Trouble, 'callers' | 'classCode'>> = {},
      ) => {
        still.add(key)
        const known = standing.get(key)
        const rounded = Math.round(Math.max(0, Math.min(1, severity)) * 100) / 100
        if (known) standing.set(key, { ...known, severity: rounded })
        else
          standing.set(key, {
            key,
            what,
            classCode: classOfTrouble[what],
            ...where(),
            since: seen.at,
            severity: rounded,
            cause,
            ...more,
          })
      }
      const atDevice = (device: DeviceRow) => () => ({ position: device.position, site: device.site || device.name })
      const atPoint = (x: number, y: number) => () => ({
        position: ground.lonLatOf(x, y),
        site: siteNear(x, y)?.site ?? '',
      })
      for (const d of seen.lowPoints) {
        const device = devices[d] as DeviceRow
        const depth = seen.depthOf(d)
        const key = `flood-${device.code}`
        if (depth >= (standing.has(key) ? floodCm[1] : floodCm[0]))
          stand(key, 'flooded-road', depth / 50, atDevice(device), 'weather')
      }
      const minutes = Number.isNaN(lookedAt) ? 0 : (seen.cityAt - lookedAt) / 60_000
      lookedAt = seen.cityAt
      if (seen.wind > treeWind && random.next() < minutes * 0.03 * (seen.wind - treeWind) && trees.size < mostTrees)
        trees.set(`tree-${++fallen}`, { device: random.pick(devices), untilAt: seen.cityAt + 6 * 3_600_000 })
      for (const [key, { device, untilAt }] of trees) {
        if (untilAt < seen.cityAt) trees.delete(key)
        else stand(key, 'fallen-tree', 0.6, atDevice(device), 'weather')
      }
      for (let a = 0; a < seen.out.length; a++) {
        if (!seen.out[a]) continue
        const [x, y] = seen.middleOf(a)
        stand(`power-${a}`, 'power-cut', 0.9, atPoint(x, y), 'scenario')
        stand(`signals-${a}`, 'signals-out', 0.5, atPoint(x + 150, y), 'follow-on')
        const lift = seen.trapped(a)
        if (lift >= 0) stand(`lift-${a}`, 'lift-trapped', 0.9, atDevice(devices[lift] as DeviceRow), 'follow-on')
      }
      for (const d of seen.pumps)
        if (seen.isPumpDown(d)) {
          const device = devices[d] as DeviceRow
          stand(`pump-${device.code}`, 'pump-failed', 0.5, atDevice(device), 'follow-on')
        }
      const jams: { readonly region: number; readonly jam: number }[] = []
      for (let region = 0; region < roads.regions; region++)
        if (inRegion.has(region) && roads.jam(region) > (standing.has(`jam-${region}`) ? jamFrom - 0.15 : jamFrom))
          jams.push({ region, jam: roads.jam(region) })
      for (const { region, jam } of jams.sort((a, b) => b.jam - a.jam).slice(0, mostJams))
        stand(`jam-${region}`, 'jam', jam, atDevice(inRegion.get(region) as DeviceRow), 'follow-on')
      seen.leaks.forEach((leak, n) => {
        const lel = leaked([leak], leak.x, leak.y, seen.cityAt)
        if (lel > 8)
          stand(`gas-${n}`, 'gas-smell', lel / 60, atPoint(leak.x, leak.y), 'scenario', {
            callers: Math.round(leak.peakLel * smellPerLel),
          })
      })
      seen.gatherings.forEach((one, n) => {
        const density = gathered([one], one.x, one.y, seen.cityAt)
        if (density > 3) stand(`crowd-${n}`, 'crowd', density / 6, atPoint(one.x, one.y), 'scenario')
      })
      seen.noticed.forEach((one, n) => {
        if (one.fromAt <= seen.cityAt && seen.cityAt < one.toAt)
          stand(`noticed-${n}`, one.what, one.severity, atPoint(one.x, one.y), 'scenario', {
            callers: one.callers,
            classCode: one.classCode,
          })
      })
      for (const key of standing.keys()) if (!still.has(key)) standing.delete(key)
      list = [...standing.values()]
    },
    mended(classCode, x, y) {
      for (const [key, { device }] of trees) {
        const away = Math.hypot(ground.xOf(device.position) - x, ground.yOf(device.position) - y)
        if (away < mendReachM && classOfTrouble['fallen-tree'] === classCode) trees.delete(key)
      }
    },
  }
}
