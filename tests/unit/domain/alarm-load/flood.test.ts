/** Flood: begins above ten a console in ten minutes, ends below five, pins, rolls up, counts and sums up. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Priority } from '../../../../shared/model/alarm.ts'
import { floodsOf } from '../../../../shared/model/alarm-kpi.ts'
import { loadOf, mostInSummary, rollUpWithinMs } from '../../../../shared/model/load-control.ts'
import { mostHeard } from '../../../../server/src/domain/alarm-load/load-state.ts'
import { topRules } from '../../../../server/src/domain/alarm-load/flood.ts'
import { minute, second, Shift, types } from './support.ts'

const isFlood = (shift: Shift) => shift.state.alarmLoad.flood !== null
/** So many alarms of nothing in common, a second apart; then a tick. */
function heard(count: number, shift = new Shift(), priority: Priority = 2) {
  for (let n = 0; n < count; n++) {
    shift.raise({ kind: `other-${n}`, priority })
    shift.now += second
  }
  shift.said = []
  shift.tick()
  return shift
}

describe('a flood', () => {
  it('begins above ten in ten minutes, for each console', () => {
    for (const consoles of [1, 3])
      for (const [count, expected] of [
        [10 * consoles - 1, false],
        [10 * consoles, false],
        [10 * consoles + 1, true],
      ] as const) {
        const shift = new Shift()
        shift.consoles = consoles
        expect(isFlood(heard(count, shift))).toBe(expected)
      }
  })

  it('counts what was announced within ten minutes, and no longer', () => {
    const shift = heard(10)
    // The first is exactly ten minutes old: no longer in it.
    shift.now += 10 * minute - 10 * second
    shift.raise()
    shift.tick()
    expect(isFlood(shift)).toBe(false)
    const just = heard(10)
    just.now += 10 * minute - 10 * second - 1
    just.raise()
    just.tick()
    expect(isFlood(just)).toBe(true)
  })

  it('ends below five, and not at five', () => {
    const shift = heard(11)
    const startAt = shift.now
    // Six of eleven have left the window: five are in it.
    shift.now = startAt - 5 * second + 10 * minute - 1
    shift.tick()
    expect(isFlood(shift)).toBe(true)
    shift.tick(1)
    expect(isFlood(shift)).toBe(false)
    expect(types(shift.said)).toContain('flood.ended')
  })

  it('says in the log that it begins and ends, with the note of the shift and the summary', () => {
    const shift = heard(12)
    const began = shift.said.find(({ type }) => type === 'flood.began')
    expect(began).toMatchObject({ flood: { id: 'F1', announced: 12, peak: 12, consoles: 1, endedAt: null } })
    expect(began).toMatchObject({ note: { zh: expect.stringContaining('10 分钟内告警 12 条') as string } })
    const water = { kind: 'water-depth', priority: 1 as const, position: [121.4, 31.2] as const }
    const [a, b] = [shift.raise(water), shift.raise({ ...water, drill: true })]
    const c = shift.raise(water)
    shift.acknowledge(a.id)
    shift.say({ type: 'alarm.incident-opened', alarmId: a.id, incidentId: '20260801-000001' })
    shift.tick(minute + 1)
    expect(types(shift.said).filter((type) => type === 'alarm.escalated')).toHaveLength(2)
    shift.said = []
    shift.tick(10 * minute)
    const [ended] = shift.said.filter(({ type }) => type === 'flood.ended')
    expect(ended).toMatchObject({
      flood: {
        id: 'F1',
        endedAt: shift.now,
        announced: 15,
        byPriority: { 1: 3, 2: 12, 3: 0, 4: 0 },
        ofDrill: 1,
        peak: 15,
        groups: 1,
        grouped: 2,
        cases: 1,
        acknowledged: 1,
      },
    })
    expect(ended).toMatchObject({ note: { zh: expect.stringContaining('告警 15 条（特急 3、紧急 12') as string } })
    expect(ended).toMatchObject({
      flood: { topRules: expect.arrayContaining([{ ruleId: 'water-depth-high', count: 3 }]) as unknown },
    })
    expect(shift.state.alarmLoad).toMatchObject({ flood: null, floodCount: 1 })
    expect(shift.changes.floods.get('F1')?.endedAt).toBe(shift.now)
    expect([b.drill, c.drill]).toEqual([true, false])
    expect(heard(11, shift).state.alarmLoad.flood?.id).toBe('F2')
  })

  it('lets nothing sound but a new critical alarm', () => {
    const shift = heard(11)
    const sounds = ([1, 2, 3, 4] as const).map((priority) => loadOf(shift.raise({ priority })).sound)
    expect(sounds).toEqual(['critical', null, null, null])
    // Not a critical one that comes again.
    const { id } = shift.raise({ priority: 1 })
    shift.now += 2 * minute
    shift.move(id, false)
    expect(shift.move(id, true)).toEqual([expect.objectContaining({ sound: null })])
  })

  it('rolls low priorities of one cause and district up, those that stand and those that come', () => {
    const shift = new Shift()
    const at = (m: number) => [121.4 + m, 31.2] as const
    // Far apart, so that place does not put them together.
    const low = (n: number, districtId = '310101') => shift.raise({ kind: 'air', position: at(n), districtId })
    for (let n = 0; n < 5; n++) low(n)
    low(5, '310104')
    shift.raise({ kind: 'crowd-density', position: at(0), districtId: '310101', priority: 2 })
    for (let n = 0; n < 4; n++) shift.raise({ kind: 'smoke', position: at(n), priority: 2, districtId: '310101' })
    expect(shift.state.alarmLoad.groups.size).toBe(0)
    const told = shift.tick(second)
    expect(types(told)).toEqual(['flood.began', ...Array.from({ length: 5 }, () => 'alarm.grouped')])
    const [group] = shift.state.alarmLoad.groups.values()
    expect(group).toMatchObject({ basis: 'flood', cause: 'other 310101', total: 5, name: { zh: '其他' } })
    low(7)
    expect(shift.state.alarmLoad.groups.get(group!.id)?.total).toBe(6)
    low(8, '310104')
    expect([...shift.state.alarmLoad.groups.values()].map(({ cause, total }) => [cause, total])).toEqual([
      ['other 310101', 6],
      ['other 310104', 2],
    ])
    // Urgent ones stand alone.
    expect(
      loadOf(shift.raise({ kind: 'smoke', position: at(9), priority: 2, districtId: '310101' })).groupId,
    ).toBeNull()
    // A family has a name of its own; without a district it is the city's.
    shift.raise({ kind: 'noise', districtId: null, position: null })
    shift.raise({ kind: 'bin-fill', districtId: null, position: null })
    shift.raise({ kind: 'methane', districtId: null, position: null })
    shift.raise({ kind: 'gas-pressure', districtId: null, position: null })
    expect([...shift.state.alarmLoad.groups.values()].slice(2)).toMatchObject([
      { cause: 'other ', total: 2 },
      { cause: 'gas ', total: 2, name: { zh: '燃气' } },
    ])
    shift.now += rollUpWithinMs + 1
    expect(loadOf(low(10)).groupId).toBeNull()
  })

  it('names the rules that spoke most, as many as fit', () => {
    const counts = new Map(
      Array.from({ length: mostInSummary + 2 }, (_, n) => [`r${String.fromCharCode(110 - n)}`, n < 2 ? 9 : n]),
    )
    const top = topRules(counts)
    expect(top).toHaveLength(mostInSummary)
    expect(top[0]?.count).toBe(11)
    expect(
      topRules(
        new Map([
          ['b', 1],
          ['a', 1],
          ['c', 1],
        ]),
      ).map(({ ruleId }) => ruleId),
    ).toEqual(['a', 'b', 'c'])
  })

  it('remembers no more than it may of a burst', () => {
    const shift = new Shift()
    const row = shift.raise()
    const again = { type: 'alarm.reraised', alarmId: row.id, state: 'unacknowledged', value: 1 } as const
    for (let n = 0; n < mostHeard + 10; n++) shift.fold([{ event: again }])
    expect(shift.state.alarmLoad.heard).toHaveLength(mostHeard)
  })

  it('is found as the slow and obvious way finds it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3600 }), { maxLength: 120 }),
        fc.constantFrom(1, 2),
        (offsets, consoles) => {
          const shift = new Shift()
          shift.consoles = consoles
          const startAt = shift.now
          const ats = offsets.map((s) => startAt + s * second).sort((a, b) => a - b)
          const ticks = Array.from({ length: 500 }, (_, n) => startAt + n * 10 * second)
          const found: { startedAt: number; endedAt: number | null }[] = []
          let next = 0
          for (const tick of ticks) {
            for (; next < ats.length && (ats[next] as number) <= tick; next++) {
              shift.now = ats[next] as number
              shift.raise({ kind: 'none', sensorId: null, ruleId: `r${next}` })
            }
            shift.now = tick
            for (const event of shift.tick()) {
              if (event.type === 'flood.began') found.push({ startedAt: event.flood.startedAt, endedAt: null })
              else if (event.type === 'flood.ended') found[found.length - 1]!.endedAt = event.flood.endedAt
            }
          }
          // Slow: at each tick, everything of the last ten minutes is counted again.
          const slow: { startedAt: number; endedAt: number | null }[] = []
          for (const tick of ticks) {
            const count = ats.filter((at) => at > tick - 10 * minute && at <= tick).length
            const running = slow.at(-1)?.endedAt === null
            if (!running && count > 10 * consoles) slow.push({ startedAt: tick, endedAt: null })
            else if (running && count < 5 * consoles) slow.at(-1)!.endedAt = tick
          }
          expect(found).toEqual(slow)
          expect(floodsOf(ats, ticks, consoles)).toEqual(slow)
        },
      ),
      { numRuns: 25 },
    )
  }, 60_000)
})
