/** The whole clock of a case, played by commands and ticks, beside one that lives minute by minute. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calendar } from '../../../../mock-data/city/calendar.ts'
import { AlarmWatch } from '../../../../server/src/domain/alarm/watch.ts'
import { decideTick } from '../../../../server/src/domain/tick.ts'
import { snapshotPieces } from '../../../../server/src/domain/snapshot.ts'
import { officeHours } from '../../../../shared/model/office-hours.ts'
import { caseLight } from '../../../../shared/model/case-light.ts'
import type { Command } from '../../../../shared/model/command.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import { limitUnits, type Limit, type LimitUnit } from '../../../../shared/model/limit.ts'
import type { Role } from '../../../../shared/model/role.ts'
import { Paper, restoreState } from '../support.ts'
import { SlowCase, slowClock } from './reference.ts'

const minuteMs = 60_000
const workingHours = officeHours(calendar, 'Asia/Shanghai')
const { isWorking } = slowClock(calendar)
const reason = '因为'
const minutesOf: Record<LimitUnit, number> = {
  'urgent-hour': 60,
  'work-hour': 60,
  'work-day': 480,
  'natural-day': 1440,
}
const alwaysCounts: readonly LimitUnit[] = ['urgent-hour', 'natural-day']

type Act =
  | { readonly kind: 'pass' | 'restart'; readonly minutes: number }
  | { readonly kind: 'extend' | 'resume' }
  | { readonly kind: 'suspend'; readonly minutes: number }
// From hours to more than a weekend; whole minutes, for the slow one knows no shorter.
const minutes = fc.oneof(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 600, max: 8000 }))
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constantFrom('pass' as const, 'restart' as const), minutes }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('extend' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('suspend' as const), minutes }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('resume' as const) }) },
)

/** A case of one limit, in hand with a department. */
class OneCase extends Paper {
  readonly told: number[] = []

  readonly #limit: Limit

  constructor(filedAt: number, limit: Limit) {
    super(false)
    this.#limit = limit
    this.now = filedAt
    this.ask({ name: 'duty', role: 'duty' }, {
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
    } as Command)
    for (const [role, verb] of [
      ['duty', 'file'],
      ['duty', 'assign'],
      ['dept', 'receive'],
    ] as const)
      this.do(role, verb)
    expect(this.row).toMatchObject({ state: 'handling', filedAt })
  }

  override get context() {
    const context = super.context
    const limit = this.#limit
    return {
      ...context,
      workingHours,
      caseClass: (code: string) => {
        const found = context.caseClass(code)
        return found && { ...found, limit, conditions: found.conditions.map((one) => ({ ...one, limit })) }
      },
    }
  }

  get row(): Incident {
    return [...this.state.incidents.values()][0] as Incident
  }
  do(role: Role, verb: string, more: object = {}): boolean {
    const whole = {
      incidentId: this.row.id,
      departmentId: 'drainage',
      classCode: null,
      priority: null,
      reason,
      ...more,
    }
    const actor = { name: role, role, ...(role === 'dept' ? { departmentId: 'drainage' } : {}) }
    return this.ask(actor, { type: `incident.${verb}`, ...whole } as unknown as Command).ok
  }

  /** A tick at each instant at which something is due, and one at the end. */
  live(toAt: number): void {
    while (this.now < toAt) {
      this.now = Math.min(toAt, Math.max(this.now + 1, this.state.caseTimers.nextAt ?? Infinity))
      const from = this.log.length
      this.fold(decideTick(this.state, new AlarmWatch([]), this.context))
      for (const { event } of this.log.slice(from))
        if (event.type === 'incident.reminded') this.told.push(event.markAt)
        else if (event.type === 'incident.supervised') this.told.push(this.now)
    }
  }
}

function play(one: OneCase, slow: SlowCase, step: Act): void {
  switch (step.kind) {
    case 'pass':
    case 'restart': {
      if (step.kind === 'restart') {
        const restored = restoreState(snapshotPieces(one.state))
        expect(restored?.caseTimers.due(Infinity)).toEqual(one.state.caseTimers.due(Infinity))
      }
      const toAt = one.now + step.minutes * minuteMs
      one.live(toAt)
      slow.live(toAt)
      return
    }
    case 'extend':
      if (one.do('dept', 'request-extension') && one.do('chief', 'approve-extension')) slow.extend()
      return
    case 'suspend': {
      const untilAt = one.now + step.minutes * minuteMs
      if (one.do('dept', 'request-suspension', { untilAt }) && one.do('duty', 'suspend')) slow.suspend(untilAt)
      return
    }
    case 'resume':
      if (one.do('duty', 'resume')) slow.resume()
  }
}

describe('the clock of a case, beside one that lives minute by minute', () => {
  // From before the Spring Festival on: rest, work on a Saturday, and plain weeks follow each other.
  const first = Date.parse('2026-02-06T00:00:00+08:00')
  const start = fc.integer({ min: 0, max: 28 * 1440 }).map((n) => first + n * minuteMs)
  const tens = fc.integer({ min: 1, max: 120 })

  it('tells of each mark at the same instant, is due at the same, and shows the same light', () => {
    const seen = { extended: 0, suspended: 0, marks: 0, lights: new Set<string>() }
    const property = fc.property(
      start,
      tens,
      fc.constantFrom(...limitUnits),
      fc.array(act, { minLength: 3, maxLength: 12 }),
      (filedAt, amount, unit, acts) => {
        const one = new OneCase(filedAt, { amount: (amount * 10) / minutesOf[unit], unit })
        const slow = new SlowCase(filedAt, amount * 10, alwaysCounts.includes(unit) ? () => true : isWorking)
        for (const step of acts) {
          play(one, slow, step)
          expect(one.row.state === 'suspended').toBe(slow.stands)
          expect(one.told).toEqual(slow.told)
          expect(one.row.dueAt).toBe(slow.dueAt())
          expect(caseLight(one.row, one.now)).toBe(slow.light)
          seen.lights.add(slow.light)
        }
        seen.extended += one.row.clock?.extensions ?? 0
        seen.suspended += Number(one.row.suspension !== undefined)
        seen.marks += slow.told.length
      },
    )
    fc.assert(property, { numRuns: 80 })
    expect(seen.lights.size).toBe(4)
    for (const count of [seen.extended, seen.suspended, seen.marks]) expect(count).toBeGreaterThan(20)
  })
})
