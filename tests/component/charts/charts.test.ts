import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import EChart from '../../../client/src/charts/EChart.vue'
import SensorCurve from '../../../client/src/charts/SensorCurve.vue'
import SparkLine from '../../../client/src/charts/SparkLine.vue'
import { chartLook } from '../../../client/src/charts/chart-look.ts'
import { flowOption } from '../../../client/src/charts/options/flow-option.ts'

const at = Date.parse('2026-03-28T08:00:00+08:00')
const option = (reported: number[]) =>
  flowOption({
    times: reported.map((_, i) => at + i * 3_600_000),
    reported,
    closed: reported,
    words: { reported: '受理', closed: '结案' },
    timeZone: 'Asia/Shanghai',
    look: chartLook(true),
    hover: false,
  })
const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))

describe('EChart', () => {
  let width = 400
  beforeEach(() => {
    width = 400
    vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockImplementation(() => width)
    vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockImplementation(() => 200)
  })
  afterEach(() => vi.restoreAllMocks())

  it('draws lines a reader can find, and draws them anew', async () => {
    const chart = mount(EChart, { props: { option: option([1, 2]), label: '近一小时' }, attachTo: document.body })
    await nextFrame()
    expect(chart.attributes('aria-label')).toBe('近一小时')
    expect(chart.element.querySelector('svg')).not.toBeNull()
    expect(chart.text()).toContain('受理')
    await chart.setProps({ option: option([1, 2, 3]) })
    await nextFrame()
    expect(chart.text()).toContain('10:00')
    chart.unmount()
  })

  it('waits until it has a size', async () => {
    width = 0
    const chart = mount(EChart, { props: { option: option([1]), label: '' }, attachTo: document.body })
    await nextFrame()
    expect(chart.element.querySelector('svg')).toBeNull()
    chart.unmount()
  })

  it('draws a sensor’s curve with its limit in words', async () => {
    const chart = mount(SensorCurve, {
      props: {
        times: [at, at + 60_000],
        values: [3, 31],
        limit: 27,
        normal: [0, 5],
        unit: 'cm',
        at,
        dark: false,
        label: '积水',
      },
      attachTo: document.body,
    })
    await nextFrame()
    expect(chart.text()).toContain('27 cm')
    chart.unmount()
  })
})

describe('SparkLine', () => {
  it('is empty without values and never a flat zero', () => {
    const line = mount(SparkLine, {
      props: { times: [1], values: [null], normal: [0, 5], fromAt: 0, toAt: 2, label: 'x' },
    })
    expect(line.find('path').exists()).toBe(false)
    expect(line.find('rect').exists()).toBe(false)
  })
})
