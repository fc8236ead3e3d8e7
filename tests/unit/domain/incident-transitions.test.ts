/** The table is the whole of what may happen to a case: every row allowed, every move outside it refused. */
import { describe, expect, it } from 'vitest'
import type { Actor, Role } from '../../../shared/model/role.ts'
import type { Command } from '../../../shared/model/command.ts'
import type { IncidentState, IncidentVerb } from '../../../shared/model/incident.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import { hindranceOf } from '../../../shared/model/case-gates.ts'
import { testNoon } from '../../support/engine.ts'
import { incidentStates, incidentTransitions, isActiveAssignment } from '../../../shared/model/incident.ts'
import { roles } from '../../../shared/model/role.ts'
import { Paper, refusalOf } from './support.ts'

const duty: Actor = { name: 'duty', role: 'duty' }
const crew: Actor = { name: 'crew', role: 'crew', unitId: 'PUMP-01' }
const chief: Actor = { name: 'chief', role: 'chief' }
const dept: Actor = { name: 'dept', role: 'dept', departmentId: 'drainage' }
const actorOf = (role: Role): Actor => ({ name: role, role, unitId: 'PUMP-01', departmentId: 'drainage' })
const incidentId = '20260801-000001'

const report: Command = {
  type: 'incident.report',
  classCode: 'E0506',
  title: '积水',
  description: '',
  source: 'hotline',
  sourceRef: null,
  position: [121.4, 31.2],
  address: null,
  reporter: null,
  mediaUrl: null,
  occurredAt: null,
  priority: null,
  drill: false,
}

/** Those about two cases: see duplicates.test.ts. The system's own moves are nobody's. */
const ofTwo = ['merge', 'unmerge', 'link', 'unlink', 'not-same'] as const
const ofSystem = ['end-drill', 'settle'] as const
type PersonVerb = Exclude<IncidentVerb, (typeof ofTwo)[number] | (typeof ofSystem)[number]>

function commandOf(verb: PersonVerb, unitId = 'PUMP-01'): Command {
  const on = { incidentId }
  const reason = '因为'
  switch (verb) {
    case 'file':
      return { type: 'incident.file', ...on, classCode: null, departmentId: null, priority: null }
    case 'reject':
    case 'void':
    case 'fail-check':
      return { type: `incident.${verb}`, ...on, reason }
    case 'dispatch':
      return { type: 'incident.dispatch', ...on, unitId, reason }
    case 'recall':
    case 'decline':
      return { type: `incident.${verb}`, ...on, unitId, reason }
    case 'acknowledge':
    case 'depart':
    case 'stage':
    case 'arrive':
    case 'control':
    case 'transport':
    case 'reach':
      return { type: `incident.${verb}`, ...on, unitId }
    case 'finish':
      return { type: 'incident.finish', ...on, unitId, note: '' }
    case 'feed-back':
    case 'pass-check':
    case 'close':
      return { type: `incident.${verb}`, ...on, note: '好' }
    case 'evaluate':
      return { type: 'incident.evaluate', ...on, satisfaction: 4, note: '' }
    case 'locate':
      return { type: 'incident.locate', ...on, position: [121.7, 31.3], address: null }
    case 'reclassify':
      return { type: 'incident.reclassify', ...on, classCode: 'E0505', priority: null }
    case 'comment':
      return { type: 'incident.comment', ...on, text: '批注' }
    case 'accept':
    case 'receive':
    case 'approve-extension':
    case 'suspend':
    case 'resume':
    case 'approve-appeal':
      return { type: `incident.${verb}`, ...on }
    case 'verify':
      return { type: 'incident.verify', ...on, unitId }
    case 'answer-verify':
      return { type: 'incident.answer-verify', ...on, result: 'exist', note: '' }
    case 'assign':
      return { type: 'incident.assign', ...on, departmentId: 'drainage' }
    case 'reassign':
      return { type: 'incident.reassign', ...on, departmentId: 'gas', reason }
    case 'send-back':
      return { type: 'incident.send-back', ...on, unitId, reason }
    case 'return':
    case 'return-filing':
    case 'request-extension':
    case 'refuse-request':
    case 'unable-check':
    case 'force-close':
    case 'reopen':
    case 'appeal':
      return { type: `incident.${verb}`, ...on, reason }
    case 'request-suspension':
      return { type: 'incident.request-suspension', ...on, reason, untilAt: testNoon + 86_400_000 }
    case 'add-assist':
      return { type: 'incident.add-assist', ...on, departmentId: 'gas', task: '配合' }
    case 'receive-assist':
      return { type: 'incident.receive-assist', ...on, departmentId: 'gas' }
    case 'answer-assist':
      return { type: 'incident.answer-assist', ...on, departmentId: 'gas', note: '' }
    case 'waive-assist':
      return { type: 'incident.waive-assist', ...on, departmentId: 'gas', reason }
    case 'urge':
    case 'reply':
      return { type: `incident.${verb}`, ...on, text: '请抓紧' }
    case 'supervise':
      return { type: 'incident.supervise', ...on, kind: 'important', reason, requirement: '', replyDueAt: null }
    case 'contact':
      return { type: 'incident.contact', ...on, contacted: 'yes', note: '' }
    case 'hand-over':
      return { type: 'incident.hand-over', ...on, agency: '110', person: '接警员', number: '1', words: '移交' }
    case 'flag':
      return { type: 'incident.flag', ...on, flag: 'urgent', isOn: true, reason: '' }
    case 'call-back':
      return {
        type: 'incident.call-back',
        ...on,
        from: null,
        isReached: true,
        solved: 'solved',
        satisfaction: 'satisfied',
        attitude: null,
        note: '',
      }
  }
}

