/** What departments return, ask for and answer; what officers decide about it. */
import { describe, expect, it } from 'vitest'
import { seededRandom, seedFrom } from '../../../mock-data/city/random.ts'
import { answerMind } from '../../../mock-data/crews/answer-mind.ts'
import { departmentMind } from '../../../mock-data/crews/department-mind.ts'
import type { CaseAct } from '../../../mock-data/crews/due.ts'
import { defaultPeopleRates, type PeopleRates } from '../../../mock-data/life/people-rates.ts'
import type { CaseRequest } from '../../../shared/model/case-facts.ts'
import { city, clock, hourMs, lead, nine, office, row, share } from '../../support/verb-case.ts'
import type { Assignment, Incident } from '../../../shared/model/incident.ts'
import { defaultCaseSettings } from '../../../shared/model/case-settings.ts'

const minMs = 60_000
const dice = (id: string, word: string) => seededRandom(seedFrom(1, `${id} ${word}`))

const asked = (over: Partial<CaseRequest>): CaseRequest => ({
  ...{ kind: 'extension', by: 'dept', role: 'dept', reason: '…', askedAt: nine, approvals: [], outcome: 'open' },
  ...over,
})
const bodyOf = (one: CaseAct | undefined) => (one?.kind === 'case' ? one.body : undefined)

