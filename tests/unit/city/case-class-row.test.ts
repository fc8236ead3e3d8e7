import { describe, expect, it } from 'vitest'
import { caseClassSchema } from '../../../shared/contract/case-class.ts'
import { customaryCondition, filingBasis, filingConditionOf, type CaseClass } from '../../../shared/model/case-class.ts'

const term = { zh: '积水', en: 'Ponding' }
const row = { code: 'E0506', name: term, group: term, priority: 2 }
const condition = { id: '1', when: term, limit: '2急h', closing: term }
const problemsOf = (over: object) =>
  caseClassSchema
    .safeParse({ ...row, ...over })
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)

describe('a row of case-classes.json', () => {
  it('from before there were conditions has one, with its own limit, of the unnamed table', () => {
    const read = caseClassSchema.parse({ ...row, limit: '2工作日' })
    expect(read.conditions).toHaveLength(1)
    expect(read).toMatchObject({
      limit: { amount: 2, unit: 'work-day' },
      conditions: [{ id: '1', limit: { amount: 2, unit: 'work-day' } }],
      standardId: 'local',
      standardVersion: '1',
    })
  })
  it('is held to the limit of its first condition, whatever else it says', () => {
    const two = [condition, { ...condition, id: '2', limit: '5d' }]
    expect(caseClassSchema.parse({ ...row, limit: '9d', conditions: two }).limit).toEqual({
      amount: 2,
      unit: 'urgent-hour',
    })
  })
  it('is refused without a limit, with an empty list, an id said twice or a limit nobody can read', () => {
    expect(problemsOf({})).toEqual(['limit: neither a limit nor conditions'])
    expect(problemsOf({ conditions: [] })?.[0]).toContain('conditions: ')
    expect(problemsOf({ conditions: [condition, condition] })).toEqual(['conditions: an id is there twice'])
    expect(problemsOf({ conditions: [{ ...condition, limit: 'soon' }] })).toEqual([
      'conditions.0.limit: a limit: 2紧急工作时, 4工作时, 2工作日 or 1自然日',
    ])
  })
})

describe('what a case is filed under', () => {
  const caseClass: CaseClass = caseClassSchema.parse({
    ...row,
    conditions: [condition, { ...condition, id: '2', limit: '5d' }],
    standardId: 'gb',
    standardVersion: '2013',
  })
  it('says table and edition, with the words of then', () => {
    const chosen = filingConditionOf(caseClass, '2')!
    expect(filingBasis(caseClass, chosen)).toEqual({
      standardId: 'gb',
      standardVersion: '2013',
      when: term,
      closing: term,
    })
    expect(filingConditionOf(caseClass, '3')).toBeUndefined()
  })
  it('is the customary condition where nobody chose', () => {
    expect(customaryCondition(caseClass).id).toBe('1')
    expect(customaryCondition({ ...caseClass, conditions: [] })).toMatchObject({ id: '1', limit: caseClass.limit })
  })
})
