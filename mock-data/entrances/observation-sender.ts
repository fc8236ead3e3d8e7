/**
 * Readings to the SensorThings door as data arrays. Guarantees: in the order they came, one request under way at a time, a
 * bounded wait before it, and an answer counted for every value. Sending again after a broken line is safe: the door knows
 * a value by sensor and time.
 */
import { z } from 'zod'
import type { DoorClient } from './door-client.ts'

export interface SentReading {
  readonly streamId: number
  readonly phenomenonAt: number
  readonly value: number
}
export interface ObservationSender {
  /** Resolves when there is room for them to wait. */
  add(readings: readonly SentReading[]): Promise<void>
  drained(): Promise<void>
  readonly waiting: number
}
export interface SenderCounts {
  sent(count: number): void
  accepted(count: number): void
  refused(reason: string, count: number): void
}

const mostWaiting = 20_000
const mostAtOnce = 5000
const answersSchema = z.array(z.string())

export function dataArrays(readings: readonly SentReading[]): unknown[] {
  const groups = new Map<number, [string, number][]>()
  for (const { streamId, phenomenonAt, value } of readings) {
    const row: [string, number] = [new Date(phenomenonAt).toISOString(), value]
    const rows = groups.get(streamId)
    if (rows) rows.push(row)
    else groups.set(streamId, [row])
  }
  return [...groups].map(([id, dataArray]) => ({
    Datastream: { '@iot.id': id },
    components: ['phenomenonTime', 'result'],
    'dataArray@iot.count': dataArray.length,
    dataArray,
  }))
}

export function observationSender(client: DoorClient, counts: SenderCounts): ObservationSender {
  let queue: SentReading[] = []
  let running: Promise<void> | null = null
  let failure: { error: unknown } | null = null

  const post = async (batch: readonly SentReading[]) => {
    counts.sent(batch.length)
    const { status, text } = await client.ask({
      method: 'POST',
      path: '/sta/v1.1/CreateObservations',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(dataArrays(batch)),
      isRepeatable: true,
    })
    if (status < 200 || status >= 300) return counts.refused(`HTTP ${status}: ${text.slice(0, 160)}`, batch.length)
    const answers = answersSchema.parse(JSON.parse(text))
    const errors = answers.filter((answer) => answer === 'error').length
    counts.accepted(answers.length - errors)
    if (errors) counts.refused('answered "error" by CreateObservations', errors)
  }
  const run = async () => {
    try {
      while (queue.length > 0) {
        const batch = queue.slice(0, mostAtOnce)
        queue = queue.slice(mostAtOnce)
        await post(batch)
      }
    } catch (error) {
      failure = { error }
      queue = []
    } finally {
      running = null
    }
  }
  const settled = async () => {
    if (running) await running
    if (failure) throw failure.error
  }
  return {
    get waiting() {
      return queue.length
    },
    async add(readings) {
      if (failure || queue.length + readings.length > mostWaiting) await settled()
      queue.push(...readings)
      running ??= run()
    },
    drained: settled,
  }
}
