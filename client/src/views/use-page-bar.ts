/** What every working page has above it: the city, the pages this account may open, link and clock, who is here, and what its buttons do. */
import { computed } from 'vue'
import { useRouter } from 'vue-router'
import { useFormat } from '../composables/use-format.ts'
import { useTerm } from '../composables/use-term.ts'
import { useCityStore } from '../stores/city.ts'
import { useLinkStore } from '../stores/link.ts'
import { usePreferencesStore } from '../stores/preferences.ts'
import { useSessionStore } from '../stores/session.ts'

/** Bound whole to a `TopBar`: `<TopBar v-bind="bar" />`. `here` is the page's name. */
export function usePageBar(here: string) {
  const [city, link, session, preferences] = [useCityStore(), useLinkStore(), useSessionStore(), usePreferencesStore()]
  const router = useRouter()
  const term = useTerm()
  const { time } = useFormat()
  return computed(() => ({
    city: term(city.name),
    pages: session.pages,
    here,
    lamp: link.lamp,
    isLive: link.isLive,
    dataAgeMs: link.dataAgeMs,
    time: time(link.nowAt, city.timeZone),
    user: session.session?.displayName ?? '',
    theme: preferences.theme,
    onOpen: (page: string) => void router.push({ name: page }),
    onLanguage: preferences.toggleLanguage,
    onTheme: preferences.toggleTheme,
    onSignOut: session.signOut,
  }))
}
