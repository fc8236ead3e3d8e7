/** What is refused, and as what: by role, by name, by version, by value. */
import { describe, expect, it } from 'vitest'
import type { Actor } from '../../../shared/model/role.ts'
import type { Command } from '../../../shared/model/command.ts'
import { systemActor } from '../../../shared/model/role.ts'
import { sensorDrafts } from '../../support/engine.ts'
import { AlarmWatch } from '../../../server/src/domain/alarm/watch.ts'
import { announce } from '../../../server/src/domain/alarm/announce.ts'
import { city, Paper, refusalOf } from './support.ts'

const duty: Actor = { name: 'duty', role: 'duty' }
const chief: Actor = { name: 'chief', role: 'chief' }
const yearMs = 366 * 86_400_000
const publish = (now: number, over: object = {}): Command =>
  ({
    ...{ type: 'warning.publish', colour: 'red', event: '暴雨', headline: 'h', description: '', instruction: '' },
    ...{ exercise: false, districtIds: [], expiresAt: now + 1 },
    ...over,
  }) as Command
const fieldOf = (decision: ReturnType<Paper['ask']>) => refusalOf(decision)?.details?.fields?.[0]?.field

describe('a warning', () => {
  const paper = new Paper()
  const { now } = paper
  it.each([
    ['ends now', { expiresAt: now }, 'expiresAt'],
    ['ends before', { expiresAt: now - 1 }, 'expiresAt'],
    ['lasts more than a year', { expiresAt: now + yearMs + 1 }, 'expiresAt'],
    ['is for no such place', { districtIds: ['nowhere'] }, 'districtIds.0'],
  ])('that %s is not published', (_, over, field) => {
    expect(fieldOf(paper.ask(chief, publish(now, over)))).toBe(field)
  })
  it('lasts from the next instant to a year', () => {
    for (const expiresAt of [now + 1, now + yearMs])
      expect(refusalOf(new Paper().ask(chief, publish(now, { expiresAt })))).toBeNull()
  })
  it('is lifted by those who may, by its name and version, with a reason', () => {
    const city = new Paper()
    expect(refusalOf(city.ask({ name: 'crew', role: 'crew' }, publish(now)))?.code).toBe('FORBIDDEN')
    city.ask(chief, publish(now))
    const lift = (over: object = {}, version?: number, actor = chief) =>
      city.ask(actor, { type: 'warning.lift', warningId: 'W1', reason: '雨停', ...over } as Command, version)
    expect(refusalOf(lift({ warningId: 'W9' }))?.code).toBe('NOT_FOUND')
    expect(refusalOf(lift({}, 7))?.code).toBe('CONFLICT')
    expect(fieldOf(lift({ reason: ' ' }))).toBe('reason')
    expect(refusalOf(lift({}, 1))).toBeNull()
    expect(city.state.warnings.size).toBe(0)
  })
})

function alarmed(kind = 'methane', unit = '%LEL', value = 45): Paper {
  const paper = new Paper()
  paper.ask({ name: 'door:x', role: 'door' }, { type: 'catalog.create', drafts: sensorDrafts({ kind, unit }) })
  const [sensor] = [...paper.state.sensors.values()]
  if (sensor === undefined) throw new Error('no sensor')
  const watch = new AlarmWatch(city.alarmRules)
  for (let n = 0; n < 40 && paper.state.alarms.size === 0; n++) {
    paper.now += 30_000
    const reading = { id: n, sensorId: sensor.id, phenomenonAt: paper.now, receivedAt: paper.now, value, text: null }
    const verdict = watch.observe(sensor.kind, { ...reading, quality: 0 })
    if (verdict) paper.fold(announce(paper.state, verdict, sensor, paper.context, false))
  }
  expect(paper.state.alarms.size).toBe(1)
  return paper
}

describe('an alarm', () => {
  it('is acted on by its present version', () => {
    const paper = alarmed()
    const [alarm] = [...paper.state.alarms.values()]
    const acknowledge = { type: 'alarm.acknowledge', alarmId: alarm?.id ?? '', comment: null } as Command
    expect(refusalOf(paper.ask(duty, acknowledge, (alarm?.version ?? 0) + 1))?.code).toBe('CONFLICT')
    expect(refusalOf(paper.ask(duty, acknowledge, alarm?.version))).toBeNull()
  })
  it('opens a case of a class there is, once, or joins what its sensor has', () => {
    const paper = alarmed()
    const [alarm] = [...paper.state.alarms.values()]
    const open = (classCode: string | null) =>
      paper.ask(duty, { type: 'alarm.open-incident', alarmId: alarm?.id ?? '', classCode } as Command)
    expect(fieldOf(open('nothing'))).toBe('classCode')
    const first = open('E0506')
    const had = refusalOf(first)
    // Gas opens its case by rule: asked again, it is refused and says which.
    expect(had === null || had.code === 'NOT_ALLOWED').toBe(true)
    expect(refusalOf(open('E0506'))).toMatchObject({ code: 'NOT_ALLOWED', details: { verb: 'open-incident' } })
  })
})

describe('an alarm of the system about itself', () => {
  const say = (paper: Paper, ruleId: string, holds: boolean, value: number) =>
    paper.ask(systemActor, { type: 'alarm.system', ruleId, holds, value, limit: 90 } as Command)
  it('is raised once, gets worse by half at least, and is over when it is', () => {
    const paper = new Paper()
    expect(say(paper, 'system.disk-full', false, 0)).toMatchObject({ ok: true, events: [] })
    say(paper, 'system.disk-full', true, 100)
    const types = () => paper.log.map(({ event }) => event.type)
    const from = paper.log.length
    say(paper, 'system.disk-full', true, 149)
    expect(paper.log).toHaveLength(from)
    say(paper, 'system.disk-full', true, 150)
    expect(types().slice(from)).toEqual(['alarm.worsened'])
    say(paper, 'system.disk-full', false, 1)
    expect(types().at(-1)).toBe('alarm.returned')
    say(paper, 'system.disk-full', true, 95)
    expect(types().at(-1)).toBe('alarm.reraised')
  })
  it('by a rule nobody described says its name', () => {
    const paper = new Paper()
    say(paper, 'system.else', true, 1)
    const [alarm] = [...paper.state.alarms.values()]
    expect(alarm).toMatchObject({ priority: 3, name: { zh: 'system.else', en: 'system.else' }, unit: '' })
  })
})
