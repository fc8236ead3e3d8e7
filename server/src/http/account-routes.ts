/** Accounts as the security administrator keeps them: who there is, and which part of the city each is bound to; and what those are called whose acts an officer reads. No secret ever leaves. */
import { Router } from 'express'
import { accountNamesQuerySchema, scopeSchema, type AccountRow } from '../../../shared/contract/accounts.ts'
import type { DataScope } from '../../../shared/model/data-scope.ts'
import type { Role } from '../../../shared/model/role.ts'
import type { City } from '../ports/city.ts'
import type { Engine } from '../ports/engine.ts'
import type { Account, Accounts } from '../ports/store.ts'
import { part, type Guard } from './guard.ts'
import { no, read } from './reply.ts'

/** Roles whose work is in one part of the city or in all of it; a crew sees its own cases, and administrators see none. */
const bindable: ReadonlySet<Role> = new Set(['wall', 'duty', 'chief', 'dept', 'manager'])

const toRow = ({ passwordHash: _secret, ...row }: Account): AccountRow => row

export function accountRoutes(deps: {
  accounts: Accounts
  engine: Pick<Engine, 'note'>
  city: Pick<City, 'profile'>
  guard: Guard
}): Router {
  const { accounts, engine, city, guard } = deps
  const divisions = new Map(city.profile.divisions.map((row) => [row.id, row]))
  const router = Router()
  const wrong = (field: string, problem: string) =>
    no('INVALID', `${field}: ${problem}`, { fields: [{ field, problem }] })

  router.get(
    '/accounts',
    guard('accounts', async () => ({ body: { items: (await accounts.list()).map(toRow), next: null } })),
  )
  router.get(
    '/account-names',
    // Whoever reads who did it may read how they are called.
    guard('timeline', async (request) => {
      const query = read(accountNamesQuerySchema, request.query)
      if (!query.ok) return query
      return { body: { items: await accounts.namesOf(query.value.of), next: null } }
    }),
  )
  router.put(
    '/accounts/:username/scope',
    guard('accounts', async (request, { signedIn }) => {
      const body = read(scopeSchema, request.body)
      if (!body.ok) return body
      const { districtId, streetId } = body.value
      const account = await accounts.find(part(request, 'username'))
      if (account === null) return no('NOT_FOUND', 'no such account')
      if (!bindable.has(account.role)) return no('NOT_ALLOWED', `the role ${account.role} is bound to no district`)
      if (districtId !== null && divisions.get(districtId)?.level !== 2) return wrong('districtId', 'no such district')
      if (streetId !== null && (districtId === null || divisions.get(streetId)?.parentId !== districtId))
        return wrong('streetId', 'no such street in this district')
      const scope: DataScope | null = districtId === null ? null : { districtId, streetId }
      // In the log before it holds.
      await engine.note(signedIn.actor.name, 'account.scope', true, account.username, {
        from: account.scope,
        to: scope,
      })
      await accounts.save({ ...account, scope })
      return { body: toRow({ ...account, scope }) }
    }),
  )
  return router
}