/** The way to each state, by acts that are allowed. */
const ways: Record<Exclude<IncidentState, 'merged'>, readonly [Actor, PersonVerb][]> = (() => {
  const filed: [Actor, PersonVerb][] = [[duty, 'file']]
  const sent: [Actor, PersonVerb][] = [...filed, [duty, 'dispatch']]
  const handling: [Actor, PersonVerb][] = [...sent, [crew, 'acknowledge']]
  const done: [Actor, PersonVerb][] = [...handling, [crew, 'depart'], [crew, 'arrive'], [crew, 'finish']]
  const fed: [Actor, PersonVerb][] = [...done, [dept, 'feed-back']]
  const checked: [Actor, PersonVerb][] = [...fed, [duty, 'pass-check']]
  const closed: [Actor, PersonVerb][] = [...checked, [duty, 'close']]
  return {
    reported: [],
    verifying: [[duty, 'verify']],
    'pending-filing': [[duty, 'accept']],
    returned: [...filed, [duty, 'assign'], [dept, 'return']],
    'pending-sign': [...filed, [duty, 'assign']],
    suspended: [...filed, [dept, 'request-suspension'], [duty, 'suspend']],
    'force-closed': [...handling, [chief, 'force-close']],
    'pending-dispatch': filed,
    'pending-receipt': sent,
    handling,
    'pending-feedback': done,
    'pending-check': fed,
    'pending-close': checked,
    closed,
    evaluated: [...closed, [duty, 'evaluate']],
    rejected: [[duty, 'reject']],
    void: [[duty, 'void']],
  }
})()

function caseIn(state: keyof typeof ways): Paper {
  const paper = new Paper()
  paper.ask(duty, report)
  for (const [actor, verb] of ways[state]) expect(refusalOf(paper.ask(actor, commandOf(verb)))).toBeNull()
  expect(paper.state.incidents.get(incidentId)?.state).toBe(state)
  return paper
}

/** What a crew says of cases it is or was on. */
const ofOwnCases = new Set<IncidentVerb>([
  'answer-verify',
  'request-extension',
  'request-suspension',
  'reply',
  'contact',
])

/** The end of a drill is the system's own move: see drill.test.ts. */
const verbs = [...new Set(incidentTransitions.map((row) => row.verb))].filter(
  (verb): verb is PersonVerb => ![...ofTwo, ...ofSystem].some((one) => one === verb),
)
const states = incidentStates.filter((state) => state !== 'merged')

