/** The own API in OpenAPI 3.1, its bodies and queries made from the very schemas that check them. */
import { accountNamesQuerySchema, scopeSchema } from '../../../shared/contract/accounts.ts'
import { z } from 'zod'
import { personCommandSchema, submissionHeadSchema } from '../../../shared/contract/command.ts'
import { muteSchema } from '../../../shared/contract/desk-sound.ts'
import { dutyLogQuerySchema, handOverQuerySchema, rosterQuerySchema } from '../../../shared/contract/duty.ts'
import { draftReportSchema } from '../../../shared/contract/advice.ts'
import { placeQuerySchema } from '../../../shared/contract/places.ts'
import { errorSchema } from '../../../shared/contract/errors.ts'
import {
  recommendQuerySchema,
  incidentQuerySchema,
  listQuerySchema,
  observationsQuerySchema,
  planQuerySchema,
  situationReportQuerySchema,
  signInSchema,
} from '../../../shared/contract/http.ts'
import { contractVersion } from '../../../shared/contract/realtime.ts'
import { logQuerySchema } from './log-routes.ts'
import { kpiPaths } from './openapi-kpi.ts'
import {
  ask,
  errors,
  get,
  inPath,
  json,
  object,
  page,
  queryOf,
  ref,
  schemaOf,
  type JsonObject,
} from './openapi-parts.ts'

/** What is not plain from the names. */
const warning =
  'Warning. `polygons` are the coordinates of a GeoJSON MultiPolygon, circles among them; `circles` {centre, radiusKm} as they were said; ' +
  '`source` {identifier, sender, sentAt} is the CAP message it came by, null where an officer published it; urgency, severity, certainty, ' +
  'scope and status in CAP’s words; `exercise` is true where it is not in earnest; `liftReason` says why it ended'

const list = queryOf(listQuerySchema)
const only = (...names: readonly string[]) =>
  list.filter((parameter) => names.includes((parameter as { name: string }).name))

const commandOptions = personCommandSchema.options.map((option) =>
  schemaOf(z.object({ ...submissionHeadSchema.shape, ...option.shape })),
)

