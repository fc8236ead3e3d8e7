/** Places, people and crews in the words of this city. */
import { useI18n } from 'vue-i18n'
import { useActorWords } from '../../composables/use-actor-words.ts'
import { useTerm } from '../../composables/use-term.ts'
import { useAlarmsStore } from '../../stores/alarms.ts'
import { useCityStore } from '../../stores/city.ts'
import { usePeopleStore } from '../../stores/people.ts'
import { useUnitsStore } from '../../stores/units.ts'
import type { Assignment, Incident } from '../../../../shared/model/incident.ts'
import { unitStatusInfo } from '../../../../shared/model/unit.ts'

export function useDeskWords() {
  const { t } = useI18n()
  const term = useTerm()
  const [alarms, city, people, units] = [useAlarmsStore(), useCityStore(), usePeopleStore(), useUnitsStore()]
  const unitName = (id: string): string => units.rows.get(id)?.name ?? id

  /** From the city down to the division, as far as is known: `澜汀市 · 鹭屿区`. */
  function divisionChain(id: string | null): string {
    const names: string[] = []
    for (let at = id; at !== null; at = city.profile?.divisions.find((row) => row.id === at)?.parentId ?? null)
      names.unshift(term(city.divisionName(at)) || at)
    return names.length === 0 ? '—' : [term(city.name), ...names].filter(Boolean).join(' · ')
  }
  const sensorOf = ({ alarmIds }: Incident): string | null =>
    alarmIds.map((id) => alarms.rows.get(id)?.sensorName).find((name) => name !== undefined) ?? null

  /** The address; else the sensor that speaks for it, the division, and only then its place in degrees. */
  function where(incident: Incident): string {
    const { address, position, districtId } = incident
    const known = address ?? sensorOf(incident) ?? (term(city.divisionName(districtId)) || null)
    if (known !== null) return known
    return position === null ? t('desk.noAddress') : `${position[0].toFixed(5)}, ${position[1].toFixed(5)}`
  }

  return {
    unitName,
    divisionChain,
    where,
    /** Beside its title: what the title has not said already. */
    whereBeside(incident: Incident): string {
      const place = where(incident)
      return incident.title.includes(place) ? term(city.divisionName(incident.districtId)) || incident.id : place
    },
    actor: useActorWords(people, city),
    assignment: ({ state }: Assignment): string =>
      state === 'done' || state === 'declined' || state === 'recalled'
        ? t(`desk.assignment.${state}`)
        : term(unitStatusInfo[state].name),
  }
}
