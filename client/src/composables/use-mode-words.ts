/** The city's mode in words: its own, then the districts where it is stricter. */
import type { CityMode } from '../../../shared/model/city-mode.ts'
import { isStricter, operatingModeNames } from '../../../shared/model/mode.ts'
import { useTerm } from './use-term.ts'

export interface ModeWords {
  /** `平时`, or `平时 · 云岫区应急`. */
  readonly word: string
  /** Nothing but 平时 anywhere. */
  readonly isQuiet: boolean
}
/** More districts than this are counted, not named. */
const mostNamed = 2

export function useModeWords() {
  const term = useTerm()
  return (city: CityMode, districtName: (id: string) => string): ModeWords => {
    const stricter = city.districts.filter((district) => isStricter(district.mode, city.mode))
    const named = stricter
      .slice(0, mostNamed)
      .map((one) => `${districtName(one.districtId)}${term(operatingModeNames[one.mode])}`)
    const more = stricter.length > mostNamed ? [`+${stricter.length - mostNamed}`] : []
    return {
      word: [term(operatingModeNames[city.mode]), ...named, ...more].join(' · '),
      isQuiet: city.mode === 'normal' && stricter.length === 0,
    }
  }
}
