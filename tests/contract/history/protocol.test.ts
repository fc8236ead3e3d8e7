/** What the player of a past may say, and what is made of each input: the doors' own refusals. */
import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { playerMessageSchema, type HistoryInput } from '../../../shared/contract/history.ts'
import { fieldErrors } from '../../../shared/contract/errors.ts'
import { createCommandDoor } from '../../../server/src/access/command-door.ts'
import { demoActors } from '../../../server/src/access/demo-accounts.ts'
import { createAdviceDesk } from '../../../server/src/engine/advice-desk.ts'
import { recommendUnits } from '../../../server/src/engine/recommend-units.ts'
import { createPastDoors } from '../../../server/src/past/past-doors.ts'
import { capAlert } from '../../support/cap-alert.ts'
import { startTestEngine, testNoon, type TestEngine } from '../../support/engine.ts'
import { noMetrics } from '../../support/lived-past.ts'

const commandId = randomUUID()
const step = (...inputs: unknown[]) => ({ kind: 'step', until: 5, inputs })

describe('a message that is none', () => {
  it.each([
    [{ kind: 'stop' }, 'kind'],
    [{ kind: 'step', inputs: [] }, 'until'],
    [{ kind: 'step', until: 1.5, inputs: [] }, 'until'],
    [{ kind: 'step', until: -1, inputs: [] }, 'until'],
    [step({ kind: 'wish', at: 1 }), 'inputs.0.kind'],
    [step({ kind: 'proposals', at: 1, incidentId: '' }), 'inputs.0.incidentId'],
    [step({ kind: 'command', at: 1, as: 'duty' }), 'inputs.0.body'],
    [step({ kind: 'command', at: 'now', as: 'duty', body: {} }), 'inputs.0.at'],
    [step({ kind: 'request', at: 1, commandId: 'one', fields: {} }), 'inputs.0.commandId'],
    [step({ kind: 'request', at: 1, commandId, fields: { lat: 31 } }), 'inputs.0.fields.lat'],
    [step({ kind: 'readings', at: 1, items: [] }), 'inputs.0.items'],
    [step({ kind: 'alert', at: 1, commandId, xml: '' }), 'inputs.0.xml'],
    [
      step({ kind: 'readings', at: 1, items: [{ sensorId: 0, phenomenonAt: 1, result: 1 }] }),
      'inputs.0.items.0.sensorId',
    ],
    [step({ kind: 'create', at: 1, commandId, set: 'Datastreams', bodies: [{}] }), 'inputs.0.set'],
    ['arrived', ''],
  ])('%j is refused naming %s', (message, field) => {
    const read = playerMessageSchema.safeParse(message)
    expect(read.success).toBe(false)
    expect(read.error && fieldErrors(read.error).map((error) => error.field)).toContain(field)
  })

  it('what is one is read as it was said', () => {
    const message = step({ kind: 'fix', at: 3, user: 'PUMP-01', message: { _type: 'location' } })
    expect(playerMessageSchema.parse(message)).toEqual(message)
  })
})

