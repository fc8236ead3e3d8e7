/**
 * From the unit a device sends to the unit a kind is kept in. Guarantees: a conversion is exact in kind (length to
 * length, never speed to length) or there is none. Symbols are compared as people write them: case, spaces and the
 * several signs for micro, square and degree do not matter.
 */
export interface Conversion {
  readonly factor: number
  readonly offset: number
}

/** `[dimension, factor to the dimension's base unit, offset in the base unit]` */
type Row = readonly [dimension: string, factor: number, offset?: number]

const units: Readonly<Record<string, Row>> = {
  m: ['length', 1],
  cm: ['length', 0.01],
  mm: ['length', 0.001],
  km: ['length', 1000],
  ft: ['length', 0.3048],
  in: ['length', 0.0254],
  'm/s': ['speed', 1],
  'km/h': ['speed', 1 / 3.6],
  kph: ['speed', 1 / 3.6],
  'kmh-1': ['speed', 1 / 3.6],
  mph: ['speed', 0.44704],
  'mi/h': ['speed', 0.44704],
  kn: ['speed', 1852 / 3600],
  knot: ['speed', 1852 / 3600],
  'ft/s': ['speed', 0.3048],
  pa: ['pressure', 1],
  hpa: ['pressure', 100],
  mbar: ['pressure', 100],
  kpa: ['pressure', 1000],
  bar: ['pressure', 100_000],
  // Millipascal is spelt the same once case is folded; no city measures in it.
  mpa: ['pressure', 1_000_000],
  psi: ['pressure', 6894.757293168],
  '°c': ['temperature', 1],
  c: ['temperature', 1],
  degc: ['temperature', 1],
  '°f': ['temperature', 5 / 9, -160 / 9],
  degf: ['temperature', 5 / 9, -160 / 9],
  k: ['temperature', 1, -273.15],
  'μg/m3': ['concentration', 1],
  'ug/m3': ['concentration', 1],
  'mg/m3': ['concentration', 1000],
  'mm/h': ['rain', 1],
  'cm/h': ['rain', 10],
  'in/h': ['rain', 25.4],
  'mm/min': ['rain', 60],
  '%lel': ['flammable', 1],
  lel: ['flammable', 1],
  // Methane: its lower explosive limit is 5 % of volume.
  '%vol': ['flammable', 20],
  ppm: ['flammable', 0.002],
  'db(a)': ['sound', 1],
  dba: ['sound', 1],
  db: ['sound', 1],
  'p/m2': ['density', 1],
  'ped/m2': ['density', 1],
  'person/m2': ['density', 1],
  'persons/m2': ['density', 1],
  '人/m2': ['density', 1],
  '°': ['angle', 1],
  deg: ['angle', 1],
  degree: ['angle', 1],
  rad: ['angle', 180 / Math.PI],
  '%': ['part', 1],
  percent: ['part', 1],
}

const same: Conversion = { factor: 1, offset: 0 }

/** NFKC makes one sign of each family (µ and μ, ³ and 3, ℃ and °C). */
const fold = (symbol: string) => symbol.normalize('NFKC').replace(/\s+/g, '').toLowerCase()

/** How to get from one unit to the other; null where nobody knows. */
export function conversion(sent: string, kept: string): Conversion | null {
  const [from, to] = [fold(sent), fold(kept)]
  if (from === to) return same
  const [a, b] = [lookUp(from), lookUp(to)]
  if (a === undefined || b === undefined || a[0] !== b[0]) return null
  return { factor: a[1] / b[1], offset: ((a[2] ?? 0) - (b[2] ?? 0)) / b[1] }
}

const lookUp = (folded: string): Row | undefined => (Object.hasOwn(units, folded) ? units[folded] : undefined)

/** The value in the unit kept; the two digits past float noise are dropped, so that 1.5 m is 150 cm and not 150.00000000000003. */
export const convert = ({ factor, offset }: Conversion, value: number): number =>
  factor === 1 && offset === 0 ? value : Number((value * factor + offset).toPrecision(12))
