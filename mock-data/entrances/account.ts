/** One person's account on the server: signs in when first needed, and again when the session has ended. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Answer, Asked, DoorClient } from './door-client.ts'

const ackSchema = z.union([
  z.object({ ok: z.literal(true), rev: z.number() }),
  z.object({ ok: z.literal(false), error: z.object({ code: z.string(), message: z.string() }) }),
])
export type CommandAnswer = z.infer<typeof ackSchema>

/** The server does not let this account in. */
export class SignInRefused extends Error {
  constructor(username: string, answer: Answer) {
    super(`${username} cannot sign in: HTTP ${answer.status}: ${answer.text.slice(0, 200)}`)
    this.name = 'SignInRefused'
  }
}

const refusedMs = 10 * 60_000

export interface Account {
  readonly username: string
  cookie(): Promise<string>
  /** The session is known to be over. */
  forget(): void
  command(body: Readonly<Record<string, unknown>>, expectedVersion?: number): Promise<CommandAnswer>
  get(path: string): Promise<Answer>
}

export function account(client: DoorClient, username: string, password: string): Account {
  let session: Promise<string> | null = null
  let refused: { readonly error: SignInRefused; readonly until: number } | null = null
  const signIn = async (): Promise<string> => {
    // A wrong password said again and again would lock the account for the people who share it.
    if (refused && performance.now() < refused.until) throw refused.error
    const answer = await client.ask({
      method: 'POST',
      path: '/api/v1/session',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username, password }),
      isRepeatable: true,
    })
    const cookie = answer.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
    if (answer.status !== 200 || cookie === '') {
      refused = { error: new SignInRefused(username, answer), until: performance.now() + refusedMs }
      throw refused.error
    }
    return cookie
  }
  const cookie = () => {
    session ??= signIn().catch((error: unknown) => {
      session = null
      throw error
    })
    return session
  }
  const ask = async (asked: Asked): Promise<Answer> => {
    const send = async () => client.ask({ ...asked, headers: { ...asked.headers, Cookie: await cookie() } })
    const answer = await send()
    if (answer.status !== 401) return answer
    session = null
    return send()
  }
  return {
    username,
    cookie,
    forget: () => void (session = null),
    get: (path) => ask({ path }),
    async command(body, expectedVersion) {
      const answer = await ask({
        method: 'POST',
        path: '/api/v1/commands',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({
          commandId: randomUUID(),
          ...(expectedVersion === undefined ? {} : { expectedVersion }),
          ...body,
        }),
        // The same commandId twice happens once.
        isRepeatable: true,
      })
      const parsed = ackSchema.safeParse(JSON.parse(answer.text))
      if (parsed.success) return parsed.data
      return { ok: false, error: { code: `HTTP ${answer.status}`, message: answer.text.slice(0, 200) } }
    },
  }
}
