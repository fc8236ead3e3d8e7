/** A city of two districts with accounts bound to the eastern one, and a server over it. What is of `d1` must not reach them by any door. */
import type { DataScope } from '../../../shared/model/data-scope.ts'
import type { Role } from '../../../shared/model/role.ts'
import type { City } from '../../../server/src/ports/city.ts'
import { createPasswords } from '../../../server/src/access/passwords.ts'
import { newCasePlan } from '../../../shared/model/case-plan.ts'
import { everNormal } from '../../../shared/model/city-mode.ts'
import { createMemoryAccounts } from '../../support/memory-accounts.ts'
import { createMemoryEngine, type MemoryEngine } from '../../support/memory-engine.ts'
import { password, smallCity, startMemoryServer, type MemoryServer } from '../../support/memory-server.ts'
import {
  noon,
  sampleAlarm,
  sampleIncident,
  sampleReading,
  sampleSensor,
  sampleUnit,
  sampleWarning,
} from '../../support/sample-rows.ts'

export const division = (id: string, level: 2 | 3, parentId: string | null) =>
  ({ id, name: id, nameEn: id, level, parentId, bbox: [0, 0, 1, 1], centre: [0, 0] }) as const
export const west: readonly [number, number] = [121.2, 31]
export const east: readonly [number, number] = [121.8, 31]
export const named = (
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
export const atSensors = [west, east].map(([lon, lat]) => ({
  properties: { name: '大路', class: 'local', speedKmh: 50 },
  geometry: {
    type: 'LineString',
    coordinates: [
      [lon, lat - 0.001],
      [lon, lat + 0.001],
    ],
  },
}))
export const city: City = {
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
export const secret = '西区'
export const group = (id: string, districtId: string, alarmIds: readonly string[]) => ({
  ...{ id, version: 1, basis: 'place' as const, cause: 'water', name: { zh: '积水', en: 'Water' } },
  firstOut: { alarmId: alarmIds[0] ?? '', name: { zh: '积水', en: 'Water' }, sensorName: '', occurredAt: noon },
  ...{ alarmIds, total: alarmIds.length, priority: 2 as const, unacknowledged: 1, position: null, districtId },
  ...{ startedAt: noon, lastAt: noon, drill: false },
})
export const response = (id: string, districtIds: readonly string[], name: string) => ({
  ...{ id, version: 1, state: 'active' as const, level: 'III' as const, name, headquarters: '防汛', districtIds },
  ...{ planName: null, warningId: null, caseId: null, reason: '雨', startedBy: 'chief', startedAt: noon },
  ...{ confirmedBy: null, levelSinceAt: noon, proposal: null, endedAt: null, endReason: null },
})
export const owed = {
  ...{ kind: 'first' as const, number: 1, dueAt: noon, madeAt: null, by: null, to: null, body: null, facts: null },
}
export const incidents = [
  sampleIncident({ id: 'c1', title: `${secret}积水`, districtId: 'd1', streetId: 's1' }),
  sampleIncident({ id: 'c2', title: '东区积水', districtId: 'd2', streetId: 's2' }),
  sampleIncident({ id: 'c3', title: '南街井盖', districtId: 'd2', streetId: 's3' }),
  sampleIncident({ id: 'c0', title: `${secret}没有地点`, districtId: null }),
]
export const past = sampleIncident({ id: 'c9', title: `${secret}旧案`, districtId: 'd1', state: 'closed' })
export const fill = (engine: MemoryEngine) =>
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

export let server: MemoryServer
export let engine: MemoryEngine
export const asked: Record<string, unknown>[] = []
/** Begun once by each file of tests; `server` is its to close. */
export async function startScopedCity(): Promise<void> {
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
}

export const ask = async (username: string, path: string, init: RequestInit = {}) => {
  const answer = await server.fetch(path.startsWith('/map') ? path : `/api/v1${path}`, {
    ...init,
    cookie: await server.signIn(username),
    headers: { 'content-type': 'application/json', origin: server.url },
  })
  return { status: answer.status, text: await answer.text() }
}
export const everybody = ['east-duty', 'east-chief', 'east-manager', 'east-dept', 'east-wall', 'street'] as const
