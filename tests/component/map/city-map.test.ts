import { mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { defaultCaseSettings } from '../../../shared/model/case-settings.ts'
import CityMap from '../../../client/src/map/CityMap.vue'

describe('CityMap', () => {
  it('gives its place to words where the browser cannot draw maps', async () => {
    const onFault = vi.fn()
    const map = mount(CityMap, {
      props: {
        sensors: [],
        incidents: [],
        units: [],
        selectedIncidentId: null,
        proposals: [],
        bbox: [121, 31, 122, 32] as const,
        caseSettings: defaultCaseSettings,
        layerNames: [],
        dark: true,
        interactive: false,
        picking: false,
        locale: 'zh-CN',
        label: '城市地图',
        onFault,
      },
      slots: { unavailable: '<p>no map</p>' },
    })
    await map.vm.$nextTick()
    expect(map.text()).toBe('no map')
    expect(onFault).toHaveBeenCalledTimes(1)
    expect(map.attributes('aria-label')).toBe('城市地图')
    // Asked to move without a map, it stays quiet.
    map.vm.focus([121.5, 31.5])
    map.vm.fit([121, 31, 122, 32])
    map.unmount()
  })
})
