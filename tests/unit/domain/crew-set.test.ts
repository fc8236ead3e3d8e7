/** Several crews at once, and the reason for another than the recommended (issue 4.14). */
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { Unit } from '../../../shared/model/unit.ts'
import { isOverride } from '../../../shared/model/unit.ts'
import { cheapestRows, crewSet } from '../../../server/src/domain/dispatch/crew-set.ts'
import { adviceOn } from '../../../server/src/domain/dispatch/override.ts'
import { cityContext } from '../../../server/src/engine/city-context.ts'
import { testNoon } from '../../support/engine.ts'
import { smallCity } from '../../support/small-city.ts'
import { sampleUnit } from '../../support/sample-rows.ts'
import { dayOf, Paper, refusalOf } from './support.ts'

const city = smallCity()
const flooded = city.caseClasses.find((row) => row.code === 'E0506')
const incident = { classCode: 'E0506', position: [121.4, 31.2] as [number, number] }
const world = cityContext(city, dayOf, new Map())(testNoon)
const crew = (id: string, lon: number, over: Partial<Unit> = {}): [string, Unit] => [
  id,
  sampleUnit({ id, station: [lon, 31.2], departmentId: null, capabilities: ['E0506'], ...over }),
]
const ids = (set: ReturnType<typeof crewSet>) => set.chosen.map(({ proposal }) => proposal.unitId)

describe('the best set for what a case needs', () => {
  const units = new Map([
    crew('PUMP-A', 121.41),
    crew('PUMP-B', 121.43),
    crew('FIRE-A', 121.42, { kind: 'fire', capabilities: ['E05'] }),
  ])

  it('meets each need with the nearest, and says what is missing', () => {
    const set = crewSet(incident, flooded, units, world, [
      { capability: 'drainage', count: 3 },
      { capability: 'fire', count: 1 },
    ])
    expect(ids(set)).toEqual(['PUMP-A', 'PUMP-B', 'FIRE-A'])
    expect(set.shortfalls).toEqual([
      { capability: 'drainage', missing: 1, words: { zh: '缺1台泵车', en: '1 pump crew missing' } },
    ])
    expect(set.cover.map(({ zh }) => zh)).toEqual(['派出后d1区仅余0台泵车', '派出后d1区仅余0组消防车组'])
  })

  it('gives a crew that can do both to the need that has no other', () => {
    const both = new Map([crew('BOTH', 121.401, { capabilities: ['E0506', 'rescue'] }), crew('PUMP', 121.45)])
    const set = crewSet(incident, flooded, both, world, [
      { capability: 'drainage', count: 1 },
      { capability: 'rescue', count: 1 },
    ])
    expect(set.chosen.map(({ capability, proposal }) => [capability, proposal.unitId])).toEqual([
      ['drainage', 'PUMP'],
      ['rescue', 'BOTH'],
    ])
    expect(set.shortfalls).toEqual([])
  })

  it('never takes two vehicles of one crew', () => {
    const shared = new Map([
      crew('LADDER', 121.41, { staffedBy: 'X' }),
      crew('TENDER', 121.42, { staffedBy: 'X' }),
      crew('FAR', 121.48),
    ])
    expect(ids(crewSet(incident, flooded, shared, world, [{ capability: 'drainage', count: 2 }]))).toEqual([
      'LADDER',
      'FAR',
    ])
    const short = crewSet(incident, flooded, shared, world, [{ capability: 'drainage', count: 3 }])
    expect(short.shortfalls[0]?.missing).toBe(1)
  })

  it('sends nobody where the case has no place, and asks for nothing where nothing is needed', () => {
    const nowhere = crewSet({ ...incident, position: null }, flooded, units, world, [{ capability: 'fire', count: 1 }])
    expect(nowhere).toMatchObject({ chosen: [], shortfalls: [{ missing: 1 }], cover: [] })
    expect(crewSet(incident, flooded, units, world, [])).toEqual({ chosen: [], shortfalls: [], cover: [] })
  })

  it('is the cheapest of all assignments', () => {
    const matrix = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 2 })).chain(([rows, more]) =>
      fc.array(fc.array(fc.integer({ min: 0, max: 99 }), { minLength: rows + more, maxLength: rows + more }), {
        minLength: rows,
        maxLength: rows,
      }),
    )
    const least = (cost: readonly (readonly number[])[], used: ReadonlySet<number> = new Set()): number => {
      const [row, ...rest] = cost
      if (row === undefined) return 0
      return Math.min(...row.map((c, j) => (used.has(j) ? Infinity : c + least(rest, new Set([...used, j])))))
    }
    fc.assert(
      fc.property(matrix, (cost) => {
        const columns = cheapestRows(cost)
        expect(new Set(columns).size).toBe(cost.length)
        expect(columns.reduce((sum, j, i) => sum + (cost[i]?.[j] ?? NaN), 0)).toBe(least(cost))
      }),
    )
  })
})

