import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cookieWith, sessionCookie, tokenIn } from '../../../server/src/access/cookie.ts'
import { ensureDemoAccounts } from '../../../server/src/access/demo-accounts.ts'
import { createDoorKeyRing } from '../../../server/src/access/door-key-ring.ts'
import { createLockout } from '../../../server/src/access/lockout.ts'
import { isOwnOrigin } from '../../../server/src/access/origin.ts'
import { createPasswords } from '../../../server/src/access/passwords.ts'
import { keptDemoPassword, readDoorKeys, writeDemoAccounts } from '../../../server/src/access/secret-files.ts'
import { createBucket, createBuckets } from '../../../server/src/access/token-bucket.ts'
import { createMemoryAccounts } from '../../support/memory-accounts.ts'

let dir: string
const made = { ingest: null, drill: null }
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'tongguan-keys-'))))
afterEach(() => rmSync(dir, { recursive: true, force: true }))

describe('door keys', () => {
  it('are made once, kept for their owner alone, and told apart', () => {
    const [first, second] = readDoorKeys(dir, made)
    expect(statSync(join(dir, 'keys.json')).mode & 0o777).toBe(0o600)
    expect(readDoorKeys(dir, made)).toEqual([first, second])
    const ring = createDoorKeyRing([...readDoorKeys(dir, made), { name: 'm', key: 'metrics-key', doors: ['metrics'] }])
    expect(ring.check(first?.key ?? '')?.name).toBe('ingest')
    expect(ring.check('metrics-key')).toEqual({ name: 'm', doors: ['metrics'], isDrill: false })
    // A drill's key opens what brings events and values, and no more.
    expect(ring.check(second?.key ?? '')).toEqual({
      name: 'drill',
      doors: ['sensorthings', 'open311', 'cap', 'mqtt'],
      isDrill: true,
    })
    expect(ring.check('')).toBeNull()
    expect(ring.check(`${first?.key}x`)).toBeNull()
  })
  it('INGEST_KEY and DRILL_KEY take the place of those made', () => {
    readDoorKeys(dir, made)
    expect(readDoorKeys(dir, { ingest: 'fixed', drill: 'rehearsed' }).map(({ name, key }) => [name, key])).toEqual([
      ['ingest', 'fixed'],
      ['drill', 'rehearsed'],
    ])
    expect(readFileSync(join(dir, 'keys.json'), 'utf8')).toContain('rehearsed')
  })
  it('a file of an earlier version gets the key of drills and keeps its own', () => {
    const own = { name: 'meteo', key: 'abc', doors: ['cap'] as const }
    writeFileSync(join(dir, 'keys.json'), JSON.stringify({ keys: [{ ...own, name: 'ingest', key: 'old' }, own] }))
    expect(readDoorKeys(dir, made).map(({ name }) => name)).toEqual(['ingest', 'drill', 'meteo'])
    expect(readDoorKeys(dir, made)[0]?.key).toBe('old')
  })
})

