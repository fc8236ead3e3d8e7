/** How much happens in a day that is only remembered: a city of its size, not a demonstration. */
import type { DivisionFeature } from '../../shared/contract/city-pack.ts'
import { residentsOf } from '../incidents/residents.ts'
import type { LifeRates } from '../life/rates.ts'

/**
 * A city of this size comes to 400 to 600 cases a day, since not all that happens is told; a smaller one is remembered as if it had
 * it, a larger one has more.
 */
const remembered = 1_380_000

export function pastRates(divisions: readonly DivisionFeature[]): Partial<LifeRates> {
  const factor = Math.max(1, remembered / residentsOf(divisions))
  return { happenings: factor, calls: 1 }
}
/** Devices whose every hour is remembered. */
export const sampledDevices = 600
