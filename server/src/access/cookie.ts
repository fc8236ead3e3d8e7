/** The session's cookie: how it is worded, and how it is found among others. */
export const sessionCookie = 'tongguan_session'

const tokenShape = /^[A-Za-z0-9_-]{43}$/

/** The session's token in a `Cookie` header, or null. */
export function tokenIn(header: string | undefined): string | null {
  if (!header || header.length > 8192) return null
  for (const part of header.split(';')) {
    const [name, value] = part.trim().split('=', 2)
    if (name === sessionCookie && value !== undefined && tokenShape.test(value)) return value
  }
  return null
}

const attributes = (isTls: boolean) => `Path=/; HttpOnly; SameSite=Strict${isTls ? '; Secure' : ''}`

/** `Set-Cookie` that keeps the token until then. */
export const cookieWith = (token: string, maxAgeS: number, isTls: boolean): string =>
  `${sessionCookie}=${token}; Max-Age=${Math.max(0, Math.floor(maxAgeS))}; ${attributes(isTls)}`

/** `Set-Cookie` that forgets it. */
export const cookieGone = (isTls: boolean): string => `${sessionCookie}=; Max-Age=0; ${attributes(isTls)}`
