/** Questions of pages. Guarantees that no answer is longer than a page. Refuses to decide anything: rows are as commits left them. */
import { caseSetOf, type CaseTimeBase, type IncidentQuery, type ListQuery } from '../../../shared/contract/http.ts'
import { wholeAlarm, type Alarm } from '../../../shared/model/alarm.ts'
import type { Drill } from '../../../shared/model/drill.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import type { CaseSet } from '../../../shared/model/kpi-indicator.ts'
import { kpiMeasureInfo, type KpiMeasure } from '../../../shared/model/kpi-measure.ts'
import { wholeWarning, type Warning } from '../../../shared/model/warning.ts'
import type { Clock } from '../ports/clock.ts'
import type { Database, ReadModels, Row } from '../ports/store.ts'
import { AlarmActors } from './alarm-actors.ts'
import { badActors, readAlarmKpi } from './alarm-kpi.ts'
import { dutyModels } from './duty-models.ts'
import { addAnalysis, addCode } from './case-filter.ts'
import { Conditions } from './conditions.ts'
import { dimensionColumns, kpiBaseColumns } from './kpi-cells.ts'
import { readIndicators } from './indicators.ts'
import { readDistribution } from './kpi-distribution.ts'
import { readFunnel } from './kpi-funnel.ts'
import { readHeat } from './kpi-heat.ts'
import { readKpi } from './kpi.ts'
import { readTimes } from './kpi-times.ts'
import { addClass, addPlace, listOf, readPage, type ListSource } from './list-page.ts'
import { toEvents } from './log-rows.ts'
import { endings } from './model-rows.ts'

const incidentSource: ListSource = {
  from: 'incident join incident_body using (id)',
  body: 'incident_body.body',
  timeColumn: 'reported_at',
  idColumn: 'incident.id',
  searchColumn: 'search',
}
const searchedSource: ListSource = {
  ...incidentSource,
  from: 'incident join incident_body using (id) join incident_search using (id)',
}
const alarmSource: ListSource = {
  from: 'alarm',
  body: 'body',
  timeColumn: 'raised_at',
  idColumn: 'id',
  searchColumn: 'search',
}
const warningSource: ListSource = { ...alarmSource, from: 'warning', timeColumn: 'issued_at' }
const drillSource: ListSource = { ...alarmSource, from: 'drill', timeColumn: 'started_at' }

/** The columns behind the time bases; all but the first may be empty, and a case without has no place in such a list. */
const baseColumns: Record<CaseTimeBase, string> = {
  reported: 'reported_at',
  filed: 'filed_at',
  closed: 'closed_at',
  arrived: 'arrived_at',
}

/** What no list could show is not a page's business: the longest walk through one case's events. */
const maxTimeline = 5_000
const bodyOf = <Item>(row: Row | undefined): Item | null =>
  row === undefined ? null : (JSON.parse(String(row.body)) as Item)

function addState(where: Conditions, query: ListQuery): void {
  where.addIf(listOf(query.state), (at) => `state = any(${at}::text[])`)
  if (query.open !== undefined) where.add(query.open === 'true' ? 'is_open' : 'not is_open')
  addCode(where, 'district_id', query.district)
}

/** The cases an indicator counts; measures are bits. */
function addSet(where: Conditions, { any, none }: CaseSet): void {
  const mask = (codes: readonly KpiMeasure[]) =>
    where.bind(String(codes.reduce((sum, code) => sum + 2 ** kpiMeasureInfo[code].bit, 0)))
  where.add('in_kpi')
  where.add(`kpi_flags & ${mask(any)}::bigint <> 0`)
  if (none.length > 0) where.add(`kpi_flags & ${mask(none)}::bigint = 0`)
}

