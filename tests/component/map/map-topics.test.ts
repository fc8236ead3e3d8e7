/** Pictures under the map's marks, and resources in a ring: what they count, say and remember. */
import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import MapTopics from '../../../client/src/components/map/MapTopics.vue'
import { fillOf, mapTopics, worstFirst } from '../../../client/src/components/map/map-topics.ts'
import { makeI18n } from '../../../client/src/locales/i18n.ts'
import { roadFeatures } from '../../../client/src/map/road-flow-layer.ts'
import { useCaseHeatStore } from '../../../client/src/stores/case-heat.ts'
import { useDistrictOnTimeStore } from '../../../client/src/stores/district-on-time.ts'
import { useLinkStore } from '../../../client/src/stores/link.ts'
import { useRemoteStore, type Query, type Remote } from '../../../client/src/stores/remote.ts'
import { useSensorsStore } from '../../../client/src/stores/sensors.ts'
import { useResourcesStore } from '../../../client/src/stores/resources.ts'
import { noon, sampleIncident, sampleSensor } from '../../support/sample-rows.ts'
import { roadFlowOf } from '../../../shared/model/road-flow.ts'
import { desk, open, press, put, reset, world } from '../desk/open-desk.ts'

/** The whole desk is mounted: its parts are compiled first. */
vi.setConfig({ testTimeout: 30_000 })

describe('districts', () => {
  const values = new Map([
    ['a', 4],
    ['b', 8],
    ['c', 0],
  ])
  it('are filled by their share of the most, a rate by what is missing of it', () => {
    expect([...fillOf('open', values)]).toEqual([
      ['a', 0.5],
      ['b', 1],
      ['c', 0],
    ])
    expect(
      [
        ...fillOf(
          'onTime',
          new Map([
            ['a', 0.9],
            ['b', 0.5],
          ]),
        ),
      ].map(([id, share]) => [id, share.toFixed(3)]),
    ).toEqual([
      ['a', '0.200'],
      ['b', '1.000'],
    ])
  })
  it('are not filled where there is nothing to tell apart', () => {
    expect([...fillOf('overdue', new Map([['a', 0]])).values()]).toEqual([0])
    expect([...fillOf('onTime', new Map([['a', 1]])).values()]).toEqual([0])
    expect(fillOf('open', new Map()).size).toBe(0)
  })
  it('are listed worst first, equally bad ones by id', () => {
    expect(worstFirst('open', values).map(([id]) => id)).toEqual(['b', 'a', 'c'])
    expect(
      worstFirst(
        'onTime',
        new Map([
          ['b', 0.5],
          ['a', 0.5],
          ['c', 0.1],
        ]),
      ).map(([id]) => id),
    ).toEqual(['c', 'a', 'b'])
  })
})

describe('what is asked for', () => {
  const asked: [string, Query | undefined][] = []
  let answer: unknown = null
  const remote = {
    get: (path: string, query?: Query) => {
      asked.push([path, query])
      return Promise.resolve(
        answer === null ? { ok: false, error: { code: 'BUSY', message: '' } } : { ok: true, data: answer },
      )
    },
  } as unknown as Remote
  const at = (ms: number) => useLinkStore().heard(noon + ms, noon + ms, noon)
  beforeEach(() => {
    setActivePinia(createPinia())
    useRemoteStore().attach(remote)
    useLinkStore().setLamp('live', false)
    asked.length = 0
    at(0)
  })
  it('heat: the places of a day’s cases, once in five minutes, kept while no newer are told', async () => {
    const heat = useCaseHeatStore()
    answer = { items: [sampleIncident({ position: [121, 31] }), sampleIncident({ position: null })], next: null }
    await Promise.all([heat.renew(), heat.renew()])
    expect(asked.map(([path, query]) => [path, query?.['from']])).toEqual([
      ['/incidents', new Date(noon - 86_400_000).toISOString()],
    ])
    expect([heat.places, heat.asOfAt]).toEqual([[[121, 31]], noon])
    at(299_999)
    await heat.renew()
    expect(asked).toHaveLength(1)
    answer = null
    at(300_000)
    await heat.renew()
    expect([asked.length, heat.places.length, heat.asOfAt]).toEqual([2, 1, noon])
    heat.clear()
    expect([heat.places, heat.asOfAt]).toEqual([[], null])
  })
  it('on time: of seven days, no rate of a district that closed nothing or is not known', async () => {
    const row = {
      reported: 9,
      filed: 9,
      refused: 0,
      overdue: 0,
      open: 0,
      responseCount: 0,
      responseP50Ms: null,
      responseP90Ms: null,
    }
    answer = {
      rows: [
        { key: 'd0', closed: 4, onTime: 3, ...row },
        { key: 'd1', closed: 0, onTime: 0, ...row },
        { key: null, closed: 2, onTime: 1, ...row },
      ],
    }
    const rates = useDistrictOnTimeStore()
    await rates.renew()
    expect(asked[0]).toEqual([
      '/kpi/groups',
      { by: 'district', from: new Date(noon - 7 * 86_400_000).toISOString(), to: new Date(noon).toISOString() },
    ])
    expect([...rates.rates]).toEqual([['d0', 0.75]])
  })
  it('resources: once, again after no answer, and anew for another account', async () => {
    const resources = useResourcesStore()
    answer = null
    await resources.load()
    answer = {
      items: [{ id: 'P', kind: 'fire', name: '站', nameEn: '', position: [121, 31], districtId: null }],
      next: null,
    }
    await resources.load()
    await resources.load()
    expect([asked.length, resources.list.length]).toEqual([2, 1])
    resources.clear()
    expect(resources.list).toEqual([])
    await resources.load()
    expect(asked).toHaveLength(3)
  })
  it('resources and rates: what one account asked for is not shown to the next', async () => {
    const [resources, rates] = [useResourcesStore(), useDistrictOnTimeStore()]
    answer = { items: [{ id: 'P' }], rows: [{ key: 'd0', closed: 4, onTime: 3 }], next: null }
    const answers = [resources.load(), rates.renew()]
    for (const store of [resources, rates]) store.clear()
    await Promise.all(answers)
    expect([resources.list.length, rates.rates.size, rates.asOfAt]).toEqual([0, 0, null])
  })
})

