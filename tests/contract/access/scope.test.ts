/** 数据范围: an account bound to another district tries each door. What is of `d1` must not reach it by any of them. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contractVersion, type Delta, type Snapshot } from '../../../shared/contract/realtime.ts'
import { decodeFrame } from '../../../shared/contract/telemetry-frame.ts'
import type { CityVitals } from '../../../shared/model/city-vitals.ts'
import type { DataScope } from '../../../shared/model/data-scope.ts'
import type { Role } from '../../../shared/model/role.ts'
import type { City } from '../../../server/src/ports/city.ts'
import { createPasswords } from '../../../server/src/access/passwords.ts'
import { newCasePlan } from '../../../shared/model/case-plan.ts'
import { everNormal } from '../../../shared/model/city-mode.ts'
import { createMemoryAccounts } from '../../support/memory-accounts.ts'
import { createMemoryEngine, type MemoryEngine } from '../../support/memory-engine.ts'
import { password, smallCity, startMemoryServer, until, type MemoryServer } from '../../support/memory-server.ts'
import {
  noon,
  sampleAlarm,
  sampleIncident,
  sampleReading,
  sampleSensor,
  sampleUnit,
  sampleWarning,
} from '../../support/sample-rows.ts'

const division = (id: string, level: 2 | 3, parentId: string | null) =>
  ({ id, name: id, nameEn: id, level, parentId, bbox: [0, 0, 1, 1], centre: [0, 0] }) as const
const west: readonly [number, number] = [121.2, 31]
const east: readonly [number, number] = [121.8, 31]
const named = (
  [
    ['海棠西区', west],
    ['海棠东区', east],
    ['海棠南街', [121.6, 31]],
  ] as const
).map(([name, coordinates]) => ({
  properties: { id: name, name, kind: 'hospital' },
  geometry: { type: 'Point', coordinates },
}))
/** A road through each sensor. */
const atSensors = [west, east].map(([lon, lat]) => ({
  properties: { name: '大路', class: 'local', speedKmh: 50 },
  geometry: {
    type: 'LineString',
    coordinates: [
      [lon, lat - 0.001],
      [lon, lat + 0.001],
    ],
  },
}))
const city: City = {
  ...smallCity,
  profile: {
    ...smallCity.profile,
    divisions: [
      ...[division('d1', 2, null), division('d2', 2, null)],
      ...[division('s1', 3, 'd1'), division('s2', 3, 'd2'), division('s3', 3, 'd2')],
    ],
  },
  cameras: (['西区', '东区'] as const).map((name, n) => ({
    ...{ id: `3290120000132000000${n}`, name: `${name}球机`, position: n === 0 ? west : east },
    ...{ ptzType: 1, headingDeg: null, departmentId: null },
  })),
  districtOf: ([lon]) => (lon < 121.5 ? 'd1' : 'd2'),
  layer: (name) => {
    const features = name === 'places' ? named : name === 'roads' ? atSensors : null
    return features === null ? null : new TextEncoder().encode(JSON.stringify({ features }))
  },
  locate: ([lon]) => (lon < 121.5 ? ['s1', 'd1'] : lon < 121.7 ? ['s3', 'd2'] : ['s2', 'd2']),
}
/** Nothing of `d1` is without this word, so that one look through an answer tells. */
const secret = '西区'
const group = (id: string, districtId: string, alarmIds: readonly string[]) => ({
  ...{ id, version: 1, basis: 'place' as const, cause: 'water', name: { zh: '积水', en: 'Water' } },
  firstOut: { alarmId: alarmIds[0] ?? '', name: { zh: '积水', en: 'Water' }, sensorName: '', occurredAt: noon },
  ...{ alarmIds, total: alarmIds.length, priority: 2 as const, unacknowledged: 1, position: null, districtId },
  ...{ startedAt: noon, lastAt: noon, drill: false },
})
const response = (id: string, districtIds: readonly string[], name: string) => ({
  ...{ id, version: 1, state: 'active' as const, level: 'III' as const, name, headquarters: '防汛', districtIds },
  ...{ planName: null, warningId: null, caseId: null, reason: '雨', startedBy: 'chief', startedAt: noon },
  ...{ confirmedBy: null, levelSinceAt: noon, proposal: null, endedAt: null, endReason: null },
})
const owed = {
  ...{ kind: 'first' as const, number: 1, dueAt: noon, madeAt: null, by: null, to: null, body: null, facts: null },
}
const incidents = [
  sampleIncident({ id: 'c1', title: `${secret}积水`, districtId: 'd1', streetId: 's1' }),
  sampleIncident({ id: 'c2', title: '东区积水', districtId: 'd2', streetId: 's2' }),
  sampleIncident({ id: 'c3', title: '南街井盖', districtId: 'd2', streetId: 's3' }),
  sampleIncident({ id: 'c0', title: `${secret}没有地点`, districtId: null }),
]
const past = sampleIncident({ id: 'c9', title: `${secret}旧案`, districtId: 'd1', state: 'closed' })
const fill = (engine: MemoryEngine) =>
  engine.put({
    incidents,
    alarms: [
      sampleAlarm({ id: 'A1', sensorId: 1, sensorName: `${secret}水位`, districtId: 'd1', incidentId: 'c1' }),
      sampleAlarm({ id: 'A2', sensorId: 2, sensorName: '东区水位', districtId: 'd2', incidentId: 'c2' }),
    ],
    alarmGroups: [group('G1', 'd1', ['A1']), group('G2', 'd2', ['A2', 'A1'])],
    units: [
      sampleUnit({ id: 'W-01', name: `${secret}一队`, station: west, districtId: 'd1' }),
      sampleUnit({ id: 'E-01', name: '东区一队', station: east, districtId: 'd2' }),
    ],
    warnings: [
      sampleWarning({ id: 'W1', headline: `${secret}暴雨`, districtIds: ['d1'] }),
      sampleWarning({ id: 'W2', headline: '东区暴雨', districtIds: ['d2'] }),
      sampleWarning({ id: 'W3', headline: '全市大风', districtIds: [] }),
    ],
    responses: [
      response('R1', ['d1'], `${secret}防汛`),
      response('R2', ['d2'], '东区防汛'),
      response('R3', [], '全市'),
    ],
    modes: [
      {
        ...everNormal,
        version: 1,
        districts: [{ ...everNormal, districtId: 'd1', mode: 'alert', reason: `${secret}告急` }],
        proposal: {
          ...{ id: 'M1', mode: 'alert', districtIds: ['d1'], reason: `${secret}告急`, proposedBy: 'chief' },
          ...{ proposedAt: noon, expiresAt: noon + 900_000 },
        },
      },
    ],
    casePlans: [{ ...newCasePlan('c1'), grade: 'major', reports: [owed] }, newCasePlan('c2')],
    sensors: [
      sampleSensor(1, { name: `${secret}水位`, kind: 'road-speed', position: west, districtId: 'd1' }),
      sampleSensor(2, { name: '东区水位', kind: 'road-speed', position: east, districtId: 'd2' }),
    ],
    readings: [sampleReading(1, 11), sampleReading(2, 22)],
    fixes: [
      {
        unitId: 'W-01',
        position: west,
        fixAt: noon,
        headingDeg: null,
        speedMps: null,
        accuracyM: null,
        receivedAt: noon,
      },
      {
        unitId: 'E-01',
        position: east,
        fixAt: noon,
        headingDeg: null,
        speedMps: null,
        accuracyM: null,
        receivedAt: noon,
      },
    ] as never,
  })

