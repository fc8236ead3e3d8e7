/** Which tags are a place people steer by, and what things are called. */
import type { Tags } from './element.ts'

type Table = readonly (readonly [key: string, ReadonlyMap<string, string>])[]

/** The first that fits speaks. */
export const placeTable: Table = [
  [
    'amenity',
    new Map([
      ['hospital', 'hospital'],
      ['clinic', 'clinic'],
      ['school', 'school'],
      ['kindergarten', 'school'],
      ['college', 'university'],
      ['university', 'university'],
      ['fire_station', 'fire'],
      ['police', 'police'],
      ['townhall', 'government'],
      ['courthouse', 'government'],
      ['marketplace', 'commerce'],
      ['bus_station', 'station'],
      ['ferry_terminal', 'port'],
      ['library', 'culture'],
      ['theatre', 'culture'],
      ['arts_centre', 'culture'],
    ]),
  ],
  [
    'railway',
    new Map([
      ['station', 'station'],
      ['halt', 'station'],
    ]),
  ],
  ['aeroway', new Map([['aerodrome', 'airport']])],
  [
    'tourism',
    new Map([
      ['museum', 'culture'],
      ['gallery', 'culture'],
      ['attraction', 'tourism'],
      ['theme_park', 'tourism'],
      ['zoo', 'tourism'],
    ]),
  ],
  [
    'leisure',
    new Map([
      ['stadium', 'stadium'],
      ['sports_centre', 'stadium'],
    ]),
  ],
  [
    'shop',
    new Map([
      ['mall', 'commerce'],
      ['department_store', 'commerce'],
    ]),
  ],
  ['office', new Map([['government', 'government']])],
  [
    'man_made',
    new Map([
      ['water_works', 'waterworks'],
      ['wastewater_plant', 'sewage'],
      ['pumping_station', 'pumping'],
    ]),
  ],
  [
    'power',
    new Map([
      ['plant', 'power'],
      ['substation', 'power'],
    ]),
  ],
]

const metroStations = new Set(['subway', 'light_rail', 'monorail'])

/** The kind of place, or null. */
export function readPlace(tags: Tags): string | null {
  for (const [key, kinds] of placeTable) {
    const value = tags[key]
    const kind = value === undefined ? undefined : kinds.get(value)
    if (kind === undefined) continue
    const isMetro = key === 'railway' && (metroStations.has(tags['station'] ?? '') || tags['subway'] === 'yes')
    return isMetro ? 'metro-station' : kind
  }
  return null
}

/** The most a name of a pack has. */
const nameLength = 120
const tidy = (text: string | undefined) => (text ?? '').replace(/\s+/g, ' ').trim().slice(0, nameLength).trim()
const isLatin = (text: string) => /^[\p{Script=Latin}\p{N}\p{P}\p{Z}\p{S}]+$/u.test(text) && /\p{L}/u.test(text)

export interface Names {
  readonly name: string
  readonly nameEn: string
}

/** Chinese where there is Chinese, else as its people write it; English where there is English, or a name in Latin letters. */
export function readNames(tags: Tags): Names {
  const own = tidy(tags['name'])
  const english = tidy(tags['name:en'] ?? tags['int_name'])
  return {
    name: tidy(tags['name:zh-Hans'] ?? tags['name:zh-CN'] ?? tags['name:zh']) || own || english,
    nameEn: english || (isLatin(own) ? own : ''),
  }
}

/** A road without a name goes by its number. */
export function readRoadNames(tags: Tags): Names {
  const names = readNames(tags)
  const number = tidy(tags['ref']?.split(';')[0])
  return names.name === '' ? { name: number, nameEn: isLatin(number) ? number : '' } : names
}
