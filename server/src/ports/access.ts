import type { Actor } from '../../../shared/model/role.ts'
import type { Session } from '../../../shared/contract/http.ts'
import type { Refusal } from '../../../shared/model/refusal.ts'

export interface SignedIn {
  /** Stable id of the session, not the cookie's secret. */
  readonly sessionId: string
  readonly actor: Actor
  readonly session: Session
}

/** Who is there, and until when. */
export interface Sessions {
  signIn(
    username: string,
    password: string,
    from: string,
  ): Promise<{ ok: true; token: string; signedIn: SignedIn } | { ok: false; refusal: Refusal }>
  /** The session behind a cookie's token, or null. Also keeps it alive. */
  resume(token: string): Promise<SignedIn | null>
  signOut(token: string): Promise<void>
  /** Told when a session ends or its rights change, so that sockets can be dropped. */
  onEnded(listener: (sessionId: string, reason: 'signed-out' | 'rights-changed' | 'expired') => void): () => void
}

export type DoorName = 'sensorthings' | 'open311' | 'cap' | 'owntracks' | 'mqtt' | 'metrics'

/** Keys of machines. */
export interface DoorKeys {
  /** The key's name and doors, or null where the key is unknown. Constant time in the key. `isDrill`: what it brings is a drill's. */
  check(key: string): { readonly name: string; readonly doors: readonly DoorName[]; readonly isDrill?: boolean } | null
}
