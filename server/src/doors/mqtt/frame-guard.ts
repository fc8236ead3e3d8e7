/**
 * Keeps MQTT packets small. Guarantees: no packet larger than the limit is ever gathered in memory; the connection that
 * announces one is closed at its first bytes. Knows frames, not their content.
 */
import type { Socket } from 'node:net'

/** Follows the frames of a byte stream by their announced lengths. */
export class FrameTracker {
  readonly #maxBytes: number
  #remaining = 0
  #inLength = false
  #length = 0
  #factor = 1

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** False when a frame is too large or its length is malformed. */
  take(chunk: Uint8Array): boolean {
    let at = 0
    while (at < chunk.length) {
      if (this.#remaining > 0) {
        const step = Math.min(this.#remaining, chunk.length - at)
        this.#remaining -= step
        at += step
      } else if (!this.#inLength) {
        this.#inLength = true
        this.#length = 0
        this.#factor = 1
        at++
      } else {
        const byte = chunk[at++] ?? 0
        this.#length += (byte & 127) * this.#factor
        this.#factor *= 128
        if (this.#length > this.#maxBytes || (byte >= 128 && this.#factor >= 128 ** 4)) return false
        if (byte < 128) {
          this.#remaining = this.#length
          this.#inLength = false
        }
      }
    }
    return true
  }
}

/** Watches what is read from the socket; `onExcess` is told once before it is destroyed. */
export function guardFrames(socket: Socket, maxBytes: number, onExcess: () => void): void {
  const tracker = new FrameTracker(maxBytes)
  const read = socket.read.bind(socket)
  socket.read = (size?: number): unknown => {
    const chunk: unknown = read(size)
    if (!(chunk instanceof Uint8Array) || tracker.take(chunk)) return chunk
    onExcess()
    socket.destroy()
    return null
  }
}
