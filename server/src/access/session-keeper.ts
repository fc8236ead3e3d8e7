/**
 * Who is signed in. Guarantees: a token is known here only by its SHA-256; a person's session ends 12 h after sign-in, or
 * 15 min after the last sign of life; a wall display's slides on for 30 days; every sign-in, refused or not, is in the log
 * before it is answered. An open page is a sign of life: nobody loses the live picture in the middle of a shift.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Instant } from '../../../shared/model/ids.ts'
import { refuse, type Refusal } from '../../../shared/model/refusal.ts'
import type { Actor, Role } from '../../../shared/model/role.ts'
import type { Sessions, SignedIn } from '../ports/access.ts'
import type { Clock } from '../ports/clock.ts'
import type { Engine } from '../ports/engine.ts'
import type { Account, Accounts } from '../ports/store.ts'
import { accountLimits, addressLimits, createLockout } from './lockout.ts'
import type { Passwords } from './passwords.ts'
import { rights } from './rights.ts'

const minute = 60_000
export const sessionLimits = { absoluteMs: 12 * 60 * minute, idleMs: 15 * minute, displayMs: 30 * 24 * 60 * minute }
/** How stale what is stored, and what is known of the account, may get. */
const refreshMs = minute
const maxKnown = 10_000

export type EndReason = 'signed-out' | 'rights-changed' | 'expired'

export interface SessionKeeper extends Sessions {
  /** Ends what has run out. Called every minute. */
  sweep(): Promise<void>
}

export interface SessionKeeperOptions {
  readonly accounts: Accounts
  readonly note: Engine['note']
  readonly clock: Clock
  readonly passwords: Passwords
  /** May demo accounts sign in? */
  readonly allowDemo: boolean
  /** Words an instant in the city's zone. */
  readonly iso: (at: Instant) => string
}

