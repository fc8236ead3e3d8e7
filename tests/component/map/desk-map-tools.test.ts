/** The map's tools on the desk, by keys. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useUnitsStore } from '../../../client/src/stores/units.ts'
import { usePreferencesStore } from '../../../client/src/stores/preferences.ts'
import { noon, sampleIncident, sampleUnit } from '../../support/sample-rows.ts'
import { desk, open, press, put, reset } from '../desk/open-desk.ts'

/** The whole desk is mounted: its parts are compiled first. */
vi.setConfig({ testTimeout: 30_000 })

beforeEach(() => {
  localStorage.clear()
  reset()
})
afterEach(() => desk.unmount())

const tools = () => desk.find('.tools')
const button = (words: string) =>
  tools()
    .findAll('button')
    .find((one) => one.text() === words)
const found = () =>
  tools()
    .findAll('.found li')
    .map((line) => line.text())

it('opens by its key, finds crews round the selected case by their last place, and gives the ring up with the panel', async () => {
  await open()
  const far = sampleUnit({ id: 'FAR-01', name: '远处一队', station: [121.42, 31.1] })
  const near = sampleUnit({ id: 'NEAR-01', name: '近处一队', station: [121.9, 31.1] })
  useUnitsStore().apply([far, near].map((row) => ({ id: row.id, row })))
  const fix = { unitId: 'NEAR-01', lon: 121.4031, lat: 31.1, headingDeg: null, speedMps: null, fixAt: noon }
  useUnitsStore().movePlaces([fix])
  await put(sampleIncident({ id: 'a', position: [121.403, 31.1] }))
  await press('j')
  await press('.')
  await button('周边资源')?.trigger('click')
  await button('500 米')?.trigger('click')
  expect(found().some((line) => line.includes('近处一队'))).toBe(true)
  expect(found().some((line) => line.includes('远处一队'))).toBe(false)
  await button('3.00 公里')?.trigger('click')
  expect(found().some((line) => line.includes('远处一队'))).toBe(true)
  await press('.')
  expect(tools().exists()).toBe(false)
  await press('.')
  expect(tools().find('.found').exists()).toBe(false)
})

it('hides a layer and remembers it', async () => {
  await open()
  await press('.')
  await tools().get('.layer input').trigger('change')
  expect(usePreferencesStore().hiddenLayers).toEqual(['incidents'])
  expect((tools().get('.layer input').element as HTMLInputElement).checked).toBe(false)
})