/** What the crew has to have done before. */
const waysTo: Partial<Record<IncidentVerb, readonly PersonVerb[]>> = {
  finish: ['depart', 'arrive'],
  transport: ['depart', 'arrive'],
  reach: ['depart', 'arrive', 'transport'],
}

describe.each(states)('a case that is %s', (state) => {
  it.each(verbs)('answers %s by the table, for every role', (verb) => {
    for (const role of roles) {
      const paper = caseIn(state)
      // Reinforcing takes another crew, an arrival a crew that has set out.
      const unitId = verb === 'dispatch' && paper.state.units.get('PUMP-01')?.incidentId ? 'PUMP-02' : 'PUMP-01'
      if (state === 'handling') for (const before of waysTo[verb] ?? []) paper.ask(crew, commandOf(before))
      if (state === 'handling' && verb === 'acknowledge') {
        paper.ask(duty, commandOf('dispatch', 'PUMP-02'))
        const before = paper.log.length
        const decision = paper.ask({ ...actorOf(role), unitId: 'PUMP-02' }, commandOf('acknowledge', 'PUMP-02'))
        expect(decision.ok).toBe(role === 'crew' || role === 'duty' || role === 'chief')
        if (decision.ok) expect(paper.state.incidents.get(incidentId)?.state).toBe('handling')
        else expect(paper.log.length).toBe(before)
        continue
      }
      const before = paper.log.length
      const row = incidentTransitions.find((one) => one.verb === verb && one.from.includes(state))
      const mayEver = incidentTransitions.some(
        (one) => one.verb === verb && [...one.roles, ...(one.relayedBy ?? [])].includes(role),
      )
      const present = paper.state.incidents.get(incidentId) as Incident
      const isStranger = role === 'crew' && ofOwnCases.has(verb) && !present.assignments.some((one) => one.unitId)
      const decision = paper.ask(actorOf(role), commandOf(verb, unitId))
      if (!mayEver || (isStranger && state !== 'verifying')) expect(refusalOf(decision)?.code).toBe('FORBIDDEN')
      else if (row === undefined) expect(['NOT_ALLOWED', 'UNIT_TAKEN']).toContain(refusalOf(decision)?.code)
      else if (hindranceOf(present, verb, paper.now) !== null)
        expect(refusalOf(decision)).toMatchObject({ code: 'NOT_ALLOWED', details: { verb, state } })
      else {
        expect(refusalOf(decision)).toBeNull()
        expect(paper.state.incidents.get(incidentId)?.state).toBe(row.to === 'same' ? state : row.to)
      }
      if (!decision.ok) expect(paper.log.length).toBe(before)
    }
  })
})

describe('reasons', () => {
  it.each(incidentTransitions.filter((row) => row.needsReason && !ofTwo.some((verb) => verb === row.verb)))(
    '$verb from $from.0 needs one',
    (row) => {
      const paper = caseIn(row.from[0] as keyof typeof ways)
      const actor = actorOf(row.roles[0] as Role)
      const command = { ...commandOf(row.verb as PersonVerb), reason: ' ' } as Command
      expect(refusalOf(paper.ask(actor, command))).toMatchObject({
        code: 'INVALID',
        details: { fields: [{ field: 'reason' }] },
      })
    },
  )
})

describe('who acts for whom', () => {
  it('keeps a crew to its own unit and a department to its own cases', () => {
    const paper = caseIn('pending-receipt')
    const other: Actor = { name: 'other', role: 'crew', unitId: 'PUMP-02' }
    expect(refusalOf(paper.ask(other, commandOf('acknowledge')))?.code).toBe('FORBIDDEN')
    const fedBack = caseIn('pending-feedback')
    const gas: Actor = { name: 'gas', role: 'dept', departmentId: 'gas' }
    expect(refusalOf(fedBack.ask(gas, commandOf('feed-back')))?.code).toBe('FORBIDDEN')
    const any: Actor = { name: 'any', role: 'dept' }
    expect(refusalOf(fedBack.ask(any, commandOf('feed-back')))).toBeNull()
  })

  it('refuses a crew that is not on the case, or not at that point', () => {
    const paper = caseIn('handling')
    const second: Actor = { name: 'other', role: 'crew', unitId: 'PUMP-02' }
    expect(refusalOf(paper.ask(second, commandOf('depart', 'PUMP-02')))?.code).toBe('NOT_ALLOWED')
    expect(refusalOf(paper.ask(crew, commandOf('finish')))?.code).toBe('NOT_ALLOWED')
    expect(refusalOf(paper.ask(crew, commandOf('acknowledge')))?.code).toBe('NOT_ALLOWED')
  })
})

