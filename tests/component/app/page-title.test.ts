/** The tab says the page and how many critical alarms wait for somebody; its mark turns with them. */
import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { defineComponent, nextTick } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { expect, it } from 'vitest'
import { usePageTitle } from '../../../client/src/app/page-title.ts'
import { makeI18n } from '../../../client/src/locales/i18n.ts'
import { useAlarmsStore } from '../../../client/src/stores/alarms.ts'
import { sampleAlarm } from '../../support/sample-rows.ts'

it('counts critical alarms nobody has acknowledged, and no drill among them', async () => {
  const pinia = createPinia()
  setActivePinia(pinia)
  const i18n = makeI18n('zh-CN')
  const Page = defineComponent({ setup: usePageTitle, render: () => null })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/desk', component: Page, meta: { title: 'desk' } }],
  })
  await router.push('/desk')
  const mark = document.createElement('link')
  mark.rel = 'icon'
  document.head.append(mark)
  const page = mount(Page, { global: { plugins: [pinia, i18n, router] } })
  expect(document.title).toBe('值守台 · 统管')
  const alarms = useAlarmsStore()
  const waiting = { priority: 1, state: 'unacknowledged' } as const
  const rows = [
    sampleAlarm({ id: 'A', ...waiting }),
    sampleAlarm({ id: 'B', ...waiting, priority: 2 }),
    sampleAlarm({ id: 'C', ...waiting, drill: true }),
    sampleAlarm({ id: 'D', ...waiting, state: 'acknowledged' }),
  ]
  alarms.replace(rows.map((row) => ({ id: row.id, row })))
  await nextTick()
  expect(document.title).toBe('（1）值守台 · 统管')
  expect(mark.getAttribute('href')).toBe('/favicon-waiting.svg')
  i18n.global.locale.value = 'en'
  alarms.replace([])
  await nextTick()
  expect(document.title).toBe('Desk · Tongguan')
  expect(mark.getAttribute('href')).toBe('/favicon.svg')
  page.unmount()
  mark.remove()
})
