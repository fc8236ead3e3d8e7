import { describe, expect, it } from 'vitest'
import {
  actsOf,
  actsOn,
  alarmActsOf,
  alarmDraftOf,
  crewsAskedFor,
  draftOf,
  verbsElsewhere,
} from '../../../client/src/views/desk/desk-acts.ts'
import { pageKeys } from '../../../client/src/views/desk/verb-keys.ts'
import { fieldsOf } from '../../../client/src/views/desk/case-forms.ts'
import { personCommandSchema } from '../../../shared/contract/command.ts'
import { alarmStates } from '../../../shared/model/alarm.ts'
import { hindranceOf } from '../../../shared/model/case-gates.ts'
import {
  incidentStates,
  incidentTransitions,
  type IncidentState,
  type IncidentVerb,
} from '../../../shared/model/incident.ts'
import { roles } from '../../../shared/model/role.ts'
import { sampleAlarm, sampleAssignment, sampleIncident } from '../../support/sample-rows.ts'

const verbs = [...new Set(incidentTransitions.map((row) => row.verb))]

/** A case on which nearly everything can be done. */
const everyFact = (state: IncidentState) =>
  sampleIncident({
    state,
    version: 7,
    lead: { departmentId: 'water', sentBy: 'duty', sentAt: 1, receivedAt: 2, receivedBy: 'dept' },
    assists: [
      {
        departmentId: 'gas',
        task: '配合',
        askedBy: 'duty',
        askedAt: 1,
        dueAt: null,
        receivedAt: null,
        endedAt: null,
        end: null,
        note: '',
      },
    ],
  })

describe('the acts offered', () => {
  it('are those of the transition table that nothing stands against, but those done elsewhere, for every state and role', () => {
    for (const state of incidentStates)
      for (const role of roles) {
        const allowed = incidentTransitions
          .filter((row) => row.from.includes(state) && row.roles.includes(role) && !verbsElsewhere.includes(row.verb))
          .filter(({ verb }) => hindranceOf(sampleIncident({ state }), verb, 0) === null)
          .map((row) => row.verb)
        const offered = actsOf(sampleIncident({ state }), [role]).map((act) => act.verb)
        expect(offered.sort(), `${state} ${role}`).toEqual(allowed.sort())
      }
  })

  it('begin with what takes the case on, and end with what needs a reason', () => {
    const verbsOf = (state: 'reported' | 'pending-dispatch') =>
      actsOf(sampleIncident({ state }), ['duty']).map((act) => act.verb)
    expect(verbsOf('reported')).toEqual([
      'accept',
      'file',
      'verify',
      'contact',
      'hand-over',
      'flag',
      'locate',
      'reclassify',
      'comment',
      'reject',
      'void',
    ])
    expect(verbsOf('pending-dispatch').slice(0, 2)).toEqual(['dispatch', 'assign'])
    expect(verbsOf('pending-dispatch').slice(-3)).toEqual(['void', 'return-filing', 'request-suspension'])
  })

  it('have each a key of their own that the page does not use, for every state, role and alarm', () => {
    const crews = [sampleAssignment('A'), { ...sampleAssignment('B'), state: 'on-scene' as const }]
    const cases = incidentStates.flatMap((state) => [
      sampleIncident({ state }),
      { ...everyFact(state), assignments: crews },
      { ...everyFact(state), assignments: [{ ...sampleAssignment('A'), state: 'en-route' as const }] },
    ])
    for (const incident of cases)
      for (const role of roles)
        for (const alarmState of alarmStates) {
          const { state } = incident
          const acts = actsOn(incident, sampleAlarm({ state: alarmState }), [role])
          const keys = acts.flatMap((act) => (act.key === '' ? [] : [act.key]))
          expect(new Set(keys).size, `${state} ${role}`).toBe(keys.length)
          expect(keys.filter((key) => pageKeys.some((one) => one === key))).toEqual([])
        }
  })

  it('ask for what the table makes mandatory', () => {
    for (const { verb, from, roles: may, needsReason } of incidentTransitions) {
      if (!needsReason || from[0] === undefined || verbsElsewhere.includes(verb)) continue
      const act = actsOf(everyFact(from[0]), may).find((one) => one.verb === verb)
      // One request at a time, and each thing once: what the case has already is not offered again.
      if (act === undefined) expect(hindranceOf(everyFact(from[0]), verb, 0), verb).not.toBeNull()
      else expect(act.asks, verb).toBe('reason')
    }
  })

  it('of an alarm: acknowledged once, one case opened, nothing for those who may not', () => {
    const offered = (over: Parameters<typeof sampleAlarm>[0], role: 'duty' | 'crew' = 'duty') =>
      alarmActsOf(sampleAlarm(over), [role]).map((act) => act.verb)
    const aside = ['shelve', 'mark-false', 'take-out-of-service']
    expect(offered({ state: 'unacknowledged' })).toEqual(['acknowledge', 'open-incident', ...aside])
    expect(offered({ state: 'acknowledged' })).toEqual(['open-incident', ...aside])
    expect(offered({ state: 'returned' })).toEqual(['acknowledge', 'open-incident', ...aside])
    expect(offered({ state: 'unacknowledged', incidentId: 'x' })).toEqual(['acknowledge', ...aside])
    expect(offered({ state: 'latched-acknowledged' })).toEqual([
      ...['open-incident', 'shelve', 'reset', 'mark-false', 'take-out-of-service'],
    ])
    expect(offered({ state: 'unacknowledged', priority: 1 }), 'the chief shelves those').not.toContain('shelve')
    expect(offered({ state: 'shelved', falseMark: { by: 'li', at: 0, reason: '' } })).toEqual([
      'unshelve',
      'take-out-of-service',
    ])
    expect(offered({ state: 'shelved', sensorId: null }), 'there is no device').toEqual(['unshelve', 'mark-false'])
    expect(offered({ state: 'shelved', drill: true }), 'a drill goes on').toEqual(['unshelve', 'mark-false'])
    // Also of one that is over an officer may find that it was false.
    expect(offered({ state: 'normal' })).toEqual(['mark-false'])
    expect(offered({ state: 'unacknowledged' }, 'crew')).toEqual([])
  })

  it('beside a case hold its alarm, where the key is free', () => {
    const alarm = sampleAlarm({ incidentId: 'x' })
    const onAlarm = (state: 'reported' | 'handling') =>
      actsOn(sampleIncident({ state }), alarm, ['duty']).filter((act) => act.on === 'alarm')
    expect(onAlarm('handling').map((act) => act.verb)).toEqual(['acknowledge'])
    expect(onAlarm('reported')).toEqual([])
    expect(actsOn(null, null, ['duty'])).toEqual([])
  })

  it('ask which crew is recalled: those still on the case', () => {
    const crews = [sampleAssignment('A'), { ...sampleAssignment('B'), state: 'done' as const }, sampleAssignment('C')]
    const incident = sampleIncident({ state: 'handling', assignments: crews })
    const act = (verb: IncidentVerb) => actsOf(incident, ['duty']).find((one) => one.verb === verb)
    const recall = act('recall')
    const comment = act('comment')
    expect(recall && crewsAskedFor(incident, recall)).toEqual(['A', 'C'])
    expect(comment && crewsAskedFor(incident, comment)).toEqual([])
  })
})

