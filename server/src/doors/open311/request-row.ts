/**
 * A case as the public sees it. Guarantees: nothing of who reported it leaves, not even where it stands in the free text.
 */
import type { CaseClass } from '../../../../shared/model/case-class.ts'
import type { Department } from '../../../../shared/model/division.ts'
import { incidentStateInfo, isMergedOpen, isOpenState, type Incident } from '../../../../shared/model/incident.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import type { Row } from './reply.ts'
import type { Language } from './services.ts'

export interface RowContext {
  readonly classes: ReadonlyMap<string, CaseClass>
  readonly departments: readonly Department[]
  readonly iso: (at: Instant) => string
}

/** Telephone and identity numbers, and mail addresses, replaced by stars. */
export function withoutPersons(text: string): string {
  return text
    .replace(/[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}/g, '***')
    .replace(/\d(?:[ -]?\d){6,17}[\dXx]?/g, '***')
}

/** GeoReport has no field for it: a request of a drill says so where every client shows words. */
const drillMark = { zh: '【演练】', en: '[Drill] ' }
const drillNotice = { zh: '演练：并非真实事件', en: 'Drill: not a real request' }

/** What became of it, in the words of its state; of a merged one also which request it is part of, and how far that is. */
function statusNotes(incident: Incident, main: Incident | null, language: Language): string {
  const state = incidentStateInfo[incident.state].name[language]
  const notes = incident.resolution ?? ''
  const told = notes === '' ? state : withoutPersons(`${state}：${notes}`)
  if (incident.merge === undefined) return told
  const { mainId } = incident.merge
  const intoMain = language === 'en' ? `${told} (part of ${mainId}` : `${told}（并入 ${mainId}`
  const itsState =
    main === null ? '' : `${language === 'en' ? ', ' : '，'}${incidentStateInfo[main.state].name[language]}`
  return `${intoMain}${itsState}${language === 'en' ? ')' : '）'}`
}

/** What it is held to, for those who ask for extensions: no field of the standard's. Nothing before filing. */
export function extensionsOf({ basis, conditionId }: Incident, language: Language): Row {
  if (basis === undefined) return {}
  return {
    extended_attributes: {
      filing_condition_id: conditionId ?? null,
      filing_condition: basis.when[language],
      closing_condition: basis.closing[language],
      standard: basis.standardId,
      standard_version: basis.standardVersion,
    },
  }
}

/** `main`: the case a merged one is part of by now, where it is known. */
export function requestRow(
  incident: Incident,
  context: RowContext,
  language: Language,
  main: Incident | null = null,
): Row {
  const { classes, departments, iso } = context
  const department = departments.find(({ id }) => id === (main ?? incident).departmentId)
  const agency = language === 'en' ? department?.nameEn : department?.name
  const maybe = (at: Instant | null) => (at === null ? null : iso(at))
  return {
    service_request_id: incident.id,
    status: isOpenState(incident.state) || isMergedOpen(incident) ? 'open' : 'closed',
    status_notes: statusNotes(incident, main, language),
    service_name: classes.get(incident.classCode)?.name[language] ?? incident.classCode,
    service_code: incident.classCode,
    description: withoutPersons(`${incident.drill ? drillMark[language] : ''}${incident.description}`),
    agency_responsible: agency ?? null,
    service_notice: incident.drill ? drillNotice[language] : null,
    requested_datetime: iso(incident.reportedAt),
    updated_datetime: iso(incident.updatedAt),
    expected_datetime: maybe((main ?? incident).dueAt),
    address: incident.address === null ? null : withoutPersons(incident.address),
    address_id: null,
    zipcode: null,
    lat: incident.position?.[1] ?? null,
    long: incident.position?.[0] ?? null,
    media_url: incident.mediaUrl,
  }
}
