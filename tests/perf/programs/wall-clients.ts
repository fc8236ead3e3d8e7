/** N walls at one server: real sockets, real frames, each value's way from its phenomenon time timed. */
import { io, type Socket } from 'socket.io-client'
import { contractVersion, type ClientToServer, type ServerToClient } from '../../../shared/contract/realtime.ts'
import { decodeFrame } from '../../../shared/contract/telemetry-frame.ts'
import { serveParent } from '../support/child.ts'

const [url = '', cookie = '', count = '1'] = process.argv.slice(2)
let frames = 0
let values = 0
let thinned = 0
let deltas = 0
let delays: number[] = []

const sockets: Socket<ServerToClient, ClientToServer>[] = []
for (let i = 0; i < Number(count); i++) {
  const socket: Socket<ServerToClient, ClientToServer> = io(url, {
    transports: ['websocket'],
    extraHeaders: { cookie, origin: url },
    forceNew: true,
  })
  sockets.push(socket)
  const isTimed = i === 0
  socket.on('telemetry:frame', (frame) => {
    const now = Date.now()
    const decoded = decodeFrame(new Uint8Array(frame))
    frames++
    values += decoded.count
    thinned += decoded.thinned
    if (!isTimed) return
    decoded.each((_id, _value, phenomenonAt) => {
      if (delays.length < 1_000_000) delays.push(now - phenomenonAt)
    })
  })
  socket.on('state:delta', () => void deltas++)
  await new Promise<void>((done, broken) => {
    socket.on('connect_error', broken)
    socket.on('connect', () => {
      socket.emit('sync:hello', { contract: contractVersion, topics: { state: true, telemetry: {} } }, (answer) => {
        if (answer.ok) done()
        else broken(new Error(answer.error.message))
      })
    })
  })
}
serveParent({ connected: sockets.length }, (question) => {
  const answer = { frames, values, thinned, deltas, delays: question.withDelays ? delays : [] }
  if (question.reset) {
    frames = values = thinned = deltas = 0
    delays = []
  }
  return answer
})
