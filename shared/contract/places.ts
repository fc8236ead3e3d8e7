/** Query of `GET /api/v1/places`: what is typed while a call is taken. */
import { z } from 'zod'

/** As many as are looked through without scrolling. */
const placesShown = 8
export const placeQuerySchema = z.object({
  /** Chinese, English, the first letters of the pinyin (`mfl`), a house number behind it, two roads for their crossing, or a part's number. */
  q: z.string().trim().min(1).max(80),
  limit: z.coerce.number().int().min(1).max(20).default(placesShown),
})
