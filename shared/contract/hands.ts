/**
 * Officers' hands (席位动态): which case another desk has open, and whether it is doing something about it. No business of the city's: it is in no
 * log, holds for moments, and locks nothing; who acts first still wins by the case's version. It tells a colleague before two act at once.
 */
import { z } from 'zod'
import type { Role } from '../model/role.ts'

/** `looking`: it is open. `acting`: a form about it is being filled in. `sending`: a crew is being chosen for it. */
export const handStates = ['looking', 'acting', 'sending'] as const
export type HandState = (typeof handStates)[number]

/** What a desk says of itself, again and again while it is so; null = nothing is open. */
export const handSchema = z.object({ incidentId: z.string().min(1).max(64), doing: z.enum(handStates) }).nullable()
export type OwnHand = z.infer<typeof handSchema>

/** One desk's hand, as other officers see it: who and where, and nothing of the case. */
export interface Hand {
  /** The desk's own line: one person may sit at two. Equal to the client's `socket.id`. */
  readonly deskId: string
  readonly username: string
  readonly displayName: string
  readonly role: Role
  readonly incidentId: string
  readonly doing: HandState
}

/** A hand is said again this often, ms; one not said for three times as long is gone. */
export const handAgainMs = 20_000
export const handLastsMs = 3 * handAgainMs