describe('the panel', () => {
  it('says of what is shown its meaning, its time or that there is none, and its districts', async () => {
    const onToggle = vi.fn()
    const district = { id: 'd0', name: '云岫区', value: '7 件', share: 1 }
    const panel = mount(MapTopics, {
      props: { shown: ['heat', 'open'], asOf: { open: '截至 12:00:00' }, roads: '', districts: [district], onToggle },
      global: { plugins: [makeI18n('zh-CN')] },
    })
    expect(panel.findAll('[role=status]').map((line) => line.text())).toEqual(['尚未取得数据', '截至 12:00:00'])
    expect(panel.findAll('li').map((line) => line.text())).toEqual(['云岫区7 件'])
    await panel.findAll('input')[mapTopics.indexOf('onTime')]?.trigger('change')
    expect(onToggle.mock.calls).toEqual([['onTime']])
  })
})

describe('traffic', () => {
  it('is told by the share of the limit that is driven, each limit of the worse', () => {
    const flows = [43, 42, 31, 30, 19, 18, 0].map((kmh) => roadFlowOf(kmh, 60))
    expect(flows).toEqual(['free', 'fair', 'fair', 'congested', 'congested', 'jammed', 'jammed'])
  })
  it('is drawn as it runs, and as not known where it is not', () => {
    const path = [
      [121, 31],
      [121.01, 31],
    ] as const
    const drawn = roadFeatures([
      { path, flow: 'jammed' },
      { path, flow: null },
    ])
    expect(drawn.map(({ properties }) => properties?.flow)).toEqual(['jammed', 'unknown'])
    expect(drawn[0]?.geometry.coordinates).toEqual(path)
  })
})

describe('on the desk', () => {
  beforeEach(() => {
    localStorage.clear()
    reset()
  })
  afterEach(() => desk.unmount())
  const topic = (name: (typeof mapTopics)[number]) => desk.findAll('.topic input')[mapTopics.indexOf(name)]
  const districts = () => desk.findAll('.topic li').map((line) => line.text())

  it('counts what the queue counts, one number of districts at a time', async () => {
    await open()
    const over = { dueAt: noon - 1, stageDueAt: noon - 1 }
    await put(
      sampleIncident({ id: 'a', districtId: 'd0', dueAt: null, stageDueAt: null }),
      sampleIncident({ id: 'b', districtId: 'd0', ...over }),
      sampleIncident({ id: 'c', districtId: 'd0', ...over, drill: true }),
      sampleIncident({ id: 'd', districtId: null }),
    )
    await press('.')
    await topic('open')?.trigger('change')
    expect(districts()).toEqual(['云岫区2 件'])
    await topic('overdue')?.trigger('change')
    expect(districts()).toEqual(['云岫区1 件'])
    expect(localStorage.getItem('tongguan.map.topics')).toBe('overdue')
  })
  it('tells how many stretches run how, of how many nothing is known, and how long not', async () => {
    const path = [
      [121, 31],
      [121.01, 31],
    ]
    const stretches = [1, 2, 3].map((sensorId) => ({ sensorId, intervalMs: 60_000, freeKmh: 60, path }))
    world.answers.set('/road-stretches', { items: stretches, next: null })
    await open()
    const sensors = useSensorsStore()
    // The desk's clock stands a minute after noon: the second is known for exactly three intervals.
    const told = (value: number, phenomenonAt: number) => ({ value, phenomenonAt, quality: 0 })
    sensors.setValues(
      new Map([
        [1, told(10, noon - 120_000)],
        [2, told(55, noon - 120_001)],
      ]),
    )
    await press('.')
    await topic('roads')?.trigger('change')
    await vi.waitFor(() =>
      expect(desk.get('.topics').text()).toContain('畅通 0、基本畅通 0、拥堵 0、严重拥堵 1、无数据 2、最久 3 分'),
    )
  })
  it('finds resources in the ring, by kind', async () => {
    const at = (n: number) => [121.403 + n / 1000, 31.1]
    const row = (id: string, kind: string, n: number) => ({
      id,
      kind,
      name: id,
      nameEn: '',
      position: at(n),
      districtId: 'd0',
    })
    world.answers.set('/resources', {
      items: [row('一医院', 'hospital', 1), row('枪机', 'camera', 2), row('远医院', 'hospital', 90)],
      next: null,
    })
    const sensor = sampleSensor(7, { name: '积水计', position: [121.4035, 31.1] })
    world.answers.set('/sensors', { items: [sensor], next: null })
    await open()
    await put(sampleIncident({ id: 'a', position: [121.403, 31.1] }))
    await press('j')
    await press('.')
    const ring = desk.findAll('.tools button').find((one) => one.text() === '周边资源')
    await ring?.trigger('click')
    await vi.waitFor(() => expect(desk.findAll('.kinds option').map((one) => one.text())).toContain('医院 1'))
    // Of the register only what lies round the place was asked for.
    expect(desk.findAll('.kinds option').map((one) => one.text())).toContain('感知设备 1')
    const found = () => desk.findAll('.found li').map((line) => line.text())
    expect(found().some((line) => line.startsWith('视频点位枪机'))).toBe(true)
    await desk.get('.kinds select').setValue('hospital')
    expect(found()).toEqual(['医院一医院95 米'])
  })
})
