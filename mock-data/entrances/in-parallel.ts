/** Work with a bounded number of hands. */

/** Runs `work` on every item, at most `hands` at once. The first failure stops the rest and is thrown. */
export async function inParallel<T>(
  items: readonly T[],
  hands: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0
  let failed = false
  const hand = async () => {
    while (next < items.length && !failed) {
      const index = next++
      try {
        await work(items[index] as T, index)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(hands, items.length) }, hand))
}

/** A line of work that holds who brings more than it may keep waiting. */
export interface WorkLine {
  /** Resolves when the work has been taken up or there is room for it to wait. */
  add(work: () => Promise<void>): Promise<void>
  /** Resolves when all is done; throws the first failure. */
  drained(): Promise<void>
}

export function workLine(hands: number): WorkLine {
  const running = new Set<Promise<void>>()
  let failure: { error: unknown } | null = null
  const check = () => {
    if (failure) throw failure.error
  }
  return {
    async add(work) {
      while (running.size >= hands) await Promise.race(running)
      check()
      const run: Promise<void> = work()
        .catch((error: unknown) => {
          failure ??= { error }
        })
        .finally(() => running.delete(run))
      running.add(run)
    },
    async drained() {
      while (running.size > 0) await Promise.race(running)
      check()
    },
  }
}
