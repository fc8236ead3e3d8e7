/** The process's own diary (not the city's log): structured, one line an entry. */
export interface Log {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  /** `error` holds the cause. In a healthy system this is never called. */
  error(fields: { readonly error: unknown; readonly [field: string]: unknown }, message: string): void
}