let server: MemoryServer
let engine: MemoryEngine
const asked: Record<string, unknown>[] = []
beforeAll(async () => {
  const accounts = createMemoryAccounts()
  const passwordHash = await createPasswords({ memoryCost: 8, timeCost: 1 }).hash(password)
  const bound = async (username: string, role: Role, scope: DataScope) =>
    accounts.save({
      ...{ username, displayName: username, role, unitId: null, departmentId: null, scope },
      ...{ passwordHash, disabled: false, isDemo: false },
    })
  for (const role of ['duty', 'chief', 'manager', 'dept', 'wall'] as const)
    await bound(`east-${role}`, role, { districtId: 'd2', streetId: null })
  await bound('street', 'duty', { districtId: 'd2', streetId: 's2' })
  engine = createMemoryEngine({ now: () => noon })
  server = await startMemoryServer({
    ...{ engine, accounts },
    parts: {
      city,
      trend: async (query) => {
        asked.push(query)
        return {} as never
      },
      recommend: Object.assign(
        () => ['W-01', 'E-01'].map((unitId) => ({ unitId, name: unitId === 'W-01' ? secret : '东区一队' })) as never,
        { set: () => ({ chosen: [{ unitId: 'W-01', name: secret }] }) as never },
      ),
    },
    models: {
      incident: async (id) => [...incidents, past].find((row) => row.id === id) ?? null,
      kpi: async (query) => {
        asked.push(query)
        return { rows: [], total: { key: null } as never }
      },
      times: async (query) => {
        asked.push(query)
        return { rows: [], total: { key: null } as never }
      },
      heat: async (query) => {
        asked.push(query)
        return {} as never
      },
      funnel: async (query) => {
        asked.push(query)
        return []
      },
      distribution: async (query) => {
        asked.push(query)
        return {} as never
      },
      indicators: async ({ by }) => ({
        rows:
          by === 'district'
            ? [
                { key: 'd1', counts: { reported: 777 } as never },
                { key: 'd2', counts: { reported: 5 } as never },
              ]
            : [
                { key: 's1', counts: { reported: 777 } as never },
                { key: 's2', counts: { reported: 3 } as never },
              ],
        total: { reported: 782 } as never,
      }),
    },
  })
  fill(engine)
})
afterAll(() => server.close())

