/** What the server advises before a case is filed: cases it may be one more of, and what its words suggest. Nothing is applied but by a key. */
import { computed, shallowRef, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useTerm } from '../../composables/use-term.ts'
import { useCityStore } from '../../stores/city.ts'
import { useRemoteStore, type Draft } from '../../stores/remote.ts'
import { useSessionStore } from '../../stores/session.ts'
import type { DuplicatesAnswer } from '../../../../shared/contract/advice.ts'
import { caseFlagNames } from '../../../../shared/model/case-facts.ts'
import { incidentTransitions, type Incident, type IncidentVerb } from '../../../../shared/model/incident.ts'
import type { Suggestion, Suggestions } from '../../../../shared/model/suggestion.ts'
import { offeredTransitions, type Term } from '../../../../shared/model/transition.ts'

export type Candidate = DuplicatesAnswer['items'][number]
export type TwinVerb = 'merge' | 'link' | 'not-same'
/** Keys of the page for what is done about the chosen candidate, and for the suggestion. */
export const adviceKeys = { merge: '=', link: '+', 'not-same': '-', take: '0' } as const
/** Less sure than this is not shown. */
const leastShown = 0.3

export interface ShownSuggestion {
  readonly words: string
  readonly evidence: string
  readonly draft: Draft
}

/** The case a report is merged into as it is filed, and why. */
export interface TwinChoice {
  readonly mainId: string
  readonly reason: string
}
/** Why a report is one with a candidate, in words: what speaks for it. */
export function useTwinReason(): (candidate: Candidate) => string {
  const { t } = useI18n()
  const term = useTerm()
  return ({ reasons }) =>
    reasons
      .filter(({ weight }) => weight > 0)
      .map(({ words }) => term(words))
      .join(t('desk.between')) || t('desk.advice.byHand')
}

export function useAdvice(incident: Ref<Incident | null>, submit: (draft: Draft, name: Term) => Promise<void>) {
  const { t } = useI18n()
  const term = useTerm()
  const twinReason = useTwinReason()
  const [remote, session, city] = [useRemoteStore(), useSessionStore(), useCityStore()]
  const duplicates = shallowRef<DuplicatesAnswer | null>(null)
  const suggestions = shallowRef<Suggestions | null>(null)
  const chosen = shallowRef(0)
  let turn = 0
  const rowOf = (verb: IncidentVerb) =>
    incident.value === null
      ? undefined
      : offeredTransitions(incidentTransitions, incident.value.state, session.roles).find((one) => one.verb === verb)
  const mayMerge = computed(() => rowOf('merge') !== undefined)

  watch(
    () => [incident.value?.id, incident.value?.version] as const,
    async ([id], previous) => {
      const mine = (turn += 1)
      if (id !== previous?.[0]) {
        duplicates.value = null
        suggestions.value = null
        chosen.value = 0
      }
      if (id === undefined || !mayMerge.value) {
        duplicates.value = null
        suggestions.value = null
        return
      }
      const path = `/incidents/${encodeURIComponent(id)}`
      const isTold = incident.value?.source !== 'iot'
      const [twins, words] = await Promise.all([
        remote.get<DuplicatesAnswer>(`${path}/duplicates`),
        isTold ? remote.get<Suggestions>(`${path}/suggestions`) : null,
      ])
      if (mine !== turn) return
      duplicates.value = twins.ok ? twins.data : null
      suggestions.value = words?.ok ? words.data : null
      chosen.value = Math.min(chosen.value, Math.max(0, (duplicates.value?.items.length ?? 0) - 1))
    },
    { immediate: true },
  )

  const evidenceOf = ({ evidence }: Suggestion<unknown>) =>
    evidence.map(({ words }) => term(words)).join(t('desk.between'))
  const sure = <T>(one: Suggestion<T> | null | undefined) => (one && one.confidence >= leastShown ? one : null)
  /** The next thing to take: a mark, for it is the most pressing; the place where there is none; then a class that is another one. */
  const suggestion = computed<ShownSuggestion | null>(() => {
    const of = incident.value
    if (of === null) return null
    const head = { incidentId: of.id, expectedVersion: of.version }
    const percent = (confidence: number) => `${Math.round(confidence * 100)}%`
    const mark = suggestions.value?.flags.find((one) => sure(one) !== null)
    if (mark !== undefined && rowOf('flag') !== undefined) {
      const words = t('desk.advice.flag', { name: term(caseFlagNames[mark.value]), sure: percent(mark.confidence) })
      const draft = { type: 'incident.flag', ...head, flag: mark.value, isOn: true, reason: '' } as const
      return { words, evidence: evidenceOf(mark), draft }
    }
    const place = sure(suggestions.value?.place)
    if (of.position === null && place !== null) {
      const { position, address, withinM } = place.value
      const words = t('desk.advice.place', { address, withinM, sure: percent(place.confidence) })
      const [lon, lat] = position
      return { words, evidence: evidenceOf(place), draft: { type: 'incident.locate', ...head, position: [lon, lat] } }
    }
    const best = sure(suggestions.value?.classes[0])
    if (best === null || best.value === of.classCode || rowOf('reclassify') === undefined) return null
    const name = `${best.value} ${term(city.classOf(best.value)?.name)}`
    return {
      words: t('desk.advice.class', { name, sure: percent(best.confidence) }),
      evidence: evidenceOf(best),
      draft: { type: 'incident.reclassify', ...head, classCode: best.value },
    }
  })

  async function about(verb: TwinVerb): Promise<void> {
    const [of, row] = [incident.value, rowOf(verb)]
    const candidate = duplicates.value?.items[chosen.value]
    if (of === null || row === undefined || candidate === undefined) return
    const head = { incidentId: of.id, expectedVersion: of.version, reason: twinReason(candidate) }
    const { incidentId } = candidate
    if (verb === 'merge') await submit({ type: 'incident.merge', ...head, mainId: incidentId }, row.name)
    else if (verb === 'link') await submit({ type: 'incident.link', ...head, otherId: incidentId }, row.name)
    else await submit({ type: 'incident.not-same', ...head, reason: '', otherId: incidentId }, row.name)
  }
  return {
    duplicates,
    suggestion,
    chosen,
    about,
    async take(): Promise<void> {
      const shown = suggestion.value
      const row = shown && rowOf(shown.draft.type.slice('incident.'.length) as IncidentVerb)
      if (shown !== null && row) await submit(shown.draft, row.name)
    },
  }
}