describe('an input of the past', () => {
  let test: TestEngine
  let take: (input: HistoryInput) => ReturnType<ReturnType<typeof createPastDoors>>
  const at = testNoon
  beforeEach(async () => {
    test = await startTestEngine()
    const { engine, intake, city, clock } = test
    const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
    take = createPastDoors({
      engine,
      intake,
      city,
      clock,
      commandDoor: createCommandDoor({
        ...{ engine, log: silent, metrics: noMetrics, city },
        models: { incident: async () => null },
      }),
      recommend: recommendUnits(engine.view, city, clock),
      duplicates: (incident) => createAdviceDesk(engine.view, city).duplicates(incident).items,
      actors: demoActors(city.crews),
    })
  })
  const fields = { service_code: 'E0506', description: '积水', lat: '31.2', long: '121.4', phone: '19900001234' }
  const reported = async () => {
    const result = await take({ kind: 'request', at, commandId: randomUUID(), fields })
    return result.ok ? (result.incidentId as string) : ''
  }
  const command = (as: string, body: Record<string, unknown>) =>
    take({ kind: 'command', at, as, body: { commandId: randomUUID(), ...body } })

  it('a request is read as the Open311 door reads it', async () => {
    const id = await reported()
    expect(test.engine.view.incidents.get(id)).toMatchObject({ source: 'open311', classCode: 'E0506', reportedAt: at })
    const wrong = await take({
      kind: 'request',
      at,
      commandId,
      fields: { ...fields, service_code: 'E9999', lat: '99' },
    })
    expect(wrong).toMatchObject({ ok: false, code: 'INVALID' })
    expect(test.memory.log.at(-1)).toMatchObject({ actor: 'door:ingest' })
  })

  it('an alert is read as the CAP door reads it', async () => {
    const identifier = 'rain-1'
    const alert = (xml: string) => take({ kind: 'alert', at, commandId: randomUUID(), xml })
    expect(await alert(capAlert({ identifier }))).toEqual({ ok: true })
    const [warning, ...others] = test.engine.view.warnings.values()
    expect(warning?.source).toMatchObject({ identifier })
    expect(others).toEqual([])
    expect(await alert(capAlert({ identifier: 'rain-2', status: 'Sunny' }))).toMatchObject({
      ok: false,
      message: expect.stringContaining('alert.status') as string,
    })
    expect(test.memory.log.at(-1)).toMatchObject({ actor: 'door:ingest', event: { type: 'warning.published' } })
  })

  it('a command goes through the command door with the rights of its account', async () => {
    const incidentId = await reported()
    const file = { type: 'incident.file', incidentId, classCode: null, departmentId: null, priority: null }
    expect(await command('wall', file)).toMatchObject({ ok: false, code: 'FORBIDDEN' })
    expect(await command('nobody', file)).toMatchObject({ ok: false, code: 'UNAUTHENTICATED' })
    expect(await command('duty', { ...file, incidentId: '' })).toMatchObject({ ok: false, code: 'INVALID' })
    expect(await command('duty', { ...file, wish: 1 })).toMatchObject({ ok: false, code: 'INVALID' })
    expect(await command('duty', file)).toEqual({ ok: true })
    expect(test.memory.log.at(-1)).toMatchObject({ actor: 'duty' })
    const dispatch = { type: 'incident.dispatch', incidentId, unitId: 'PUMP-01' }
    expect(await command('duty', dispatch)).toEqual({ ok: true })
    const acknowledge = { type: 'incident.acknowledge', incidentId, unitId: 'PUMP-01' }
    expect(await command('crew-pump-02', acknowledge)).toMatchObject({ ok: false, code: 'FORBIDDEN' })
    expect(await command('crew-pump-01', acknowledge)).toEqual({ ok: true })
  })

  it('proposals are the desk’s own', async () => {
    const incidentId = await reported()
    const result = await take({ kind: 'proposals', at, incidentId })
    const incident = test.engine.view.incidents.get(incidentId)
    const expected = incident && recommendUnits(test.engine.view, test.city, test.clock)(incident)
    expect(result).toMatchObject({ ok: true })
    expect(result.ok && result.proposals?.map(({ unitId }) => unitId)).toEqual(expected?.map(({ unitId }) => unitId))
    expect(await take({ kind: 'proposals', at, incidentId: 'none' })).toMatchObject({ ok: false, code: 'NOT_FOUND' })
  })

  it('devices are made as the SensorThings door makes them, and their readings are judged by the intake', async () => {
    const thing = {
      name: '测点',
      description: '积水',
      Locations: [
        {
          name: '测点',
          description: '测点',
          encodingType: 'application/geo+json',
          location: { type: 'Point', coordinates: [121.4, 31.2] },
        },
      ],
      Datastreams: [
        {
          name: '测点',
          description: '测点',
          observationType: 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement',
          unitOfMeasurement: { name: 'cm', symbol: 'cm', definition: '' },
          properties: { kind: 'water-depth' },
          Sensor: { name: '仪器', description: '测点', encodingType: 'application/pdf', metadata: 'm' },
          ObservedProperty: { name: '积水', definition: 'urn:x', description: '测点' },
        },
      ],
    }
    const made = await take({ kind: 'create', at, commandId, set: 'Things', bodies: [thing] })
    const stream = made.ok ? made.made?.find(([kind]) => kind === 'Datastream')?.[1] : undefined
    expect(made).toMatchObject({ ok: true })
    expect(stream).toBeGreaterThan(0)
    expect(test.engine.view.sensors.get(stream as number)).toMatchObject({ kind: 'water-depth' })
    const bad = await take({ kind: 'create', at, commandId: randomUUID(), set: 'Things', bodies: [thing, { name: 1 }] })
    expect(bad).toMatchObject({ ok: false, code: 'INVALID' })
    expect(bad.ok ? '' : bad.message).toContain('bodies.1')
    const items = [stream as number, 999].map((sensorId) => ({ sensorId, phenomenonAt: at, result: 3 }))
    expect(await take({ kind: 'readings', at, items })).toEqual({ ok: true, refused: 1 })
    expect(test.memory.readingCount).toBe(1)
  })

  it('a place is read as the OwnTracks door reads it', async () => {
    const message = { _type: 'location', lon: 121.5, lat: 31.2, tst: at / 1000 }
    expect(await take({ kind: 'fix', at, user: 'pump-01', message })).toEqual({ ok: true })
    expect(test.engine.view.fixes.get('PUMP-01')).toMatchObject({ position: [121.5, 31.2], receivedAt: at })
    expect(await take({ kind: 'fix', at, user: 'NOBODY', message })).toMatchObject({ ok: false, code: 'INVALID' })
  })
})
