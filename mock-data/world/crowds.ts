/** People at places: stations at the rush, malls in the evening, parks on Sunday morning, and thousands where something is on. */
import type { PlaceFeature } from '../../shared/contract/city-pack.ts'
import type { LonLat } from '../../shared/model/geo.ts'
import type { Ground } from './ground.ts'

/** A scripted gathering: rises, stays, and goes home again. */
export interface Gathering {
  /** City time, epoch ms. */
  readonly fromAt: number
  readonly toAt: number
  readonly x: number
  readonly y: number
  readonly radiusM: number
  /** In its middle, persons a square metre. */
  readonly peak: number
}

const hump = (hour: number, at: number, width: number) => Math.exp(-(((hour - at) / width) ** 2))
type Profile = (hour: number, isWeekend: boolean) => number

/** 0 … 1 of what a place of its kind sees in an ordinary week. */
const profiles: Readonly<Record<string, Profile>> = {
  station: (hour, isWeekend) =>
    isWeekend ? 0.25 + 0.5 * hump(hour, 16, 5) : Math.max(0.15, hump(hour, 8, 1.2), hump(hour, 18, 1.5)),
  commerce: (hour, isWeekend) =>
    (isWeekend ? 1 : 0.65) *
    Math.max(0.05, 0.7 * hump(hour, 12.5, 1.5), hump(hour, 19, 2.2), isWeekend ? 0.8 * hump(hour, 15, 3) : 0),
  school: (hour, isWeekend) => (isWeekend ? 0.03 : Math.max(0.05, 0.9 * hump(hour, 7.5, 0.6), hump(hour, 16.5, 0.8))),
  hospital: (hour) => Math.max(0.1, 0.8 * hump(hour, 9.5, 2), 0.5 * hump(hour, 14.5, 2)),
  park: (hour, isWeekend) => Math.max(0.02, (isWeekend ? 0.8 : 0.4) * hump(hour, 9, 2), 0.5 * hump(hour, 19, 1.6)),
  street: (hour, isWeekend) => Math.max(0.05, (isWeekend ? 0.5 : 0.4) * hump(hour, 13, 4), 0.4 * hump(hour, 19, 2)),
}
const profileOfKind: Readonly<Record<string, keyof typeof profiles>> = {
  station: 'station',
  'metro-station': 'station',
  commerce: 'commerce',
  mall: 'commerce',
  market: 'commerce',
  stadium: 'street',
  culture: 'park',
  tourism: 'park',
  park: 'park',
  school: 'school',
  university: 'school',
  hospital: 'hospital',
}
const counterReachM = 450

/** Which place's people a counter sees. */
export function profileAt(at: LonLat, places: readonly PlaceFeature[], ground: Ground): Profile {
  let near = counterReachM
  let kind = 'street'
  for (const { geometry, properties } of places) {
    const known = profileOfKind[properties.kind]
    if (known === undefined) continue
    const place: LonLat = [geometry.coordinates[0], geometry.coordinates[1]]
    const away = Math.hypot(ground.xOf(place) - ground.xOf(at), ground.yOf(place) - ground.yOf(at))
    if (away < near) {
      near = away
      kind = known
    }
  }
  return profiles[kind] as Profile
}

/** What scripted gatherings add at a place, persons a square metre. */
export function gathered(gatherings: readonly Gathering[], x: number, y: number, cityAt: number): number {
  let sum = 0
  for (const one of gatherings) {
    if (cityAt <= one.fromAt || cityAt >= one.toAt) continue
    const share = (cityAt - one.fromAt) / (one.toAt - one.fromAt)
    const filled = Math.min(1, share / 0.35, (1 - share) / 0.25)
    const far = Math.hypot(x - one.x, y - one.y) / one.radiusM
    if (far < 2.5) sum += one.peak * filled * Math.exp(-far * far)
  }
  return sum
}
