/**
 * Password hashes (argon2id). Hashing is costly on purpose, so no more than a few run at once and no more than some wait:
 * past that the answer is null, and the caller says BUSY.
 */
import { hash, verify } from '@node-rs/argon2'

const atOnce = 2
const waitingAtMost = 64

export interface Passwords {
  hash(password: string): Promise<string>
  /** Null = too many are waiting. A missing hash is checked against one nobody knows, in the same time. */
  isRight(passwordHash: string | null, password: string): Promise<boolean | null>
}

/** `options` are argon2's own; tests make it cheap. */
export function createPasswords(options: { memoryCost?: number; timeCost?: number } = {}): Passwords {
  let running = 0
  const waiting: (() => void)[] = []
  const make = (password: string) => hash(password, options)
  let nobody: Promise<string> | undefined

  const turn = async () => {
    if (running >= atOnce) await new Promise<void>((go) => void waiting.push(go))
    else running++
  }
  const next = () => {
    const go = waiting.shift()
    if (go) go()
    else running--
  }
  return {
    hash: make,
    async isRight(passwordHash, password) {
      if (running >= atOnce && waiting.length >= waitingAtMost) return null
      await turn()
      try {
        nobody ??= make(crypto.randomUUID())
        const isSame = await verify(passwordHash ?? (await nobody), password)
        return isSame && passwordHash !== null
      } finally {
        next()
      }
    },
  }
}
