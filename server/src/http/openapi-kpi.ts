/** The numbers of the KPI page, in OpenAPI 3.1. */
import { alarmKpiQuerySchema, badActorsQuerySchema, kpiQuerySchema } from '../../../shared/contract/http.ts'
import { indicatorQuerySchema } from '../../../shared/contract/indicator.ts'
import { distributionQuerySchema, funnelQuerySchema, trendQuerySchema } from '../../../shared/contract/kpi-analysis.ts'
import { bulletinFileQuerySchema, bulletinListQuerySchema } from '../../../shared/contract/kpi-bulletin.ts'
import { exportSchema } from '../../../shared/contract/kpi-export.ts'
import { heatQuerySchema } from '../../../shared/contract/kpi-heat.ts'
import { kpiViewSchema } from '../../../shared/contract/kpi-view.ts'
import { ask, errors, get, inPath, object, page, queryOf, type JsonObject } from './openapi-parts.ts'

/** `{id}` of a post. */
const ofId = (path: JsonObject): JsonObject => ({ ...path, parameters: [inPath('id')] })

export const kpiPaths: JsonObject = {
  '/kpi/series': get('Numbers over time', object('KpiAnswer'), queryOf(kpiQuerySchema)),
  '/kpi/groups': get('Numbers by group', object('KpiAnswer'), queryOf(kpiQuerySchema)),
  '/kpi/alarms': get(
    'How well alarms are managed: rates a console, floods, bad actors, priority split, times to acknowledge, false alarms, level of load',
    object('AlarmKpiAnswer'),
    queryOf(alarmKpiQuerySchema),
  ),
  '/kpi/alarms/bad-actors': get(
    'Sensors and rules that spoke most in a month of the city’s calendar',
    object('BadActorsAnswer'),
    queryOf(badActorsQuerySchema),
  ),
  '/kpi/indicators': get(
    'Evaluation: every indicator, by dimension or period',
    object('IndicatorAnswer: rows of {code, value, numerator, denominator, grade}; value null = no base'),
    queryOf(indicatorQuerySchema),
  ),
  '/kpi/formulas': get('What each indicator means: formula, time base, measures', page('FormulaAnswer')),
  '/kpi/times': get(
    'How long cases took: percentiles and kept targets, over time or by group',
    object('TimesAnswer'),
    queryOf(kpiQuerySchema.omit({ compare: true })),
  ),
  '/kpi/heat': get(
    'When cases come: by day, and by hour of the weekday',
    object('HeatAnswer: days {day, reported}, hours 7 × 24, Monday first'),
    queryOf(heatQuerySchema),
  ),
  '/kpi/funnel': get(
    'How far the cases reported in a period came, step by step, and where the others stopped',
    object('FunnelAnswer: steps {step, reached, open, ended}'),
    queryOf(funnelQuerySchema),
  ),
  '/kpi/distribution': get(
    'How long the cases reported in a period took: a histogram, P50, P90, P95, targets',
    object('DistributionAnswer: bins {fromMs, toMs, count}, the last without end'),
    queryOf(distributionQuerySchema),
  ),
  '/kpi/trend': get(
    'A vital sign by the hour: the last week, the next day, and the band in which nine of ten hours are to be expected',
    object('TrendAnswer: points {hourAt, value, expected, low, high}'),
    queryOf(trendQuerySchema),
  ),
  '/kpi/exports': ask(
    'Makes what a part of the KPI page shows into a workbook or a paper, with the asker’s rights; kept in the log. 202 while it is made',
    object('ExportJob: {id, format, state, progress, name}'),
    exportSchema,
  ),
  '/kpi/exports/{id}': get('How far it is', object('ExportJob'), [inPath('id')]),
  '/kpi/exports/{id}/file': get('The file, for a quarter of an hour', object('application/pdf or XLSX'), [
    inPath('id'),
  ]),
  '/kpi/bulletins': get(
    'Weekly and monthly bulletins (周报, 月报) that are kept, the newest first; of the whole city',
    page('BulletinRow'),
    queryOf(bulletinListQuerySchema),
  ),
  '/kpi/bulletins/{id}/file': get('Its file; who takes it is in the log', object('application/pdf or XLSX'), [
    inPath('id'),
    ...queryOf(bulletinFileQuerySchema),
  ]),
  '/kpi/views': {
    ...get('Views of the KPI page this account keeps, by name', page('KpiViewRow')),
    ...ask('Keeps a view: its name, and its address’s query', object('KpiViewRow'), kpiViewSchema),
  },
  '/kpi/views/{id}': ofId({
    ...ask('Names a kept view anew, or keeps another address under its name', object('KpiViewRow'), kpiViewSchema),
    delete: { summary: 'Keeps it no more', responses: { '204': { description: 'gone' }, ...errors } },
  }),
  '/kpi/today': get('Numbers of today', object('KpiToday')),
}
