/**
 * How often each class of trouble begins by chance, when, where, who notices and how long it lasts. Every setting of the process
 * is in this file. The numbers are this project's own, set so that a city of 1.2 million has 400 to 600 cases a day with the
 * shape such cities publish: appearance and street order lead (about six in ten), then facilities, noise and dust, drains;
 * emergencies are few in a hundred. Arrival peaks between ten and four, halves at weekends for what offices report, and at
 * night only what cannot wait is told.
 */

/** Kinds of place where things gather. */
export const spotKinds = ['market', 'station', 'school', 'old-quarter', 'building-site', 'riverside', 'estate'] as const
export type SpotKind = (typeof spotKinds)[number]

/** Relative rate by hour of the city's day. */
export const hourShapes = {
  even: () => 1,
  /** People out and about. */
  day: (hour: number) => 0.15 + bump(hour, 10.5, 3) + 0.9 * bump(hour, 16, 3.2) + 0.25 * bump(hour, 20, 2),
  rush: (hour: number) => 0.1 + 1.2 * bump(hour, 8, 1.1) + 1.3 * bump(hour, 18, 1.5) + 0.3 * bump(hour, 13, 3),
  evening: (hour: number) => 0.15 + bump(hour, 18, 2.4) + 0.8 * bump(hour, 12, 2.6),
  night: (hour: number) => 0.15 + 1.4 * bump(hour, 23, 2) + 0.5 * bump(hour, 5.5, 1.2),
  cooking: (hour: number) => 0.35 + 0.7 * bump(hour, 11.8, 1.2) + 1.1 * bump(hour, 18.5, 1.8),
} as const
export type HourShape = keyof typeof hourShapes

/** A bell over the day's circle. */
function bump(hour: number, at: number, width: number): number {
  const away = Math.abs(((hour - at + 36) % 24) - 12)
  return Math.exp(-((away / width) ** 2))
}

/** A device that feels it: what it says at the worst, how many and how far around, and how often it happens by a device at all. */
export interface Felt {
  readonly kind: string
  readonly worst: readonly [min: number, max: number]
  readonly devices: readonly [min: number, max: number]
  readonly reachM: number
  /** Share of these happenings that begin at such a device. */
  readonly share: number
  /** Rules wait by the server's clock: at its worst for at least this long by it, at any speed. */
  readonly leastMs: number
  /** Whoever keeps the device sees its fault too, and has mended it after so many hours of city time, case or no case. */
  readonly keptH?: readonly [min: number, max: number]
  /** Felt between these hours of the day only, over midnight: a lamp that does not burn cannot fail. */
  readonly hours?: readonly [from: number, to: number]
}

export interface ClassRate {
  readonly code: string
  /** Happenings a day for each 100,000 residents. */
  readonly perDay: number
  readonly hours: HourShape
  /** Rate on Saturday and Sunday against a working day. */
  readonly weekend: number
  /** Share that begins at spots of these kinds; the rest anywhere along the streets. */
  readonly spotShare: number
  readonly spots: readonly SpotKind[]
  /** Expected citizens who tell, at middling severity by day. */
  readonly callers: number
  /** Ends by itself after so many hours of city time; null = stays until mended. */
  readonly lastsH: readonly [min: number, max: number] | null
  readonly felt?: Felt
  /** Told at once, at any hour. */
  readonly isUrgent?: true
}

type Row = readonly [
  code: string,
  perDay: number,
  hours: HourShape,
  weekend: number,
  spotShare: number,
  spots: string,
  callers: number,
  lastsH: readonly [number, number] | null,
]

