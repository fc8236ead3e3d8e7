/** What is wrong now, worded for the wall's list. */
import { computed, type ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { priorityNames } from '../../../../shared/model/alarm.ts'
import { incidentStateInfo } from '../../../../shared/model/incident.ts'
import { sensorKind } from '../../../../shared/model/sensor-kinds.ts'
import { fitting, type WrongRowView } from '../../components/wall/wrong-row.ts'
import { worstList, type Wrong } from '../../components/wall/worst-list.ts'
import { useFormat } from '../../composables/use-format.ts'
import { useTerm } from '../../composables/use-term.ts'
import { useAlarmsStore } from '../../stores/alarms.ts'
import { useCityStore } from '../../stores/city.ts'
import { useIncidentsStore } from '../../stores/incidents.ts'
import { useLinkStore } from '../../stores/link.ts'
import { useUnitsStore } from '../../stores/units.ts'

export function useWorst(): ComputedRef<readonly Wrong[]> {
  const [incidents, alarms, link] = [useIncidentsStore(), useAlarmsStore(), useLinkStore()]
  return computed(() => worstList(incidents.open, alarms.active, link.nowAt))
}

export function useWrongRows(
  worst: ComputedRef<readonly Wrong[]>,
  shown: () => { readonly height: number; readonly id: string | null },
): ComputedRef<WrongRowView[]> {
  const [city, units, link] = [useCityStore(), useUnitsStore(), useLinkStore()]
  const { t } = useI18n()
  const term = useTerm()
  const format = useFormat()

  function whatOf(wrong: Wrong): { title: string; where: string; state: string } {
    const district = term(city.divisionName(wrong.districtId))
    if (wrong.type === 'alarm') {
      const { name, kind, value, unit, sensorName, state } = wrong.alarm
      // A state has no unit, and its number says nothing that the name does not.
      const reading =
        unit !== '' && Number.isFinite(value) ? ` ${format.value(value, sensorKind(kind).digits)} ${unit}` : ''
      const isTaken = state === 'acknowledged'
      return {
        title: `${term(name)}${reading}`,
        where: [district, sensorName].filter((word) => word !== '').join(' · '),
        state: t(`wall.alarmState.${isTaken ? 'acknowledged' : 'unacknowledged'}`),
      }
    }
    const { title, address, position, state } = wrong.incident
    const where = [district, address ?? ''].filter((word) => word !== '').join(' · ')
    return {
      title,
      where: where || (position === null ? t('wall.wrong.unlocated') : ''),
      state: term(incidentStateInfo[state].name),
    }
  }

  return computed(() => {
    const { height, id } = shown()
    return fitting(worst.value, height).map((wrong) => ({
      id: wrong.id,
      type: wrong.type,
      level: wrong.level,
      levelWord: term(priorityNames[wrong.level]),
      ...whatOf(wrong),
      crews:
        wrong.type === 'incident'
          ? wrong.crews.map((unitId) => units.get(unitId)?.name ?? unitId).join(t('wall.wrong.between'))
          : '',
      age: format.span(link.nowAt - wrong.sinceAt),
      left: wrong.left === null ? '' : format.remain(wrong.left.dueAt, link.nowAt),
      share: wrong.left?.share ?? null,
      isUnattended: wrong.isUnattended,
      isDrill: wrong.isDrill,
      isShown: wrong.id === id,
    }))
  })
}