interface Known {
  readonly signedIn: SignedIn
  readonly createdAt: Instant
  expiresAt: Instant
  refreshedAt: Instant
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')
const expiryOf = (role: Role, createdAt: Instant, seenAt: Instant): Instant =>
  role === 'wall'
    ? seenAt + sessionLimits.displayMs
    : Math.min(createdAt + sessionLimits.absoluteMs, seenAt + sessionLimits.idleMs)

/** The account as rules see it. */
export const actorOf = (account: Omit<Account, 'passwordHash'>): Actor => ({
  name: account.username,
  role: account.role,
  ...(account.unitId === null ? {} : { unitId: account.unitId }),
  ...(account.departmentId === null ? {} : { departmentId: account.departmentId }),
  ...(account.scope === null ? {} : { scope: account.scope }),
})
const sameActor = (a: Actor, b: Actor) =>
  a.role === b.role &&
  a.unitId === b.unitId &&
  a.departmentId === b.departmentId &&
  a.scope?.districtId === b.scope?.districtId &&
  a.scope?.streetId === b.scope?.streetId

export function createSessionKeeper(options: SessionKeeperOptions): SessionKeeper {
  const { accounts, note, clock, passwords, allowDemo, iso } = options
  const known = new Map<string, Known>()
  const listeners = new Set<(sessionId: string, reason: EndReason) => void>()
  const byAccount = createLockout(accountLimits)
  const byAddress = createLockout(addressLimits)

  const tell = (sessionId: string, reason: EndReason) => listeners.forEach((listener) => listener(sessionId, reason))
  const maySignIn = (account: Account) => !account.disabled && (allowDemo || !account.isDemo)
  const describe = (account: Account, sessionId: string, expiresAt: Instant): SignedIn => ({
    sessionId,
    actor: actorOf(account),
    session: {
      username: account.username,
      displayName: account.displayName,
      role: account.role,
      unitId: account.unitId,
      departmentId: account.departmentId,
      ...(account.scope === null ? {} : { scope: account.scope }),
      home: rights[account.role].home,
      expiresAt: iso(expiresAt),
    },
  })
  const remember = (tokenHash: string, entry: Known) => {
    known.set(tokenHash, entry)
    if (known.size > maxKnown) known.delete(known.keys().next().value as string)
  }

  async function drop(tokenHash: string, sessionId: string, reason: EndReason) {
    known.delete(tokenHash)
    await accounts.dropSession(tokenHash)
    tell(sessionId, reason)
  }

  /** Reads session and account from the store: the first time, and again every minute. */
  async function refresh(tokenHash: string, now: Instant): Promise<Known | null> {
    const stored = await accounts.session(tokenHash)
    const before = known.get(tokenHash)
    if (!stored) {
      known.delete(tokenHash)
      return null
    }
    const account = await accounts.find(stored.username)
    if (!account || !maySignIn(account) || (before && !sameActor(before.signedIn.actor, actorOf(account)))) {
      await drop(tokenHash, stored.sessionId, 'rights-changed')
      return null
    }
    const validUntil = Math.max(before?.expiresAt ?? 0, stored.expiresAt)
    if (validUntil <= now) {
      await drop(tokenHash, stored.sessionId, 'expired')
      return null
    }
    const expiresAt = expiryOf(account.role, stored.createdAt, now)
    await accounts.touchSession(tokenHash, now, expiresAt)
    const entry = {
      signedIn: describe(account, stored.sessionId, expiresAt),
      createdAt: stored.createdAt,
      expiresAt,
      refreshedAt: now,
    }
    remember(tokenHash, entry)
    return entry
  }

  async function refuseSignIn(username: string, from: string, why: string): Promise<{ ok: false; refusal: Refusal }> {
    const now = clock.now()
    const lockedAccount = byAccount.failed(`${username} ${from}`, now)
    const lockedAddress = byAddress.failed(from, now)
    await note(username, 'session.sign-in', false, username, { from, why, locked: lockedAccount || lockedAddress })
    return { ok: false, refusal: refuse('UNAUTHENTICATED', 'wrong user name or password') }
  }

  return {
    async signIn(username, password, from) {
      const lockedUntil =
        byAccount.lockedUntil(`${username} ${from}`, clock.now()) ?? byAddress.lockedUntil(from, clock.now())
      if (lockedUntil !== null) {
        const retryAfterS = Math.ceil((lockedUntil - clock.now()) / 1000)
        return { ok: false, refusal: refuse('TOO_MANY', 'too many failed tries: wait', { retryAfterS }) }
      }
      const account = await accounts.find(username)
      const isRight = await passwords.isRight(account?.passwordHash ?? null, password)
      if (isRight === null)
        return { ok: false, refusal: refuse('BUSY', 'too many sign-ins at once', { retryAfterS: 2 }) }
      if (!account) return refuseSignIn(username, from, 'unknown account')
      if (!isRight) return refuseSignIn(username, from, 'wrong password')
      if (!maySignIn(account)) return refuseSignIn(username, from, account.disabled ? 'disabled' : 'demo not allowed')
      byAccount.succeeded(`${username} ${from}`)
      const now = clock.now()
      const token = randomBytes(32).toString('base64url')
      const expiresAt = expiryOf(account.role, now, now)
      const signedIn = describe(account, randomUUID(), expiresAt)
      const { sessionId } = signedIn
      await accounts.putSession(hashOf(token), { sessionId, username, createdAt: now, seenAt: now, expiresAt })
      await note(account.username, 'session.sign-in', true, sessionId, { from, role: account.role })
      remember(hashOf(token), { signedIn, createdAt: now, expiresAt, refreshedAt: now })
      return { ok: true, token, signedIn }
    },

    async resume(token) {
      const now = clock.now()
      const tokenHash = hashOf(token)
      const entry = known.get(tokenHash)
      if (!entry || entry.expiresAt <= now || now - entry.refreshedAt >= refreshMs)
        return (await refresh(tokenHash, now))?.signedIn ?? null
      entry.expiresAt = expiryOf(entry.signedIn.session.role, entry.createdAt, now)
      return entry.signedIn
    },

    async signOut(token) {
      const tokenHash = hashOf(token)
      const stored = await accounts.session(tokenHash)
      if (!stored) return
      await drop(tokenHash, stored.sessionId, 'signed-out')
      await note(stored.username, 'session.sign-out', true, stored.sessionId, {})
    },

    onEnded(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },

    async sweep() {
      const ended = new Set(await accounts.sweepSessions(clock.now()))
      for (const [tokenHash, entry] of known) if (ended.has(entry.signedIn.sessionId)) known.delete(tokenHash)
      for (const sessionId of ended) tell(sessionId, 'expired')
    },
  }
}
