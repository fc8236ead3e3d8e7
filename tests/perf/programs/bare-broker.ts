/** The baseline of ingest: aedes alone, holding each acknowledgement for up to 50 ms and storing nothing. */
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
const server = createServer(broker.handle)
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  serveParent({ port: typeof address === 'object' && address ? address.port : 0 }, () => ({}))
})
