/** The city's mode as a fold of its events, and what holds where. */
import type { CityMode, HeldMode } from '../../../../shared/model/city-mode.ts'
import type { DistrictId } from '../../../../shared/model/ids.ts'
import type { ModeEvent } from '../../../../shared/model/event.ts'
import { everNormal, modeIn } from '../../../../shared/model/city-mode.ts'

/** The table of the city's mode has one row, and none before the first proposal. */
export type ModeTable = ReadonlyMap<string, CityMode>

export const cityModeOf = (state: { readonly modes: ModeTable }): CityMode => state.modes.get('city') ?? everNormal

/** What holds in a district (null = none is known), with what it changes. */
export const modeAt = (state: { readonly modes: ModeTable }, districtId: DistrictId | null): HeldMode =>
  modeIn(cityModeOf(state), districtId)

export function evolveMode(row: CityMode, event: ModeEvent): CityMode {
  const version = row.version + 1
  if (event.type === 'mode.proposed') return { ...row, version, proposal: event.proposal }
  if (event.type === 'mode.proposal-ended') return { ...row, version, proposal: null }
  const { held, districtIds } = event
  if (districtIds.length === 0) return { ...row, ...held, version, proposal: null }
  const others = row.districts.filter(({ districtId }) => !districtIds.includes(districtId))
  const own = held.mode === 'normal' ? [] : districtIds.map((districtId) => ({ districtId, ...held }))
  return { ...row, version, districts: [...others, ...own], proposal: null }
}
