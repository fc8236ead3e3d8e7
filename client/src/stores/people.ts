/** What people are called whose acts are shown: asked for when they are first looked for, all of one moment at once. */
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { AccountName } from '../../../shared/contract/accounts.ts'
import type { Page } from '../../../shared/contract/http.ts'
import { useRemoteStore } from './remote.ts'
import { useSessionStore } from './session.ts'

/** More are asked for in several questions. */
const mostAtOnce = 100

export const usePeopleStore = defineStore('people', () => {
  const [remote, session] = [useRemoteStore(), useSessionStore()]
  const names = shallowRef<ReadonlyMap<string, string>>(new Map())
  const asked = new Set<string>()
  let waiting: string[] = []
  /** Of whom the answers are: a former account's come too late. */
  let own = Symbol('people')

  async function ask(): Promise<void> {
    const of = waiting.splice(0, mostAtOnce)
    if (of.length === 0) return
    if (waiting.length > 0) queueMicrotask(() => void ask())
    const mine = own
    const answer = await remote.get<Page<AccountName>>('/account-names', { of: of.join(',') })
    if (mine !== own) return
    if (!answer.ok) {
      // A refusal stays one; where nobody answered, the next look asks again.
      if (answer.error.code === 'UNREACHABLE' || answer.error.code === 'TIMEOUT')
        of.forEach((name) => asked.delete(name))
      return
    }
    names.value = new Map([...names.value, ...answer.data.items.map((one) => [one.username, one.displayName] as const)])
  }

  return {
    /** How an account is called; undefined until that is known, and for a name that is no account. */
    nameOf(username: string): string | undefined {
      const here = session.session
      if (here === null) return undefined
      if (username === here.username) return here.displayName
      const known = names.value.get(username)
      if (known === undefined && !asked.has(username)) {
        asked.add(username)
        waiting.push(username)
        if (waiting.length === 1) queueMicrotask(() => void ask())
      }
      return known
    },
    clear(): void {
      own = Symbol('people')
      names.value = new Map()
      asked.clear()
      waiting = []
    },
  }
})
