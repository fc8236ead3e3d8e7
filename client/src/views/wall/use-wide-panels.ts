/** What a wall wider than 16:9 has room for: crews by what they do, and open cases by district. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Incident } from '../../../../shared/model/incident.ts'
import { unitStatusInfo } from '../../../../shared/model/unit.ts'
import { crewsByStatus, loadByDistrict } from '../../components/wall/city-load.ts'
import { useFormat } from '../../composables/use-format.ts'
import { useTerm } from '../../composables/use-term.ts'
import { useCityStore } from '../../stores/city.ts'
import { useIncidentsStore } from '../../stores/incidents.ts'
import { useLinkStore } from '../../stores/link.ts'
import { useUnitsStore } from '../../stores/units.ts'

const crewsShown = 6
const districtsShown = 14

export function useWidePanels() {
  const [city, link, units, incidents] = [useCityStore(), useLinkStore(), useUnitsStore(), useIncidentsStore()]
  const { t } = useI18n()
  const term = useTerm()
  const format = useFormat()

  const crewCounts = computed(() => {
    const by = crewsByStatus(units.list)
    const count = (key: string, value: number) => ({
      key,
      name: t(`wall.crew.${key}`),
      value: units.list.length === 0 ? '—' : format.count(value),
    })
    return [
      count('free', by.available),
      count('out', by.dispatched + by.acknowledged + by['en-route']),
      count('scene', by['on-scene']),
      count('off', by['off-duty'] + by['out-of-service']),
    ]
  })

  const taskOf = (incident: Incident | undefined) =>
    [incident?.drill ? t('drill.tag') : '', incident?.title ?? ''].filter((word) => word !== '').join(' · ')

  const crewsOut = computed(() =>
    units.list
      .filter((unit) => unit.incidentId !== null)
      .sort((a, b) => b.statusSince - a.statusSince || (a.id < b.id ? -1 : 1))
      .slice(0, crewsShown)
      .map((unit) => ({
        id: unit.id,
        name: unit.name,
        state: term(unitStatusInfo[unit.status].name),
        task: taskOf(incidents.get(unit.incidentId ?? '')),
        age: format.span(link.nowAt - unit.statusSince),
      })),
  )

  const districts = computed(() => {
    const divisions = city.profile?.divisions ?? []
    const loads = loadByDistrict(incidents.open, divisions, link.nowAt).slice(0, districtsShown)
    const most = Math.max(1, ...loads.map((load) => load.open))
    return loads.map(({ districtId, open, overdue, worst }) => ({
      key: districtId ?? '',
      name: districtId === null ? t('wall.district.none') : term(city.divisionName(districtId)) || districtId,
      open,
      overdue,
      worst,
      share: open / most,
    }))
  })
  return { crewCounts, crewsOut, districts }
}
