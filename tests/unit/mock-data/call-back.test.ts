/** 先行联系 and 回访: whom the officer calls, when, how often, and what is heard. */
import { describe, expect, it } from 'vitest'
import { seededRandom, seedFrom } from '../../../mock-data/city/random.ts'
import { callDue, contactDue, satisfactionOf } from '../../../mock-data/crews/caller-mind.ts'
import { defaultPeopleRates, type PeopleRates } from '../../../mock-data/life/people-rates.ts'
import type { Incident } from '../../../shared/model/incident.ts'

const ended = 1_700_000_000_000
const dice = (id: string, word: string) => seededRandom(seedFrom(1, `${id} ${word}`))
const reporter = { name: null, phone: null, email: null }

describe('a call back', () => {
  const call = (over: Partial<Incident> = {}, rates: Partial<PeopleRates> = {}) => {
    const options = { rates: { ...defaultPeopleRates, ...rates }, dice, speed: 1, leastMs: 800 }
    const base = { id: 'c1', state: 'closed', closedAt: ended, updatedAt: ended, satisfaction: null, overdueStages: [] }
    const due = callDue({ ...base, reporter, ...over } as unknown as Incident, options)
    const act = due?.act(due.at)
    return act?.kind === 'case' ? act.body : undefined
  }
  it('hears whoever is owed one, tries again whoever does not answer, and judges itself what a sensor told', () => {
    expect(call({}, { unreachedShare: 0 })).toMatchObject({ type: 'incident.call-back', isReached: true })
    expect(call({}, { unreachedShare: 1 })).toMatchObject({ isReached: false })
    expect(call({}, { callBackShare: 0 })).toBeUndefined()
    expect(call({ reporter: null })).toMatchObject({ type: 'incident.evaluate' })
    expect(call({ state: 'evaluated' })).toBeUndefined()
    expect(call({ state: 'merged', closedAt: null })).toBeUndefined()
  })
  it('is as content as the rates say', () => {
    const random = seededRandom(4)
    const shares = { satisfied: 0.5, mostly: 0.2, 'so-so': 0.1 }
    const heard = Array.from({ length: 4000 }, () => satisfactionOf(random, shares))
    const part = (grade: string) => heard.filter((one) => one === grade).length / heard.length
    expect(part('satisfied')).toBeCloseTo(0.5, 1)
    expect(part('mostly')).toBeCloseTo(0.2, 1)
    expect(part('dissatisfied')).toBeCloseTo(0.2, 1)
  })
})

describe('a first contact', () => {
  const filedAt = ended
  const pending = { state: 'pending', dueAt: null, contactedAt: null, by: null, note: '' }
  const due = (over: object = {}, rates: Partial<PeopleRates> = {}, id = 'c1') =>
    contactDue({ ...{ id, state: 'handling', filedAt, firstContact: pending }, ...over } as unknown as Incident, {
      ...{ rates: { ...defaultPeopleRates, contactShare: 1, ...rates }, dice, speed: 1, leastMs: 800 },
    })
  it('is made some minutes after filing, once, with those who are owed one', () => {
    const act = due()?.act(filedAt)
    expect(act).toMatchObject({ kind: 'case', as: 'duty', body: { type: 'incident.contact', contacted: 'yes' } })
    expect(due({ firstContact: { ...pending, state: 'yes' } })).toBeNull()
    expect(due({ firstContact: undefined })).toBeNull()
    expect(due({ filedAt: null })).toBeNull()
    expect(due({ state: 'closed' })).toBeNull()
  })
  it('is forgotten as often, and takes as long, as the rates say', () => {
    const ids = Array.from({ length: 2000 }, (_, n) => `c${n}`)
    const waits = ids.flatMap((id) => {
      const at = due({}, { contactShare: 0.7 }, id)?.at
      return at === undefined ? [] : [(at - filedAt) / 60_000]
    })
    expect(waits.length / ids.length).toBeCloseTo(0.7, 1)
    waits.sort((a, b) => a - b)
    expect(waits[Math.floor(waits.length / 2)]).toBeCloseTo(defaultPeopleRates.contactMin, 0)
  })
})
