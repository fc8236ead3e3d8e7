/**
 * The baseline of ingest: aedes alone, holding each acknowledgement for up to 50 ms and storing nothing. aedes reads on when all it
 * read is acknowledged, so how much it reads at once decides how long it sits and waits: the first argument, in bytes; without it, as
 * Node has it.
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
const [readBytes] = process.argv.slice(2).map(Number)
const server = createServer(readBytes ? { highWaterMark: readBytes } : {}, broker.handle)
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  serveParent({ port: typeof address === 'object' && address ? address.port : 0 }, () => ({}))
})
