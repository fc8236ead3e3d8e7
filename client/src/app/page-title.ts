/**
 * What a tab says while somebody looks elsewhere: the page, the city, and how many critical alarms nobody has acknowledged. The mark
 * of the tab turns with it, because a narrow tab shows nothing else.
 */
import { computed, watchEffect } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRoute } from 'vue-router'
import { useTerm } from '../composables/use-term.ts'
import { useAlarmsStore } from '../stores/alarms.ts'
import { useCityStore } from '../stores/city.ts'

const marks = { quiet: '/favicon.svg', waiting: '/favicon-waiting.svg' } as const

/** Keeps title and mark of the document true. Drills count apart from what is real: they are not counted here. */
export function usePageTitle(): void {
  const [route, city, alarms] = [useRoute(), useCityStore(), useAlarmsStore()]
  const { t } = useI18n()
  const term = useTerm()
  const waiting = computed(() => alarms.unacknowledged.filter((alarm) => alarm.priority === 1 && !alarm.drill).length)

  watchEffect(() => {
    const name = route.meta.title === undefined ? null : t(`page.${route.meta.title}`)
    const page = name === null || waiting.value === 0 ? name : t('page.waiting', { n: waiting.value, page: name })
    const where = city.name === null ? null : term(city.name)
    document.title = [page, where, t('app.name')].filter((part) => part !== null).join(' · ')
  })
  watchEffect(() => {
    const mark = document.querySelector('link[rel="icon"]')
    mark?.setAttribute('href', waiting.value > 0 ? marks.waiting : marks.quiet)
  })
}