const stays = null
const rows: readonly Row[] = [
  // City appearance
  ['E0110', 4.4, 'day', 0.9, 0.55, 'market old-quarter estate', 1, stays],
  ['E0111', 0.8, 'night', 1, 0.5, 'building-site old-quarter', 0.9, stays],
  ['E0112', 1.2, 'day', 0.8, 0.5, 'building-site market station', 0.8, [4, 14]],
  ['E0120', 0.15, 'evening', 1.2, 0.4, 'riverside old-quarter', 1.2, [0.5, 2]],
  ['E0101', 0.35, 'day', 1.1, 0.5, 'old-quarter estate', 0.9, stays],
  ['E0126', 0.25, 'day', 0.9, 0.9, 'riverside', 1.2, [5, 20]],
  ['E0135', 1.4, 'day', 1.3, 0.5, 'old-quarter estate', 0.9, stays],
  ['E0137', 0.3, 'day', 1, 0.1, 'riverside', 0.9, stays],
  ['E0192', 2.7, 'evening', 1.1, 0.55, 'market station estate', 0.9, [3, 10]],
  ['E0201', 1.6, 'night', 1, 0.6, 'old-quarter station estate', 0.8, stays],
  // Street order
  ['E0401', 2.6, 'evening', 1.2, 0.8, 'market station school', 0.8, [1, 4]],
  ['E0410', 3, 'rush', 0.7, 0.75, 'station market school', 0.8, [2, 8]],
  ['E0496', 0.7, 'night', 1.1, 0.6, 'estate old-quarter', 1, [2, 10]],
  ['E0488', 0.12, 'evening', 1.8, 0.9, 'station market', 0.8, [0.6, 1.8]],
  ['E0689', 0.55, 'rush', 0.5, 0.4, 'station school', 0.7, [0.5, 1.4]],
  // Building sites
  ['E0301', 1.3, 'night', 0.8, 0.85, 'building-site', 1.3, [1, 4]],
  ['E0302', 0.4, 'day', 0.6, 0.7, 'building-site', 0.9, stays],
  ['E0304', 0.5, 'day', 0.8, 0.9, 'building-site', 1, [2, 6]],
  ['E0686', 0.4, 'evening', 1, 0.4, 'old-quarter riverside', 1.3, [1, 4]],
  // Roads and what stands on them
  ['E0113', 1.3, 'day', 0.8, 0.35, 'building-site old-quarter', 0.9, stays],
  ['P0284', 0.6, 'day', 0.8, 0.4, 'old-quarter station', 0.8, stays],
  ['P0101', 0.12, 'even', 1, 0.2, 'old-quarter', 0.9, stays],
  ['P0102', 0.2, 'even', 1, 0.3, 'old-quarter estate', 0.9, stays],
  ['P0104', 0.3, 'day', 0.9, 0.3, 'old-quarter', 0.8, stays],
  ['P0111', 0.06, 'even', 1, 0.2, 'old-quarter', 0.9, stays],
  ['P0123', 0.55, 'even', 1, 0.3, 'old-quarter building-site', 1.2, stays],
  ['P0124', 0.15, 'even', 1, 0.2, 'estate', 1, stays],
  ['P0128', 0.18, 'even', 1, 0.4, 'old-quarter estate', 0.9, stays],
  ['P0137', 1.2, 'evening', 1, 0.3, 'old-quarter estate', 0.8, stays],
  ['P0150', 0.12, 'day', 0.8, 0.2, 'station', 0.7, stays],
  ['P0201', 0.12, 'day', 1, 0.5, 'market station', 0.8, stays],
  ['P0204', 0.2, 'day', 0.9, 0.4, 'station school', 0.8, stays],
  ['P0209', 0.04, 'day', 1, 0.8, 'riverside', 0.8, stays],
  ['P0212', 0.12, 'day', 0.9, 0.2, 'station', 0.7, stays],
  ['P0217', 0.3, 'night', 1, 0.2, 'station', 0.9, stays],
  ['P0289', 0.3, 'even', 1, 0.2, 'school', 1.2, stays],
  ['P0301', 0.2, 'day', 1.2, 0.8, 'station market', 0.8, stays],
  ['P0305', 0.35, 'day', 1, 0.5, 'market estate', 0.8, stays],
  ['P0402', 0.6, 'day', 1, 0.3, 'old-quarter estate', 0.9, stays],
  ['P0408', 0.15, 'day', 1, 0.4, 'riverside estate', 0.7, stays],
  ['P0508', 0.03, 'even', 1, 0.95, 'riverside', 0.8, stays],
  ['P0596', 0.35, 'day', 1, 0.8, 'estate station', 1, stays],
  ['P0597', 0.03, 'even', 1, 0.8, 'riverside', 0.3, stays],
  // What cannot wait
  ['E0501', 0.22, 'even', 1, 0.3, 'old-quarter', 2, stays],
  ['E0502', 0.3, 'cooking', 1, 0.4, 'old-quarter market', 1.6, stays],
  ['E0503', 0.7, 'day', 1, 0.5, 'old-quarter market', 1.1, stays],
  ['E0505', 0.03, 'even', 1, 0.4, 'building-site', 2.2, stays],
  ['E0506', 0.08, 'even', 1, 0.2, 'riverside', 1.3, [1, 4]],
  ['E0508', 0.22, 'day', 1, 0.4, 'old-quarter', 1.2, stays],
  ['E0512', 0.01, 'even', 1, 1, 'riverside', 0.7, [3, 8]],
  ['E0587', 0.22, 'cooking', 1, 0.4, 'old-quarter estate', 1.6, stays],
  ['E0595', 0.15, 'day', 1, 0.3, 'station market', 1.2, [1, 3]],
  ['E0596', 0.35, 'day', 1, 0.5, 'estate old-quarter', 1.1, stays],
  ['E0597', 0.12, 'day', 1, 0.5, 'old-quarter', 0.6, stays],
  ['E0598', 0.08, 'evening', 1, 0.4, 'old-quarter estate', 3, [0.7, 3]],
  ['E0599', 0.22, 'rush', 0.9, 0.8, 'estate station', 1.2, stays],
  ['E0699', 1.8, 'evening', 1.1, 0.3, 'estate', 1, [6, 30]],
]

const urgent = new Set([
  ...['E0120', 'E0488', 'E0501', 'E0502', 'E0505', 'E0506', 'E0508', 'E0512', 'E0587', 'E0595', 'E0596', 'E0597'],
  ...['E0598', 'E0599', 'E0689', 'P0123', 'P0289', 'P0597', 'P0209'],
])

