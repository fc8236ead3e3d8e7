/**
 * A line between a page and its server that a test holds in its hand. It breaks as lines break: what was said last in one direction is lost,
 * nobody is told, and only then it is cut.
 */
import { connect, createServer, type Socket } from 'node:net'

export type Direction = 'to-server' | 'to-page'

export interface HeldLine {
  /** The page's address. */
  readonly url: string
  /** From now on nothing said in this direction arrives. */
  lose(direction: Direction): void
  /** All connections end, and a new one carries everything. */
  cut(): void
  close(): Promise<void>
}

export async function heldLine(serverPort: number): Promise<HeldLine> {
  const lost = new Set<Direction>()
  const ends = new Set<Socket>()
  const carry = (from: Socket, to: Socket, direction: Direction) => {
    ends.add(from)
    from.on('data', (chunk) => {
      if (!lost.has(direction)) to.write(chunk)
    })
    // Whoever is gone takes the other along; why is nobody's business here.
    from.on('error', () => to.destroy())
    from.on('close', () => {
      ends.delete(from)
      to.destroy()
    })
  }
  const listener = createServer((page) => {
    const server = connect(serverPort, '127.0.0.1')
    carry(page, server, 'to-server')
    carry(server, page, 'to-page')
  })
  await new Promise<void>((done, broken) => {
    listener.once('error', broken)
    listener.listen(0, '127.0.0.1', done)
  })
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('the line has no port')
  const cut = () => {
    for (const end of ends) end.destroy()
    lost.clear()
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    lose: (direction) => void lost.add(direction),
    cut,
    close() {
      cut()
      return new Promise((done) => listener.close(() => done()))
    },
  }
}