const ask = async (username: string, path: string, init: RequestInit = {}) => {
  const answer = await server.fetch(path.startsWith('/map') ? path : `/api/v1${path}`, {
    ...init,
    cookie: await server.signIn(username),
    headers: { 'content-type': 'application/json', origin: server.url },
  })
  return { status: answer.status, text: await answer.text() }
}
const everybody = ['east-duty', 'east-chief', 'east-manager', 'east-dept', 'east-wall', 'street'] as const

describe('lists and single rows', () => {
  it.each([
    ...['/incidents', '/incidents?q=积水', '/incidents?district=d1', '/alarms', '/units', '/warnings', '/responses'],
    ...['/sensors', '/sensors?district=d1', '/mode', '/plans', '/city', '/map/sensors.geojson', '/drills'],
  ])('%s tells nothing of another district', async (path) => {
    for (const username of everybody) {
      const { status, text } = await ask(username, path)
      expect([username, status]).toEqual([username, 200])
      expect(text).not.toContain(secret)
    }
  })
  it('and does tell of its own', async () => {
    for (const [path, words] of [
      ['/incidents', '东区积水'],
      ['/alarms', '东区水位'],
      ['/units', '东区一队'],
      ['/warnings', '东区暴雨'],
      ['/warnings', '全市大风'],
      ['/responses', '东区防汛'],
      ['/sensors', '东区水位'],
      ['/map/sensors.geojson', '东区水位'],
    ] as const)
      expect((await ask('east-duty', path)).text).toContain(words)
    expect((await ask('duty', '/incidents')).text).toContain(secret)
  })
  it.each([
    ...[
      '/incidents/c1',
      '/incidents/c9',
      '/incidents/c0',
      '/incidents/c1/timeline',
      '/incidents/c1/plan',
      '/alarms/A1',
    ],
    ...['/units/W-01', '/warnings/W1', '/sensors/1', '/incidents/c1/reporter', '/incidents/c1/recommendations'],
    ...['/incidents/c1/duplicates', '/incidents/c1/suggestions'],
    '/sensors/1/observations?from=2026-08-01T00:00:00Z&to=2026-08-02T00:00:00Z',
  ])('%s is not there', async (path) => {
    for (const username of everybody) expect([403, 404]).toContain((await ask(username, path)).status)
    expect((await ask('east-duty', path)).status).toBe(404)
  })
  it('a street sees its own cases and no other street’s', async () => {
    expect((await ask('street', '/incidents')).text).toContain('东区积水')
    expect((await ask('street', '/incidents')).text).not.toContain('南街井盖')
    expect((await ask('street', '/incidents/c3')).status).toBe(404)
    expect((await ask('east-duty', '/incidents')).text).toContain('南街井盖')
  })
  it('crews of another district are not proposed', async () => {
    const { text } = await ask('east-duty', '/incidents/c2/recommendations?needs=drainage:1')
    expect(text).not.toContain(secret)
    expect((await ask('east-duty', '/incidents/c2/recommendations')).text).toContain('E-01')
  })
})

