/** Which devices a past remembers by the hour: some of every kind, spread over the whole list, so that each kind and each part of town has a trend. */
import type { DeviceRow } from '../../shared/contract/city-pack.ts'

/** About `count` devices; of each kind at least `leastOfKind`, where it has them. Answers their codes. */
export function deviceSample(devices: readonly DeviceRow[], count: number, leastOfKind = 12): ReadonlySet<string> {
  const byKind = new Map<string, DeviceRow[]>()
  for (const device of devices) {
    const ofKind = byKind.get(device.kind)
    if (ofKind) ofKind.push(device)
    else byKind.set(device.kind, [device])
  }
  const share = devices.length === 0 ? 0 : count / devices.length
  const codes = new Set<string>()
  for (const ofKind of byKind.values()) {
    const wanted = Math.min(ofKind.length, Math.max(leastOfKind, Math.round(ofKind.length * share)))
    for (let n = 0; n < wanted; n++) codes.add((ofKind[Math.floor((n * ofKind.length) / wanted)] as DeviceRow).code)
  }
  return codes
}
