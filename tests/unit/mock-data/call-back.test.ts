/** 回访: whom the officer calls, how often, and what is heard. */
import { describe, expect, it } from 'vitest'
import { seededRandom, seedFrom } from '../../../mock-data/city/random.ts'
import { callDue, satisfactionOf } from '../../../mock-data/crews/caller-mind.ts'
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