describe('numbers', () => {
  const period = 'from=2026-08-01T00:00:00Z&to=2026-08-02T00:00:00Z'
  it('are asked of the own district, and refused of another', async () => {
    for (const path of [
      `/kpi/series?${period}&by=day`,
      `/kpi/groups?${period}&by=class`,
      `/kpi/times?${period}`,
      `/kpi/heat?${period}`,
      `/kpi/funnel?${period}`,
      `/kpi/distribution?${period}`,
      '/kpi/trend?sign=reported',
    ]) {
      asked.length = 0
      expect((await ask('east-manager', path)).status).toBe(200)
      expect(asked.length).toBeGreaterThan(0)
      for (const query of asked) expect(query['district']).toBe('d2')
      expect((await ask('east-manager', `${path}&district=d1`)).status).toBe(403)
      expect((await ask('street', path)).status).toBe(403)
    }
  })
  it('of the whole city are refused', async () => {
    for (const path of [
      '/kpi/today',
      '/kpi/bulletins',
      '/kpi/bulletins/weekly-20260720/file',
      `/kpi/alarms?${period}`,
      '/kpi/alarms/bad-actors?month=2026-08',
    ])
      for (const username of ['east-manager', 'street']) expect((await ask(username, path)).status).toBe(403)
  })
  it('of evaluation are the own part’s row', async () => {
    for (const by of ['', '&by=district', '&by=street'])
      for (const username of ['east-manager', 'street']) {
        const { status, text } = await ask(username, `/kpi/indicators?${period}${by}`)
        expect(status).toBe(200)
        expect(text).not.toMatch(/777|782|"d1"|"s1"/)
      }
    const own = await ask('east-manager', `/kpi/indicators?${period}&by=district`)
    expect(JSON.parse(own.text)).toMatchObject({ rows: [{ key: 'd2' }] })
    expect(own.text).toContain('"code":"reported","value":5')
    expect((await ask('east-manager', `/kpi/indicators?${period}&by=class`)).status).toBe(403)
  })
  it('the log, the shift’s log and accounts are nobody’s who is bound', async () => {
    for (const path of ['/log', '/log/verify', '/duty/log', '/duty/hand-overs', '/accounts'])
      for (const username of everybody) expect((await ask(username, path)).status).toBe(403)
  })
})

