/**
 * How one event of the log is sealed to the one before it. Guarantees: the same event always gives the same text and hash, whatever
 * the order of its keys (RFC 8785); events are never changed once made. Refuses to know: where the log is kept, and who reads it.
 */
import { hash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { EventHasher, TextHasher } from '../ports/store.ts'

/** What stands before the first event. */
export const genesisHash = '0'.repeat(64)

/** A half of a surrogate pair has no UTF-8: it would hash as one text and be stored as another. */
function toWellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/\p{Surrogate}/gu, '\uFFFD')
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(toWellFormed)
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [toWellFormed(key), toWellFormed(part)]))
}

function canonicalText(value: object): string {
  let text: string | undefined
  try {
    text = canonicalize(value)
  } catch {
    text = canonicalize(toWellFormed(value))
  }
  if (text === undefined) throw new TypeError('an event must be a JSON object')
  return text
}

export const hashText: TextHasher = (prevHash, text) => hash('sha256', prevHash + text, 'hex')

type Sealed = Parameters<EventHasher>[1] & ReturnType<EventHasher> & { readonly prevHash: string }
/** What was sealed and is still alive: the engine seals an event, and the store asks for the same seal's text a moment later. */
const sealedBefore = new WeakMap<object, Sealed>()

/** SHA-256 over the hash before and the canonical JSON of `{seq, at, actor, cause, event}`. */
export const hashEvent: EventHasher = (prevHash, { seq, at, actor, cause, event }) => {
  const known = sealedBefore.get(event)
  if (
    known?.prevHash === prevHash &&
    known.seq === seq &&
    known.at === at &&
    known.actor === actor &&
    known.cause === cause
  )
    return known
  const text = canonicalText({ seq, at, actor, cause, event })
  const sealed = { prevHash, seq, at, actor, cause, event, text, hash: hashText(prevHash, text) }
  sealedBefore.set(event, sealed)
  return sealed
}
