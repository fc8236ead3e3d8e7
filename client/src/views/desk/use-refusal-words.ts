/** A refusal as an officer needs it: what stands against it, by whom, since when. */
import { useI18n } from 'vue-i18n'
import { useFormat } from '../../composables/use-format.ts'
import { useRefusalSentence } from '../../composables/use-refusal-sentence.ts'
import { useTerm } from '../../composables/use-term.ts'
import { isScenarioCode, scenarios } from '../../../../shared/model/scenario.ts'
import { useCityStore } from '../../stores/city.ts'
import type { Failure } from '../../stores/remote.ts'
import { useUnitsStore } from '../../stores/units.ts'

export function useRefusalWords(): (failure: Failure) => string {
  const { t } = useI18n()
  const term = useTerm()
  const { time } = useFormat()
  const [units, city] = [useUnitsStore(), useCityStore()]

  const scenarioName = (code: unknown) =>
    typeof code === 'string' && isScenarioCode(code) ? term(scenarios[code].name) : String(code)

  const sentence = useRefusalSentence()

  return (failure) => {
    const { code, details = {}, id } = failure
    if (code === 'UNIT_TAKEN' && details['incidentId'] !== undefined) {
      const since = typeof details['since'] === 'number' ? details['since'] : Date.parse(String(details['since']))
      return t('desk.taken', {
        unit: units.rows.get(String(details['unitId']))?.name ?? String(details['unitId']),
        by: String(details['by']),
        incident: String(details['incidentId']),
        since: Number.isFinite(since) ? time(since, city.timeZone) : '—',
      })
    }
    if (details['heldBy'] !== undefined) return t('duty.refused.held', { by: String(details['heldBy']) })
    if (typeof details['limitAt'] === 'number')
      return t('duty.refused.shelf', { time: time(details['limitAt'], city.timeZone) })
    if (code === 'CONFLICT' && details['drillId'] !== undefined)
      return t('drill.taken', { by: String(details['startedBy']), scenario: scenarioName(details['scenario']) })
    if (code === 'CONFLICT' && details['proposalId'] !== undefined)
      return t('mode.taken', { by: String(details['by']) })
    const why = sentence(failure)
    return (
      t(`error.${code}`) +
      (why === '' ? '' : t('error.why', { why })) +
      (id === undefined ? '' : t('error.occurrence', { id }))
    )
  }
}
