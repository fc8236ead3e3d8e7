/** Rows of the reading table, as readings. */
import type { Reading } from '../../../shared/model/reading.ts'
import type { Row } from '../ports/store.ts'

export const readingColumns = 'id, sensor_id, phenomenon_at, received_at, value, text, quality'

export const toReading = (row: Row): Reading => ({
  id: Number(row.id),
  sensorId: Number(row.sensor_id),
  phenomenonAt: Number(row.phenomenon_at),
  receivedAt: Number(row.received_at),
  value: Number(row.value),
  text: row.text === null ? null : String(row.text),
  quality: Number(row.quality),
})
