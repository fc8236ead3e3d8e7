/**
 * How machines show their key: `X-Api-Key`, HTTP Basic with the key as password (or as user name), and `api_key` where a
 * standard asks for it. Keeps no key and logs none.
 */
import type { IncomingHttpHeaders } from 'node:http'
import type { DoorKeys, DoorName } from '../ports/access.ts'
import type { StateView } from '../ports/engine.ts'
import { noDrillRuns, runningDrill } from '../../../shared/model/drill.ts'
import type { Refusal } from '../../../shared/model/refusal.ts'
import type { Actor } from '../../../shared/model/role.ts'

export interface Caller {
  readonly keyName: string
  readonly doors: readonly DoorName[]
  /** The key of drills: whatever it brings is marked as one. */
  readonly isDrill: boolean
  /** User name of HTTP Basic, where one came with the key as password. */
  readonly user: string | null
}

/** User name and password of an `Authorization: Basic` header. */
function basicOf(header: string | undefined): { user: string; password: string } | null {
  const encoded = /^basic +([A-Za-z0-9+/=_-]+) *$/i.exec(header ?? '')?.[1]
  if (encoded === undefined) return null
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon < 0 ? { user: text, password: '' } : { user: text.slice(0, colon), password: text.slice(colon + 1) }
}

/** Who calls, or null where no known key was shown. */
export function callerOf(keys: DoorKeys, headers: IncomingHttpHeaders, extraKey?: string | null): Caller | null {
  const basic = basicOf(headers.authorization)
  const header = headers['x-api-key']
  const shown: [key: string, user: string | null][] = []
  if (typeof header === 'string') shown.push([header, basic?.user || null])
  if (extraKey) shown.push([extraKey, null])
  if (basic) shown.push([basic.password, basic.user || null], [basic.user, null])
  for (const [key, user] of shown) {
    if (key === '' || key.length > 256) continue
    const known = keys.check(key)
    if (known) return { keyName: known.name, doors: known.doors, isDrill: known.isDrill ?? false, user }
  }
  return null
}

/** Why a caller is turned away whatever it asks: it holds the key of drills, and none runs. Else null. */
export const drillRefusal = (caller: Pick<Caller, 'isDrill'>, view: Pick<StateView, 'drills'>): Refusal | null =>
  caller.isDrill && runningDrill(view.drills) === null ? noDrillRuns : null

export const doorActor = (caller: Caller): Actor => ({ name: `door:${caller.keyName}`, role: 'door' })
