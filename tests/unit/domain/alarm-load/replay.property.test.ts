/** Load control is a fold: the log again, or a snapshot and the rest of the log, make the same state; figures of groups are those of their alarms. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { alarmTransitions } from '../../../../shared/model/alarm.ts'
import { loadOf } from '../../../../shared/model/load-control.ts'
import { findTransition } from '../../../../shared/model/transition.ts'
import { snapshotPieces } from '../../../../server/src/domain/snapshot.ts'
import { evolve, newCityState, type CityState } from '../../../../server/src/domain/state.ts'
import { dayOf, restoreState } from '../support.ts'
import { east, minute, second, Shift } from './support.ts'

const kinds = ['water-depth', 'road-speed', 'smoke', 'elevator', 'noise']
const step = fc.oneof(
  fc.record({
    do: fc.constant('raise' as const),
    kind: fc.constantFrom(...kinds),
    sensor: fc.integer({ min: 1, max: 25 }),
    priority: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
    m: fc.integer({ min: 0, max: 2000 }),
  }),
  fc.record({ do: fc.constantFrom('move' as const, 'acknowledge' as const), at: fc.nat(30) }),
  fc.record({
    do: fc.constant('tick' as const),
    ms: fc.constantFrom(second, 20 * second, minute, 5 * minute, 30 * minute),
  }),
)

function live(steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[]): Shift {
  const shift = new Shift()
  for (const one of steps) {
    if (one.do === 'tick') shift.tick(one.ms)
    else if (one.do === 'raise') {
      const { kind, sensor, priority, m } = one
      if (!shift.state.alarmOfSensor.has(sensor)) shift.raise({ kind, sensorId: sensor, priority, position: east(m) })
    } else {
      const open = [...shift.state.alarms.values()]
      const alarm = open[one.at % Math.max(1, open.length)]
      if (alarm === undefined) continue
      if (one.do === 'move') shift.move(alarm.id, !alarm.active)
      else if (alarm.state !== 'acknowledged') shift.acknowledge(alarm.id)
    }
    shift.now += second
  }
  return shift
}

/** Everything that must be the same, timers in their order among it. */
const picture = ({ alarms, alarmLoad: load, rev }: CityState) => ({
  rev,
  alarms: [...alarms],
  ...load,
  transitions: [...load.transitions],
  groups: [...load.groups],
  loose: [...load.loose],
  floodRules: [...load.floodRules],
  escalations: load.escalations.due(Infinity),
  quiets: load.quiets.due(Infinity),
})

it('the log again, or a snapshot and the rest, are the same state', () => {
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 20, maxLength: 150 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (steps, part) => {
        const shift = live(steps)
        const again = newCityState(dayOf)
        const cut = Math.floor(shift.log.length * part)
        let restored: CityState | null = null
        shift.log.forEach((logged, index) => {
          if (index === cut) restored = restoreState(snapshotPieces(again))
          evolve(again, logged)
          if (restored !== null) evolve(restored, logged)
        })
        expect(picture(again)).toEqual(picture(shift.state))
        if (restored !== null) expect(picture(restored)).toEqual(picture(shift.state))
        for (const group of shift.state.alarmLoad.groups.values()) {
          const members = [...shift.state.alarms.values()].filter((alarm) => loadOf(alarm).groupId === group.id)
          expect([...group.alarmIds].sort()).toEqual(members.map(({ id }) => id).sort())
          expect(group.priority).toBe(Math.min(...members.map(({ priority }) => priority)))
          const waiting = members.filter(
            ({ state }) => findTransition(alarmTransitions, state, 'acknowledge') !== undefined,
          )
          expect(group.unacknowledged).toBe(waiting.length)
        }
      },
    ),
    { numRuns: 60 },
  )
}, 60_000)

it('no alarm is lost: raised, returned and raised again are in the log as often as they were said', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 40 }), (gaps) => {
      const shift = new Shift()
      const { id } = shift.raise({ kind: 'elevator' })
      let holds = true
      for (const gap of gaps) {
        shift.now += gap * second
        holds = !holds
        shift.move(id, holds)
      }
      const moves = shift.log.filter(({ event }) =>
        ['alarm.raised', 'alarm.returned', 'alarm.reraised', 'alarm.fluttered', 'alarm.chatter-began'].includes(
          event.type,
        ),
      )
      expect(moves).toHaveLength(1 + gaps.length)
      expect(shift.row(id).count).toBe(1 + Math.floor(gaps.length / 2))
    }),
    { numRuns: 50 },
  )
})