describe('commands', () => {
  const submit = async (username: string, command: object) => {
    const before = engine.submitted.length
    const body = JSON.stringify({ commandId: randomUUID(), ...command })
    const { text } = await ask(username, '/commands', { method: 'POST', body })
    return { text, isThrough: engine.submitted.length > before }
  }
  const report = { type: 'incident.report', classCode: 'E0506', title: '积水' }
  const warning = {
    type: 'warning.publish',
    colour: 'blue',
    event: '暴雨',
    headline: '雨',
    expiresAt: noon + 3_600_000,
  }
  const start = { type: 'response.start', level: 'IV', name: '防汛', headquarters: '区防指', reason: '雨' }
  it.each([
    { type: 'incident.accept', incidentId: 'c1' },
    { type: 'incident.comment', incidentId: 'c9', text: '甲' },
    { type: 'incident.comment', incidentId: 'c0', text: '甲' },
    { type: 'incident.comment', incidentId: 'no-such-case', text: '甲' },
    { type: 'incident.merge', incidentId: 'c2', mainId: 'c1', reason: '甲' },
    { type: 'incident.link', incidentId: 'c2', otherId: 'c1', reason: '甲' },
    { type: 'incident.dispatch', incidentId: 'c2', unitId: 'W-01' },
    { type: 'incident.locate', incidentId: 'c2', position: west },
    { ...report, position: west },
    report,
    { type: 'alarm.acknowledge', alarmId: 'A1' },
    { type: 'alarm.acknowledge-group', groupId: 'G1', seenIds: ['A1'] },
    { type: 'alarm.acknowledge-group', groupId: 'G2', seenIds: ['A2', 'A1'] },
    { type: 'alarm.shelve', alarmId: 'A1', forMs: 60_000, code: 'duplicate' },
    { type: 'sensor.take-out-of-service', sensorId: 1, untilAt: noon + 60_000, reason: '甲' },
    { type: 'unit.set-status', unitId: 'W-01', status: 'available' },
    { type: 'plan.note', incidentId: 'c1', text: '甲' },
    { type: 'plan.divert', incidentId: 'c2', unitId: 'W-01', reason: '甲' },
    { ...warning, districtIds: ['d1'] },
    { ...warning, districtIds: ['d2', 'd1'] },
    { ...warning, districtIds: [] },
    { type: 'warning.lift', warningId: 'W1', reason: '甲' },
    { type: 'warning.lift', warningId: 'W3', reason: '甲' },
    { type: 'mode.propose', mode: 'alert', districtIds: [], reason: '甲' },
    { type: 'mode.propose', mode: 'alert', districtIds: ['d1'], reason: '甲' },
    { type: 'mode.confirm', proposalId: 'M1' },
    { ...start, districtIds: [] },
    { ...start, districtIds: ['d2'], caseId: 'c1' },
    { type: 'response.end', responseId: 'R1', reason: '甲' },
    { type: 'response.end', responseId: 'R3', reason: '甲' },
    { type: 'drill.start', scenario: 'rainstorm' },
    { type: 'algorithm.switch', algorithmId: 'duplicates', isOn: false, reason: '甲' },
    { type: 'alarm-rule.approve', changeId: 'K1' },
    { type: 'duty.note', text: '甲' },
    { type: 'duty.take-console' },
  ])('on another district or the whole city are refused before anything is decided: %j', async (command) => {
    for (const username of ['east-chief', 'east-duty', 'street']) {
      const { text, isThrough } = await submit(username, command)
      expect([username, isThrough]).toEqual([username, false])
      expect(text).toContain('FORBIDDEN')
      expect(text).not.toContain(secret)
    }
  })
  it.each([
    { type: 'incident.accept', incidentId: 'c2' },
    { type: 'incident.dispatch', incidentId: 'c2', unitId: 'E-01' },
    { type: 'incident.locate', incidentId: 'c2', position: east },
    { ...report, position: east },
    { type: 'alarm.acknowledge', alarmId: 'A2' },
    { type: 'unit.set-status', unitId: 'E-01', status: 'available' },
  ])('on its own part go through: %j', async (command) => {
    for (const username of ['east-chief', 'street']) {
      const { text, isThrough } = await submit(username, command)
      expect([username, isThrough, text.includes('FORBIDDEN')]).toEqual([username, true, false])
    }
  })
  it.each([
    { type: 'alarm.acknowledge-group', groupId: 'G2', seenIds: ['A2'] },
    { type: 'sensor.take-out-of-service', sensorId: 2, untilAt: noon + 60_000, reason: '甲' },
    { ...warning, districtIds: ['d2'] },
    { type: 'warning.lift', warningId: 'W2', reason: '甲' },
    { type: 'mode.propose', mode: 'alert', districtIds: ['d2'], reason: '甲' },
    { ...start, districtIds: ['d2'] },
    { type: 'response.end', responseId: 'R2', reason: '甲' },
  ])('for the whole of its district are a district’s, and no street’s: %j', async (command) => {
    expect((await submit('east-chief', command)).isThrough).toBe(true)
    expect((await submit('street', command)).isThrough).toBe(false)
  })
})

