/** A city several times over: copies of its devices near the originals, with codes of their own, for load. */
import type { DeviceRow } from '../../shared/contract/city-pack.ts'
import { seededRandom, seedFrom } from '../city/random.ts'

const nearDegrees = 0.002

/** `scale` times the devices; a part of a whole copies a part of them. 1 = the pack's own. */
export function manyDevices(devices: readonly DeviceRow[], scale: number, seed: number): readonly DeviceRow[] {
  if (scale <= 1) return devices
  const random = seededRandom(seedFrom(seed, 'copies'))
  const rows = [...devices]
  const wanted = Math.round(devices.length * scale)
  for (let copy = 2; rows.length < wanted; copy++)
    for (const device of devices) {
      if (rows.length >= wanted) break
      const [lon, lat] = device.position
      rows.push({
        ...device,
        code: `${device.code}~${copy}`,
        name: `${device.name}·${copy}`,
        position: [
          Math.round((lon + random.between(-nearDegrees, nearDegrees)) * 1e6) / 1e6,
          Math.round((lat + random.between(-nearDegrees, nearDegrees)) * 1e6) / 1e6,
        ],
        gateway: device.gateway === '' ? '' : `${device.gateway}~${copy}`,
      })
    }
  return rows
}
