/**
 * Keys of machines. Known only by their SHA-256 in memory, and compared with every key in the same time whatever was sent.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { DoorKeys, DoorName } from '../ports/access.ts'

export interface DoorKey {
  readonly name: string
  readonly key: string
  readonly doors: readonly DoorName[]
  /** What it brings is a drill's; no door takes it while none runs. */
  readonly isDrill?: boolean | undefined
}

const digest = (text: string) => createHash('sha256').update(text).digest()

export function createDoorKeyRing(keys: readonly DoorKey[]): DoorKeys {
  const ring = keys.map(({ name, key, doors, isDrill = false }) => ({
    answer: { name, doors, isDrill },
    digest: digest(key),
  }))
  return {
    check(key) {
      const sent = digest(key)
      let found: ReturnType<DoorKeys['check']> = null
      for (const one of ring) if (timingSafeEqual(one.digest, sent)) found = one.answer
      return found
    },
  }
}