describe('a department', () => {
  const mind = (rates: Partial<PeopleRates> = {}, isFree = true) =>
    departmentMind({
      ...{ speed: 1, city, office, dice, settings: defaultCaseSettings, isFree: () => isFree },
      rates: { ...defaultPeopleRates, forgottenShare: 0, ...rates },
    })
  const next = (incident: Incident, rates?: Partial<PeopleRates>) => {
    const due = mind(rates).next(incident)
    return due === null ? null : { at: due.at, ...due.act(due.at) }
  }

  it('signs for what it is sent, and returns a share of it with a reason; never what a check sent back', () => {
    const sent = (id: string, over: Partial<Incident> = {}) => row({ id, state: 'pending-sign', ...over })
    const returned = (over: Partial<Incident>, rates: Partial<PeopleRates>) =>
      share(400, (id) => {
        const body = bodyOf(next(sent(id, over), rates) ?? undefined)
        if (body?.type === 'incident.return') expect(body['reason']).toMatch(/./)
        else expect(body).toEqual({ type: 'incident.receive' })
        return body?.type === 'incident.return'
      })
    expect(returned({}, { returnShare: 0.2 })).toBeGreaterThan(0.14)
    expect(returned({}, { returnShare: 0.2 })).toBeLessThan(0.26)
    expect(returned({}, { returnShare: 0 })).toBe(0)
    expect(returned({ reworkCount: 1 }, { returnShare: 1 })).toBe(0)
  })
  it('does with its own people what it signed for, and leaves to a crew what a crew is on', () => {
    const done = next(row({ lead, clock }), { suspendShare: 0 })
    expect(done).toMatchObject({ as: 'dept', body: { type: 'incident.feed-back' } })
    expect(done!.at - nine).toBeGreaterThan(4 * minMs)
    const crew = { unitId: 'SANI-01', state: 'on-scene' } as Assignment
    const none = { extensionShare: 0 }
    expect(next(row({ lead, clock, assignments: [crew] }), none)).toBeNull()
    expect(next(row({ lead: { ...lead, receivedAt: null }, clock }), none)).toBeNull()
    expect(next(row({ clock }), none)).toBeNull()
  })
  it('asks for more time as often as the city lets it', () => {
    const once = { clock: { ...clock, extensions: 1 }, requests: [asked({ outcome: 'granted' })] }
    const options = { speed: 1, city, office, dice, isFree: () => true, settings: { mostExtensions: 1 } }
    const strict = departmentMind({ ...options, rates: { ...defaultPeopleRates, extensionShare: 1 } })
    expect(strict.next(row({ ...once, dueAt: nine + 8 * hourMs }))).toBeNull()
    expect(strict.next(row({ clock }))).not.toBeNull()
  })
  it('asks for a rest once, until a day that comes, and goes on when it is over', () => {
    const rates = { suspendShare: 1, suspendDays: [2, 3] as const }
    const rest = next(row({ lead, clock }), rates)
    expect(rest).toMatchObject({ body: { type: 'incident.request-suspension' } })
    const untilAt = Number(bodyOf(rest ?? undefined)?.['untilAt'])
    expect(untilAt - rest!.at).toBeGreaterThan(47 * hourMs)
    expect(untilAt - rest!.at).toBeLessThan(73 * hourMs)
    const refused = asked({ kind: 'suspension', outcome: 'refused' })
    expect(next(row({ lead, clock, requests: [refused] }), rates)).toMatchObject({
      body: { type: 'incident.feed-back' },
    })
    const rested = { beganAt: nine, untilAt: nine + 48 * hourMs, reason: '', askedBy: 'dept', approvedBy: 'duty' }
    const resumed = nine + 24 * hourMs
    const after = next(
      row({ lead, clock, dueAt: nine + 90 * hourMs, suspension: { ...rested, endedAt: resumed } }),
      rates,
    )
    expect(after).toMatchObject({ body: { type: 'incident.feed-back' } })
    expect(after!.at).toBeGreaterThan(resumed)
  })
  it('asks for more time when most of it is gone, twice at most, not after a refusal nor when it is too late', () => {
    const rates = { extensionShare: 1 }
    const more = next(row({ clock }), rates)
    expect(more).toMatchObject({ at: nine + 3.2 * hourMs, as: 'dept', body: { type: 'incident.request-extension' } })
    expect(next(row({ clock }), { extensionShare: 0 })).toBeNull()
    expect(next(row({ clock, requests: [asked({})] }), rates)).toBeNull()
    expect(next(row({ clock, requests: [asked({ outcome: 'refused' })] }), rates)).toBeNull()
    const once = { clock: { ...clock, extensions: 1 }, requests: [asked({ outcome: 'granted' })] }
    expect(next(row({ ...once, dueAt: nine + 8 * hourMs }), rates)).toMatchObject({ at: nine + 6.4 * hourMs })
    const twice = { clock: { ...clock, extensions: 2 }, requests: [asked({ outcome: 'granted' })] }
    expect(next(row(twice), rates)).toBeNull()
    expect(next(row({ clock, updatedAt: nine + 4 * hourMs }), rates)).toBeNull()
  })
  it('sends a crew back to poor work once, if it is there to go', () => {
    const worked = { unitId: 'SANI-01', state: 'done', endedAt: nine } as Assignment
    const fed = row({ state: 'pending-feedback', assignments: [worked] })
    const act = (isFree: boolean, over: Partial<Incident> = {}) =>
      bodyOf(
        mind({ sendBackShare: 1 }, isFree)
          .next({ ...fed, ...over })
          ?.act(nine),
      )
    expect(act(true)).toMatchObject({ type: 'incident.send-back', unitId: 'SANI-01' })
    expect(act(false)?.type).toBe('incident.feed-back')
    expect(act(true, { returnCount: 1 })?.type).toBe('incident.feed-back')
  })
  it('helps another: signs, and answers when it is done', () => {
    const help = { departmentId: 'urban', task: '…', askedBy: 'duty', askedAt: nine, dueAt: null, end: null, note: '' }
    const asked = row({ state: 'pending-check', assists: [{ ...help, receivedAt: null, endedAt: null }] })
    expect(next(asked)).toMatchObject({ body: { type: 'incident.receive-assist', departmentId: 'urban' } })
    const signed = { ...asked, assists: [{ ...help, receivedAt: nine + 5, endedAt: null }] }
    expect(next(signed)).toMatchObject({ as: 'dept', body: { type: 'incident.answer-assist', departmentId: 'urban' } })
    expect(next({ ...asked, assists: [{ ...help, receivedAt: nine, endedAt: nine + 5 }] })).toBeNull()
  })
  it('answers supervision that wants an answer, and appeals what was late', () => {
    const supervised = {
      ...{ kind: 'important' as const, by: 'chief', askedAt: nine, reason: '', requirement: '' },
      ...{ replyDueAt: nine + 4 * hourMs, repliedAt: null, repliedBy: null, reply: '' },
    }
    const returned = row({ state: 'returned', supervisions: [supervised] })
    expect(next(returned, { replyShare: 1 })).toMatchObject({ as: 'dept', body: { type: 'incident.reply' } })
    expect(next(returned, { replyShare: 0 })).toBeNull()
    expect(next({ ...returned, supervisions: [{ ...supervised, replyDueAt: null }] }, { replyShare: 1 })).toBeNull()
    const late = row({ state: 'closed', closedAt: nine, overdueStages: ['handle'] })
    expect(next(late, { appealShare: 1 })).toMatchObject({ body: { type: 'incident.appeal' } })
    expect(next({ ...late, overdueStages: [] }, { appealShare: 1 })).toBeNull()
    expect(next({ ...late, requests: [asked({ kind: 'appeal', outcome: 'refused' })] }, { appealShare: 1 })).toBeNull()
  })
})

