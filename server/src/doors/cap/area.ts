/** Areas as CAP writes them (latitude first), as positions of ours (longitude first). Every fault names its element. */
import type { LonLat } from '../../../../shared/model/geo.ts'
import { circleRing } from '../../../../shared/model/geo.ts'
import type { WarningCircle, WarningPolygon } from '../../../../shared/model/warning.ts'
import type { Fail, Fields } from './check-shape.ts'

/** In all areas of one message. */
export const mostPoints = 10_000

export interface Areas {
  readonly polygons: readonly WarningPolygon[]
  readonly circles: readonly WarningCircle[]
  readonly geocodes: readonly string[]
  readonly text: string
}

const number = /^[+-]?(\d{1,6}(\.\d{0,20})?|\.\d{1,20})$/

function readPoint(text: string): LonLat | null {
  const [lat = '', lon = '', more] = text.split(',')
  if (more !== undefined || !number.test(lat) || !number.test(lon)) return null
  return Math.abs(Number(lat)) <= 90 && Math.abs(Number(lon)) <= 180 ? [Number(lon), Number(lat)] : null
}

const pointRule =
  'must be points lat,lon in WGS 84 degrees (latitude within ±90 first, longitude within ±180), spaces between'

/** The ring of a `polygon`: closed, of four points or more. */
function readPolygon(text: string, path: string, fail: Fail): readonly LonLat[] | null {
  const points: LonLat[] = []
  for (const [i, each] of text.split(/\s+/).entries()) {
    const point = readPoint(each)
    if (point === null) return fail(path, `${pointRule}; point ${i + 1} is not`)
    points.push(point)
  }
  if (points.length < 4) return fail(path, 'must have at least four points, the last the same as the first')
  const [first, last] = [points[0], points.at(-1)]
  if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1])
    return fail(path, 'must be closed: the last point the same as the first')
  return points
}

/** Half the way round the earth, km. */
const mostKm = 20_040

function readCircle(text: string, path: string, fail: Fail): WarningCircle | null {
  const [point = '', radius = '', more] = text.split(/\s+/)
  const centre = readPoint(point)
  const isRadius = number.test(radius) && Number(radius) >= 0 && Number(radius) <= mostKm
  if (centre !== null && isRadius && more === undefined) return { centre, radiusKm: Number(radius) }
  return fail(path, `must be lat,lon radius: degrees, a space, and km from 0 to ${mostKm}`)
}

/** All areas of one `info`. */
export function readAreas(info: Fields, path: string, fail: Fail): Areas {
  const polygons: WarningPolygon[] = []
  const circles: WarningCircle[] = []
  const geocodes: string[] = []
  const words: string[] = []
  let points = 0
  for (const [a, area] of info.nodes('area').entries()) {
    const here = `${path}.area.${a}`
    words.push(area.text('areaDesc'))
    for (const [i, text] of area.texts('polygon').entries()) {
      const ring = readPolygon(text, `${here}.polygon.${i}`, fail)
      if (ring === null) continue
      points += ring.length
      polygons.push([ring])
    }
    for (const [i, text] of area.texts('circle').entries()) {
      const circle = readCircle(text, `${here}.circle.${i}`, fail)
      if (circle === null) continue
      circles.push(circle)
      polygons.push([circleRing(circle.centre, circle.radiusKm * 1000)])
    }
    for (const geocode of area.nodes('geocode')) geocodes.push(geocode.text('value'))
    if (area.text('ceiling') !== '' && area.text('altitude') === '') fail(`${here}.ceiling`, 'needs altitude beside it')
  }
  if (points > mostPoints) fail(`${path}.area`, `must have at most ${mostPoints} points in all`)
  return { polygons, circles, geocodes, text: words.join('；').slice(0, 2000) }
}
