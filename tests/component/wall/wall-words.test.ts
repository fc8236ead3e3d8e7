import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { fitting } from '../../../client/src/components/wall/wrong-row.ts'
import { useFormat } from '../../../client/src/composables/use-format.ts'
import { makeI18n } from '../../../client/src/locales/i18n.ts'
import { latestClosed } from '../../../client/src/views/wall/use-case-history.ts'
import { minuteStarts } from '../../../client/src/views/wall/use-today.ts'
import { thinned } from '../../../client/src/views/wall/use-vital-lines.ts'
import { noon, sampleIncident } from '../../support/sample-rows.ts'

const minute = 60_000
const day = 86_400_000

describe('what was just closed', () => {
  it('is closed or evaluated within a day, the latest first', () => {
    const closed = (id: string, agoMs: number, state: 'closed' | 'evaluated' | 'void' = 'closed') =>
      sampleIncident({ id, state, closedAt: noon - agoMs })
    const rows = [
      closed('c', 3),
      closed('b', 2, 'evaluated'),
      closed('void', 1, 'void'),
      closed('yesterday', day),
      sampleIncident(),
    ]
    expect(latestClosed(rows, noon, 5).map((row) => row.id)).toEqual(['b', 'c'])
    expect(latestClosed(rows, noon, 1)).toHaveLength(1)
    expect(latestClosed([closed('edge', day - 1)], noon, 5)).toHaveLength(1)
    expect(latestClosed([closed('a', 1), closed('b', 1)], noon, 5).map((row) => row.id)).toEqual(['b', 'a'])
  })
})

describe('a day of values', () => {
  it('is left as it is when it fits', () => {
    expect(thinned({ times: [1, 2], values: [3, null] }, 0, 10, 2)).toEqual({ times: [1, 2], values: [3, null] })
  })

  it('becomes means of equal shares; a share without values stays a gap', () => {
    const answer = { times: [0, 1, 4, 5, 8, 9], values: [1, 3, null, null, 5, null] }
    expect(thinned(answer, 0, 10, 5)).toEqual({ times: [1, 5, 9], values: [2, null, 5] })
  })

  it('keeps what lies on the edges', () => {
    expect(thinned({ times: [0, 5, 10], values: [1, 2, 3] }, 0, 10, 2).values).toEqual([1, 2.5])
  })
})

describe('a measured time', () => {
  it('is told in one unit, with a decimal below ten of it, seconds whole', () => {
    let format: ReturnType<typeof useFormat> | undefined
    const Asking = { setup: () => ((format = useFormat()), () => null) }
    mount(Asking, { global: { plugins: [makeI18n('zh-CN')] } }).unmount()
    const told = (ms: number) => Object.values(format?.measured(ms) ?? {}).join(' ')
    expect([0, 1499, 2 * minute - 501, 2 * minute, 9.94 * minute].map(told)).toEqual([
      '0 秒',
      '1 秒',
      '119 秒',
      '2.0 分',
      '9.9 分',
    ])
    expect([9.96 * minute, 23.4 * minute, 180 * minute - 1, 180 * minute, 1500 * minute].map(told)).toEqual([
      '10 分',
      '23 分',
      '180 分',
      '3.0 小时',
      '25 小时',
    ])
  })
})

describe('the list of what is wrong', () => {
  it('holds as many rows as there is room for, the tall ones counted tall', () => {
    const [tall, low] = [{ type: 'incident' }, { type: 'alarm' }] as const
    expect(fitting([tall, tall, low], 94 + 94 + 66)).toHaveLength(3)
    expect(fitting([tall, tall, low], 94 + 94 + 65)).toHaveLength(2)
    expect(fitting([low, tall, low, low], 66 + 94)).toHaveLength(2)
    expect(fitting([tall], 93)).toHaveLength(0)
  })
})

describe('today', () => {
  it('ends its minutes with the minute it is true for', () => {
    expect(minuteStarts(2, noon + 5)).toEqual([noon - minute, noon])
    expect(minuteStarts(0, noon)).toEqual([])
  })
})
