/** What load control says of an alarm and of a group, in words. */
import { useI18n } from 'vue-i18n'
import { useTerm } from '../../composables/use-term.ts'
import { alarmStateNames, type Alarm } from '../../../../shared/model/alarm.ts'
import { loadOf, type AlarmGroup } from '../../../../shared/model/load-control.ts'
import { roleNames } from '../../../../shared/model/role.ts'

export function useLoadWords() {
  const { t } = useI18n()
  const term = useTerm()
  return {
    /** Its state, and what is to be known of it besides: how often it came, that it chatters, who was told. */
    alarmWords(alarm: Alarm): string {
      const { chattering, escalation } = loadOf(alarm)
      return [
        term(alarmStateNames[alarm.state]),
        ...(alarm.count > 1 ? [t('desk.load.times', { n: alarm.count })] : []),
        ...(chattering === null ? [] : [t('desk.load.chattering')]),
        ...(escalation === null ? [] : [t('desk.load.escalated', { to: term(roleNames[escalation.to]) })]),
      ].join(' · ')
    },
    /** How many, and which began. */
    clusterWords: ({ alarmIds, firstOut }: AlarmGroup): string =>
      t('desk.load.group', { n: alarmIds.length, first: `${term(firstOut.name)} ${firstOut.sensorName}`.trim() }),
  }
}