describe('demo accounts', () => {
  const passwords = createPasswords({ memoryCost: 8, timeCost: 1 })
  const crews = [
    { unitId: 'PUMP-01', name: '排水一队' },
    { unitId: 'ROAD-01', name: '道路一队' },
  ]
  it('are one a role and one a crew, with one password', async () => {
    const accounts = createMemoryAccounts()
    const demo = await ensureDemoAccounts({ accounts, passwords, crews, password: null })
    expect(demo?.usernames).toEqual([
      ...['wall', 'duty', 'chief', 'dept', 'manager', 'sysadmin', 'secadmin', 'auditor', 'relief'],
      ...['crew', 'crew-pump-01', 'crew-road-01'],
    ])
    expect(await accounts.find('crew')).toMatchObject({ role: 'crew', unitId: 'PUMP-01', isDemo: true })
    // Where the city has districts, an officer of one of them.
    const district = { id: 'd1', name: '云岫区' }
    const bound = createMemoryAccounts()
    const more = await ensureDemoAccounts({ accounts: bound, passwords, crews, district, password: null })
    expect(more?.usernames).toContain('district')
    expect(await bound.find('district')).toMatchObject({
      ...{ role: 'duty', displayName: '云岫区值班员', scope: { districtId: 'd1', streetId: null } },
    })
    const duty = await accounts.find('duty')
    expect(await passwords.isRight(duty?.passwordHash ?? null, demo?.password ?? '')).toBe(true)
    if (demo) writeDemoAccounts(dir, demo, 'key')
    expect(statSync(join(dir, 'demo-accounts.txt')).mode & 0o777).toBe(0o600)
    expect(keptDemoPassword(dir)).toBe(demo?.password)
  })
  it('follow a changed password and new crews, and leave a real city alone', async () => {
    const accounts = createMemoryAccounts()
    await ensureDemoAccounts({ accounts, passwords, crews: [], password: 'first' })
    await ensureDemoAccounts({ accounts, passwords, crews, password: 'second' })
    const crew = await accounts.find('crew-road-01')
    expect(await passwords.isRight(crew?.passwordHash ?? null, 'second')).toBe(true)
    const real = createMemoryAccounts()
    await real.save({ ...(crew as NonNullable<typeof crew>), username: 'duty', isDemo: false })
    expect(await ensureDemoAccounts({ accounts: real, passwords, crews, password: null })).toBeNull()
    expect(await real.count()).toBe(1)
  })
})

describe('passwords', () => {
  it('say too many when too many wait', async () => {
    const passwords = createPasswords({ memoryCost: 8, timeCost: 1 })
    const answers = await Promise.all(Array.from({ length: 80 }, () => passwords.isRight(null, 'x')))
    expect(answers.filter((answer) => answer === false)).toHaveLength(66)
    expect(answers.filter((answer) => answer === null)).toHaveLength(14)
    expect(await passwords.isRight(null, 'x')).toBe(false)
  })
})

describe('limits', () => {
  it('buckets: a burst, then a rate, each key its own, the oldest forgotten', () => {
    const take = createBucket({ burst: 2, perSecond: 1 })
    expect([take(0), take(0), take(0), take(999), take(1000), take(1000)]).toEqual([
      true,
      true,
      false,
      false,
      true,
      false,
    ])
    const byKey = createBuckets({ burst: 1, perSecond: 0.001 }, 2)
    expect([byKey('a', 0), byKey('a', 0), byKey('b', 0), byKey('c', 0), byKey('a', 0)]).toEqual([
      ...[true, false, true, true],
      true,
    ])
  })
  it('lockouts stay bounded', () => {
    const lockout = createLockout({ failures: 5, windowMs: 1000, lockMs: 1000, maxKeys: 10 })
    for (let i = 0; i < 100; i++) lockout.failed(`key ${i}`, i)
    expect(lockout.size).toBe(10)
  })
})

describe('cookie and origin', () => {
  it('finds its own token among others, and nothing else', () => {
    const token = 'A'.repeat(43)
    expect(tokenIn(`a=b; ${sessionCookie}=${token}; c=d`)).toBe(token)
    expect(tokenIn(`${sessionCookie}=short`)).toBeNull()
    expect(tokenIn(`x${sessionCookie}=${token}`)).toBeNull()
    expect(tokenIn(undefined)).toBeNull()
    expect(tokenIn('x'.repeat(10_000))).toBeNull()
    expect(cookieWith(token, 60, true)).toContain('HttpOnly; SameSite=Strict; Secure')
    expect(cookieWith(token, 60, false)).not.toContain('Secure')
  })
  it.each([
    [{ host: 'city.example' }, true],
    [{ host: 'city.example', origin: 'https://city.example' }, true],
    [{ host: 'city.example', origin: 'https://evil.example' }, false],
    [{ host: 'city.example', origin: 'null' }, false],
    [{ host: 'city.example:8080', origin: 'http://city.example' }, false],
    [{ host: 'city.example', 'sec-fetch-site': 'cross-site' }, false],
    [{ host: 'city.example', 'sec-fetch-site': 'same-origin' }, true],
  ] as const)('%j → %s', (headers, isOwn) => expect(isOwnOrigin(headers)).toBe(isOwn))
})
