/** Fields that many commands share. */
import { z } from 'zod'
import { priorities } from '../model/priority.ts'

export const id = z.string().min(1).max(64)
export const text = (max: number) => z.string().trim().max(max)
export const reason = z.string().trim().min(1, 'a reason is needed').max(500)
export const note = text(2000).default('')
export const priority = z
  .literal([...priorities])
  .nullable()
  .default(null)

/** Longitude first, WGS 84 degrees. */
export const lonLatSchema = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]).readonly()
/** ISO 8601 with offset on the wire, ms inside. */
export const instantSchema = z
  .union([z.iso.datetime({ offset: true }), z.number().int().min(0).max(8_640_000_000_000_000)])
  .transform((value) => (typeof value === 'number' ? value : Date.parse(value)))
export const pictureUrl = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .nullable()
  .default(null)
