/**
 * Where a request comes from, as a browser says it. A browser cannot lie about these headers; anything that is not a
 * browser may leave them out, and has no cookie that a page could have stolen the use of.
 */
import type { IncomingHttpHeaders } from 'node:http'

/** Was this sent by a page of this very server, or by no page at all? */
export function isOwnOrigin(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site']
  if (site === 'cross-site' || site === 'same-site') return false
  const { origin, host } = headers
  if (origin === undefined) return true
  try {
    return new URL(origin).host === host?.toLowerCase()
  } catch {
    return false
  }
}
