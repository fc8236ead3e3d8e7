/**
 * The binary telemetry frame: latest values of many sensors, in columns, little-endian.
 *
 * | bytes | field |
 * |---|---|
 * | 0      | u8 layout version, 1 |
 * | 1..3   | zero |
 * | 4..7   | u32 n, number of sensors |
 * | 8..11  | u32 thinned: values this client did not get since its last frame because newer ones replaced them under pressure |
 * | 12..15 | zero |
 * | 16..23 | f64 frame time, ms |
 * | then   | n × u32 sensor id · n × f32 value (NaN = not a number) · n × i32 phenomenon time minus frame time, ms · n × u8 quality |
 */
import type { Instant, SensorId } from '../model/ids.ts'

const version = 1
const headerBytes = 24
const bytesEach = 13

/** One value of a frame. */
export interface FrameValue {
  sensorId: SensorId
  value: number
  phenomenonAt: Instant
  quality: number
}

const clampInt32 = (n: number) => Math.max(-2_147_483_648, Math.min(2_147_483_647, Math.round(n)))

/** Packs values into one frame. `frameAt` in ms; `thinned` ≥ 0. */
export function encodeFrame(values: readonly FrameValue[], frameAt: Instant, thinned: number): Uint8Array {
  const n = values.length
  const bytes = new Uint8Array(headerBytes + n * bytesEach)
  const view = new DataView(bytes.buffer)
  view.setUint8(0, version)
  view.setUint32(4, n, true)
  view.setUint32(8, Math.min(thinned, 0xffff_ffff), true)
  view.setFloat64(16, frameAt, true)
  for (let i = 0; i < n; i++) {
    const v = values[i] as FrameValue
    view.setUint32(headerBytes + i * 4, v.sensorId, true)
    view.setFloat32(headerBytes + n * 4 + i * 4, v.value, true)
    view.setInt32(headerBytes + n * 8 + i * 4, clampInt32(v.phenomenonAt - frameAt), true)
    view.setUint8(headerBytes + n * 12 + i, v.quality)
  }
  return bytes
}

export interface DecodedFrame {
  readonly frameAt: Instant
  readonly thinned: number
  readonly count: number
  /** Calls back once a value, without making an object for each. */
  each(visit: (sensorId: SensorId, value: number, phenomenonAt: Instant, quality: number) => void): void
}

/** Reads a frame. Throws RangeError on another layout version or a length that does not fit its count. */
export function decodeFrame(bytes: Uint8Array): DecodedFrame {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.byteLength < headerBytes || view.getUint8(0) !== version)
    throw new RangeError('unknown telemetry frame layout')
  const n = view.getUint32(4, true)
  if (bytes.byteLength !== headerBytes + n * bytesEach)
    throw new RangeError('telemetry frame length does not fit its count')
  const frameAt = view.getFloat64(16, true)
  return {
    frameAt,
    thinned: view.getUint32(8, true),
    count: n,
    each(visit) {
      for (let i = 0; i < n; i++) {
        visit(
          view.getUint32(headerBytes + i * 4, true),
          view.getFloat32(headerBytes + n * 4 + i * 4, true),
          frameAt + view.getInt32(headerBytes + n * 8 + i * 4, true),
          view.getUint8(headerBytes + n * 12 + i),
        )
      }
    },
  }
}
