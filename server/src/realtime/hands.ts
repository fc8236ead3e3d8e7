/**
 * Who has which case in hand. Guarantees that only officers with a desk say and see it, that a hand ends with its socket, its rights or its
 * time, and that nothing of a case leaves with it. Refuses to lock: it is a word between colleagues.
 */
import { handLastsMs, handSchema, type Hand } from '../../../shared/contract/hands.ts'
import { rightsOf } from '../access/rights.ts'
import { createBucket } from '../access/token-bucket.ts'
import type { Clock } from '../ports/clock.ts'
import type { StateView } from '../ports/engine.ts'
import type { CityServer, Link } from './link.ts'

const room = 'hands'
/** Walking through the queue by a held key says a hand a row; what is said faster is left out, the next is heard. */
const rate = { burst: 40, perSecond: 10 }

export interface Hands {
  /** After hello: lets it hear, where it may. */
  join(link: Link): void
  /** What a desk says of itself; anything else is ignored. */
  say(link: Link, body: unknown): void
  leave(link: Link): void
  /** Forgets hands nobody has said for too long. */
  tick(): void
}

const mayHaveHands = ({ audience, signedIn }: Link): boolean =>
  audience === 'officer' && rightsOf(signedIn.actor)?.pages.includes('desk') === true

export function createHands(deps: { io: CityServer; view: Pick<StateView, 'incidents'>; clock: Clock }): Hands {
  const { io, view, clock } = deps
  const hands = new Map<string, { readonly hand: Hand; readonly saidAt: number }>()
  const buckets = new Map<string, ReturnType<typeof createBucket>>()
  const list = (): readonly Hand[] => [...hands.values()].map(({ hand }) => hand)
  const tellAll = () => void io.to(room).emit('desk:hands', list())

  function drop(deskId: string): void {
    if (hands.delete(deskId)) tellAll()
  }
  function mayNow(link: Link): boolean {
    const bucket = buckets.get(link.socket.id) ?? createBucket(rate)
    buckets.set(link.socket.id, bucket)
    return bucket(clock.now())
  }
  return {
    join(link) {
      if (!mayHaveHands(link)) return
      void link.socket.join(room)
      link.socket.emit('desk:hands', list())
    },
    say(link, body) {
      const said = handSchema.safeParse(body)
      if (!said.success || !mayHaveHands(link) || !mayNow(link)) return
      const { id: deskId } = link.socket
      if (said.data === null || !view.incidents.has(said.data.incidentId)) return drop(deskId)
      const { username, displayName, role } = link.signedIn.session
      const before = hands.get(deskId)?.hand
      hands.set(deskId, { hand: { deskId, username, displayName, role, ...said.data }, saidAt: clock.now() })
      if (before?.incidentId !== said.data.incidentId || before.doing !== said.data.doing) tellAll()
    },
    leave(link) {
      void link.socket.leave(room)
      buckets.delete(link.socket.id)
      drop(link.socket.id)
    },
    tick() {
      const before = hands.size
      for (const [deskId, { saidAt }] of hands) if (clock.now() - saidAt > handLastsMs) hands.delete(deskId)
      if (hands.size < before) tellAll()
    },
  }
}
