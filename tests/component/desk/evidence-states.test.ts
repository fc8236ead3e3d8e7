/** What is read beside a row tells being read, failed and empty apart, and a queue that is not known from one that is empty. */
import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { describe, expect, it, vi } from 'vitest'
import { makeI18n } from '../../../client/src/locales/i18n.ts'
import AlarmEvidence from '../../../client/src/views/desk/AlarmEvidence.vue'
import CaseTimeline from '../../../client/src/views/desk/CaseTimeline.vue'
import DeskEmpty from '../../../client/src/views/desk/DeskEmpty.vue'
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
  [true, 'all', '', '正在读取…'],
  [true, 'shelved', '', '正在读取…'],
  [false, 'all', '', '没有待办'],
  [false, 'shelved', '', '没有符合当前筛选的事项'],
  [false, 'all', '井盖', '没有符合当前筛选的事项'],
] as const)('a queue without rows is unknown (%s), or empty: %s “%s” says %s', (isUnknown, only, words, told) => {
  const filter = { words, only }
  const props = { rows: [], selected: null, nowAt: noon, filter, isUnknown, onSelect: vi.fn(), onFilter: vi.fn() }
  const queue = mount(DeskQueue, { props, global: global() })
  expect(queue.get('p.empty').text()).toBe(told)
  queue.unmount()
  const beside = mount(DeskEmpty, {
    props: { rows: [], filter, mayCreate: true, isGone: false, isUnknown },
    global: global(),
  })
  expect(beside.get('h2').text()).toBe(told)
  beside.unmount()
})
