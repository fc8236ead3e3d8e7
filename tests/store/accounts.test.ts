import { expect, it } from 'vitest'
import type { Account } from '../../server/src/ports/store.ts'
import { onEveryDatabase } from '../support/every-database.ts'

const account: Account = {
  username: 'duty',
  displayName: '值班员',
  role: 'duty',
  unitId: null,
  departmentId: 'water',
  passwordHash: '$argon2id$…',
  disabled: false,
  isDemo: true,
  scope: null,
}
const session = { sessionId: 's1', username: 'duty', createdAt: 1, seenAt: 2, expiresAt: 100 }

onEveryDatabase('accounts', (stores) => {
  it('are found as they were saved last', async () => {
    const { accounts } = await stores.open()
    expect([await accounts.count(), await accounts.find('duty')]).toEqual([0, null])
    await accounts.save(account)
    expect(await accounts.find('duty')).toEqual(account)
    const changed: Account = { ...account, role: 'crew', unitId: 'PUMP-03', departmentId: null, disabled: true }
    await accounts.save(changed)
    expect([await accounts.count(), await accounts.find('duty')]).toEqual([1, changed])
    const bound: Account = { ...changed, username: 'bound', scope: { districtId: 'd1', streetId: 's1' } }
    await accounts.save(bound)
    expect(await accounts.list()).toEqual([bound, changed])
    expect(await accounts.namesOf(['duty', 'nobody', 'bound'])).toEqual([
      { username: 'bound', displayName: '值班员' },
      { username: 'duty', displayName: '值班员' },
    ])
    expect(await accounts.namesOf(['nobody'])).toEqual([])
    await accounts.save({ ...bound, scope: { districtId: 'd1', streetId: null } })
    expect((await accounts.find('bound'))?.scope).toEqual({ districtId: 'd1', streetId: null })
  })

  it('have sessions that are kept alive, dropped and swept', async () => {
    const { accounts } = await stores.open()
    await accounts.putSession('hash', session)
    expect(await accounts.session('hash')).toEqual(session)
    await accounts.touchSession('hash', 50, 200)
    expect(await accounts.session('hash')).toEqual({ ...session, seenAt: 50, expiresAt: 200 })
    expect(await accounts.sweepSessions(199)).toEqual([])
    expect(await accounts.sweepSessions(200)).toEqual(['s1'])
    expect(await accounts.session('hash')).toBeNull()
    await accounts.putSession('other', session)
    await accounts.dropSession('other')
    expect(await accounts.session('other')).toBeNull()
  })
})
