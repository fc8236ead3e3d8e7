/**
 * The demo's accounts: one a role, one a crew of the city, one password for all. Made once; later starts only add the crews
 * that are new and follow a changed `DEMO_PASSWORD`. Refuses to touch an account that is not a demo account.
 */
import { randomInt } from 'node:crypto'
import { roleNames, type Actor, type Role } from '../../../shared/model/role.ts'
import type { Account, Accounts } from '../ports/store.ts'
import type { Passwords } from './passwords.ts'
import { actorOf } from './session-keeper.ts'

const people: readonly Role[] = ['wall', 'duty', 'chief', 'dept', 'manager', 'sysadmin', 'secadmin', 'auditor']
/** Beside one a role: who takes over from the chief. */
const others: readonly Pick<Account, 'username' | 'displayName' | 'role'>[] = [
  { username: 'relief', displayName: '接班值班长', role: 'chief' },
]
/** Without letters and digits that look alike. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

export const makePassword = (): string =>
  Array.from({ length: 12 }, () => alphabet[randomInt(alphabet.length)]).join('')

export interface DemoCrew {
  readonly unitId: string
  readonly name: string
}

export interface DemoDistrict {
  readonly id: string
  readonly name: string
}

function plan(crews: readonly DemoCrew[], district: DemoDistrict | null): Omit<Account, 'passwordHash'>[] {
  const base = { unitId: null, departmentId: null, scope: null, disabled: false, isDemo: true }
  const crewAccount = (username: string, crew: DemoCrew) => ({
    ...base,
    username,
    displayName: crew.name,
    role: 'crew' as const,
    unitId: crew.unitId,
  })
  const [first] = crews
  return [
    ...people.map((role) => ({ ...base, username: role as string, displayName: roleNames[role].zh, role })),
    ...others.map((one) => ({ ...base, ...one })),
    ...(district
      ? [
          {
            ...base,
            username: 'district',
            displayName: `${district.name}值班员`,
            role: 'duty' as const,
            scope: { districtId: district.id, streetId: null },
          },
        ]
      : []),
    ...(first ? [crewAccount('crew', first)] : []),
    ...crews.map((crew) => crewAccount(`crew-${crew.unitId.toLowerCase()}`, crew)),
  ]
}

/** The demo's people by account name, as rules see them. */
export const demoActors = (crews: readonly DemoCrew[]): ReadonlyMap<string, Actor> =>
  new Map(plan(crews, null).map((account) => [account.username, actorOf(account)]))

export interface DemoAccounts {
  readonly password: string
  readonly usernames: readonly string[]
}

export interface DemoOptions {
  readonly accounts: Accounts
  readonly passwords: Passwords
  readonly crews: readonly DemoCrew[]
  /** Whose officer the account `district` is; absent = the city has no districts, and the demo no such account. */
  readonly district?: DemoDistrict
  /** `DEMO_PASSWORD`, else the one kept from an earlier start, else null. */
  readonly password: string | null
}

/** Makes what is missing. Null where accounts exist and none of them is a demo account: a city in real use. */
export async function ensureDemoAccounts(options: DemoOptions): Promise<DemoAccounts | null> {
  const { accounts, passwords, crews } = options
  const duty = await accounts.find('duty')
  if (!duty?.isDemo && (await accounts.count()) > 0) return null
  const password = options.password ?? makePassword()
  const isSame = duty !== null && (await passwords.isRight(duty.passwordHash, password)) === true
  const passwordHash = isSame ? duty.passwordHash : await passwords.hash(password)
  const wanted = plan(crews, options.district ?? null)
  for (const account of wanted) {
    const present = await accounts.find(account.username)
    if (present && !present.isDemo) continue
    if (present?.passwordHash !== passwordHash || present.unitId !== account.unitId)
      await accounts.save({ ...account, passwordHash })
  }
  return { password, usernames: wanted.map((account) => account.username) }
}