describe('who is asked', () => {
  const mind = (rates: Partial<PeopleRates> = {}) =>
    answerMind({
      speed: 1,
      dice,
      settings: defaultCaseSettings,
      rates: { ...defaultPeopleRates, urgeShare: 0, superviseShare: 0, ...rates },
    })
  const yes = { refuseShare: { extension: 0, suspension: 0, appeal: 0 } }
  const answer = (incident: Incident, rates: Partial<PeopleRates> = yes, late = 0) => {
    const due = mind(rates)(incident)
    return due === null ? null : due.act(due.at + late)
  }
  const approved = (by: string, role: 'duty' | 'chief' | 'dept') => ({ by, role, approvedAt: nine + minMs })

  it('answers in turn: officer and chief, or department and officer; chief and leader', () => {
    const first = row({ clock, requests: [asked({})] })
    expect(answer(first)).toMatchObject({ as: 'duty', body: { type: 'incident.approve-extension' } })
    const second = row({ clock, requests: [asked({ approvals: [approved('duty', 'duty')] })] })
    expect(answer(second)).toMatchObject({ as: 'chief' })
    const ofCrew = asked({ by: 'crew-a', role: 'crew' })
    expect(answer(row({ clock, requests: [ofCrew] }))).toMatchObject({ as: 'dept' })
    const appeal = (approvals: CaseRequest['approvals']) =>
      answer(row({ state: 'closed', closedAt: nine, requests: [asked({ kind: 'appeal', approvals })] }))
    expect(appeal([])).toMatchObject({ as: 'chief', body: { type: 'incident.approve-appeal' } })
    expect(appeal([approved('chief', 'chief')])).toMatchObject({ as: 'manager' })
    const rest = asked({ kind: 'suspension', untilAt: nine + 48 * hourMs })
    expect(answer(row({ requests: [rest] }))).toMatchObject({ as: 'duty', body: { type: 'incident.suspend' } })
  })
  it('goes by the city’s own levels, and never twice by one person', () => {
    const approvals = { ...defaultCaseSettings.approvals, suspension: [['chief'], ['duty', 'chief']] } as const
    const own = answerMind({ speed: 1, dice, settings: { approvals }, rates: { ...defaultPeopleRates, ...yes } })
    const as = (request: CaseRequest) => {
      const due = own(row({ requests: [request] }))
      const act = due?.act(due.at)
      return act?.kind === 'case' ? act.as : undefined
    }
    const rest = asked({ kind: 'suspension', untilAt: nine + 48 * hourMs })
    expect(as(rest)).toBe('chief')
    expect(as({ ...rest, approvals: [approved('chief', 'chief')] })).toBe('duty')
    expect(as({ ...rest, by: 'duty', role: 'duty', approvals: [approved('chief', 'chief')] })).toBeUndefined()
  })
  it('refuses a share with a reason, and whatever can no longer be granted', () => {
    const no = { refuseShare: { extension: 1, suspension: 1, appeal: 1 } }
    const first = row({ clock, requests: [asked({})] })
    expect(answer(first, no)).toMatchObject({ body: { type: 'incident.refuse-request', reason: expect.any(String) } })
    // Whoever comes second does not undo what the first agreed to.
    const second = row({ clock, requests: [asked({ approvals: [approved('duty', 'duty')] })] })
    expect(bodyOf(answer(second, no) ?? undefined)?.type).toBe('incident.approve-extension')
    expect(answer(first, yes, 5 * hourMs)).toMatchObject({
      body: { type: 'incident.refuse-request', reason: '案件已超期，不再受理延期' },
    })
    expect(answer({ ...first, state: 'pending-check' })).toMatchObject({ body: { type: 'incident.refuse-request' } })
    const rest = asked({ kind: 'suspension', untilAt: nine + 48 * hourMs })
    const crew = { unitId: 'A', state: 'en-route' } as Assignment
    for (const over of [{ assignments: [crew] }, { state: 'pending-check' as const }])
      expect(answer(row({ requests: [rest], ...over }))).toMatchObject({ body: { type: 'incident.refuse-request' } })
    expect(answer(row({ requests: [rest] }), yes, 72 * hourMs)).toMatchObject({
      body: { type: 'incident.refuse-request', reason: '挂账日期已过' },
    })
  })
  it('reminds once a fifth of the time is left, supervises what is over it, each once', () => {
    const due = mind({ urgeShare: 1 })(row({ clock, lead }))
    expect(due?.at).toBeGreaterThan(clock.soonAt)
    expect(due?.act(due.at)).toMatchObject({ as: 'duty', body: { type: 'incident.urge' } })
    const urging = { count: 1, lastAt: nine, lastBy: 'duty', text: '' }
    expect(mind({ urgeShare: 1 })(row({ clock, urging }))).toBeNull()
    const said = (leaderShare: number) => {
      const one = mind({ superviseShare: 1, leaderShare })(row({ clock }))
      expect(one?.at).toBeGreaterThan(nine + 4 * hourMs)
      return one?.act(one.at)
    }
    expect(said(0)).toMatchObject({ as: 'chief', body: { kind: 'important' } })
    expect(said(1)).toMatchObject({ as: 'manager', body: { kind: 'leader' } })
  })
  it('ends a rest before its day now and then', () => {
    const rested = { beganAt: nine, untilAt: nine + 48 * hourMs, endedAt: null, reason: '' }
    const suspended = row({ state: 'suspended', suspension: { ...rested, askedBy: 'dept', approvedBy: 'duty' } })
    const due = mind({ resumeShare: 1 })(suspended)
    expect(due?.at).toBeLessThan(rested.untilAt)
    expect(due?.act(due.at)).toMatchObject({ as: 'duty', body: { type: 'incident.resume' } })
    expect(mind({ resumeShare: 0 })(suspended)).toBeNull()
  })
})