describe('a case with two crews', () => {
  const second: Actor = { name: 'second', role: 'crew', unitId: 'PUMP-02' }
  function two(): Paper {
    const paper = caseIn('handling')
    expect(refusalOf(paper.ask(duty, commandOf('dispatch', 'PUMP-02')))).toBeNull()
    return paper
  }
  const stateOf = (paper: Paper) => paper.state.incidents.get(incidentId)?.state

  it('moves on only when the last of them is done', () => {
    const paper = two()
    for (const verb of ['depart', 'arrive', 'finish'] as const) paper.ask(crew, commandOf(verb))
    expect(stateOf(paper)).toBe('handling')
    expect(paper.state.units.get('PUMP-01')).toMatchObject({ status: 'available', incidentId: null })
    for (const verb of ['acknowledge', 'arrive', 'finish'] as const) paper.ask(second, commandOf(verb, 'PUMP-02'))
    expect(stateOf(paper)).toBe('pending-feedback')
  })

  it('waits for dispatch again only when the last of them has left', () => {
    const paper = two()
    paper.ask(crew, commandOf('decline'))
    expect(stateOf(paper)).toBe('handling')
    expect(paper.state.incidents.get(incidentId)?.returnCount).toBe(1)
    paper.ask(duty, commandOf('recall', 'PUMP-02'))
    expect(stateOf(paper)).toBe('pending-dispatch')
    const active = paper.state.incidents.get(incidentId)?.assignments.filter((one) => isActiveAssignment(one.state))
    expect(active).toEqual([])
  })

  it.each(['recall', 'decline'] as const)(
    'goes on to feedback when one has done its work and %s takes the other off',
    (verb) => {
      const paper = two()
      for (const done of ['depart', 'arrive', 'finish'] as const) paper.ask(crew, commandOf(done))
      paper.now += 60_000
      expect(refusalOf(paper.ask(verb === 'recall' ? duty : second, commandOf(verb, 'PUMP-02')))).toBeNull()
      expect(paper.state.incidents.get(incidentId)).toMatchObject({ state: 'pending-feedback', finishedAt: paper.now })
      expect(paper.state.units.get('PUMP-02')).toMatchObject({ status: 'available', incidentId: null })
    },
  )

  it('waits for dispatch again when only work found wanting was done', () => {
    const paper = two()
    for (const done of ['depart', 'arrive', 'finish'] as const) paper.ask(crew, commandOf(done))
    paper.ask(duty, commandOf('recall', 'PUMP-02'))
    paper.ask(dept, commandOf('feed-back'))
    paper.ask(duty, commandOf('fail-check'))
    paper.ask(duty, commandOf('dispatch', 'PUMP-02'))
    paper.ask(second, commandOf('acknowledge', 'PUMP-02'))
    expect(stateOf(paper)).toBe('handling')
    paper.ask(duty, commandOf('recall', 'PUMP-02'))
    expect(stateOf(paper)).toBe('pending-dispatch')
  })
})

