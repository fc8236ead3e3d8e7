/** What passes between the server's thread and the embedded database's. */
import type { Row } from '../ports/store.ts'
import type { EncodedParameter } from './encode-parameter.ts'

export interface EncodedStatement {
  readonly sql: string
  readonly params: readonly EncodedParameter[]
}

export type DatabaseRequest =
  | { readonly id: number; readonly kind: 'query'; readonly statement: EncodedStatement }
  | { readonly id: number; readonly kind: 'transaction'; readonly statements: readonly EncodedStatement[] }
  | { readonly id: number; readonly kind: 'script'; readonly sql: string }
  | { readonly id: number; readonly kind: 'close' }

export type DatabaseReply =
  | { readonly id: number; readonly ok: true; readonly rows: Row[][] }
  | { readonly id: number; readonly ok: false; readonly error: StatementFault }

/** Why PostgreSQL refused, as plain data: errors lose their own fields between threads. */
export interface StatementFault {
  readonly message: string
  readonly code: string | null
  readonly detail: string | null
  readonly sql: string | null
}

/** Too many wait already: nothing was asked, and nothing is wrong with what is stored. */
export class DatabaseBusy extends Error {
  override readonly name = 'DatabaseBusy'
  constructor() {
    super('the database is overloaded')
  }
}

/** A statement failed. `code` is PostgreSQL's SQLSTATE. */
export class DatabaseFault extends Error {
  readonly code: string | null
  readonly detail: string | null
  readonly sql: string | null
  constructor(fault: StatementFault) {
    super(fault.message)
    this.name = 'DatabaseFault'
    this.code = fault.code
    this.detail = fault.detail
    this.sql = fault.sql
  }
}
