/**
 * What is wrong with devices and their gateways, by rates: noise, drift, dropouts, stuck values, spikes, repeats, late words,
 * wrong clocks, gateways that fall silent. Chance is each device's own, so that one device's day does not change another's.
 */
import type { DeviceRow } from '../../shared/contract/city-pack.ts'
import { sensorKind } from '../../shared/model/sensor-kinds.ts'
import { seedFrom } from '../city/random.ts'
import type { LifeRates } from '../life/rates.ts'

const dayMs = 86_400_000

/** Small generators side by side in one array: a device costs four bytes of chance. */
export interface ManyRandoms {
  /** 0 ≤ x < 1, of this one's own stream. */
  next(index: number): number
}
export function manyRandoms(seeds: readonly number[]): ManyRandoms {
  const states = Uint32Array.from(seeds)
  return {
    next(index) {
      const state = ((states[index] as number) + 0x6d2b79f5) >>> 0
      states[index] = state
      let t = state
      t = Math.imul(t ^ (t >>> 15), t | 1)
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
      return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
    },
  }
}

export interface Told {
  readonly value: number
  /** Sent this many ms after it was measured. */
  readonly delayMs: number
  readonly isTwice: boolean
  /** The clock of the device against the server's. */
  readonly skewMs: number
}

export interface DeviceFaults {
  /** Noise with a memory, about −2.5 … 2.5. */
  noise(device: number): number
  /**
   * What becomes of a value measured now; null = it says nothing. `sinceMs` of city time have passed since its last word.
   * `isWatched`: something happens to it, and the story is not to be lost to a fault of the instrument.
   */
  tell(device: number, value: number, cityAt: number, sinceMs: number, isWatched: boolean): Told | null
  /** Somebody has looked at it on the spot: its clock is right again, and whatever was wrong with the instrument is over. */
  serviced(device: number): void
}

/** A wild value lies this many normal spans away; a drift ends at that many. */
const spikeSpans = 2
const driftSpans = 0.5

export function deviceFaults(
  devices: readonly DeviceRow[],
  seed: number,
  rates: LifeRates,
  startCityAt: number,
): DeviceFaults {
  const n = devices.length
  const random = manyRandoms(devices.map(({ code }) => seedFrom(seed, `fault-${code}`)))
  const kinds = devices.map(({ kind }) => sensorKind(kind))
  const span = Float64Array.from(kinds, ({ normal: [low, high] }) => (high - low < 1e6 ? high - low : 1))
  // States and what speaks but once a day have no room for a wild value: each word of theirs is an alarm.
  const isSmooth = Uint8Array.from(kinds, ({ unit, intervalMs }) => (unit !== '' && intervalMs < 3_600_000 ? 1 : 0))
  const remembered = new Float32Array(n)
  const silentUntil = new Float64Array(n)
  const stuckUntil = new Float64Array(n)
  const stuckAt = new Float64Array(n)
  const driftFrom = new Float64Array(n)
  const skew = new Float64Array(n)
  for (let d = 0; d < n; d++)
    if (random.next(d) < rates.clockSkewShare) skew[d] = Math.round((2 * random.next(d) - 1) * rates.clockSkewMs)

  const names = [...new Set(devices.map(({ gateway }) => gateway))].filter((name) => name !== '')
  const gatewayIndex = new Map(names.map((name, index) => [name, index]))
  const gatewayOf = Int32Array.from(devices, ({ gateway }) => gatewayIndex.get(gateway) ?? -1)
  const gatewayRandom = manyRandoms(names.map((name) => seedFrom(seed, `gateway-${name}`)))
  const gap = (index: number) =>
    rates.gatewayOutagesPerDay > 0
      ? (-Math.log(1 - gatewayRandom.next(index)) * dayMs) / rates.gatewayOutagesPerDay
      : Infinity
  const outageFrom = Float64Array.from(names, (_, index) => startCityAt + gap(index))
  const outageTo = Float64Array.from(names, (_, index) => (outageFrom[index] as number) + rates.gatewayOutageMs)
  const isGatewayOut = (gateway: number, cityAt: number) => {
    if (gateway < 0) return false
    while (cityAt >= (outageTo[gateway] as number)) {
      outageFrom[gateway] = (outageTo[gateway] as number) + gap(gateway)
      outageTo[gateway] = (outageFrom[gateway] as number) + rates.gatewayOutageMs * (0.5 + gatewayRandom.next(gateway))
    }
    return cityAt >= (outageFrom[gateway] as number)
  }

  return {
    noise(d) {
      // The sum of three is bell enough; most of it is remembered, so that neighbouring readings are alike.
      const bell = (random.next(d) + random.next(d) + random.next(d) - 1.5) * 2
      const next = 0.85 * (remembered[d] as number) + 0.53 * bell
      remembered[d] = next
      return Math.max(-2.5, Math.min(2.5, next)) * rates.noiseFactor
    },
    tell(d, measured, cityAt, sinceMs, isWatched) {
      const days = sinceMs / dayMs
      // One throw decides whether anything new is wrong; which, the next one.
      const anyPerDay = rates.dropoutsPerDay + rates.stuckPerDay + rates.driftsPerDay + rates.spikesPerDay
      let value = measured
      let isSpike = false
      if (!isWatched && random.next(d) < anyPerDay * days) {
        let which = random.next(d) * anyPerDay
        if ((which -= rates.dropoutsPerDay) < 0) silentUntil[d] = cityAt + rates.dropoutMs * (0.5 + random.next(d))
        else if ((which -= rates.stuckPerDay) < 0) {
          stuckUntil[d] = cityAt + rates.stuckMs * (0.5 + random.next(d))
          stuckAt[d] = measured
        } else if (which < rates.driftsPerDay) driftFrom[d] = isSmooth[d] ? cityAt : 0
        else isSpike = isSmooth[d] === 1
      }
      if (cityAt < (silentUntil[d] as number) || isGatewayOut(gatewayOf[d] as number, cityAt)) return null
      if (!isWatched) {
        if (cityAt < (stuckUntil[d] as number)) value = stuckAt[d] as number
        const drifting = driftFrom[d] as number
        if (drifting > 0) {
          const share = (cityAt - drifting) / rates.driftMs
          if (share >= 1) driftFrom[d] = 0
          else value += share * driftSpans * (span[d] as number)
        }
        if (isSpike) value += spikeSpans * (span[d] as number)
      }
      const isLate = !isWatched && random.next(d) < rates.lateShare
      return {
        value,
        delayMs: isLate ? rates.lateMs * (0.1 + 0.9 * random.next(d)) : 0,
        isTwice: random.next(d) < rates.duplicateShare,
        skewMs: skew[d] as number,
      }
    },
    serviced(d) {
      for (const fault of [skew, silentUntil, stuckUntil, driftFrom]) fault[d] = 0
    },
  }
}