describe('dispatching', () => {
  it('says who has the crew and since when', () => {
    const paper = caseIn('pending-receipt')
    const sentAt = paper.now
    paper.now += 5000
    paper.ask(duty, report)
    paper.ask(duty, {
      type: 'incident.file',
      incidentId: '20260801-000002',
      classCode: null,
      departmentId: null,
      priority: null,
    })
    const late: Actor = { name: 'chief', role: 'chief' }
    const decision = paper.ask(late, { type: 'incident.dispatch', incidentId: '20260801-000002', unitId: 'PUMP-01' }, 1)
    expect(refusalOf(decision)).toMatchObject({
      code: 'UNIT_TAKEN',
      details: { unitId: 'PUMP-01', incidentId, by: 'duty', since: sentAt },
    })
  })

  it('refuses crews that are unknown or not on duty', () => {
    const paper = caseIn('pending-dispatch')
    expect(refusalOf(paper.ask(duty, commandOf('dispatch', 'NOBODY')))?.code).toBe('NOT_FOUND')
    paper.ask(crew, { type: 'unit.set-status', unitId: 'PUMP-01', status: 'off-duty', reason: null })
    expect(refusalOf(paper.ask(duty, commandOf('dispatch')))).toMatchObject({
      code: 'NOT_ALLOWED',
      details: { status: 'off-duty' },
    })
  })

  it('foresees the travel time from the last fix, else from the station', () => {
    const paper = caseIn('pending-dispatch')
    paper.fixes.set('PUMP-01', {
      unitId: 'PUMP-01',
      position: [121.4, 31.2],
      headingDeg: null,
      speedMps: null,
      accuracyM: null,
      fixAt: paper.now,
      receivedAt: paper.now,
    })
    paper.ask(duty, commandOf('dispatch'))
    paper.ask(duty, commandOf('dispatch', 'PUMP-02'))
    paper.ask(duty, commandOf('dispatch', 'SANI-01'))
    const [at, far, nowhere] = paper.state.incidents.get(incidentId)?.assignments ?? []
    expect(at?.etaS).toBe(0)
    expect(far?.etaS).toBeGreaterThan(1800)
    expect(nowhere?.etaS).toBeNull()
  })
})

describe('versions and classes', () => {
  it('refuses a stale picture, naming the present version', () => {
    const paper = caseIn('pending-filing')
    expect(refusalOf(paper.ask(duty, commandOf('file'), 1))).toMatchObject({
      code: 'CONFLICT',
      details: { version: 2 },
    })
    expect(refusalOf(paper.ask(duty, commandOf('file'), 2))).toBeNull()
  })

  it('refuses classes and departments nobody knows, naming the field', () => {
    const paper = caseIn('reported')
    const unknown = (decision: ReturnType<Paper['ask']>) => refusalOf(decision)?.details?.fields?.[0]?.field
    expect(unknown(paper.ask(duty, { ...report, classCode: 'E9999' } as Command))).toBe('classCode')
    expect(unknown(paper.ask(duty, { ...commandOf('file'), classCode: 'E9999' } as Command))).toBe('classCode')
    expect(unknown(paper.ask(duty, { ...commandOf('file'), departmentId: 'x' } as Command))).toBe('departmentId')
    expect(unknown(paper.ask(duty, { ...commandOf('reclassify'), classCode: 'x' } as Command))).toBe('classCode')
    expect(unknown(paper.ask(duty, { ...report, occurredAt: paper.now + 2 * 86_400_000 } as Command))).toBe(
      'occurredAt',
    )
  })

  it('holds a reclassified case to its new class', () => {
    const paper = caseIn('pending-dispatch')
    paper.now += 1000
    expect(paper.state.incidents.get(incidentId)?.filedAt).toBeLessThan(Date.parse('2026-08-02T00:00+08:00'))
    paper.ask(duty, { type: 'incident.reclassify', incidentId, classCode: 'E0113', priority: null })
    expect(paper.state.incidents.get(incidentId)).toMatchObject({
      classCode: 'E0113',
      priority: 3,
      // Filed on a Saturday, held to five working days.
      dueAt: Date.parse('2026-08-07T18:00+08:00'),
    })
  })

  it('numbers cases by the city day', () => {
    const paper = new Paper()
    paper.now = Date.parse('2026-08-01T23:59:59.999+08:00')
    paper.ask(duty, report)
    paper.ask(duty, report)
    paper.now += 1
    paper.ask(duty, report)
    expect([...paper.state.incidents.keys()]).toEqual(['20260801-000001', '20260801-000002', '20260802-000001'])
  })
})