const min = 60_000
/** Worst values stand past the limits of the alarm rules, by a margin that differs. */
const felt: Readonly<Record<string, Felt>> = {
  E0506: { kind: 'water-depth', worst: [18, 42], devices: [1, 2], reachM: 450, share: 0.8, leastMs: 2.5 * min },
  E0502: { kind: 'methane', worst: [24, 56], devices: [1, 1], reachM: 0, share: 0.55, leastMs: 1 * min },
  E0689: { kind: 'road-speed', worst: [7, 24], devices: [1, 3], reachM: 600, share: 0.75, leastMs: 1.5 * min },
  E0587: { kind: 'smoke', worst: [1, 1], devices: [1, 1], reachM: 0, share: 0.6, leastMs: 1 * min },
  P0123: { kind: 'manhole-tilt', worst: [22, 75], devices: [1, 1], reachM: 0, share: 0.45, leastMs: 1 * min },
  E0192: { kind: 'bin-fill', worst: [96, 100], devices: [1, 2], reachM: 500, share: 0.35, leastMs: 2 * min },
  E0501: {
    kind: 'water-pressure',
    worst: [0.03, 0.12],
    devices: [1, 2],
    reachM: 700,
    share: 0.6,
    leastMs: 2.5 * min,
    keptH: [4, 16],
  },
  E0488: { kind: 'crowd-density', worst: [3.7, 5.6], devices: [1, 1], reachM: 0, share: 0.8, leastMs: 2.5 * min },
  P0128: { kind: 'leakage-current', worst: [320, 700], devices: [1, 1], reachM: 0, share: 0.5, leastMs: 7 * min },
  P0597: { kind: 'pump', worst: [2, 2], devices: [1, 1], reachM: 0, share: 1, leastMs: 2 * min },
  E0597: { kind: 'home-care', worst: [13, 20], devices: [1, 1], reachM: 0, share: 0.8, leastMs: 2 * min },
  E0598: { kind: 'supply-voltage', worst: [0, 30], devices: [1, 3], reachM: 500, share: 0.8, leastMs: 2.5 * min },
  E0599: { kind: 'elevator', worst: [1, 1], devices: [1, 1], reachM: 0, share: 0.7, leastMs: 1 * min },
  P0596: { kind: 'elevator', worst: [2, 2], devices: [1, 1], reachM: 0, share: 0.5, leastMs: 2 * min, keptH: [2, 12] },
  P0209: { kind: 'bridge-strain', worst: [74, 115], devices: [1, 1], reachM: 0, share: 0.7, leastMs: 3 * min },
  P0137: {
    ...{ kind: 'street-light', worst: [1, 1], devices: [1, 3], reachM: 300, share: 0.4, leastMs: 17 * min },
    ...{ keptH: [6, 22], hours: [18, 5] },
  },
  E0301: { kind: 'noise', worst: [86, 98], devices: [1, 1], reachM: 0, share: 0.25, leastMs: 12 * min },
  E0304: { kind: 'dust', worst: [1100, 2600], devices: [1, 1], reachM: 0, share: 0.4, leastMs: 17 * min },
}

export const classRates: readonly ClassRate[] = rows.map(
  ([code, perDay, hours, weekend, spotShare, spots, callers, lastsH]) => ({
    code,
    perDay,
    hours,
    weekend,
    spotShare,
    spots: spots.split(' ') as SpotKind[],
    callers,
    lastsH,
    ...(felt[code] ? { felt: felt[code] } : {}),
    ...(urgent.has(code) ? { isUrgent: true as const } : {}),
  }),
)
export const rateByCode: ReadonlyMap<string, ClassRate> = new Map(classRates.map((rate) => [rate.code, rate]))

/** What comes of a trouble that stays too long: after so many hours of city time, with this probability. */
export interface FollowOn {
  readonly of: string
  readonly classCode: string
  readonly afterH: readonly [min: number, max: number]
  readonly chance: number
}
export const followOns: readonly FollowOn[] = [
  // A bin nobody empties becomes a heap beside it.
  { of: 'E0192', classCode: 'E0110', afterH: [3, 7], chance: 0.3 },
  { of: 'E0110', classCode: 'E0112', afterH: [10, 30], chance: 0.1 },
  // Water washes the bed of the road away.
  { of: 'E0501', classCode: 'E0505', afterH: [1, 4], chance: 0.06 },
  { of: 'E0503', classCode: 'E0126', afterH: [4, 12], chance: 0.05 },
  { of: 'E0113', classCode: 'P0217', afterH: [12, 40], chance: 0.02 },
  { of: 'E0111', classCode: 'E0304', afterH: [6, 20], chance: 0.08 },
  { of: 'P0289', classCode: 'E0689', afterH: [0.4, 2], chance: 0.35 },
  { of: 'P0402', classCode: 'E0508', afterH: [2, 10], chance: 0.03 },
]

/** Nothing lies in the street unseen for longer: then somebody has taken it away without a word. Hours of city time. */
export const forgottenAfterH = 72
