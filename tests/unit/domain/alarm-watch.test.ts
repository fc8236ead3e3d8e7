import { describe, expect, it } from 'vitest'
import type { AlarmRule } from '../../../shared/model/alarm.ts'
import { AlarmWatch } from '../../../server/src/domain/alarm/watch.ts'
import { isTrusted, quality } from '../../../shared/model/reading.ts'

const rule = (over: Partial<AlarmRule>): AlarmRule => ({
  id: 'r',
  version: 1,
  kind: 'k',
  sense: 'high',
  limit: 10,
  deadband: 2,
  onDelayMs: 0,
  onReadings: 1,
  offDelayMs: 0,
  priority: 3,
  name: { zh: '', en: '' },
  consequence: { zh: '', en: '' },
  action: { zh: '', en: '' },
  classCode: 'E0699',
  ...over,
})

/** Each `[seconds, value, quality?]` in turn; what the watch says of it: a rule's id, `back`, or `-`. */
function say(rules: readonly AlarmRule[], readings: readonly (readonly [number, number, number?])[]): string {
  const watch = new AlarmWatch(rules)
  return readings
    .map(([seconds, value, flags = 0]) => {
      const at = seconds * 1000
      const reading = { id: 1, sensorId: 7, phenomenonAt: at, receivedAt: at, value, text: null, quality: flags }
      const verdict = watch.observe('k', reading)
      return verdict === undefined ? '-' : (verdict.rule?.id ?? 'back')
    })
    .join(' ')
}

describe('a limit', () => {
  it('is crossed where it is reached: high', () => {
    expect(
      say(
        [rule({})],
        [
          [0, 9.999],
          [1, 10],
          [2, 10.001],
        ],
      ),
    ).toBe('- r r')
  })
  it('is crossed where it is reached: low', () => {
    expect(
      say(
        [rule({ sense: 'low' })],
        [
          [0, 10.001],
          [1, 10],
          [2, 9.999],
        ],
      ),
    ).toBe('- r r')
  })
  it('is crossed where it is equal: state', () => {
    expect(
      say(
        [rule({ sense: 'state', limit: 1 })],
        [
          [0, 0],
          [1, 1],
          [2, 2],
        ],
      ),
    ).toBe('- r back')
  })
  it('is left behind by the deadband', () => {
    expect(
      say(
        [rule({})],
        [
          [0, 10],
          [1, 8.001],
          [2, 8],
        ],
      ),
    ).toBe('r r back')
    expect(
      say(
        [rule({ sense: 'low' })],
        [
          [0, 10],
          [1, 11.999],
          [2, 12],
        ],
      ),
    ).toBe('r r back')
    expect(
      say(
        [rule({ deadband: 0 })],
        [
          [0, 10],
          [1, 10],
          [2, 9.999],
        ],
      ),
    ).toBe('r r back')
  })
})

describe('the on-delay', () => {
  const delayed = rule({ onDelayMs: 60_000, onReadings: 3 })
  it('needs the time and the readings', () => {
    expect(
      say(
        [delayed],
        [
          [0, 11],
          [30, 11],
          [59.999, 11],
          [60, 11],
        ],
      ),
    ).toBe('- - - r')
    expect(
      say(
        [delayed],
        [
          [0, 11],
          [60, 11],
          [61, 11],
        ],
      ),
    ).toBe('- - r')
  })
  it('begins again when the value falls below the limit', () => {
    expect(
      say(
        [delayed],
        [
          [0, 11],
          [30, 11],
          [40, 9.9],
          [60, 11],
          [90, 11],
          [120, 11],
        ],
      ),
    ).toBe('- - - - - r')
  })
  it('counts readings in a row where there is no time', () => {
    expect(
      say(
        [rule({ onReadings: 3 })],
        [
          [0, 11],
          [0, 11],
          [0, 11],
        ],
      ),
    ).toBe('- - r')
  })
})

describe('the off-delay', () => {
  const slow = rule({ offDelayMs: 60_000 })
  it('holds the alarm until the return has lasted', () => {
    expect(
      say(
        [slow],
        [
          [0, 11],
          [10, 5],
          [69.999, 5],
          [70, 5],
        ],
      ),
    ).toBe('r r r back')
    expect(
      say(
        [slow],
        [
          [0, 11],
          [10, 5],
          [50, 9],
          [60, 5],
          [110, 5],
          [120, 5],
        ],
      ),
    ).toBe('r r r r r back')
  })
  it('is completed by time alone', () => {
    const watch = new AlarmWatch([slow])
    const read = (at: number, value: number) =>
      watch.observe('k', { id: 1, sensorId: 7, phenomenonAt: at, receivedAt: at, value, text: null, quality: 0 })
    read(0, 11)
    read(1000, 5)
    expect(watch.tick(60_999)).toEqual([])
    expect(watch.tick(61_000)).toMatchObject([{ sensorId: 7, rule: null, value: 5, since: 61_000, at: 61_000 }])
    expect(watch.tick(99_000)).toEqual([])
    expect(watch.size).toBe(0)
  })
})

describe('what is not trusted', () => {
  it('neither raises nor clears', () => {
    for (const flags of Object.values(quality).filter((flag) => !isTrusted(flag))) {
      expect(say([rule({})], [[0, 99, flags]])).toBe('-')
      expect(
        say(
          [rule({})],
          [
            [0, 11],
            [1, 0, flags],
            [2, 11],
          ],
        ),
      ).toBe('r - r')
    }
  })
  it('nor does a reading that was overtaken', () => {
    expect(
      say(
        [rule({})],
        [
          [10, 11],
          [9, 0],
          [11, 11],
        ],
      ),
    ).toBe('r - r')
  })
})

describe('several rules', () => {
  const both = [rule({ id: 'mild' }), rule({ id: 'bad', limit: 20, priority: 1 })]
  it('speak through the worst that holds', () => {
    expect(
      say(both, [
        [0, 12],
        [1, 25],
        [2, 19],
        [3, 17],
        [4, 12],
        [5, 7],
      ]),
    ).toBe('mild bad bad mild mild back')
  })
  it('leave other kinds alone', () => {
    const watch = new AlarmWatch(both)
    const reading = { id: 1, sensorId: 7, phenomenonAt: 0, receivedAt: 0, value: 99, text: null, quality: 0 }
    expect(watch.observe('another', reading)).toBeUndefined()
  })
})

describe('after a restart', () => {
  const last = (value: number, at = 1000) =>
    ({ id: 1, sensorId: 7, phenomenonAt: at, receivedAt: at, value, text: null, quality: 0 }) as const
  it('a standing alarm is not raised twice and can return', () => {
    const watch = new AlarmWatch([rule({ offDelayMs: 1000 })])
    watch.restore('k', 7, 'r', last(5))
    expect(watch.tick(1999)).toEqual([])
    expect(watch.tick(2000)).toMatchObject([{ rule: null }])
  })
  it('one whose last reading was the way back is told so', () => {
    expect(new AlarmWatch([rule({})]).restore('k', 7, 'r', last(5))).toMatchObject({ rule: null })
    expect(new AlarmWatch([rule({})]).restore('k', 7, 'r', last(15))).toMatchObject({ rule: { id: 'r' } })
  })
  it('a running on-delay begins at the last reading', () => {
    const watch = new AlarmWatch([rule({ onDelayMs: 5000 })])
    watch.restore('k', 7, null, last(11, 1000))
    expect(watch.observe('k', last(11, 5999))).toBeUndefined()
    expect(watch.observe('k', last(11, 6000))).toMatchObject({ rule: { id: 'r' }, since: 1000 })
  })
})
