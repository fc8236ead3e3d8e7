/** Addresses and who may open them. Lost sessions go to the sign-in page and come back to where they were. */
import { createRouter, type RouteLocationRaw, type Router, type RouterHistory } from 'vue-router'
import type { SensorKindCode } from '../../../shared/model/sensor-kinds.ts'
import { safeReturn } from '../composables/safe-return.ts'
import { useSessionStore, type PageName } from '../stores/session.ts'
import SignInPage from '../views/sign-in/SignInPage.vue'
import NoRightPage from './NoRightPage.vue'
import NotFoundPage from './NotFoundPage.vue'

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the page's title in `page.*`. */
    readonly title: string
    /** The page whose right is asked for; absent = open to everyone signed in. */
    readonly page?: PageName
    /** Open without a session; whoever has one goes to work instead. */
    readonly isPublic?: true
    /** Open with or without a session. */
    readonly isOpen?: true
    /** The page shows crews on a map, and values of sensors of these kinds. */
    readonly watches?: readonly SensorKindCode[]
    /** The page shows the city's sensors in numbers. */
    readonly vitals?: true
  }
}

/** The first page of the account: where it works, if it may; else the first it may open. */
export function homeOf(session: ReturnType<typeof useSessionStore>): string {
  const home = session.session?.home ?? ''
  if (session.pages.some((page) => home === `/${page}`)) return home
  const first = session.pages[0]
  return first === undefined ? '/no-right' : `/${first}`
}

export function makeRouter(history: RouterHistory): Router {
  const router = createRouter({
    history,
    routes: [
      { path: '/', name: 'home', component: NoRightPage, meta: { title: 'signIn' } },
      { path: '/sign-in', name: 'sign-in', component: SignInPage, meta: { title: 'signIn', isPublic: true } },
      {
        path: '/wall',
        name: 'wall',
        component: () => import('../views/wall/WallPage.vue'),
        meta: { title: 'wall', page: 'wall', watches: [], vitals: true },
      },
      {
        path: '/desk/:id?',
        name: 'desk',
        component: () => import('../views/desk/DeskPage.vue'),
        meta: { title: 'desk', page: 'desk', watches: ['road-speed'] },
      },
      {
        path: '/kpi',
        name: 'kpi',
        component: () => import('../views/kpi/KpiPage.vue'),
        meta: { title: 'kpi', page: 'kpi' },
      },
      {
        path: '/duty',
        name: 'duty',
        component: () => import('../views/duty/DutyPage.vue'),
        meta: { title: 'duty', page: 'duty' },
      },
      {
        path: '/classes/:code?',
        name: 'classes',
        component: () => import('../views/classes/ClassesPage.vue'),
        meta: { title: 'classes', page: 'classes' },
      },
      { path: '/no-right', name: 'no-right', component: NoRightPage, meta: { title: 'noRight' } },
      { path: '/:path(.*)*', name: 'not-found', component: NotFoundPage, meta: { title: 'notFound', isOpen: true } },
    ],
  })

  router.beforeEach((to): RouteLocationRaw | boolean => {
    const session = useSessionStore()
    if (to.meta.isOpen === true) return true
    if (to.meta.isPublic === true) {
      if (session.status !== 'in') return true
      return safeReturn(to.query['to']) ?? homeOf(session)
    }
    if (session.status !== 'in')
      return { name: 'sign-in', query: to.fullPath === '/' ? {} : { to: to.fullPath }, replace: true }
    if (to.name === 'home') return { path: homeOf(session), replace: true }
    if (to.meta.page !== undefined && !session.pages.includes(to.meta.page)) return { name: 'no-right', replace: true }
    return true
  })
  return router
}
