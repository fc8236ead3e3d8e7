/** Official warnings on the desk: with their colour, those in earnest first, the others marked. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { usePreferencesStore } from '../../../client/src/stores/preferences.ts'
import { useWarningsStore } from '../../../client/src/stores/warnings.ts'
import { noon, sampleWarning } from '../../support/sample-rows.ts'
import { desk, open, reset } from './open-desk.ts'

beforeEach(reset)
afterEach(() => desk.unmount())

const put = async (...warnings: ReturnType<typeof sampleWarning>[]) => {
  useWarningsStore().replace(warnings.map((row) => ({ id: row.id, row })))
  await flushPromises()
}
const lines = () => desk.findAll('.warning-list li').map((line) => line.text())

it('are listed over the map while they are in force', async () => {
  await open()
  expect(desk.find('.warning-list').exists()).toBe(false)
  await put(
    sampleWarning({ id: 'W1', colour: 'red', status: 'Exercise', exercise: true, event: '台风' }),
    sampleWarning({ id: 'W2', colour: 'blue', status: 'Test', exercise: true, event: '寒潮' }),
    sampleWarning({ id: 'W3', colour: 'yellow' }),
    sampleWarning({ id: 'W4', liftedAt: noon }),
    sampleWarning({ id: 'W5', expiresAt: noon + 60_000 }),
  )
  expect(lines()).toEqual([
    expect.stringMatching(/^暴雨\s*黄色预警 · 至 08\/01 13:00$/),
    expect.stringMatching(/^演练\s*台风\s*红色预警/),
    expect.stringMatching(/^测试\s*寒潮\s*蓝色预警/),
  ])
  expect(desk.findAll('.warning-list .shield').map((shield) => shield.classes().at(-1))).toEqual([
    'yellow',
    'red',
    'blue',
  ])
})

it('are told in English where the issuer gave it, and four at most', async () => {
  await open()
  usePreferencesStore().toggleLanguage()
  await put(...[1, 2, 3, 4, 5, 6].map((n) => sampleWarning({ id: `W${n}`, eventEn: n === 1 ? 'Rainstorm' : null })))
  expect(lines()).toHaveLength(5)
  expect(lines()[4]).toMatch(/2/)
})
