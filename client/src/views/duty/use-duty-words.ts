/** Lines of the shift's log, items of the sheet and refusals, in the words of the page's language. */
import { useI18n } from 'vue-i18n'
import { operatingModeNames, operatingModes } from '../../../../shared/model/mode.ts'
import { caseGradeNames, caseGrades } from '../../../../shared/model/case-grade.ts'
import { lightNames, lights } from '../../../../shared/model/case-light.ts'
import { supervisionKindNames } from '../../../../shared/model/case-facts.ts'
import { rosterKindNames, rosterKinds } from '../../../../shared/model/duty-roster.ts'
import { shelvingReasonNames, shelvingReasons } from '../../../../shared/model/alarm-shelving.ts'
import { incidentStateInfo, incidentStates } from '../../../../shared/model/incident.ts'
import { reportKindNames } from '../../../../shared/model/situation-report.ts'
import { responseLevelNames, responseLevels } from '../../../../shared/model/response.ts'
import { warningColourNames } from '../../../../shared/model/warning.ts'
import type { DutyEntry, HandOverItem, HandOverLine } from '../../../../shared/model/duty.ts'
import type { Term } from '../../../../shared/model/term.ts'
import { useFormat } from '../../composables/use-format.ts'
import { useRefusalSentence } from '../../composables/use-refusal-sentence.ts'
import { useTerm } from '../../composables/use-term.ts'
import { useCityStore } from '../../stores/city.ts'
import type { Failure } from '../../stores/remote.ts'
import { useUnitsStore } from '../../stores/units.ts'

const namesOf = <K extends string>(keys: readonly K[], nameOf: (key: K) => Term): Record<string, Term> =>
  Object.fromEntries(keys.map((key) => [key, nameOf(key)]))

/** A state, level or kind by its own name, whichever model it is of: these names do not meet. Lights do, with the colours of warnings. */
const known: Readonly<Record<string, Term>> = {
  ...namesOf(incidentStates, (state) => incidentStateInfo[state].name),
  ...namesOf(operatingModes, (mode) => operatingModeNames[mode]),
  ...namesOf(caseGrades, (grade) => caseGradeNames[grade]),
  ...namesOf(responseLevels, (level) => responseLevelNames[level]),
  ...namesOf(shelvingReasons, (code) => shelvingReasonNames[code]),
  ...namesOf(rosterKinds, (kind) => rosterKindNames[kind]),
  ...warningColourNames,
  ...supervisionKindNames,
  ...reportKindNames,
}

export function useDutyWords() {
  const { t, te } = useI18n()
  const term = useTerm()
  const sentence = useRefusalSentence()
  const { moment } = useFormat()
  const [city, units] = [useCityStore(), useUnitsStore()]
  const clock = (at: number) => moment(at, city.timeZone).slice(0, -3)

  function fact(key: string, value: string | number | Term): string {
    if (typeof value === 'object') return term(value)
    if (typeof value === 'number') return key.endsWith('At') ? clock(value) : String(value)
    if (key === 'unitId') return units.rows.get(value)?.name ?? value
    if (key === 'districts')
      return value === ''
        ? t('mode.wholeCity')
        : value
            .split(' ')
            .map((id) => term(city.divisionName(id)) || id)
            .join(' · ')
    if (key === 'why' || key === 'state') return te(`duty.word.${value}`) ? t(`duty.word.${value}`) : value
    return known[value] === undefined ? value : term(known[value])
  }
  return {
    clock,
    entry({ what, facts }: DutyEntry): string {
      const words = Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, fact(key, value)]))
      return te(`duty.entry.${what}`) ? t(`duty.entry.${what}`, words) : what
    },
    line({ subject, text, untilAt, state, value }: HandOverLine, kind: HandOverItem['kind']): string {
      const said = typeof text === 'string' ? text : term(text)
      const light = kind === 'due-soon' ? lights.find((one) => one === state) : undefined
      const stateName =
        light !== undefined
          ? term(lightNames[light])
          : state === null
            ? ''
            : known[state] === undefined
              ? fact('state', state)
              : term(known[state])
      const showsSubject = kind === 'major-case' || kind === 'due-soon' || kind === 'report-owed' || kind === 'warning'
      const place = kind === 'mode' && subject !== 'city' ? term(city.divisionName(subject)) : ''
      const origin = kind === 'link' ? subject : kind === 'instruction' ? (subject.split('@')[0] ?? '') : ''
      return [
        ...[showsSubject ? subject : '', place, origin, said, stateName],
        ...[value === null ? '' : kind === 'cases' ? t('duty.count', { n: value }) : t('duty.nth', { n: value })],
        untilAt === null ? '' : t('duty.until', { time: clock(untilAt) }),
      ]
        .filter((part) => part !== '')
        .join(' · ')
    },
    refusal(failure: Failure): string {
      const { code, details = {}, id } = failure
      if (details['heldBy'] !== undefined) return t('duty.refused.held', { by: String(details['heldBy']) })
      if (details['left'] !== undefined) return t('duty.refused.left', { n: String(details['left']) })
      if (details['opensAt'] !== undefined) return t('duty.refused.early', { time: clock(Number(details['opensAt'])) })
      if (details['account'] !== undefined) return t('duty.refused.account', { by: String(details['account']) })
      if (details['signedOn'] !== undefined) return t('duty.refused.signedOn')
      if (details['asOfAt'] !== undefined) return t('duty.refused.stale')
      const why = sentence(failure)
      return (
        t(`error.${code}`) +
        (why === '' ? '' : t('error.why', { why })) +
        (id === undefined ? '' : t('error.occurrence', { id }))
      )
    },
  }
}
