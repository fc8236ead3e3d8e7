/**
 * The leanest QoS 1 sender that still counts every acknowledgement: many packets a write, a window of unanswered ones.
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

interface Message {
  readonly topic: string
  readonly payload: string
}
const perWrite = 512
const maxMessageBytes = 200

/** Writes one QoS 1 PUBLISH at `at`; answers where it ends. */
function putPublish(into: Buffer, at: number, packetId: number, { topic, payload }: Message): number {
  const length = 2 + topic.length + 2 + payload.length
  if (length + 3 > maxMessageBytes) throw new Error('a message longer than the buffer allows')
  into[at++] = 0x32
  if (length < 128) into[at++] = length
  else {
    into[at++] = (length % 128) | 128
    into[at++] = Math.floor(length / 128)
  }
  at = into.writeUInt16BE(topic.length, at)
  at += into.write(topic, at, 'latin1')
  at = into.writeUInt16BE(packetId, at)
  return at + into.write(payload, at, 'latin1')
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
  /** Topic and payload, in ASCII, of the n-th message, which is due at this instant. */
  message(n: number, dueAt: number): Message
  /** Told the delay of each acknowledgement from when its message was due, ms. */
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
  const isPaced = options.rate !== Number.POSITIVE_INFINITY
  const dueAt = new Float64Array(65_536)
  const startedAt = performance.now()

  function pump(): void {
    if (isStopped) return
    const now = performance.now()
    const limit = isPaced ? ((now - startedAt) / 1000) * options.rate : Number.POSITIVE_INFINITY
    const bytes = Buffer.allocUnsafe(perWrite * maxMessageBytes)
    let length = 0
    for (let n = 0; n < perWrite && sent - acknowledged < options.window && sent < limit; n++) {
      // Counted from when it should have gone: a sender that was held up does not hide the wait.
      const due = isPaced ? startedAt + (sent / options.rate) * 1000 : now
      const packetId = (sent % 65_535) + 1
      dueAt[packetId] = due
      length = putPublish(bytes, length, packetId, options.message(sent, performance.timeOrigin + due))
      sent++
    }
    if (length > 0) socket.write(bytes.subarray(0, length))
  }
  socket.on('data', (chunk) => {
    const data = left.length ? Buffer.concat([left, chunk]) : chunk
    let at = 0
    while (at + 2 <= data.length) {
      const length = data[at + 1] as number
      if (at + 2 + length > data.length) break
      if (data[at] === 0x40) {
        acknowledged++
        options.onAck?.(performance.now() - (dueAt[data.readUInt16BE(at + 2)] as number))
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
