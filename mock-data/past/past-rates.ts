/** How much happens in a day that is only remembered: a city of its size, not a demonstration. */
import type { LifeRates } from '../life/rates.ts'

/** Between 400 and 600 cases a day come of these in a city of a million. */
export const pastRates: Partial<LifeRates> = { happenings: 1, calls: 1 }
/** Devices whose every hour is remembered. */
export const sampledDevices = 600
export const siteCount = 600
