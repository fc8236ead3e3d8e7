/**
 * What the columns of somebody's file mean, said in a small JSON file: docs/replay.md. Checked here, so that a mistake is
 * named by mapping and field before anything is sent.
 */
import { DateTime, IANAZone } from 'luxon'
import { z } from 'zod'

const column = z.string().min(1).max(200)

/** Where a text comes from. A part of a template whose column is missing makes the whole text missing. */
export const textSourceSchema = z.union([
  z.strictObject({ column }),
  z.strictObject({ constant: z.string() }),
  /** `{Column name}` stands for that column's text. */
  z.strictObject({ template: z.string().min(1) }),
  /** Those of the columns that are not missing, in order. */
  z.strictObject({ concat: z.array(column).min(1), separator: z.string().default(' ') }),
])
export type TextSource = z.infer<typeof textSourceSchema>

const zone = z.string().refine((name) => IANAZone.isValidZone(name), 'not an IANA time zone, such as Asia/Shanghai')
const columnTime = z.strictObject({
  column,
  /** Luxon tokens, or `iso`, `unix` (seconds), `unix-ms`. */
  format: z.string().min(1).default('iso'),
  /** IANA zone of times that do not say theirs. */
  zone: zone.default('UTC'),
})
const countedTime = z.strictObject({
  /** Time of the first row: ISO 8601, in `zone` where it says no offset. */
  start: z.string().refine((text) => DateTime.fromISO(text).isValid, 'not an ISO 8601 time'),
  /** Seconds from one row to the next. */
  stepS: z.number().positive(),
  zone: zone.default('UTC'),
})
export type ColumnTime = z.infer<typeof columnTime>
export type CountedTime = z.infer<typeof countedTime>

const common = {
  format: z.literal(1),
  /** The data, by its path from the folder given on the command line. */
  file: z.string().min(1),
  delimiter: z.string().min(1).max(4).default(','),
  encoding: z.enum(['utf8', 'latin1']).default('utf8'),
  /** Texts that mean "no value"; numbers are compared as numbers (`0` is also `0.0`). */
  missing: z.array(z.string()).default(['']),
  /** Words about the file, for people. */
  about: z.string().default(''),
}

/** Citizens' requests: one row, one request. */
export const open311MappingSchema = z.strictObject({
  ...common,
  door: z.literal('open311'),
  time: columnTime,
  /** The row's own kind of request → a case class of the city. */
  classes: z.strictObject({
    column,
    table: z.record(z.string(), z.string().min(1)),
    /** For a kind that is not in the table; without it such rows are skipped and counted. */
    default: z.string().min(1).optional(),
  }),
  fields: z.strictObject({
    lat: textSourceSchema.optional(),
    long: textSourceSchema.optional(),
    address_string: textSourceSchema.optional(),
    description: textSourceSchema.optional(),
    first_name: textSourceSchema.optional(),
    last_name: textSourceSchema.optional(),
    phone: textSourceSchema.optional(),
    email: textSourceSchema.optional(),
    device_id: textSourceSchema.optional(),
    account_id: textSourceSchema.optional(),
    media_url: textSourceSchema.optional(),
  }),
})
export type Open311Mapping = z.infer<typeof open311MappingSchema>

const sensor = z.strictObject({
  kind: z.string().min(1),
  unit: z.strictObject({
    symbol: z.string(),
    name: z.string().default(''),
    definition: z.string().default(''),
  }),
  /** In these, `{id}` is the sensor's id; other columns are those of the positions file. */
  name: textSourceSchema,
  /** Unique in the city: finds the sensor again on the next replay. */
  code: textSourceSchema,
  /** Kept with the Thing. */
  properties: z.record(z.string(), textSourceSchema).default({}),
  positions: z
    .strictObject({
      file: z.string().min(1),
      id: column,
      lat: column,
      long: column,
      delimiter: z.string().default(','),
    })
    .optional(),
})

/** Sensors' values. `wide`: a column a sensor, its header the sensor's id. `long`: a row a value. */
export const sensorThingsMappingSchema = z.discriminatedUnion('layout', [
  z.strictObject({
    ...common,
    door: z.literal('sensorthings'),
    layout: z.literal('wide'),
    time: z.union([countedTime, columnTime]),
    /** Columns that are no sensor. */
    ignore: z.array(column).default([]),
    sensor,
  }),
  z.strictObject({
    ...common,
    door: z.literal('sensorthings'),
    layout: z.literal('long'),
    time: z.union([countedTime, columnTime]),
    id: textSourceSchema,
    value: z.strictObject({ column }),
    sensor,
  }),
])
export type SensorThingsMapping = z.infer<typeof sensorThingsMappingSchema>
export type Mapping = Open311Mapping | SensorThingsMapping

export type CheckedMapping =
  { readonly ok: true; readonly mapping: Mapping } | { readonly ok: false; readonly problems: readonly string[] }

/** Of a field that may be one of several things, what is wrong with the one it comes nearest to. */
function problemsOf(issue: z.core.$ZodIssue, above: readonly PropertyKey[] = []): string[] {
  const path = [...above, ...issue.path]
  const branches = issue.code === 'invalid_union' ? issue.errors : []
  const [nearest] = [...branches].sort((a, b) => a.length - b.length)
  if (nearest?.length) return nearest.flatMap((one) => problemsOf(one, path))
  return [`${path.map(String).join('.') || '(all)'}: ${issue.message}`]
}

/** Checks one mapping; each problem names the mapping's file and the field. */
export function checkMapping(file: string, json: unknown): CheckedMapping {
  const door = z.looseObject({ door: z.enum(['open311', 'sensorthings']) }).safeParse(json)
  const schema: z.ZodType<Mapping> =
    door.data?.door === 'sensorthings' ? sensorThingsMappingSchema : open311MappingSchema
  const parsed = door.success ? schema.safeParse(json) : door
  if (parsed.success) return { ok: true, mapping: parsed.data as Mapping }
  const problems = parsed.error.issues.flatMap((issue) => problemsOf(issue))
  return { ok: false, problems: problems.map((problem) => `${file}: ${problem}`) }
}

/** Columns a mapping names, to be compared with the file's header. */
export function columnsOf(mapping: Mapping): string[] {
  const ofText = (source: TextSource | undefined): string[] => {
    if (source === undefined || 'constant' in source) return []
    if ('column' in source) return [source.column]
    return 'concat' in source
      ? source.concat
      : [...source.template.matchAll(/\{([^{}]+)\}/g)].map((m) => m[1] as string)
  }
  const time = 'column' in mapping.time ? [mapping.time.column] : []
  if (mapping.door === 'open311')
    return [...time, mapping.classes.column, ...Object.values(mapping.fields).flatMap(ofText)]
  return mapping.layout === 'wide'
    ? [...time, ...mapping.ignore]
    : [...time, mapping.value.column, ...ofText(mapping.id)]
}
