/**
 * Commands on their way. Guarantees that a command has one id from the key press to its answer, is sent again after a lost
 * connection until it is answered or too old, and is always answered by a value. Refuses to know what a command means.
 */
import type { CommandAck } from '../../../shared/contract/realtime.ts'
import type { Submission } from '../../../shared/contract/command.ts'
import type { Instant } from '../../../shared/model/ids.ts'
import { fail, type Failure } from './failure.ts'

type WithoutId<S> = S extends unknown ? Omit<S, 'commandId'> : never
/** A command and the version its sender saw. */
export type Draft = WithoutId<Submission>

export type Outcome =
  { readonly ok: true; readonly rev: number; readonly data: unknown } | { readonly ok: false; readonly error: Failure }

/** A command older than this is given up, and its sender told that nobody knows. */
export const giveUpAfterMs = 20_000
const mostInFlight = 64

export interface CommandClient {
  submit(draft: Draft): Promise<Outcome>
  /** The connection is there again: what is unanswered goes out again, same ids. */
  resend(): void
  tick(at: Instant): void
  /** Signed out: nobody waits any more. */
  abandon(): void
}

export interface CommandClientOptions {
  /** Sends when it can and calls back when answered; says nothing when the line is cut. */
  readonly send: (submission: Submission, answered: (ack: CommandAck) => void) => void
  readonly now: () => Instant
  readonly makeId?: () => string
}

/** A random UUID, also on pages served without TLS inside a closed network, where `randomUUID` is not offered. */
export function makeCommandId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

export function makeCommandClient({ send, now, makeId = makeCommandId }: CommandClientOptions): CommandClient {
  const waiting = new Map<string, { submission: Submission; since: Instant; settle: (outcome: Outcome) => void }>()

  const settle = (commandId: string, outcome: Outcome) => {
    const entry = waiting.get(commandId)
    waiting.delete(commandId)
    entry?.settle(outcome)
  }
  const transmit = (submission: Submission) => send(submission, (ack) => settle(submission.commandId, ack))

  return {
    submit(draft) {
      if (waiting.size >= mostInFlight) return Promise.resolve(fail('BUSY', 'too many commands are unanswered'))
      const submission = { ...draft, commandId: makeId() } as Submission
      return new Promise((resolve) => {
        waiting.set(submission.commandId, { submission, since: now(), settle: resolve })
        transmit(submission)
      })
    },
    resend() {
      for (const { submission } of waiting.values()) transmit(submission)
    },
    tick(at) {
      for (const [commandId, entry] of waiting)
        if (at - entry.since >= giveUpAfterMs) settle(commandId, fail('TIMEOUT', 'no answer in time'))
    },
    abandon() {
      for (const commandId of [...waiting.keys()]) settle(commandId, fail('UNAUTHENTICATED', 'signed out'))
    },
  }
}
