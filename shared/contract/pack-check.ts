/**
 * Checks a city pack's files, one at a time, against their schemas (city-pack.ts). Guarantees that a refusal names file,
 * feature or row (counted from 0) and field. What files say of each other is checked by whoever reads the whole pack.
 */
import { z } from 'zod'
import {
  calendarSchema,
  layerSchemas,
  packHeadSchema,
  tableSchemas,
  type LayerFeature,
  type LayerName,
  type PackHead,
  type TableFile,
  type TableRow,
} from './city-pack.ts'
import type { WorkingCalendar } from '../model/working-calendar.ts'

/** Either what the file says, or every problem in words that name file, feature or row (counted from 0) and field. */
export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: string[] }

const maxProblems = 20
const inWords = (file: string, where: string, error: z.ZodError) =>
  error.issues.map(
    (issue) => `${file}: ${where}${issue.path.length ? `${issue.path.map(String).join('.')}: ` : ''}${issue.message}`,
  )

function checkRows<T>(file: string, word: string, rows: readonly unknown[], schema: z.ZodType<T>): Checked<T[]> {
  const value: T[] = []
  const problems: string[] = []
  rows.forEach((row, index) => {
    const parsed = schema.safeParse(row)
    if (parsed.success) value.push(parsed.data)
    else if (problems.length < maxProblems) problems.push(...inWords(file, `${word} ${index}: `, parsed.error))
  })
  return problems.length ? { ok: false, problems: problems.slice(0, maxProblems) } : { ok: true, value }
}

/** Checks `pack.json`. */
export function checkHead(json: unknown): Checked<PackHead> {
  const parsed = packHeadSchema.safeParse(json)
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, problems: inWords('pack.json', '', parsed.error) }
}

/** Checks `calendar.json`. */
export function checkCalendar(json: unknown): Checked<WorkingCalendar> {
  const parsed = calendarSchema.safeParse(json)
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, problems: inWords('calendar.json', '', parsed.error) }
}

/** Checks a layer's file: a GeoJSON FeatureCollection whose every feature fits the layer. */
export function checkLayer<N extends LayerName>(layer: N, json: unknown): Checked<LayerFeature<N>[]> {
  const file = `${layer}.geojson`
  const head = z.object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()) }).safeParse(json)
  if (!head.success) return { ok: false, problems: inWords(file, '', head.error) }
  return checkRows(file, 'feature', head.data.features, layerSchemas[layer] as unknown as z.ZodType<LayerFeature<N>>)
}

/** Checks a file that is a list of rows. */
export function checkTable<F extends TableFile>(file: F, json: unknown): Checked<TableRow<F>[]> {
  if (!Array.isArray(json)) return { ok: false, problems: [`${file}: expected a list`] }
  return checkRows(file, 'row', json, tableSchemas[file] as unknown as z.ZodType<TableRow<F>>)
}