/** The document `GET /api/v1/openapi.json` answers. */
export function openApiDocument(version: string): JsonObject {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tongguan 统管',
      version,
      description:
        `Contract ${contractVersion}. Lists are {items, next}; instants are ISO 8601 with the city's offset; places are GeoJSON points, ` +
        'WGS 84, longitude first; errors have one shape everywhere. Sign in with POST /api/v1/session; the cookie does the rest.',
    },
    servers: [{ url: '/api/v1' }],
    paths: {
      '/session': {
        post: {
          summary: 'Sign in; answers a cookie',
          requestBody: { required: true, content: json(schemaOf(signInSchema)) },
          responses: { '200': { description: 'OK', content: json(object('Session')) }, ...errors },
        },
        get: {
          summary: 'Who is signed in',
          responses: { '200': { description: 'OK', content: json(object('Session')) }, ...errors },
        },
        delete: { summary: 'Sign out', responses: { '204': { description: 'signed out' } } },
      },
      '/commands': {
        post: {
          summary: 'Submit a command; the same commandId happens once',
          requestBody: { required: true, content: json({ oneOf: commandOptions }) },
          responses: {
            '200': {
              description: 'done, and stored',
              content: json({
                type: 'object',
                required: ['ok', 'rev', 'data'],
                properties: { ok: { const: true }, rev: { type: 'integer' }, data: {} },
              }),
            },
            default: {
              description: 'refused',
              content: json({
                type: 'object',
                required: ['ok', 'error'],
                properties: { ok: { const: false }, error: ref('Error') },
              }),
            },
          },
        },
      },
      '/city': get('The city: divisions, departments, case classes, alarm rules, map layers', object('CityAnswer')),
      '/case-classes': get(
        'The class table (立案标准) in its order: conditions with limits and 结案条件, who leads, standard and edition, and how each name is typed by sound',
        page('CaseClassRow'),
      ),
      '/modes': get(
        'What each mode changes here: limits, rules that rest, who is called in, the wall’s scene',
        object('ModeTable'),
      ),
      '/incidents': get('Cases', page('Incident, masked as the reader’s rights ask'), queryOf(incidentQuerySchema)),
      '/incidents/{id}': get('One case', object('Incident'), [inPath('id')]),
      '/incidents/{id}/timeline': get('What happened to a case', page('TimelineEntry'), [inPath('id')]),
      '/incidents/{id}/recommendations': get(
        'Crews for a case, best first; with `needs` also the best set, and what is missing',
        page('UnitProposal'),
        [inPath('id'), ...queryOf(recommendQuerySchema)],
      ),
      '/incidents/{id}/reporter': get('Who reported it; kept in the log', object('Reporter'), [inPath('id')]),
      '/alarms': get('Alarms; `state=shelved,suppressed,out-of-service` lists what is hidden now', page('Alarm'), list),
      '/incidents/{id}/duplicates': get(
        'Open cases it may be one more of, likeliest first, each with score and reasons',
        object('DuplicatesAnswer'),
        [inPath('id')],
      ),
      '/incidents/duplicates': ask(
        'The same for a report that is only being written',
        object('DuplicatesAnswer'),
        draftReportSchema,
      ),
      '/incidents/{id}/suggestions': get(
        'Class, priority, department and place its words suggest',
        object('Suggestions'),
        [inPath('id')],
      ),
      '/incidents/suggestions': ask(
        'The same for a report that is only being written',
        object('Suggestions'),
        draftReportSchema,
      ),
      '/algorithms': get('算法台账: what advises here, its test, approval and take-up', page('AlgorithmRow')),
      '/algorithms/{id}': get('One algorithm', object('AlgorithmRow'), [inPath('id')]),
      '/alarms/{id}': get('One alarm', object('Alarm'), [inPath('id')]),
      '/alarm-rules': get(
        'Alarm rules as they stand; `class` is the sensor kind',
        page('PresentRule'),
        only('limit', 'cursor', 'class', 'q'),
      ),
      '/alarm-rules/{id}': get('One alarm rule', object('PresentRule'), [inPath('id')]),
      '/alarm-rule-changes': get(
        'Changes of alarm rules that wait (`state=proposed`) or are in force (`state=approved`)',
        page('RuleChange'),
        only('limit', 'cursor', 'state'),
      ),
      '/units': get('Crews', page('Unit'), only('limit', 'cursor', 'bbox', 'state', 'class', 'q')),
      '/units/{id}': get('One crew', object('Unit'), [inPath('id')]),
      '/warnings': get('Official warnings', page(warning), list),
      '/warnings/{id}': get('One warning', object(warning), [inPath('id')]),
      '/drills': get(
        'Drills, the newest first; `state` is the scenario',
        page('Drill'),
        only('limit', 'cursor', 'from', 'to', 'state', 'open', 'q'),
      ),
      '/places': get(
        'Roads, places, divisions, houses, crossings and 部件 by typed words (`q`: also the first letters of the pinyin), best first; `withinM` says ' +
          'how far off it may be',
        page('FoundPlace'),
        queryOf(placeQuerySchema),
      ),
      '/road-stretches': get(
        'Stretches of road with a speed sensor: `path` from junction to junction, `freeKmh` what it may be driven at; all of them',
        page('RoadStretch'),
        [],
      ),
      '/resources': get(
        'What lies ready or must be looked after in the city: hospitals, fire stations, police, depots, utilities, schools and homes, hazards, cameras; all of them',
        page('CityResource'),
        [],
      ),
      '/desk/mutes': ask(
        'Makes a console silent for so many minutes (at most 60, 0 = loud again), with a reason; kept in the log',
        object('MuteAnswer'),
        muteSchema,
      ),
      '/mode': get(
        'In which mode the city runs (平时, 预警, 应急), and its districts where they differ; officers also see what is proposed',
        object('CityMode'),
      ),
      '/responses': get(
        'Responses in force (应急响应, levels I to IV); officers also see what waits for a second person',
        page('Response'),
      ),
      '/duty/now': get(
        'Who is on duty (值班), whose the chief’s console is, and the hand-over sheet that waits for signatures',
        object('DutyNowAnswer'),
      ),
      '/duty/roster': get(
        'The roster (值班表), shift by shift; numbers to ring only for those at the desk',
        object('RosterAnswer'),
        queryOf(rosterQuerySchema),
      ),
      '/duty/log': get(
        'The shift’s log (值班日志) and recorded calls (值班电话记录), the newest line first; corrections are lines of their own',
        page('DutyEntry'),
        queryOf(dutyLogQuerySchema),
      ),
      '/duty/hand-overs': get(
        'Hand-over sheets (交接班单), the newest first',
        page('HandOver'),
        queryOf(handOverQuerySchema),
      ),
      '/duty/hand-overs/{id}': get('One hand-over sheet', object('HandOver'), [inPath('id')]),
      '/plans': get(
        'Response plans: for which cases, what they need by reinforcement, what is to be done, who is told',
        page('ResponsePlan'),
        queryOf(planQuerySchema),
      ),
      '/plans/{id}': get('One response plan', object('ResponsePlan'), [inPath('id')]),
      '/incidents/{id}/plan': get(
        'What stands beside a case: its plan as applied, what each need has (fillUps), calls, checklist, command log, agencies, and crews that ' +
          'could be diverted to it from less urgent cases, each with what it would leave behind',
        object('CasePlan & {fillUps, agencies, diversions}'),
        [inPath('id')],
      ),
      '/situation-reports': get(
        '信息报送: what is owed, was told, or came late about graded cases, the soonest due first',
        page('SituationReportRow'),
        queryOf(situationReportQuerySchema),
      ),
      '/sensors': get(
        'The register of sensors',
        page('Sensor'),
        only('limit', 'cursor', 'bbox', 'district', 'class', 'located', 'q'),
      ),
      '/sensors/{id}': get('One sensor', object('Sensor'), [inPath('id')]),
      '/sensors/{id}/observations': get('What a sensor observed, in columns', object('ObservationsAnswer'), [
        inPath('id'),
        ...queryOf(observationsQuerySchema),
      ]),
      '/accounts': get(
        'Accounts with their roles and the part of the city each is bound to; for the security administrator',
        page('AccountRow'),
      ),
      '/account-names': get(
        'What accounts are called (`of`: up to 100 usernames with commas between), for whoever reads what was done; no row where there is no such account',
        page('AccountName'),
        queryOf(accountNamesQuerySchema),
      ),
      '/accounts/{username}/scope': {
        put: {
          summary:
            'Binds an account to a district or a street (数据范围), or to neither; its sessions end within a minute',
          parameters: [inPath('username')],
          requestBody: { required: true, content: json(schemaOf(scopeSchema)) },
          responses: { '200': { description: 'OK', content: json(object('AccountRow')) }, ...errors },
        },
      },
      ...kpiPaths,
      '/log': get('The log, for the auditor', page('LoggedEvent'), queryOf(logQuerySchema)),
      '/log/verify': get('Checks the whole chain of the log', object('{ok, checked, brokenAt, problem}')),
    },
    components: {
      schemas: {
        Error: schemaOf(errorSchema),
        ErrorBody: { type: 'object', required: ['error'], properties: { error: ref('Error') } },
      },
    },
  }
}