describe('the socket', () => {
  const follow = async (username: string, since: { epoch?: string; rev?: number } = {}) => {
    const socket = await server.connect(username)
    const heard: (Snapshot | Delta)[] = []
    const values = new Map<number, number>()
    const places = new Set<string>()
    const counted: CityVitals[] = []
    socket.on('telemetry:vitals', (vitals) => counted.push(vitals))
    socket.on('state:snapshot', (snapshot) => heard.push(snapshot))
    socket.on('state:delta', (delta) => heard.push(delta))
    socket.on('telemetry:frame', (bytes) => decodeFrame(bytes).each((id, value) => void values.set(id, value)))
    socket.on('telemetry:units', (all) => all.forEach(({ unitId }) => places.add(unitId)))
    const topics = { state: true, telemetry: {}, vitals: true }
    const answer = await socket.emitWithAck('sync:hello', { contract: contractVersion, topics, ...since })
    return { heard, values, places, counted, answer }
  }
  it('carries rows, changes, values and places of the own part only', async () => {
    const all = await Promise.all(everybody.map((username) => follow(username)))
    const whole = await follow('duty')
    fill(engine)
    engine.put({ gone: [['incident', 'c1']] })
    await until(() => (whole.heard.some((one) => JSON.stringify(one).includes('"c1","row":null')) ? true : undefined))
    await until(() => (all.every(({ values, heard }) => values.has(2) && heard.length > 1) ? true : undefined))
    await until(() => (whole.values.has(1) && whole.places.has('W-01') ? true : undefined))
    await until(() => (whole.counted.at(-1)?.registered === engine.view.sensors.size ? true : undefined))
    await until(() => (all.every(({ counted }) => counted.at(-1)?.registered === 1) ? true : undefined))
    for (const { heard, values, places, counted } of all) {
      const text = JSON.stringify([heard, counted])
      expect(text).not.toContain(secret)
      // Not even the number of a case, an alarm, a crew or a warning that is another's.
      expect(text).not.toMatch(/"(?:c1|c0|A1|W-01|W1|R1|G1)"/)
      expect([...values.keys()]).toEqual([2])
      expect([...places]).toEqual(['E-01'])
    }
    fill(engine)
  })
  it('tells one that comes back what it may see, and not what changed elsewhere meanwhile', async () => {
    const { epoch, rev } = engine.view
    fill(engine)
    const back = await follow('east-duty', { epoch, rev })
    expect(back.answer).toMatchObject({ ok: true, mode: 'snapshot' })
    await until(() => (back.heard.length > 0 ? true : undefined))
    expect(JSON.stringify(back.heard)).not.toMatch(/"(?:c1|A1|W-01|W1|R1|G1)"/)
  })
})

describe('every address', () => {
  /** Looked at above, or of no place: the city itself, what its rules and plans say, who is signed in, who is on duty by name. */
  const lookedAt = [
    ...['/incidents', '/alarms', '/units', '/warnings', '/sensors'].flatMap((path) => [path, `${path}/{id}`]),
    ...['timeline', 'recommendations', 'reporter', 'duplicates', 'suggestions', 'plan'].map(
      (name) => `/incidents/{id}/${name}`,
    ),
    ...['/sensors/{id}/observations', '/responses', '/mode', '/drills', '/situation-reports', '/commands'],
    ...[
      '/kpi/series',
      '/kpi/groups',
      '/kpi/times',
      '/kpi/heat',
      '/kpi/funnel',
      '/kpi/distribution',
      '/kpi/trend',
      '/kpi/views',
      '/kpi/exports',
      '/kpi/bulletins',
      '/kpi/bulletins/{id}/file',
      '/kpi/exports/{id}',
      '/kpi/exports/{id}/file',
      '/kpi/views/{id}',
      '/kpi/views',
      '/kpi/views/{id}',
      '/kpi/indicators',
      '/kpi/today',
      '/kpi/alarms',
    ],
    ...['/kpi/alarms/bad-actors', '/kpi/formulas', '/log', '/log/verify', '/accounts', '/accounts/{username}/scope'],
    ...['/duty/now', '/duty/roster', '/duty/log', '/duty/hand-overs', '/duty/hand-overs/{id}'],
    ...['/session', '/city', '/modes', '/plans', '/plans/{id}', '/alarm-rules', '/alarm-rules/{id}'],
    ...['/alarm-rule-changes', '/algorithms', '/algorithms/{id}', '/desk/mutes'],
    ...['/incidents/duplicates', '/incidents/suggestions', '/places', '/resources', '/road-stretches'],
    '/case-classes',
  ]
  it('of the own API is among those: a new one is looked at here first', async () => {
    const { text } = await ask('duty', '/openapi.json')
    const { paths } = JSON.parse(text) as { paths: Record<string, unknown> }
    expect(Object.keys(paths).filter((path) => !lookedAt.includes(path))).toEqual([])
  })
  it('of places by typed words tells those of the own part', async () => {
    const found = async (username: string) => {
      const { text } = await ask(username, `/places?q=${encodeURIComponent('海棠')}`)
      return (JSON.parse(text) as { items: { address: string }[] }).items.map(({ address }) => address)
    }
    expect(await found('duty')).toEqual(['海棠东区', '海棠南街', '海棠西区'])
    expect(await found('east-duty')).toEqual(['海棠东区', '海棠南街'])
    expect(await found('street')).toEqual(['海棠东区'])
  })
  it('of resources tells those of the own part, places and cameras', async () => {
    const found = async (username: string) => {
      const { text } = await ask(username, '/resources')
      return (JSON.parse(text) as { items: { name: string }[] }).items.map(({ name }) => name)
    }
    expect(await found('duty')).toEqual(['海棠西区', '海棠东区', '海棠南街', '西区球机', '东区球机'])
    expect(await found('east-duty')).toEqual(['海棠东区', '海棠南街', '东区球机'])
    expect(await found('street')).toEqual(['海棠东区', '东区球机'])
  })
  it('of stretches of road tells those of the sensors of the own part', async () => {
    const found = async (username: string) => {
      const { text } = await ask(username, '/road-stretches')
      return (JSON.parse(text) as { items: { sensorId: number }[] }).items.map(({ sensorId }) => sensorId)
    }
    expect([await found('duty'), await found('east-duty')]).toEqual([[1, 2], [2]])
  })
  it('of reports upwards and of drafts tells nothing of another district', async () => {
    const draft = JSON.stringify({ title: `${secret}积水`, classCode: 'E0101', position: [121.5, 31.2] })
    for (const username of ['duty', 'east-duty', 'east-chief', 'street'])
      for (const [path, init] of [
        ['/situation-reports', {}],
        ['/incidents/duplicates', { method: 'POST', body: draft }],
      ] as const)
        expect([username, (await ask(username, path, init)).text.includes(secret)]).toEqual([
          username,
          username === 'duty',
        ])
  })
})

