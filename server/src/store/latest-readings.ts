/**
 * The newest word of every sensor, for the start: by the world's time, readings from the future and of drills left out. A sensor whose readings are
 * past their retention still has the last value of its newest hour, where that was good.
 */
import { quality, type Reading } from '../../../shared/model/reading.ts'
import type { Database } from '../ports/store.ts'
import { readingColumns, toReading } from './reading-rows.ts'

export async function latestReadings(database: Database): Promise<Reading[]> {
  const rows = await database.query(`
    select latest.* from sensor cross join lateral (
      select ${readingColumns} from reading
      where sensor_id = sensor.id and quality & ${quality.future | quality.drill} = 0
      order by phenomenon_at desc limit 1) as latest`)
  const known = new Set(rows.map((row) => Number(row.sensor_id)))
  const sensors = await database.query('select id from sensor')
  const silent = sensors.map((row) => Number(row.id)).filter((id) => !known.has(id))
  if (silent.length === 0) return rows.map(toReading)
  const older = await database.query(
    `select latest.* from unnest($1::bigint[]) as silent(id) cross join lateral (
      select last_id as id, sensor_id, last_at as phenomenon_at, last_at as received_at, last as value,
        null as text, ${quality.good} as quality
      from hour where sensor_id = silent.id order by bucket_at desc limit 1) as latest`,
    [silent],
  )
  return [...rows, ...older].map(toReading)
}
