/** What is read beside a row tells being read, failed and empty apart, and a queue that is not known from one that is empty. */
import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { describe, expect, it, vi } from 'vitest'
import { makeI18n } from '../../../client/src/locales/i18n.ts'
import AlarmEvidence from '../../../client/src/views/desk/AlarmEvidence.vue'
import CaseTimeline from '../../../client/src/views/desk/CaseTimeline.vue'
import DeskQueue from '../../../client/src/views/desk/DeskQueue.vue'
import type { Curve } from '../../../client/src/views/desk/use-evidence.ts'
import { noon, sampleAlarm } from '../../support/sample-rows.ts'

const global = () => ({ plugins: [createPinia(), makeI18n('zh-CN')] })

describe('the curve of an alarm', () => {
  it.each<[Curve, string | null]>([
    ['reading', '正在读取…'],
    ['failed', '读取失败'],
    [
      { times: [], values: [], quality: [], unit: 'cm', bucket: 'raw', truncated: false } as unknown as Curve,
      '前后一小时没有读数',
    ],
    [null, null],
  ])('that is %s says so', (curve, words) => {
    const evidence = mount(AlarmEvidence, { props: { alarm: sampleAlarm(), curve, onRule: vi.fn() }, global: global() })
    expect(evidence.find('p.none').exists() ? evidence.get('p.none').text() : null).toBe(words)
    evidence.unmount()
  })
})

it.each([
  [false, '正在读取…'],
  [true, '读取失败'],
])('a timeline without entries has failed (%s), or is being read', (hasFailed, words) => {
  const timeline = mount(CaseTimeline, { props: { entries: [], isDrill: false, hasFailed }, global: global() })
  expect(timeline.get('p.none').text()).toBe(words)
  timeline.unmount()
})

it.each([
  [true, '正在读取…'],
  [false, '没有待办'],
])('a queue without rows is unknown (%s), or empty', (isUnknown, words) => {
  const filter = { words: '', only: 'all' } as const
  const props = { rows: [], selected: null, nowAt: noon, filter, isUnknown, onSelect: vi.fn(), onFilter: vi.fn() }
  const queue = mount(DeskQueue, { props, global: global() })
  expect(queue.get('p.empty').text()).toBe(words)
  queue.unmount()
})
