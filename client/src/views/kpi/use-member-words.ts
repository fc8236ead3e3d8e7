/** Members of a dimension by name: a district, a street, a department, a class, a source. */
import { useI18n } from 'vue-i18n'
import { incidentSourceNames, type IncidentSource } from '../../../../shared/model/incident.ts'
import type { Dimension } from '../../components/kpi/kpi-query.ts'
import { useTerm } from '../../composables/use-term.ts'
import { useCityStore } from '../../stores/city.ts'

export function useMemberWords(): (key: string | number | null, dimension: Dimension) => string {
  const { t } = useI18n()
  const term = useTerm()
  const city = useCityStore()
  return (key, dimension) => {
    if (key === null) return t(`kpi.unknown.${dimension}`)
    const code = String(key)
    switch (dimension) {
      case 'district':
      case 'street':
        return term(city.divisionName(code)) || code
      case 'class':
        return term(city.classOf(code)?.name) || code
      case 'department':
        return term(city.departmentName(code)) || code
      case 'source':
        return term(incidentSourceNames[code as IncidentSource]) || code
    }
  }
}
