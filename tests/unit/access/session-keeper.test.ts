import { describe, expect, it } from 'vitest'
import { createPasswords } from '../../../server/src/access/passwords.ts'
import { createSessionKeeper, sessionLimits } from '../../../server/src/access/session-keeper.ts'
import type { Account } from '../../../server/src/ports/store.ts'
import { createMemoryAccounts } from '../../support/memory-accounts.ts'
import { noon } from '../../support/sample-rows.ts'

const minute = 60_000
const passwords = createPasswords({ memoryCost: 8, timeCost: 1 })
const account = async (over: Partial<Account> = {}): Promise<Account> => ({
  username: 'duty',
  displayName: '值班员',
  role: 'duty',
  unitId: null,
  departmentId: null,
  passwordHash: await passwords.hash('right'),
  disabled: false,
  isDemo: false,
  scope: null,
  ...over,
})

async function keeper(options: { allowDemo?: boolean; accounts?: Account[] } = {}) {
  const accounts = createMemoryAccounts()
  for (const one of options.accounts ?? [await account(), await account({ username: 'wall', role: 'wall' })])
    await accounts.save(one)
  const clock = { at: noon, now: () => clock.at }
  const notes: [string, string, boolean][] = []
  const ended: [string, string][] = []
  const sessions = createSessionKeeper({
    accounts,
    clock,
    passwords,
    allowDemo: options.allowDemo ?? true,
    iso: (at) => new Date(at).toISOString(),
    note: async (actor, act, ok) => void notes.push([actor, act, ok]),
  })
  sessions.onEnded((sessionId, reason) => void ended.push([sessionId, reason]))
  const signIn = async (username = 'duty', password = 'right') => {
    const result = await sessions.signIn(username, password, '10.0.0.1')
    return result.ok ? result.token : result.refusal.code
  }
  return { accounts, clock, notes, ended, sessions, signIn }
}

describe('signing in', () => {
  it('keeps only the token’s hash, and says so in the log, before it answers', async () => {
    const { accounts, notes, sessions, signIn } = await keeper()
    const token = await signIn()
    expect(token).toMatch(/^[\w-]{43}$/)
    expect([...accounts.sessions.keys()].join()).not.toContain(token)
    expect(notes).toEqual([['duty', 'session.sign-in', true]])
    expect((await sessions.resume(token))?.actor).toEqual({ name: 'duty', role: 'duty' })
    expect(await sessions.resume('x'.repeat(43))).toBeNull()
  })
  it('refuses the unknown, the wrong, the disabled and a demo account outside the demo, in the same words', async () => {
    const { notes, signIn } = await keeper({
      allowDemo: false,
      accounts: [
        await account(),
        await account({ username: 'off', disabled: true }),
        await account({ username: 'demo', isDemo: true }),
      ],
    })
    for (const [name, password] of [
      ['nobody', 'right'],
      ['duty', 'wrong'],
      ['off', 'right'],
      ['demo', 'right'],
    ] as const)
      expect(await signIn(name, password)).toBe('UNAUTHENTICATED')
    expect(notes.every(([, act, ok]) => act === 'session.sign-in' && !ok)).toBe(true)
    expect(notes).toHaveLength(4)
  })
  it('locks the account at this address after 5 failures in 15 min, for 30 min', async () => {
    const { clock, signIn } = await keeper()
    for (let i = 0; i < 4; i++) await signIn('duty', 'wrong')
    expect(await signIn('duty', 'right')).toMatch(/^[\w-]{43}$/)
    for (let i = 0; i < 5; i++) expect(await signIn('duty', 'wrong')).toBe('UNAUTHENTICATED')
    expect(await signIn('duty', 'right')).toBe('TOO_MANY')
    clock.at += 30 * minute - 1
    expect(await signIn('duty', 'right')).toBe('TOO_MANY')
    clock.at += 1
    expect(await signIn('duty', 'right')).toMatch(/^[\w-]{43}$/)
  })
  it('forgets failures older than 15 min', async () => {
    const { clock, signIn } = await keeper()
    for (let i = 0; i < 4; i++) await signIn('duty', 'wrong')
    clock.at += 15 * minute
    await signIn('duty', 'wrong')
    expect(await signIn('duty', 'right')).toMatch(/^[\w-]{43}$/)
  })
})

describe('a session', () => {
  it('of a person ends 15 min after the last sign of life', async () => {
    const { clock, ended, sessions, signIn } = await keeper()
    const token = await signIn()
    clock.at += sessionLimits.idleMs - 1
    expect(await sessions.resume(token)).not.toBeNull()
    clock.at += sessionLimits.idleMs
    expect(await sessions.resume(token)).toBeNull()
    expect(ended.map(([, reason]) => reason)).toEqual(['expired'])
  })
  it('of a person ends after 12 h whatever happens; a wall display goes on', async () => {
    const { clock, sessions, signIn } = await keeper()
    const person = await signIn()
    const display = await signIn('wall')
    for (let at = 0; at < sessionLimits.absoluteMs - 10 * minute; at += 10 * minute) {
      clock.at += 10 * minute
      expect(await sessions.resume(person)).not.toBeNull()
    }
    clock.at += 10 * minute
    expect(await sessions.resume(person)).toBeNull()
    clock.at += sessionLimits.displayMs - sessionLimits.absoluteMs - 1
    expect(await sessions.resume(display)).not.toBeNull()
    clock.at += sessionLimits.displayMs - 1
    expect(await sessions.resume(display)).not.toBeNull()
  })
  it('ends at once when signed out, and when the account’s rights change', async () => {
    const { accounts, clock, ended, notes, sessions, signIn } = await keeper()
    const first = await signIn()
    await sessions.signOut(first)
    expect(await sessions.resume(first)).toBeNull()
    expect(notes.at(-1)).toEqual(['duty', 'session.sign-out', true])
    const second = await signIn()
    await accounts.save(await account({ role: 'manager' }))
    clock.at += minute
    expect(await sessions.resume(second)).toBeNull()
    expect(ended.map(([, reason]) => reason)).toEqual(['signed-out', 'rights-changed'])
  })
  it('that ran out is swept, and those who hold it are told', async () => {
    const { clock, ended, sessions, signIn } = await keeper()
    const token = await signIn()
    clock.at += sessionLimits.idleMs
    await sessions.sweep()
    expect(ended.map(([, reason]) => reason)).toEqual(['expired'])
    expect(await sessions.resume(token)).toBeNull()
  })
})
