/** Accounts and sessions in memory, behind the store's port. */
import type { Account, Accounts } from '../../server/src/ports/store.ts'

type StoredSession = NonNullable<Awaited<ReturnType<Accounts['session']>>>

export function createMemoryAccounts(): Accounts & { readonly sessions: ReadonlyMap<string, StoredSession> } {
  const accounts = new Map<string, Account>()
  const sessions = new Map<string, StoredSession>()
  return {
    sessions,
    count: async () => accounts.size,
    find: async (username) => accounts.get(username) ?? null,
    list: async () => [...accounts.values()].sort((a, b) => (a.username < b.username ? -1 : 1)),
    namesOf: async (usernames) =>
      [...accounts.values()]
        .filter(({ username }) => usernames.includes(username))
        .map(({ username, displayName }) => ({ username, displayName }))
        .sort((a, b) => (a.username < b.username ? -1 : 1)),
    save: async (account) => void accounts.set(account.username, account),
    putSession: async (tokenHash, session) => void sessions.set(tokenHash, session),
    session: async (tokenHash) => sessions.get(tokenHash) ?? null,
    touchSession: async (tokenHash, seenAt, expiresAt) => {
      const session = sessions.get(tokenHash)
      if (session) sessions.set(tokenHash, { ...session, seenAt, expiresAt })
    },
    dropSession: async (tokenHash) => void sessions.delete(tokenHash),
    sweepSessions: async (now) => {
      const ended = [...sessions].filter(([, session]) => session.expiresAt <= now)
      for (const [tokenHash] of ended) sessions.delete(tokenHash)
      return ended.map(([, session]) => session.sessionId)
    },
  }
}