describe('another crew than the recommended', () => {
  const best = { fitness: 'specialist', scoreS: 100 } as const
  it.each([
    [{ fitness: 'specialist', scoreS: 159 } as const, false],
    [{ fitness: 'general', scoreS: 160 } as const, false],
    [{ fitness: 'specialist', scoreS: 161 } as const, true],
    [{ fitness: 'unfit', scoreS: 90 } as const, true],
    [undefined, true],
  ])('%j needs a reason: %s', (chosen, needs) => {
    expect(isOverride(best, chosen)).toBe(needs)
    expect(isOverride({ ...best, fitness: 'unfit' }, { fitness: 'unfit', scoreS: 100 })).toBe(false)
  })

  const duty = { name: 'duty', role: 'duty' } as const
  function filed(position: [number, number] | null = [121.4, 31.2]): Paper {
    const paper = new Paper()
    paper.ask(duty, {
      type: 'incident.report',
      classCode: 'E0506',
      title: '积水',
      description: '',
      source: 'hotline',
      sourceRef: null,
      position,
      address: null,
      reporter: null,
      mediaUrl: null,
      occurredAt: null,
      priority: null,
      drill: false,
    })
    paper.ask(duty, { type: 'incident.file', incidentId, classCode: null, departmentId: null, priority: null })
    return paper
  }
  const incidentId = '20260801-000001'
  const send = (unitId: string, reason?: string) =>
    ({ type: 'incident.dispatch', incidentId, unitId, ...(reason === undefined ? {} : { reason }) }) as const

  it('is refused without a reason, naming the field and who is recommended', () => {
    const paper = filed()
    for (const reason of [undefined, '  '])
      expect(refusalOf(paper.ask(duty, send('PUMP-02', reason)))).toMatchObject({
        code: 'INVALID',
        details: { fields: [{ field: 'reason' }], recommended: ['PUMP-01', 'FIRE-01', 'PUMP-02'] },
      })
  })

  it('goes with one, and both are in the log', () => {
    const paper = filed()
    expect(refusalOf(paper.ask(duty, send('PUMP-02', ' 熟悉现场 ')))).toBeNull()
    expect(paper.log.findLast(({ event }) => event.type === 'incident.dispatched')?.event).toMatchObject({
      unitId: 'PUMP-02',
      recommended: ['PUMP-01', 'FIRE-01', 'PUMP-02'],
      overrideReason: '熟悉现场',
    })
    expect(paper.state.incidents.get(incidentId)?.assignments[0]?.overrideReason).toBe('熟悉现场')
  })

  it('the recommended goes without, and what was recommended is kept', () => {
    const paper = filed()
    expect(refusalOf(paper.ask(duty, send('PUMP-01', '不需要')))).toBeNull()
    const event = paper.log.findLast((one) => one.event.type === 'incident.dispatched')?.event
    expect(event).toMatchObject({ recommended: ['PUMP-01', 'FIRE-01', 'PUMP-02'] })
    expect(event).not.toHaveProperty('overrideReason')
  })

  it('where nobody can be recommended, anybody goes', () => {
    expect(refusalOf(filed(null).ask(duty, send('PUMP-02')))).toBeNull()
    expect(adviceOn({ ...incident, position: null }, flooded, new Map(), world, 'X', undefined)).toEqual({})
  })
})
