/**
 * Reads a CSV file in the order of its times without holding it: a first pass notes time, place and length of each row
 * (20 bytes a row), then rows are read one by one where they stand. So a file that is newest first plays oldest first.
 */
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { parse, type Options } from 'csv-parse'
import { parse as parseNow } from 'csv-parse/sync'
import { z } from 'zod'

export interface CsvFormat {
  readonly path: string
  readonly delimiter: string
  readonly encoding: 'utf8' | 'latin1'
}

const csvOptions = ({ delimiter, encoding }: CsvFormat): Options => ({
  delimiter,
  encoding,
  bom: true,
  relax_column_count: true,
  skip_empty_lines: true,
  record_delimiter: ['\r\n', '\n', '\r'],
})
const recordSchema = z.object({ record: z.array(z.string()), info: z.object({ bytes: z.number(), lines: z.number() }) })

/** Rows as they stand, the header among them; a row once read is let go. */
export async function* csvRecords(
  format: CsvFormat,
): AsyncGenerator<{ readonly cells: string[]; readonly endByte: number; readonly line: number }> {
  const parser = createReadStream(format.path).pipe(parse({ ...csvOptions(format), info: true }))
  for await (const raw of parser) {
    const { record, info } = recordSchema.parse(raw)
    yield { cells: record, endByte: info.bytes, line: info.lines }
  }
}

/** Numbers that grow, in one flat block. */
class Column {
  #data: Float64Array<ArrayBuffer> = new Float64Array(1024)
  length = 0
  push(value: number): void {
    if (this.length === this.#data.length) {
      const larger = new Float64Array(this.#data.length * 2)
      larger.set(this.#data)
      this.#data = larger
    }
    this.#data[this.length++] = value
  }
  at(index: number): number {
    return this.#data[index] as number
  }
}

export interface TimedRow {
  readonly at: number
  readonly cells: readonly string[]
}
export interface TimedCsv {
  readonly header: readonly string[]
  readonly count: number
  readonly firstAt: number
  readonly lastAt: number
  rows(): AsyncGenerator<TimedRow>
}

const blockBytes = 1 << 18
const rowsAtOnce = 200
const lineEnd = Buffer.from('\n')
const recordsSchema = z.array(z.array(z.string()))

/** Indexes a file. `timeOf` answers the row's time, or null for a row to be left out (it does its own counting). */
export async function timedCsv(
  format: CsvFormat,
  prepare: (header: readonly string[]) => (cells: readonly string[], line: number) => number | null,
  limit: number,
): Promise<TimedCsv> {
  const times = new Column()
  const starts = new Column()
  const ends = new Column()
  let header: readonly string[] | null = null
  let timeOf: (cells: readonly string[], line: number) => number | null = () => null
  let start = 0
  for await (const { cells, endByte, line } of csvRecords(format)) {
    if (header === null) {
      header = cells
      timeOf = prepare(cells)
    } else {
      const at = timeOf(cells, line)
      if (at !== null) {
        times.push(at)
        starts.push(start)
        ends.push(endByte)
      }
    }
    start = endByte
  }
  const order = Uint32Array.from({ length: times.length }, (_, i) => i)
  // Rows of one moment keep the order of their file, read in the direction the file runs.
  const isNewestFirst = times.length > 1 && times.at(0) > times.at(times.length - 1)
  order.sort((a, b) => times.at(a) - times.at(b) || (isNewestFirst ? b - a : a - b))
  const count = Math.min(limit, order.length)
  return {
    header: header ?? [],
    count,
    firstAt: count ? times.at(order[0] as number) : 0,
    lastAt: count ? times.at(order[count - 1] as number) : 0,
    async *rows() {
      const { size } = await stat(format.path)
      const file = await open(format.path)
      try {
        let block = Buffer.alloc(0)
        let blockAt = 0
        for (let n = 0; n < count; n += rowsAtOnce) {
          const slices: Buffer[] = []
          const upTo = Math.min(count, n + rowsAtOnce)
          for (let k = n; k < upTo; k++) {
            const i = order[k] as number
            const [from, to] = [starts.at(i), ends.at(i)]
            if (from < blockAt || to > blockAt + block.length) {
              // Rows run up or down the file: take the neighbourhood on both sides.
              blockAt = Math.max(0, from - blockBytes / 2)
              block = Buffer.alloc(Math.min(size - blockAt, Math.max(blockBytes, to - blockAt)))
              await file.read(block, 0, block.length, blockAt)
            }
            slices.push(block.subarray(from - blockAt, to - blockAt), lineEnd)
          }
          const records = recordsSchema.parse(parseNow(Buffer.concat(slices), csvOptions(format)))
          // What was one row where it stood must be one row here, or times and rows would part company.
          if (records.length !== upTo - n) throw new Error(`${format.path}: changed while it was played`)
          for (const [k, cells] of records.entries()) yield { at: times.at(order[n + k] as number), cells }
        }
      } finally {
        await file.close()
      }
    },
  }
}
