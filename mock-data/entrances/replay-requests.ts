/** Plays citizens' requests through the Open311 door: one row, one form, one answer counted. */
import { z } from 'zod'
import { columnsOf, type Open311Mapping } from '../replay/mapping.ts'
import { requestOf, timeOf, type RequestForm, type Row } from '../replay/read-row.ts'
import { countReason, newTally } from '../replay/tally.ts'
import { UsageError } from './arguments.ts'
import { timedCsv } from './csv-index.ts'
import { LineBroken, type DoorClient } from './door-client.ts'
import { workLine } from './in-parallel.ts'
import type { MappedFile } from './replay-files.ts'
import type { PartOptions, ReplayPart } from './replay-part.ts'

const hands = 8
const takenSchema = z
  .array(z.object({ service_request_id: z.union([z.string(), z.number()]).nullish(), token: z.string().nullish() }))
  .min(1)
const refusedSchema = z.array(z.object({ code: z.unknown(), description: z.string() })).min(1)

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Refuses a header that lacks a column the mapping names: it would be missing in every row. */
export function checkHeader(file: MappedFile, header: readonly string[]): void {
  const lacking = columnsOf(file.mapping).filter((name) => !header.includes(name))
  if (lacking.length)
    throw new UsageError(
      `${file.mappingFile}: ${file.path} has no column ${lacking.join(', ')}; it has ${header.join(', ').slice(0, 500)}`,
    )
}

export const rowOf = (header: readonly string[], cells: readonly string[]): Row =>
  Object.fromEntries(header.map((name, i) => [name, cells[i] ?? '']))

export async function requestsPart(
  client: DoorClient,
  file: MappedFile & { readonly mapping: Open311Mapping },
  { limit, asNow }: PartOptions,
): Promise<ReplayPart> {
  const { mapping, path } = file
  const tally = newTally(mapping.file)
  let read = 0
  const csv = await timedCsv(
    { path, delimiter: mapping.delimiter, encoding: mapping.encoding },
    (header) => {
      checkHeader(file, header)
      const column = header.indexOf(mapping.time.column)
      return (cells) => {
        read++
        const at = timeOf(cells[column] ?? '', mapping.time)
        if (at === null)
          countReason(tally.skipped, `${mapping.time.column} is no time of the form ${mapping.time.format}`)
        return at
      }
    },
    limit,
  )
  tally.read = limit < Infinity ? csv.count : read
  if (limit < Infinity) tally.skipped.clear()
  const line = workLine(hands)

  const send = async (form: RequestForm, playedAt: number) => {
    const body = new URLSearchParams(form)
    // Not in GeoReport v2, which knows only requests of this moment; ours takes it where the past is played as the past.
    if (!asNow) body.set('requested_datetime', new Date(playedAt).toISOString())
    tally.sent++
    try {
      const { status, text } = await client.ask({
        method: 'POST',
        path: '/open311/v2/requests.json',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: body.toString(),
      })
      if (status >= 200 && status < 300 && takenSchema.safeParse(parsed(text)).success) tally.accepted++
      else {
        const refused = refusedSchema.safeParse(parsed(text))
        countReason(
          tally.refused,
          `HTTP ${status}: ${refused.success ? (refused.data[0]?.description ?? '') : text.slice(0, 120)}`,
        )
      }
    } catch (error) {
      if (!(error instanceof LineBroken)) throw error
      tally.unsure++
    }
  }

  return {
    tally,
    firstAt: csv.firstAt,
    lastAt: csv.lastAt,
    steps: csv.count,
    async *play() {
      for await (const { at, cells } of csv.rows()) {
        const request = requestOf(mapping, rowOf(csv.header, cells))
        if (!request.ok) countReason(tally.skipped, request.reason)
        else yield { at, send: (playedAt) => line.add(() => send(request.value, playedAt)) }
      }
    },
    drained: () => line.drained(),
  }
}
