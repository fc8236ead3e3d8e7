/**
 * The baseline of ingest: aedes alone, holding each acknowledgement for up to 50 ms and storing nothing. It reads a
 * megabyte at once: aedes reads on when all it read is acknowledged, and at Node's usual 64 KB it would mostly sit and wait.
 */
import { createServer } from 'node:net'
import { Aedes } from 'aedes'
import { serveParent } from '../support/child.ts'

const broker = await Aedes.createBroker()
let held: (() => void)[] = []
broker.authorizePublish = (_client, _packet, callback) => void held.push(() => callback(null))
setInterval(() => {
  const now = held
  held = []
  for (const release of now) release()
}, 50)
const server = createServer({ highWaterMark: 1024 * 1024 }, broker.handle)
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  serveParent({ port: typeof address === 'object' && address ? address.port : 0 }, () => ({}))
})
