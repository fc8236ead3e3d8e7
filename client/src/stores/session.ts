/** Who is signed in and which pages that opens. The only writer of the session. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Session } from '../../../shared/contract/http.ts'
import type { Role } from '../../../shared/model/role.ts'
import { useRemoteStore, type Answer, type Failure } from './remote.ts'

export type PageName = 'wall' | 'desk' | 'kpi' | 'duty' | 'classes'

/** Pages a role may open. The server decides again; this only keeps dead ends out of the menu. */
export const pagesOfRole: Record<Role, readonly PageName[]> = {
  wall: ['wall'],
  duty: ['desk', 'wall', 'kpi', 'duty', 'classes'],
  chief: ['desk', 'wall', 'kpi', 'duty', 'classes'],
  dept: ['desk', 'kpi', 'classes'],
  crew: ['desk'],
  manager: ['kpi', 'wall', 'desk', 'duty', 'classes'],
  sysadmin: [],
  secadmin: [],
  auditor: [],
}

export const useSessionStore = defineStore('session', () => {
  const remote = useRemoteStore()
  const session = shallowRef<Session | null>(null)
  /** `unknown` until the server was asked once. */
  const status = ref<'unknown' | 'in' | 'out'>('unknown')
  /** The session ended while somebody was working. */
  const wasLost = ref(false)

  function enter(next: Session | null): void {
    session.value = next
    status.value = next === null ? 'out' : 'in'
    if (next !== null) wasLost.value = false
  }

  return {
    session,
    status,
    wasLost,
    role: computed<Role | null>(() => session.value?.role ?? null),
    roles: computed<readonly Role[]>(() => (session.value === null ? [] : [session.value.role])),
    pages: computed<readonly PageName[]>(() => {
      const { value } = session
      if (value === null) return []
      // The shift is the whole city's.
      return pagesOfRole[value.role].filter((page) => page !== 'duty' || value.scope === undefined)
    }),
    /** Asks the server who we are. Answers the failure where it cannot say. */
    async restore(): Promise<Failure | null> {
      const answer: Answer<Session> = await remote.get<Session>('/session')
      if (answer.ok) enter(answer.data)
      else if (answer.error.code === 'UNAUTHENTICATED') enter(null)
      else return answer.error
      return null
    },
    async signIn(username: string, password: string): Promise<Failure | null> {
      const answer: Answer<Session> = await remote.post<Session>('/session', { username, password })
      if (!answer.ok) return answer.error
      enter(answer.data)
      return null
    },
    async signOut(): Promise<void> {
      await remote.remove('/session')
      enter(null)
    },
    /** The server no longer knows us. */
    lose(): void {
      if (status.value === 'in') wasLost.value = true
      enter(null)
    },
  }
})
