/** The wall's first line, worded: mode, warnings in force, lamp and age, the city's clock; and what to say when the link is lost. */
import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Shown } from '../../../../shared/model/display.ts'
import { wallSceneNames } from '../../../../shared/model/wall-scene.ts'
import { useFormat } from '../../composables/use-format.ts'
import { useModeWords } from '../../composables/use-mode-words.ts'
import { useOnDutyWords } from '../../composables/use-on-duty-words.ts'
import { useTerm } from '../../composables/use-term.ts'
import { useWarningWords } from '../../composables/use-warning-words.ts'
import { useCityStore } from '../../stores/city.ts'
import { useDutyStore } from '../../stores/duty.ts'
import { useModesStore } from '../../stores/modes.ts'
import { useLinkStore } from '../../stores/link.ts'
import { useWarningsStore } from '../../stores/warnings.ts'

const displayLetters = 24

export function useWallTop(
  shown: ComputedRef<Shown>,
  display: ComputedRef<string | null>,
  warningsShown: () => number,
) {
  const [city, link, modes, warnings] = [useCityStore(), useLinkStore(), useModesStore(), useWarningsStore()]
  const duty = useDutyStore()
  const wordMode = useModeWords()
  const wordOnDuty = useOnDutyWords()
  const { t } = useI18n()
  const term = useTerm()
  const format = useFormat()
  const wordWarning = useWarningWords()

  /** Who took this display from its programme, and when it goes back. */
  const heldWords = computed(() => {
    const { hold, because } = shown.value
    if (because === 'critical') return t('wall.held.critical')
    if (hold === null) return ''
    const time = format.time(hold.untilAt, city.timeZone).slice(0, 5)
    return t('wall.held.by', { by: hold.by, time })
  })

  const top = computed(() => {
    const max = warningsShown()
    const { inForce } = warnings
    return {
      city: term(city.name) || '—',
      scene: term(wallSceneNames[shown.value.scene]),
      display: [display.value?.slice(0, displayLetters) ?? '', heldWords.value]
        .filter((word) => word !== '')
        .join(' · '),
      mode: wordMode(modes.city, (id) => term(city.divisionName(id)) || id),
      onDuty: wordOnDuty(duty.now),
      warnings: inForce.slice(0, max).map((warning) => wordWarning(warning, city.timeZone)),
      moreWarnings: inForce.length > max ? t('warning.more', { n: inForce.length - max }) : '',
      lamp: {
        word: t(`lamp.${link.lamp}`),
        age:
          link.dataAgeMs === null ? t('wall.lamp.none') : t('wall.lamp.dataAge', { age: format.age(link.dataAgeMs) }),
        isLive: link.isLive,
      },
      date: format.date(link.nowAt, city.timeZone),
      time: format.time(link.nowAt, city.timeZone),
    }
  })

  const lost = computed(() => {
    const sinceAt = link.notLiveSinceAt
    if (link.isLive || sinceAt === null) return null
    return {
      title: t('wall.lost.title'),
      age: t('wall.lost.age', { span: format.span(link.nowAt - sinceAt) }),
      frozen: t('wall.lost.frozen', { time: format.time(sinceAt, city.timeZone) }),
    }
  })
  return { top, lost }
}
