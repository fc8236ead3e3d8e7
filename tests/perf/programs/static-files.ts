/** The baseline of tiles: express alone, giving out a folder of files as it comes; no session, no rights, no store. */
import express from 'express'
import { serveParent } from '../support/child.ts'

const [folder = ''] = process.argv.slice(2)
const server = express()
  .use(express.static(folder))
  .listen(0, '127.0.0.1', () => {
    const address = server.address()
    serveParent({ port: typeof address === 'object' && address ? address.port : 0 }, () => ({}))
  })
