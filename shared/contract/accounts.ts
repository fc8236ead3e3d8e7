/** Accounts over the own HTTP API: who there is, which part of the city each is bound to, and what they are called. */
import { z } from 'zod'
import type { DataScope } from '../model/data-scope.ts'
import type { Role } from '../model/role.ts'

/** `PUT /api/v1/accounts/NAME/scope`; null = the whole city. */
export const scopeSchema = z
  .object({
    districtId: z.string().min(1).max(64).nullable(),
    streetId: z.string().min(1).max(64).nullable().default(null),
  })
  .strict()

/** `GET /api/v1/accounts` */
export interface AccountRow {
  readonly username: string
  readonly displayName: string
  readonly role: Role
  readonly unitId: string | null
  readonly departmentId: string | null
  readonly scope: DataScope | null
  readonly disabled: boolean
  readonly isDemo: boolean
}

/** `GET /api/v1/account-names`: which accounts, with commas between. */
export const accountNamesQuerySchema = z
  .object({
    of: z
      .string()
      .max(8000)
      .transform((names) => names.split(',').filter((name) => name !== ''))
      .pipe(z.array(z.string().max(64)).min(1).max(100)),
  })
  .strict()

/** A row of its answer: an account that does not exist has none. */
export interface AccountName {
  readonly username: string
  readonly displayName: string
}
