/** `dispatch.json`: each part of its own, what is left out as usual, what is wrong named by its field (issue 4.14, 4.16). */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkDispatch } from '../../../shared/contract/dispatch-settings.ts'
import { defaultDispatchSettings } from '../../../shared/model/dispatch-settings.ts'

describe('dispatch.json', () => {
  it('takes the usual settings, and none', () => {
    expect(checkDispatch(defaultDispatchSettings)).toEqual({ ok: true, value: defaultDispatchSettings })
    expect(checkDispatch({})).toEqual({ ok: true, value: {} })
  })

  it.each([
    [{ cover: [{ zone: '', kind: 'fire', minimum: 1 }] }, 'dispatch.json: cover.0.zone'],
    [{ usualCover: -1 }, 'dispatch.json: usualCover'],
    [
      { roadBands: [{ name: { zh: 'a', en: 'a' }, days: 'all', from: '7:00', to: '09:00', speed: {} }] },
      'dispatch.json: roadBands.0.from',
    ],
    [
      { roadBands: [{ name: { zh: 'a', en: 'a' }, days: 'all', from: '07:00', to: '09:00', speed: { local: 1.5 } }] },
      'dispatch.json: roadBands.0.speed.local',
    ],
    [
      { timeTargets: [{ interval: 'answer', priority: 1, departmentId: null, seconds: 0, share: 0.9 }] },
      'dispatch.json: timeTargets.0.seconds',
    ],
    [
      { timeTargets: [{ interval: 'sleep', priority: 1, departmentId: null, seconds: 5, share: 0.9 }] },
      'dispatch.json: timeTargets.0.interval',
    ],
    [{ more: 1 }, 'dispatch.json: '],
  ])('names what is wrong: %j', (json, field) => {
    const checked = checkDispatch(json)
    expect(checked.ok ? '' : checked.problems[0]).toContain(field)
  })

  it('is shown in the docs by an example that is sound', () => {
    const text = readFileSync('docs/dispatch.md', 'utf8')
    const [shown = ''] = [...text.matchAll(/```json\n([\s\S]*?)```/g)].map((found) => found[1])
    expect(checkDispatch(JSON.parse(shown))).toMatchObject({ ok: true })
  })
})
