/**
 * Acts on their way: pending from the key press until the state lane has reached what the act brought about, so that a button
 * never looks done before the page is.
 */
import { defineStore } from 'pinia'
import { reactive, watch } from 'vue'
import { useLinkStore } from './link.ts'
import { useRemoteStore, type Draft, type Outcome } from './remote.ts'

/** How long an acknowledged act may wait for the state lane before its button is freed again. */
const arrivalLimitMs = 8_000

export const useCommandsStore = defineStore('commands', () => {
  const remote = useRemoteStore()
  const link = useLinkStore()
  const pending = reactive(new Map<string, string>())

  function arrived(rev: number): Promise<void> {
    if (link.rev >= rev) return Promise.resolve()
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        stop()
        resolve()
      }
      const timer = setTimeout(done, arrivalLimitMs)
      const stop = watch(
        () => link.rev >= rev,
        (reached) => {
          if (reached) done()
        },
        { flush: 'sync' },
      )
    })
  }

  return {
    /** Command type by subject (case, alarm or crew id). */
    pending,
    isPending: (subject: string): boolean => pending.has(subject),
    /** Submits and answers once the page shows it; a second act on the same subject waits its turn by being refused here. */
    async submit(subject: string, draft: Draft): Promise<Outcome> {
      if (pending.has(subject))
        return { ok: false, error: { code: 'BUSY', message: 'an act on this is still on its way' } }
      pending.set(subject, draft.type)
      try {
        const outcome = await remote.submit(draft)
        if (outcome.ok) await arrived(outcome.rev)
        return outcome
      } finally {
        pending.delete(subject)
      }
    },
  }
})
