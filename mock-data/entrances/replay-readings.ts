/** Plays sensors' values through the SensorThings door: registers the sensors, then sends each moment's values together. */
import { DateTime } from 'luxon'
import { isLonLat, type LonLat } from '../../shared/model/geo.ts'
import type { SensorThingsMapping } from '../replay/mapping.ts'
import { countedTimeOf, missingTest, textOf, timeOf, valueOf, type Row } from '../replay/read-row.ts'
import { countReason, newTally } from '../replay/tally.ts'
import type { ThingDraft } from '../signals/things.ts'
import { UsageError } from './arguments.ts'
import { csvRecords, timedCsv } from './csv-index.ts'
import type { DoorClient } from './door-client.ts'
import { observationSender, type SentReading } from './observation-sender.ts'
import { registerThings } from './register-things.ts'
import { checkHeader, rowOf } from './replay-requests.ts'
import type { MappedFile } from './replay-files.ts'
import type { PartOptions, ReplayPart } from './replay-part.ts'
import { join } from 'node:path'

const maxSensors = 100_000
type ReadingsFile = MappedFile & { readonly mapping: SensorThingsMapping }

/** Rows of the positions file by sensor id. */
async function positionRows({ mapping, mappingFile, dir }: ReadingsFile): Promise<Map<string, Row>> {
  const { positions } = mapping.sensor
  const rows = new Map<string, Row>()
  if (!positions) return rows
  let header: string[] | null = null
  const path = join(dir, positions.file)
  for await (const { cells } of csvRecords({ path, delimiter: positions.delimiter, encoding: mapping.encoding })) {
    if (header === null) {
      header = cells
      for (const name of [positions.id, positions.lat, positions.long])
        if (!header.includes(name))
          throw new UsageError(`${mappingFile}: sensor.positions: ${path} has no column ${name}`)
      continue
    }
    const row = rowOf(header, cells)
    rows.set((row[positions.id] ?? '').trim(), row)
  }
  return rows
}

function thingOf({ mapping, mappingFile }: ReadingsFile, id: string, place: Row | undefined): ThingDraft {
  const { sensor } = mapping
  const row = { ...place, id }
  const isMissing = missingTest(mapping.missing.filter((word) => word !== '0'))
  const needed = (field: 'name' | 'code') => {
    const text = textOf(sensor[field], row, isMissing)
    if (text === null) throw new UsageError(`${mappingFile}: sensor.${field}: gives nothing for sensor ${id}`)
    return text
  }
  const at = sensor.positions
    ? [Number(place?.[sensor.positions.long] || NaN), Number(place?.[sensor.positions.lat] || NaN)]
    : []
  const properties = Object.entries(sensor.properties).flatMap(([key, source]) => {
    const text = textOf(source, row, isMissing)
    return text === null ? [] : [[key, text] as const]
  })
  const name = needed('name')
  return {
    code: needed('code'),
    name,
    description: mapping.about || name,
    kind: sensor.kind,
    unit: { ...sensor.unit, name: sensor.unit.name || sensor.unit.symbol },
    position: isLonLat(at) ? ([at[0], at[1]] as LonLat) : null,
    properties: Object.fromEntries(properties),
  }
}

/** Answers a row's time, counting those that have none. */
function rowTime(mapping: SensorThingsMapping, header: readonly string[], onBad: (reason: string) => void) {
  const { time } = mapping
  if (!('column' in time)) {
    const at = countedTimeOf(time)
    let index = 0
    return () => at(index++)
  }
  const column = header.indexOf(time.column)
  return (cells: readonly string[]) => {
    const at = timeOf(cells[column] ?? '', time)
    if (at === null) onBad(`${time.column} is no time of the form ${time.format}`)
    return at
  }
}

export async function readingsPart(
  client: DoorClient,
  file: ReadingsFile,
  { limit }: PartOptions,
  onProgress: (words: string) => void,
): Promise<ReplayPart> {
  const { mapping, path } = file
  const tally = newTally(mapping.file)
  const isMissing = missingTest(mapping.missing)
  const ids = new Set<string>()
  let columns: readonly (readonly [index: number, id: string])[] = []
  let idOf: (row: Row) => string | null = () => null
  const csv = await timedCsv(
    { path, delimiter: mapping.delimiter, encoding: mapping.encoding },
    (header) => {
      checkHeader(file, header)
      if (mapping.layout === 'wide') {
        const others = new Set([...mapping.ignore, ...('column' in mapping.time ? [mapping.time.column] : [])])
        columns = header.flatMap((name, index) => (others.has(name) ? [] : [[index, name.trim()] as const]))
        for (const [, id] of columns) ids.add(id)
      } else idOf = (row) => textOf(mapping.id, row, isMissing)
      const perRow = mapping.layout === 'wide' ? columns.length : 1
      const time = rowTime(mapping, header, (reason) => {
        tally.read += perRow
        countReason(tally.skipped, reason, perRow)
      })
      return (cells) => {
        if (mapping.layout === 'long' && ids.size < maxSensors) {
          const id = idOf(rowOf(header, cells))
          if (id !== null) ids.add(id)
        }
        return time(cells)
      }
    },
    limit,
  )
  const places = await positionRows(file)
  const things = [...ids].map((id) => ({ id, thing: thingOf(file, id, places.get(id)) }))
  const streams = await registerThings(
    client,
    things.map(({ thing }) => thing),
    (done, total) => onProgress(`${mapping.file}: registering sensors ${done} of ${total}`),
  )
  const streamOf = new Map(things.map(({ id, thing }) => [id, streams.get(thing.code)]))
  const sender = observationSender(client, {
    sent: (n) => void (tally.sent += n),
    accepted: (n) => void (tally.accepted += n),
    refused: (reason, n) => countReason(tally.refused, reason, n),
  })
  const cellsOf = (cells: readonly string[]): (readonly [id: string | null, text: string])[] => {
    if (mapping.layout === 'wide') return columns.map(([index, id]) => [id, cells[index] ?? ''])
    const row = rowOf(csv.header, cells)
    return [[idOf(row), row[mapping.value.column] ?? '']]
  }
  return {
    tally,
    firstAt: csv.firstAt,
    lastAt: csv.lastAt,
    steps: csv.count,
    async *play() {
      for await (const { at, cells } of csv.rows()) {
        const found: { streamId: number; value: number }[] = []
        for (const [id, text] of cellsOf(cells)) {
          tally.read++
          const streamId = id === null ? undefined : streamOf.get(id)
          const value = valueOf(text, isMissing)
          if (streamId === undefined) countReason(tally.skipped, 'no sensor id')
          else if (value.kind === 'missing') tally.missing++
          else if (value.kind === 'bad') countReason(tally.skipped, 'value is not a number')
          else found.push({ streamId, value: value.value })
        }
        if (found.length === 0) continue
        yield {
          at,
          send: (playedAt) => sender.add(found.map((one): SentReading => ({ ...one, phenomenonAt: playedAt }))),
        }
      }
    },
    drained: () => sender.drained(),
  }
}

/** Words an instant for the progress line. */
export const wordTime = (at: number): string => DateTime.fromMillis(at, { zone: 'utc' }).toFormat('yyyy-MM-dd HH:mm')
