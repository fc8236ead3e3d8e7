/** Only addresses of this site: a link must not send a signed-in person elsewhere, nor back to signing in. */
export const safeReturn = (to: unknown): string | null =>
  typeof to === 'string' && /^\/(?![/\\])/.test(to) && !to.startsWith('/sign-in') ? to : null
