/** Accounts and sessions. Guarantees that what expired is gone. Refuses to know passwords: it holds hashes only. */
import type { Role } from '../../../shared/model/role.ts'
import type { Account, Accounts, Database, Row } from '../ports/store.ts'

const toAccount = (row: Row): Account => ({
  username: String(row.username),
  displayName: String(row.display_name),
  role: row.role as Role,
  unitId: row.unit_id === null ? null : String(row.unit_id),
  departmentId: row.department_id === null ? null : String(row.department_id),
  scope:
    row.district_id === null
      ? null
      : { districtId: String(row.district_id), streetId: row.street_id === null ? null : String(row.street_id) },
  passwordHash: String(row.password_hash),
  disabled: row.disabled === true,
  isDemo: row.is_demo === true,
})

export function createAccounts(database: Database): Accounts {
  return {
    async count() {
      const [row] = await database.query('select count(*) as count from account')
      return Number(row?.count)
    },

    async find(username) {
      const [row] = await database.query('select * from account where username = $1', [username])
      return row === undefined ? null : toAccount(row)
    },

    async list() {
      const rows = await database.query('select * from account order by username')
      return rows.map(toAccount)
    },

    async namesOf(usernames) {
      const rows = await database.query(
        'select username, display_name from account where username = any($1::text[]) order by username',
        [usernames],
      )
      return rows.map((row) => ({ username: String(row.username), displayName: String(row.display_name) }))
    },

    async save(account) {
      await database.query(
        `insert into account (username, display_name, role, unit_id, department_id, password_hash, disabled, is_demo,
          district_id, street_id)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (username) do update set
        display_name = excluded.display_name, role = excluded.role, unit_id = excluded.unit_id,
        department_id = excluded.department_id, password_hash = excluded.password_hash,
        disabled = excluded.disabled, is_demo = excluded.is_demo,
        district_id = excluded.district_id, street_id = excluded.street_id`,
        [
          account.username,
          account.displayName,
          account.role,
          account.unitId,
          account.departmentId,
          account.passwordHash,
          account.disabled,
          account.isDemo,
          account.scope?.districtId ?? null,
          account.scope?.streetId ?? null,
        ],
      )
    },

    async putSession(tokenHash, session) {
      await database.query('insert into session values ($1, $2, $3, $4, $5, $6)', [
        tokenHash,
        session.sessionId,
        session.username,
        session.createdAt,
        session.seenAt,
        session.expiresAt,
      ])
    },

    async session(tokenHash) {
      const [row] = await database.query('select * from session where token_hash = $1', [tokenHash])
      if (row === undefined) return null
      return {
        sessionId: String(row.session_id),
        username: String(row.username),
        createdAt: Number(row.created_at),
        seenAt: Number(row.seen_at),
        expiresAt: Number(row.expires_at),
      }
    },

    async touchSession(tokenHash, seenAt, expiresAt) {
      await database.query('update session set seen_at = $2, expires_at = $3 where token_hash = $1', [
        tokenHash,
        seenAt,
        expiresAt,
      ])
    },

    async dropSession(tokenHash) {
      await database.query('delete from session where token_hash = $1', [tokenHash])
    },

    async sweepSessions(now) {
      const rows = await database.query('delete from session where expires_at <= $1 returning session_id', [now])
      return rows.map((row) => String(row.session_id))
    },
  }
}
