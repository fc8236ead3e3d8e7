/** N clients that count readings delivered, and do nothing else with them. */
import { io } from 'socket.io-client'
import { contractVersion } from '../../../shared/contract/realtime.ts'
import { serveParent } from '../support/child.ts'

const [url = '', cookie = '', count = '1'] = process.argv.slice(2)
let delivered = 0
let thinned = 0
for (let i = 0; i < Number(count); i++) {
  const socket = io(url, { transports: ['websocket'], extraHeaders: { cookie, origin: url }, forceNew: true })
  socket.on('telemetry:frame', (frame: Buffer) => {
    delivered += frame.readUInt32LE(4)
    thinned += frame.readUInt32LE(8)
  })
  socket.on('reading', () => void delivered++)
  await new Promise<void>((done, broken) => {
    socket.on('connect_error', broken)
    socket.on('connect', () => {
      socket.emit('sync:hello', { contract: contractVersion, topics: { state: false, telemetry: {} } })
      done()
    })
  })
}
serveParent({ connected: Number(count) }, () => {
  const answer = { delivered, thinned }
  delivered = 0
  thinned = 0
  return answer
})
