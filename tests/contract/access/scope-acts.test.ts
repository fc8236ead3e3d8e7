/** 数据范围: what an account bound to another district may do, what its socket is told, and who binds it. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contractVersion, type Delta, type Snapshot } from '../../../shared/contract/realtime.ts'
import { decodeFrame } from '../../../shared/contract/telemetry-frame.ts'
import type { CityVitals } from '../../../shared/model/city-vitals.ts'
import { until } from '../../support/memory-server.ts'
import { noon } from '../../support/sample-rows.ts'
import { west, east, secret, fill, server, engine, ask, everybody, startScopedCity } from './scoped-city.ts'

beforeAll(startScopedCity)
afterAll(() => server.close())

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
