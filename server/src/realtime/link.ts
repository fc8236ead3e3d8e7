/**
 * One connected client: its socket, who it is, and how far behind it is. Knows how much waits to be sent, not what.
 */
import type { DefaultEventsMap, Server, Socket } from 'socket.io'
import type { ServerToClient } from '../../../shared/contract/realtime.ts'
import type { Audience } from '../access/audience.ts'
import type { SignedIn } from '../ports/access.ts'
import type { Subscription } from './subscription.ts'

export type CityServer = Server<DefaultEventsMap, ServerToClient>
export type CitySocket = Socket<DefaultEventsMap, ServerToClient>

export interface TelemetryPlace {
  readonly subscription: Subscription | null
  /** Set while frames are skipped for this client: the last frame it got, and how many values it has been spared since. */
  behind: { readonly sinceFrame: number; skipped: number } | null
}

export interface Link {
  readonly socket: CitySocket
  readonly token: string
  signedIn: SignedIn
  audience: Audience
  /** Revision the client holds, while deltas are withheld from it; null = it gets every delta. */
  behindSinceRev: number | null
  telemetry: TelemetryPlace | null
}

interface Waiting {
  readonly writeBuffer: readonly { readonly data?: unknown }[]
}

const sizeOf = (data: unknown): number =>
  typeof data === 'string' ? data.length : ArrayBuffer.isView(data) ? data.byteLength : 0

/** Packets that wait because the client has not taken what was sent before. */
export const waitingPackets = (link: Link): number => (link.socket.conn as unknown as Waiting).writeBuffer.length

/** Their bytes. */
export const waitingBytes = (link: Link): number =>
  (link.socket.conn as unknown as Waiting).writeBuffer.reduce((sum, packet) => sum + sizeOf(packet.data), 0)
