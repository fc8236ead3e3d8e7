/**
 * Those who look on while the server is killed: a bare socket and a wall in a real browser. Both fold the state lane by the
 * contract's own rule and note every break in it, so that "without a gap" is counted and not believed.
 */
import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { io, type Socket } from 'socket.io-client'
import {
  contractVersion,
  type Delta,
  type HelloAnswer,
  type RowChange,
  type Snapshot,
} from '../../shared/contract/realtime.ts'
import type { TestBrowser } from '../support/browser.ts'
import { signIn } from '../support/program.ts'

/** A client's picture, folded from snapshots and deltas. */
export class Picture {
  epoch: string | null = null
  rev = 0
  snapshots = 0
  deltas = 0
  /** Deltas that did not join what was held, and another log's; each is a gap. */
  readonly breaks: string[] = []
  readonly #rows = new Map<string, RowChange['row']>()

  take(event: string, body: unknown): void {
    if (event === 'state:snapshot') this.#replace(body as Snapshot)
    else if (event === 'state:delta') this.#merge(body as Delta)
  }

  #replace({ epoch, rev, rows }: Snapshot): void {
    this.snapshots++
    if (this.epoch !== null && this.epoch !== epoch) this.breaks.push(`log ${this.epoch} became ${epoch}`)
    // What one was shown was committed: a later server can never know less.
    if (rev < this.rev) this.breaks.push(`revision ${this.rev} was shown, a snapshot brought ${rev}`)
    this.epoch = epoch
    this.rev = rev
    this.#rows.clear()
    for (const change of rows) this.#set(change)
  }

  #merge({ epoch, prev, rev, changes }: Delta): void {
    this.deltas++
    if (epoch !== this.epoch || prev > this.rev)
      this.breaks.push(`a delta from ${prev} to ${rev} on revision ${this.rev}`)
    if (rev <= this.rev) return
    this.rev = rev
    for (const change of changes) this.#set(change)
  }

  #set({ table, id, row }: RowChange): void {
    if (row === null) this.#rows.delete(`${table} ${id}`)
    else this.#rows.set(`${table} ${id}`, row)
  }

  /** `id → version` of a table's rows. */
  versions(table: 'alarm' | 'incident' | 'unit'): Record<string, number> {
    const rows = [...this.#rows].filter(([key]) => key.startsWith(`${table} `))
    return Object.fromEntries(
      rows.map(([key, row]) => [key.slice(table.length + 1), (row as { version: number }).version]),
    )
  }
}

export interface Watcher {
  readonly picture: Picture
  close(): Promise<void>
}

/** A socket that follows and resumes by `{epoch, rev}`, as any integrator would write it. */
export async function followBySocket(url: string): Promise<Watcher> {
  const picture = new Picture()
  const cookie = await signIn(url, 'duty')
  const socket: Socket = io(url, {
    transports: ['websocket'],
    extraHeaders: { cookie, origin: url },
    reconnectionDelay: 200,
    reconnectionDelayMax: 1000,
  })
  socket.onAny((event: string, body: unknown) => picture.take(event, body))
  socket.on('connect', () => {
    const resume = picture.epoch === null ? {} : { epoch: picture.epoch, rev: picture.rev }
    socket.emit(
      'sync:hello',
      { contract: contractVersion, topics: { state: true }, ...resume },
      (answer: HelloAnswer) => {
        if (!answer.ok) picture.breaks.push(`hello was answered ${answer.error.code}`)
      },
    )
  })
  return {
    picture,
    close: () => Promise.resolve(void socket.disconnect()),
  }
}

export interface OpenWall extends Watcher {
  readonly page: Page
  /** What the page complained of, but for the missing server. */
  faults(): readonly string[]
  /** Is this still the page that was opened? */
  isSamePage(): Promise<boolean>
  lampIs(live: boolean, withinMs: number): Promise<void>
}

/** The wall as a room sees it; what its socket receives is folded beside it. */
export async function openWall(browser: TestBrowser, url: string): Promise<OpenWall> {
  const picture = new Picture()
  // Small: its drawing, done in software, is not what is looked at here. First a page without a socket, to listen from the first word.
  const options = { width: 960, height: 540, countFailures: false }
  const { page, complaints } = await browser.open(url, 'wall', '/healthz', options)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      // Engine.IO message, Socket.IO event: `42["name",body]`.
      if (typeof payload !== 'string' || !payload.startsWith('42')) return
      const [event, body] = JSON.parse(payload.slice(2)) as [string, unknown]
      picture.take(event, body)
    }),
  )
  await page.goto(`${url}/wall`)
  const mark = randomUUID()
  await page.evaluate((text) => void Object.assign(window, { crashMark: text }), mark)
  let loads = 0
  page.on('load', () => void loads++)
  return {
    page,
    picture,
    // That there is no server to connect to is what is played here.
    faults: () => complaints.filter((text) => !text.startsWith('console error: WebSocket connection to')),
    isSamePage: async () =>
      loads === 0 && (await page.evaluate(() => (window as { crashMark?: string }).crashMark)) === mark,
    async lampIs(live, timeout) {
      await page.waitForSelector(live ? '.lamp.live' : '.lamp:not(.live)', { timeout })
    },
    close: () => page.close(),
  }
}