export function createReadModels(database: Database, clock: Clock): ReadModels {
  const actors = new AlarmActors(database)
  return {
    incidents(query: ListQuery & Partial<IncidentQuery>) {
      const where = new Conditions()
      addState(where, query)
      addClass(where, 'class_code', query.class)
      addPlace(where, query)
      addCode(where, 'source', query.source)
      if (query.overdue !== undefined) where.add(query.overdue === 'true' ? 'is_overdue' : 'not is_overdue')
      addCode(where, 'department_id', query.department)
      where.addIf(query.priority, (at) => `priority = ${at}::int`)
      if (query.inKpi !== undefined) where.add(query.inKpi === 'true' ? 'in_kpi' : 'not in_kpi')
      if (query.drill !== undefined) where.add(query.drill === 'true' ? 'is_drill' : 'not is_drill')
      if (query.onTime !== undefined)
        where.add(`ending = ${query.onTime === 'true' ? endings.closedOnTime : endings.closed}`)
      for (const dimension of ['street', 'grid', 'acceptor', 'dispatcher', 'collector'] as const)
        addCode(where, dimensionColumns[dimension], query[dimension])
      addAnalysis(where, query)
      const set = caseSetOf(query)
      if (set !== null) addSet(where, set)
      const timeColumn = set === null ? baseColumns[query.base ?? 'reported'] : kpiBaseColumns[set.base]
      if (timeColumn !== 'reported_at') where.add(`${timeColumn} is not null`)
      const source = query.q === undefined ? incidentSource : searchedSource
      return readPage<Incident>(database, { ...source, timeColumn }, where, query)
    },

    async incident(id) {
      const [row] = await database.query('select body from incident_body where id = $1', [id])
      return bodyOf<Incident>(row)
    },

    async requests(query) {
      const where = new Conditions()
      where.addIf(query.ids, (at) => `incident.id = any(${at}::text[])`)
      where.addIf(query.classCode, (at) => `class_code = ${at}`)
      where.addIf(query.from, (at) => `reported_at >= ${at}`)
      where.addIf(query.to, (at) => `reported_at <= ${at}`)
      // To whoever reported it, a merged request is as open as what it became part of.
      const isOpen = `(is_open or (state = 'merged' and closed_at is null))`
      if (query.open !== undefined) where.add(query.open ? isOpen : `not ${isOpen}`)
      const page = `limit ${where.bind(query.limit)} offset ${where.bind(query.offset)}`
      const rows = await database.query(
        `select body from incident join incident_body using (id) ${where.sql}
        order by reported_at desc, incident.id desc ${page}`,
        where.params,
      )
      return rows.map((row) => JSON.parse(String(row.body)) as Incident)
    },

    /** `class` asks for the sensor kind, by its leading letters. */
    async alarms(query) {
      const where = new Conditions()
      addState(where, query)
      addClass(where, 'kind', query.class)
      addPlace(where, query)
      const { items, next } = await readPage<Alarm>(database, alarmSource, where, query)
      return { items: items.map(wholeAlarm), next }
    },

    async alarm(id) {
      const [row] = await database.query('select body from alarm where id = $1', [id])
      const alarm = bodyOf<Alarm>(row)
      return alarm === null ? null : wholeAlarm(alarm)
    },

    /** `state` asks for colours; `open` for those in force; a warning that names and draws nothing is for the whole city. */
    async warnings(query) {
      const where = new Conditions()
      where.addIf(listOf(query.state), (at) => `colour = any(${at}::text[])`)
      where.addIf(query.district, (at) => `(${at}::text = any(district_ids::text[]) or district_ids = '{}')`)
      if (query.open !== undefined) {
        const isOpen = `(lifted_at is null and expires_at > ${where.bind(clock.now())})`
        where.add(query.open === 'true' ? isOpen : `not ${isOpen}`)
      }
      const { items, next } = await readPage<Warning>(database, warningSource, where, query)
      return { items: items.map(wholeWarning), next }
    },

    async warning(id) {
      const [row] = await database.query('select body from warning where id = $1', [id])
      const warning = bodyOf<Warning>(row)
      return warning === null ? null : wholeWarning(warning)
    },

    /** `state` asks for scenarios; `open` for the running one. */
    drills(query) {
      const where = new Conditions()
      where.addIf(listOf(query.state), (at) => `scenario = any(${at}::text[])`)
      if (query.open !== undefined) where.add(query.open === 'true' ? 'is_open' : 'not is_open')
      return readPage<Drill>(database, drillSource, where, query)
    },

    ...dutyModels(database),

    async timeline(incidentId) {
      const rows = await database.query(
        `select payload, hash, (select hash from event as before where before.seq = event.seq - 1) as prev_hash
        from event where incident_id = $1 order by seq limit $2`,
        [incidentId, maxTimeline],
      )
      return toEvents(rows)
    },

    alarmKpi: (question) => readAlarmKpi(database, actors, question),
    funnel: (query, timeZone) => readFunnel(database, query, timeZone),
    distribution: (query, timeZone) => readDistribution(database, query, timeZone),
    heat: (query, timeZone) => readHeat(database, query, timeZone),
    badActors: (period, limit) => badActors(database, actors, period, limit),
    kpi: (query, timeZone) => readKpi(database, query, timeZone),
    indicators: (query, timeZone) => readIndicators(database, query, timeZone),
    times: (query, timeZone, targets) => readTimes(database, query, timeZone, targets),
  }
}