describe('the security administrator', () => {
  const bind = (username: string, by: string, body: unknown) =>
    ask(by, `/accounts/${username}/scope`, { method: 'PUT', body: JSON.stringify(body) })
  it('sees accounts without secrets, and binds one to a district or a street; its sessions end', async () => {
    const { text } = await ask('secadmin', '/accounts')
    expect(text).toContain('"east-duty"')
    expect(text).not.toMatch(/password|argon/i)
    expect((await ask('manager', '/incidents')).text).toContain(secret)
    expect(await bind('manager', 'secadmin', { districtId: 'd2', streetId: 's3' })).toMatchObject({ status: 200 })
    expect(engine.notes.at(-1)).toMatchObject({
      ...{ actor: 'secadmin', act: 'account.scope', subject: 'manager' },
      details: { from: null, to: { districtId: 'd2', streetId: 's3' } },
    })
    server.clock.at += 61_000
    expect((await ask('manager', '/incidents')).status).toBe(401)
    expect((await bind('manager', 'secadmin', { districtId: null })).status).toBe(200)
  })
  it.each([
    [{ districtId: 'd9' }, 400, 'districtId'],
    [{ districtId: 's1' }, 400, 'districtId'],
    [{ districtId: 'd1', streetId: 's2' }, 400, 'streetId'],
    [{ districtId: null, streetId: 's2' }, 400, 'streetId'],
    [{}, 400, 'districtId'],
  ])('names what is wrong: %j', async (body, status, field) => {
    const answer = await bind('dept', 'secadmin', body)
    expect(answer.status).toBe(status)
    expect(answer.text).toContain(`"field":"${field}"`)
  })
  it('binds no crew and no administrator, and nobody else binds anybody', async () => {
    for (const username of ['crew', 'auditor', 'secadmin', 'sysadmin'])
      expect((await bind(username, 'secadmin', { districtId: 'd1' })).status).toBe(409)
    expect((await bind('nobody', 'secadmin', { districtId: 'd1' })).status).toBe(404)
    for (const by of ['chief', 'sysadmin', 'auditor', 'duty'])
      expect((await bind('dept', by, { districtId: 'd1' })).status).toBe(403)
  })
})
