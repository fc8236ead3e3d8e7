/**
 * The part of the city and the kinds of sensor a client wants values of. Boxes are widened to a grid, so that pages looking at about the same
 * place share one subscription, and each frame is chosen and encoded once for all of them.
 */
import type { Hello } from '../../../shared/contract/realtime.ts'
import { isWithin, type BBox, type LonLat } from '../../../shared/model/geo.ts'

export interface Subscription {
  /** Same key = same frames. Also the name of the room. */
  readonly key: string
  /** Null = the whole city. */
  readonly bbox: BBox | null
  /** Only sensors counted there; absent = wherever. */
  readonly districtId?: string
  /** Only sensors of these kinds; absent = all. */
  readonly kinds?: ReadonlySet<string>
}

/** The same, of one district's sensors only. */
export const boundTo = (subscription: Subscription, districtId: string): Subscription => ({
  ...subscription,
  key: `${subscription.key} ${districtId}`,
  districtId,
})

/** The same, of some kinds of sensor only. */
export function ofKinds(subscription: Subscription, kinds: readonly string[]): Subscription {
  const some = new Set([...kinds].sort())
  return { ...subscription, key: `${subscription.key} of ${JSON.stringify([...some])}`, kinds: some }
}

export const wholeCity: Subscription = { key: 'telemetry all', bbox: null }

const smallestStepDeg = 1 / 256
const clamp = (value: number, limit: number) => Math.max(-limit, Math.min(limit, value))

/** The subscription that covers this box, or null where it is no box: west past east, south past north. */
export function subscriptionFor(bbox: BBox): Subscription | null {
  const [west, south, east, north] = bbox
  if (!(west <= east) || !(south <= north)) return null
  const size = Math.max(clamp(east, 180) - clamp(west, 180), clamp(north, 90) - clamp(south, 90))
  const step = Math.max(smallestStepDeg, 2 ** Math.ceil(Math.log2(Math.max(size, smallestStepDeg) / 4)))
  const down = (value: number) => Math.floor(value / step) * step
  const up = (value: number) => Math.ceil(value / step) * step
  const wide: BBox = [down(clamp(west, 180)), down(clamp(south, 90)), up(clamp(east, 180)), up(clamp(north, 90))]
  return { key: `telemetry ${wide.join(',')}`, bbox: wide }
}

/** What a hello asks for: null = crews' positions alone, undefined = its box is none. */
export function wantedBy({ bbox, kinds }: NonNullable<Hello['topics']['telemetry']>): Subscription | null | undefined {
  const box = bbox === undefined ? wholeCity : subscriptionFor(bbox)
  if (box === null) return undefined
  if (kinds === undefined) return box
  return kinds.length === 0 ? null : ofKinds(box, kinds)
}

/** Is a sensor at this place part of it? Those without a place belong to the whole city only. */
export const covers = (
  { bbox, districtId, kinds }: Subscription,
  sensor: { readonly position: LonLat | null; readonly districtId: string | null; readonly kind: string } | undefined,
): boolean => {
  if (kinds !== undefined && (sensor === undefined || !kinds.has(sensor.kind))) return false
  if (districtId !== undefined && sensor?.districtId !== districtId) return false
  const at = sensor?.position ?? null
  return bbox === null || (at !== null && isWithin(bbox, at))
}
