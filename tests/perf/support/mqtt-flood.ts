/**
 * The leanest QoS 1 sender that still counts every acknowledgement: packets built once a message, a window of unanswered ones.
 * Both sides of a comparison are driven by this same client.
 */
import { connect, type Socket } from 'node:net'

const text = (s: string): Buffer => {
  const body = Buffer.from(s)
  const head = Buffer.alloc(2)
  head.writeUInt16BE(body.length)
  return Buffer.concat([head, body])
}
function packet(firstByte: number, body: Buffer): Buffer {
  const length: number[] = []
  let rest = body.length
  do {
    let digit = rest % 128
    rest = Math.floor(rest / 128)
    if (rest > 0) digit |= 128
    length.push(digit)
  } while (rest > 0)
  return Buffer.concat([Buffer.from([firstByte, ...length]), body])
}

export interface Flood {
  readonly acknowledged: number
  readonly sent: number
  stop(): Promise<void>
}

export interface FloodOptions {
  readonly port: number
  readonly clientId: string
  readonly username: string
  readonly password: string
  /** Unanswered messages allowed at once. */
  readonly window: number
  /** Messages a second; Infinity = as fast as the answers come. */
  readonly rate: number
  /** Topic and payload of the n-th message. */
  message(n: number): { topic: string; payload: string }
  /** Told the delay of each acknowledgement, ms. */
  onAck?(ms: number): void
}

/** Connects and starts sending. */
export async function flood(options: FloodOptions): Promise<Flood> {
  const socket: Socket = connect(options.port, '127.0.0.1')
  socket.setNoDelay(true)
  await new Promise<void>((done, broken) => {
    socket.once('error', broken)
    socket.once('connect', () => {
      const flags = 0b1100_0010
      socket.write(
        packet(
          0x10,
          Buffer.concat([
            text('MQTT'),
            Buffer.from([4, flags, 0, 60]),
            text(options.clientId),
            text(options.username),
            text(options.password),
          ]),
        ),
      )
    })
    socket.once('data', (answer) => {
      if (answer[0] === 0x20 && answer[3] === 0) done()
      else broken(new Error(`connection refused: code ${answer[3]}`))
    })
  })
  let sent = 0
  let acknowledged = 0
  let isStopped = false
  let left = Buffer.alloc(0)
  const sentAt = new Float64Array(65_536)
  const startedAt = performance.now()
  const allowed = () =>
    options.rate === Number.POSITIVE_INFINITY
      ? Number.POSITIVE_INFINITY
      : ((performance.now() - startedAt) / 1000) * options.rate

  function pump(): void {
    if (isStopped) return
    const batch: Buffer[] = []
    const limit = allowed()
    while (sent - acknowledged < options.window && sent < limit && batch.length < 512) {
      const { topic, payload } = options.message(sent)
      const id = Buffer.alloc(2)
      const packetId = (sent % 65_535) + 1
      id.writeUInt16BE(packetId)
      sentAt[packetId] = performance.now()
      batch.push(packet(0x32, Buffer.concat([text(topic), id, Buffer.from(payload)])))
      sent++
    }
    if (batch.length > 0) socket.write(Buffer.concat(batch))
  }
  socket.on('data', (chunk) => {
    const data = left.length ? Buffer.concat([left, chunk]) : chunk
    let at = 0
    while (at + 2 <= data.length) {
      const length = data[at + 1] as number
      if (at + 2 + length > data.length) break
      if (data[at] === 0x40) {
        acknowledged++
        options.onAck?.(performance.now() - (sentAt[data.readUInt16BE(at + 2)] as number))
      }
      at += 2 + length
    }
    left = data.subarray(at)
    pump()
  })
  const timer = setInterval(pump, 5)
  pump()
  return {
    get acknowledged() {
      return acknowledged
    },
    get sent() {
      return sent
    },
    async stop() {
      isStopped = true
      clearInterval(timer)
      socket.destroy()
    },
  }
}
