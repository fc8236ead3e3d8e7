/**
 * How many cases of each measure a cell counts, as one text: the measures there are any of, each by its bit. Texts can stand behind one
 * another and are read in one go, so that adding up the cells of a year is the database's gathering and one walk over characters.
 */
import { kpiMeasureInfo, kpiMeasures, type KpiCounts, type KpiMeasure } from '../../../shared/model/kpi-measure.ts'
import type { Database } from '../ports/store.ts'
import type { Conditions } from './conditions.ts'
import type { CountCell } from './count-cells.ts'
import { CountText, eachCount, NumberReader } from './duration-counts.ts'

/** Behind the 52 measures there is room for: `handleMs` of cases that took some time, and of those whose clocks disagreed, turned about. */
const [handlePlace, backwardsPlace] = [52, 53]
const placeCount = 54
const nothing: readonly number[] = Array.from({ length: placeCount }, () => 0)

/** A cell as it is changed and stored. */
export class MeasureCell implements CountCell {
  readonly #counts = nothing.slice()

  /** So many more, or fewer, of the measure of this bit. */
  add(bit: number, change: number): void {
    this.#counts[bit] = (this.#counts[bit] as number) + change
  }

  /** The handling of one case is put in (`sign` 1) or taken back. */
  addHandling(ms: number, sign: 1 | -1): void {
    this.add(ms < 0 ? backwardsPlace : handlePlace, sign * Math.abs(ms))
  }

  get isNothing(): boolean {
    return this.#counts.every((count) => count === 0)
  }

  read(body: string): void {
    eachCount(new NumberReader(body), (place, count) => this.add(place, count))
  }

  write(): string {
    const text = new CountText()
    for (let place = 0; place < placeCount; place++) text.add(place, this.#counts[place] as number)
    return String(text)
  }
}

/** Cells added up, each measure in its place. */
export class MeasureSums {
  readonly #sums = new Float64Array(placeCount)

  /** Adds cells, one behind the other. */
  read(bodies: string): void {
    const [numbers, sums] = [new NumberReader(bodies), this.#sums]
    while (!numbers.isAtEnd) {
      let place = 0
      for (let left = numbers.next(); left > 0; left--) {
        place += numbers.next()
        sums[place] = (sums[place] as number) + numbers.next()
      }
    }
  }

  addCounts({ handleMs = 0, ...counts }: KpiCounts): void {
    for (const [code, count] of Object.entries(counts) as [KpiMeasure, number][])
      this.#add(kpiMeasureInfo[code].bit, count)
    this.#add(handlePlace, handleMs)
  }

  addSums(other: MeasureSums): void {
    for (let place = 0; place < placeCount; place++) this.#add(place, other.#sums[place] as number)
  }

  #add(place: number, count: number): void {
    this.#sums[place] = (this.#sums[place] as number) + count
  }

  of(measure: KpiMeasure): number {
    return this.#sums[kpiMeasureInfo[measure].bit] as number
  }

  /** Measures of which there is none are left out. */
  get counts(): KpiCounts {
    const counts: { -readonly [Code in keyof KpiCounts]: KpiCounts[Code] } = {}
    for (const code of kpiMeasures) {
      const count = this.of(code)
      if (count !== 0) counts[code] = count
    }
    const handleMs = (this.#sums[handlePlace] as number) - (this.#sums[backwardsPlace] as number)
    if (handleMs !== 0) counts.handleMs = handleMs
    return counts
  }
}

/** The sums of the cells that fit, by a column or what is made of it; by '' where they all belong together. */
export async function sumMeasures(
  database: Database,
  where: Conditions,
  name = `''`,
): Promise<Map<string, MeasureSums>> {
  const rows = await database.query(
    `select ${name} as name, string_agg(body, '') as bodies from kpi_cell ${where.sql} group by 1`,
    where.params,
  )
  return new Map(
    rows.map((row) => {
      const sums = new MeasureSums()
      sums.read(String(row.bodies))
      return [String(row.name), sums]
    }),
  )
}