describe('the command of an act', () => {
  const incident = everyFact('handling')
  /** The first choice of every field, and something in all others. */
  const filled = (verb: IncidentVerb) =>
    Object.fromEntries(
      (fieldsOf(incident, verb) ?? []).map(({ name, kind, options }) => [
        name,
        (name === 'priority' ? '2' : options?.[0]?.value) ?? (kind === 'moment' ? '2026-08-02T12:00' : 'x'),
      ]),
    )
  const given = { text: ' 因为 ', unitId: 'PUMP-01', position: [121, 31] as const, satisfaction: 4 as const }

  it.each(verbs.filter((verb) => !verbsElsewhere.includes(verb) && verb !== 'end-drill' && verb !== 'settle'))(
    '%s is one the command door reads',
    (verb) => {
      const draft = draftOf(incident, verb, { ...given, values: filled(verb) })
      expect(draft).toMatchObject({ type: `incident.${verb}`, incidentId: incident.id, expectedVersion: 7 })
      const { expectedVersion: _, ...command } = draft as Record<string, unknown>
      expect(personCommandSchema.parse(command)).toMatchObject({ type: `incident.${verb}` })
    },
  )
  it.each([
    ['reject', {}],
    ['void', { text: '  ' }],
    ['fail-check', {}],
    ['comment', { text: ' ' }],
    ['locate', {}],
    ['evaluate', { text: '好' }],
    ['dispatch', {}],
    ['recall', { unitId: 'A' }],
    ['decline', { text: '远' }],
    ['acknowledge', {}],
    ['depart', {}],
    ['arrive', {}],
    ['finish', { text: '好' }],
    ['reclassify', given],
    ['assign', { text: '好' }],
    ['request-suspension', { text: '等雨停' }],
    ['request-extension', { text: ' ' }],
    ['reply', { text: ' ' }],
    ['send-back', { text: '不合格' }],
  ] as const)('%s is none while something is missing', (verb, incomplete) => {
    expect(draftOf(incident, verb, incomplete)).toBeNull()
  })
  it('takes words without the blanks around them', () => {
    expect(draftOf(incident, 'void', given)).toMatchObject({ reason: '因为' })
    expect(draftOf(incident, 'close', given)).toMatchObject({ note: '因为' })
  })
  it('of an alarm names it and its version', () => {
    const alarm = sampleAlarm({ version: 3 })
    for (const verb of ['acknowledge', 'open-incident'] as const)
      expect(alarmDraftOf(alarm, verb)).toEqual({ type: `alarm.${verb}`, alarmId: 'A1', expectedVersion: 3 })
    expect(alarmDraftOf(alarm, 'shelve')).toBeNull()
    expect(alarmDraftOf(alarm, 'mark-false', { text: ' ' })).toBeNull()
    expect(alarmDraftOf(alarm, 'mark-false', { text: '油烟' })).toMatchObject({ reason: '油烟' })
    expect(
      alarmDraftOf(alarm, 'shelve', { text: '换探头', shelving: { code: 'maintenance', forMs: 900_000 } }),
    ).toEqual({
      ...{
        type: 'alarm.shelve',
        alarmId: 'A1',
        expectedVersion: 3,
        code: 'maintenance',
        forMs: 900_000,
        words: '换探头',
      },
    })
  })
})
