/**
 * When each device speaks and what it says: in its own rhythm, faster while something happens to it; now and then it falls
 * silent, is late, or says the same twice, as devices do. Pure: time is an argument.
 */
import type { DeviceRow } from '../../shared/contract/city-pack.ts'
import { sensorKind } from '../../shared/model/sensor-kinds.ts'
import { seedFrom } from '../city/random.ts'
import { bentValue, type Happening } from '../incidents/happenings.ts'
import { dailyValues, type DailyValues } from './daily-values.ts'

export interface DeviceReading {
  readonly code: string
  readonly kind: string
  readonly at: number
  readonly value: number
}

export interface DeviceFeed {
  /** What arrives now. Order is not promised, as on any network. */
  due(now: number, active: ReadonlyMap<string, Happening>): DeviceReading[]
}

interface Device {
  readonly row: DeviceRow
  readonly values: DailyValues
  readonly intervalMs: number
  nextAt: number
  silentUntil: number
  wasActive: boolean
}

/** A device to which something happens reports this often. */
const alertIntervalMs = 5000
const mostHeldBack = 500
const chance = { silence: 0.0006, late: 0.0015, twice: 0.0015 }
/** On start everything speaks once within this time. */
const firstWordsMs = 4000

export interface FeedOptions {
  readonly seed: number
  readonly startAt: number
  /** 1 = the kinds' own rhythm. */
  readonly speed: number
  /** Hour of the city's day at a moment, 0 ≤ hour < 24. */
  readonly hourAt: (now: number) => number
  /** Another rhythm for the devices of a kind, ms; null or absent = its own. */
  readonly readEveryMs?: (kind: string) => number | null
}

export function deviceFeed(
  rows: readonly DeviceRow[],
  { seed, startAt, speed, hourAt, readEveryMs }: FeedOptions,
): DeviceFeed {
  const devices = rows.map((row): Device => {
    const values = dailyValues(row.kind, seedFrom(seed, row.code))
    const intervalMs = readEveryMs?.(row.kind) ?? Math.max(1000, sensorKind(row.kind).intervalMs / speed)
    return {
      row,
      values,
      intervalMs,
      nextAt: startAt + values.random.next() * firstWordsMs,
      silentUntil: 0,
      wasActive: false,
    }
  })
  let heldBack: { readonly reading: DeviceReading; readonly arriveAt: number }[] = []
  return {
    due(now, active) {
      const out: DeviceReading[] = []
      const hour = hourAt(now)
      for (const device of devices) {
        const happening = active.get(device.row.code)
        const isChange = (happening !== undefined) !== device.wasActive
        if (isChange) device.wasActive = happening !== undefined
        if (now < device.nextAt && !isChange) continue
        const { random } = device.values
        const intervalMs = happening ? Math.min(alertIntervalMs, device.intervalMs) : device.intervalMs
        const isFirst = device.nextAt - startAt < firstWordsMs
        // After the first word each device finds a place of its own in its interval.
        device.nextAt = now + intervalMs * (isFirst && !happening ? random.next() : 0.96 + 0.08 * random.next())
        if (now < device.silentUntil) continue
        const quiet = device.values.at(hour)
        const value = happening ? bentValue(happening, quiet, now) : quiet
        const digits = 10 ** (sensorKind(device.row.kind).digits + 1)
        const reading = {
          code: device.row.code,
          kind: device.row.kind,
          at: now,
          value: Math.round(value * digits) / digits,
        }
        if (!happening && random.chance(chance.silence)) device.silentUntil = now + random.between(300_000, 900_000)
        if (!happening && random.chance(chance.late) && heldBack.length < mostHeldBack)
          heldBack.push({ reading, arriveAt: now + random.between(60_000, 500_000) })
        else out.push(reading)
        if (random.chance(chance.twice)) out.push(reading)
      }
      const arrived = heldBack.filter(({ arriveAt }) => arriveAt <= now)
      if (arrived.length) {
        heldBack = heldBack.filter(({ arriveAt }) => arriveAt > now)
        out.push(...arrived.map(({ reading }) => reading))
      }
      return out
    },
  }
}
