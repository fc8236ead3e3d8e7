/** Lines 9 and 10 on the desk: candidates with reasons and a key for each act, callers of merged cases, one line of suggestion and one key. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Candidate } from '../../../client/src/views/desk/use-advice.ts'
import type { Merge } from '../../../shared/model/incident.ts'
import { noSuggestions } from '../../../shared/model/suggestion.ts'
import { noon, sampleIncident } from '../../support/sample-rows.ts'
import { desk, detail, open, press, put, reset, world } from './open-desk.ts'

beforeEach(reset)
afterEach(() => desk.unmount())

const near = { kind: 'distance', words: { zh: '相距 12 米', en: '12 m apart' }, weight: 3 } as const
const apart = { kind: 'text', words: { zh: '文字相似 0.01', en: 'text alike 0.01' }, weight: -0.5 } as const
const candidate = (incidentId: string, score: number): Candidate => ({
  ...{ incidentId, score, reasons: [near, apart], distanceM: 12 },
  incident: sampleIncident({ id: incidentId, title: `积水 ${incidentId}`, state: 'handling' }),
})
const some = { isOn: true, items: [candidate('m1', 0.93), candidate('m2', 0.41)], next: null }
const report = sampleIncident({ id: 'a', version: 4, state: 'reported', source: 'open311', classCode: 'E0699' })
const select = async (row = report) => {
  await open()
  await put(row)
  await press('j')
}

describe('line 9: candidates beside a case', () => {
  it('are listed with score and reasons; one key merges, links or tells apart', async () => {
    world.duplicates = some
    await select()
    expect(detail().text()).toContain('0.93 积水 m1')
    expect(detail().text()).toContain('相距 12 米；文字相似 0.01')
    await press('=')
    await press('+')
    await press('-')
    const head = { incidentId: 'a', expectedVersion: 4 }
    expect(world.sent).toEqual([
      { type: 'incident.merge', ...head, mainId: 'm1', reason: '相距 12 米' },
      { type: 'incident.link', ...head, otherId: 'm1', reason: '相距 12 米' },
      { type: 'incident.not-same', ...head, otherId: 'm1', reason: '' },
    ])
    // The first to mount the desk loads it all.
  }, 30_000)
  it('are chosen by the mouse', async () => {
    world.duplicates = some
    await select()
    await desk.get('[data-candidate="m2"]').trigger('click')
    await press('=')
    expect(world.sent).toMatchObject([{ type: 'incident.merge', mainId: 'm2' }])
  })
  it('are not asked for where nothing may be merged any more, and said to be off where they are', async () => {
    world.duplicates = { isOn: false, items: [], next: null }
    await select()
    expect(detail().text()).toContain('重复件识别已停用')
    await press('=')
    expect(world.sent).toEqual([])
    await put(sampleIncident({ id: 'a', version: 5, state: 'handling' }))
    expect(detail().text()).not.toContain('重复件识别已停用')
  })
  it('callers of merged cases stand in the main case, and a merged one names it; one key undoes it', async () => {
    const from = { from: 'reported', stateSince: noon, stageDueAt: null } as const
    const by = { by: 'duty', isByRule: false, reason: '同一积水点', score: null, alarmIds: [] }
    const merge: Merge = { mainId: 'a', at: noon, ...by, ...from }
    const reporter = { name: '李*', phone: '139****4321', email: null }
    const merged = sampleIncident({ id: 'b', version: 3, state: 'merged', merge, reporter })
    await open()
    await put({ ...report, mergedIds: ['b', 'gone'] }, merged)
    await press('j')
    expect(detail().text()).toContain('并入的 2 件，均须回复')
    expect(detail().text()).toContain('李* 139****4321')
    expect(detail().text()).toContain('gone')
  })
})

describe('line 10: the suggestion', () => {
  it('of another class is one line with its evidence, and one key takes it', async () => {
    const words = { kind: 'words', words: { zh: '文中有「积水」', en: '' } } as const
    const classes = [{ value: 'E0506', confidence: 0.87, evidence: [words] }]
    world.suggestions = { ...noSuggestions(true), classes }
    await select()
    expect(detail().text()).toContain('建议分类：E0506')
    expect(detail().text()).toContain('87%')
    expect(detail().text()).toContain('文中有「积水」')
    await press('0')
    expect(world.sent).toEqual([
      { type: 'incident.reclassify', incidentId: 'a', expectedVersion: 4, classCode: 'E0506' },
    ])
  })
  it('of a place comes first where there is none', async () => {
    const value = { position: [121.4, 31.2], address: '沐风路与听潮街路口', withinM: 40 } as const
    world.suggestions = { ...noSuggestions(true), place: { value, confidence: 0.9, evidence: [] } }
    await select({ ...report, position: null })
    expect(detail().text()).toContain('建议定位：沐风路与听潮街路口，误差 40 米内（90%）')
    await press('0')
    expect(world.sent).toMatchObject([{ type: 'incident.locate', position: [121.4, 31.2] }])
  })
  it('of a mark comes before all else, and the key sets it', async () => {
    const words = { kind: 'words', words: { zh: '扬言自伤：「跳楼」', en: '' } } as const
    const classes = [{ value: 'E0506', confidence: 0.87, evidence: [] }]
    const flags = [{ value: 'threat', confidence: 0.8, evidence: [words] } as const]
    world.suggestions = { ...noSuggestions(true), classes, flags }
    await select({ ...report, position: null })
    expect(detail().text()).toContain('建议标记：扬言（80%）')
    expect(detail().text()).toContain('扬言自伤：「跳楼」')
    await press('0')
    expect(world.sent).toMatchObject([{ type: 'incident.flag', expectedVersion: 4, flag: 'threat', isOn: true }])
  })
  it('is silent where it is not sure, agrees with the case, or is not a person’s report', async () => {
    const classes = (confidence: number, value: string) => [{ value, confidence, evidence: [] }]
    for (const said of [classes(0.29, 'E0506'), classes(0.9, 'E0699')]) {
      reset()
      world.suggestions = { ...noSuggestions(true), classes: said }
      await select()
      expect(detail().text()).not.toContain('建议')
      await press('0')
      expect(world.sent).toEqual([])
      desk.unmount()
    }
    reset()
    await select({ ...report, source: 'iot' })
    expect(world.asked.some((path) => path.endsWith('/suggestions'))).toBe(false)
  })
})
