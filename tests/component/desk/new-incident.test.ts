/** CAD 5: whoever takes a call is asked about duplicates before the case is filed, and joins one or stands alone. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Candidate } from '../../../client/src/views/desk/use-advice.ts'
import { noSuggestions } from '../../../shared/model/suggestion.ts'
import { sampleIncident } from '../../support/sample-rows.ts'
import { desk, detail, dialog, open, press, put, reset, world } from './open-desk.ts'

beforeEach(reset)
afterEach(() => {
  vi.useRealTimers()
  desk.unmount()
})

const near = { kind: 'distance', words: { zh: '相距 12 米', en: '12 m apart' }, weight: 3 } as const
const apart = { kind: 'text', words: { zh: '文字相似 0.01', en: 'text alike 0.01' }, weight: -0.5 } as const
const candidate = (incidentId: string, score: number): Candidate => ({
  ...{ incidentId, score, reasons: [near, apart], distanceM: 12 },
  incident: sampleIncident({ id: incidentId, title: `积水 ${incidentId}`, state: 'handling' }),
})
const twins = (...items: Candidate[]) => ({ isOn: true, items, next: null })
const opened = { ok: true as const, rev: 0, data: { incidentId: 'new' } }

async function write(field: string, words: string) {
  await dialog().find(`input[name="${field}"]`).setValue(words)
}
async function file() {
  await dialog().find('form').trigger('submit')
  await flushPromises()
}
async function begin() {
  await open()
  await put(sampleIncident({ id: 'new' }), sampleIncident({ id: 'm1', title: '主案' }))
  await press('n')
}
const report = (over: object) => ({
  ...{ type: 'incident.report', classCode: '', title: '下穿积水', description: '', source: 'hotline' },
  ...{ address: null, reporter: null, ...over },
})

describe('a call being written down', () => {
  it('is asked about a moment after the last word, at the place its words suggest', async () => {
    const value = { position: [121.4, 31.2], address: '沐风路', withinM: 40 } as const
    world.suggestions = { ...noSuggestions(true), place: { value, confidence: 0.9, evidence: [] } }
    world.duplicates = twins(candidate('m1', 0.41))
    await begin()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    await write('title', '下穿积水')
    await vi.advanceTimersByTimeAsync(399)
    expect(world.posted).toEqual([])
    await write('address', '沐风路3号')
    await vi.advanceTimersByTimeAsync(399)
    expect(world.posted, 'still being written').toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    const draft = { classCode: '', title: '下穿积水', description: '', address: '沐风路3号', phone: null }
    expect(world.posted).toEqual([
      { path: '/incidents/suggestions', body: draft },
      { path: '/incidents/duplicates', body: { ...draft, position: [121.4, 31.2] } },
    ])
    expect(dialog().text()).toContain('按建议位置比对：沐风路，误差 40 米内')
    expect(dialog().find('[data-candidate="m1"]').text()).toContain('0.41 并入：积水 m1')
    expect(dialog().find('[data-candidate="m1"]').text()).toContain('相距 12 米；文字相似 0.01')
  })

  it('that is most likely a duplicate is not filed before a choice is made, also where nobody waited for the answer', async () => {
    world.suggestions = noSuggestions(true)
    world.duplicates = twins(candidate('m1', 0.65), candidate('m2', 0.41))
    world.outcome = opened
    await begin()
    await write('title', '下穿积水')
    await file()
    expect(world.sent).toEqual([])
    expect(dialog().find('[role="alert"]').text()).toContain('请先选择')
    await dialog().find('input[name="twin"][value="m1"]').setValue()
    expect(dialog().find('button[type="submit"]').text()).toContain('上报并入 m1')
    await file()
    expect(world.sent).toEqual([
      report({}),
      { type: 'incident.merge', incidentId: 'new', mainId: 'm1', reason: '相距 12 米' },
    ])
    expect(detail().find('h2').text()).toContain('主案')
  })

  it('is filed on its own where that is chosen', async () => {
    world.suggestions = noSuggestions(true)
    world.duplicates = twins(candidate('m1', 0.93))
    world.outcome = opened
    await begin()
    await write('title', '下穿积水')
    await file()
    await dialog().find('input[name="twin"][value="own"]').setValue()
    await file()
    // What was shown and is not the same is told apart for good.
    expect(world.sent).toEqual([
      report({}),
      { type: 'incident.not-same', incidentId: 'new', otherId: 'm1', reason: '' },
    ])
  })

  it('below the score merging is advised at, is filed without a choice', async () => {
    world.suggestions = noSuggestions(true)
    world.duplicates = twins(candidate('m1', 0.649))
    world.outcome = opened
    await begin()
    await write('title', '下穿积水')
    await file()
    expect(world.sent).toEqual([report({})])
  })

  it('is filed all the same where nobody answers, and it is said', async () => {
    world.outcome = opened
    await begin()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    await write('title', '下穿积水')
    await vi.advanceTimersByTimeAsync(400)
    expect(dialog().text()).toContain('重复件未能查询')
    vi.useRealTimers()
    await write('phone', '13812345678')
    await file()
    expect(world.sent).toEqual([report({ reporter: { name: null, phone: '13812345678' } })])
  })

  it('a choice of a case that is no longer proposed is none', async () => {
    world.suggestions = noSuggestions(true)
    world.duplicates = twins(candidate('m1', 0.93))
    world.outcome = opened
    await begin()
    await write('title', '下穿积水')
    await file()
    await dialog().find('input[name="twin"][value="m1"]').setValue()
    world.duplicates = twins(candidate('m2', 0.8))
    await write('address', '别处')
    await file()
    expect(world.sent).toEqual([])
    expect(dialog().find('[role="alert"]').exists()).toBe(true)
  })
})
