/** Bulletins and their files. Guarantees one a period: the first that is kept stays, whoever else makes it. */
import type { ExportFormat } from '../../../shared/contract/kpi-export.ts'
import type { Bulletins, Database, KeptBulletin, Row } from '../ports/store.ts'
import { Conditions } from './conditions.ts'

const nullable = (value: unknown) => (value === null || value === undefined ? null : Number(value))
const toBulletin = (row: Row): KeptBulletin => ({
  id: String(row.id),
  kind: row.kind as KeptBulletin['kind'],
  title: String(row.title),
  beginsAt: Number(row.begins_at),
  endsAt: Number(row.ends_at),
  madeAt: Number(row.made_at),
  mail: row.mail as KeptBulletin['mail'],
  mailedAt: nullable(row.mailed_at),
  mailTries: Number(row.mail_tries),
  mailNextAt: nullable(row.mail_next_at),
})

export function createBulletins(database: Database): Bulletins {
  return {
    async known(ids) {
      const rows = await database.query('select id from bulletin where id = any($1::text[])', [ids])
      return new Set(rows.map((row) => String(row.id)))
    },
    async keep(bulletin, files) {
      const { id, kind, title, beginsAt, endsAt, madeAt, mail, mailedAt, mailTries, mailNextAt } = bulletin
      const file = (format: ExportFormat) => ({
        // Only beside the row this very call put there.
        sql: `insert into bulletin_file (id, format, body) select $1::text, $2::text, $3::text
          where exists (select 1 from bulletin where id = $1 and made_at = $4::bigint) on conflict do nothing`,
        params: [id, format, Buffer.from(files[format]).toString('base64'), madeAt],
      })
      const [rows = []] = await database.transaction([
        {
          sql: `insert into bulletin (id, kind, title, begins_at, ends_at, made_at, mail, mailed_at, mail_tries, mail_next_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing returning id`,
          params: [id, kind, title, beginsAt, endsAt, madeAt, mail, mailedAt, mailTries, mailNextAt],
        },
        file('pdf'),
        file('xlsx'),
      ])
      return rows.length > 0
    },
    async page({ limit, cursor }) {
      const where = new Conditions()
      // `ends_at id`, as given out below; anything else ends the list.
      const [at, id] = cursor?.split(' ') ?? []
      if (cursor !== undefined) {
        if (id === undefined || !/^\d{1,16}$/.test(at ?? '')) return { items: [], next: null }
        where.add(`(ends_at, id) < (${where.bind(Number(at))}::bigint, ${where.bind(id)}::text)`)
      }
      const rows = await database.query(
        `select * from bulletin ${where.sql} order by ends_at desc, id desc limit ${where.bind(limit + 1)}`,
        where.params,
      )
      const shown = rows.slice(0, limit).map(toBulletin)
      const last = shown.at(-1)
      const items = shown.map(({ mailTries: _tries, mailNextAt: _next, ...row }) => row)
      return { items, next: rows.length > limit && last !== undefined ? `${last.endsAt} ${last.id}` : null }
    },
    async file(id, format) {
      const [row] = await database.query('select body from bulletin_file where id = $1 and format = $2', [id, format])
      return row === undefined ? null : new Uint8Array(Buffer.from(String(row.body), 'base64'))
    },
    async toMail(now) {
      const rows = await database.query(
        `select * from bulletin where mail = 'waiting' and mail_next_at <= $1 order by ends_at, id`,
        [now],
      )
      return rows.map(toBulletin)
    },
    async mailed(id, { mail, mailedAt, mailTries, mailNextAt }) {
      await database.query(
        'update bulletin set mail = $2, mailed_at = $3, mail_tries = $4, mail_next_at = $5 where id = $1',
        [id, mail, mailedAt, mailTries, mailNextAt],
      )
    },
  }
}
