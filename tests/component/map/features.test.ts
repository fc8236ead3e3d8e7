import { describe, expect, it } from 'vitest'
import { divisionLabels, labelPlace } from '../../../client/src/map/divisions-layer.ts'
import { incidentFeatures, pulsesOf } from '../../../client/src/map/incidents-layer.ts'
import { foremost, maxPulses } from '../../../client/src/map/pulse-marks.ts'
import { withLetters } from '../../../client/src/fonts/page-font.ts'
import { ageLabel, shortened } from '../../../client/src/map/map-text.ts'
import { proposalFeatures } from '../../../client/src/map/proposals-layer.ts'
import { sensorGlyph } from '../../../client/src/map/sensor-glyphs.ts'
import { sensorIconId, sensorIconOf, sensorIconStates } from '../../../client/src/map/sensor-icons.ts'
import { sensorFeatures } from '../../../client/src/map/sensors-layer.ts'
import { sensorKinds } from '../../../shared/model/sensor-kinds.ts'
import type { SensorMark } from '../../../shared/model/sensor-mark.ts'
import { unitFeatures, unitLines } from '../../../client/src/map/units-layer.ts'
import { warnedDistricts, warningFeatures } from '../../../client/src/map/warnings-layer.ts'
import type { Warning, WarningPolygon } from '../../../shared/model/warning.ts'
import { noon, sampleIncident, sampleUnit, sampleWarning } from '../../support/sample-rows.ts'

const minute = 60_000

describe('words on the map', () => {
  it('are short ages, counted in whole units', () => {
    expect(
      [0, 59_999, minute, 59 * minute, 60 * minute, 47 * 60 * minute, 48 * 60 * minute].map((ms) =>
        ageLabel(ms, 'zh-CN'),
      ),
    ).toEqual(['<1分钟', '<1分钟', '1分钟', '59分钟', '1小时', '47小时', '2天'])
    expect(ageLabel(-5, 'en')).toBe('<1m')
  })

  it('are cut between letters, never within one', () => {
    expect(shortened('积水', 2)).toBe('积水')
    expect(shortened('𠮷野家门前积水', 4)).toBe('𠮷野家…')
  })

  it('wait for letters without ever failing', async () => {
    await expect(withLetters(['澜汀市'])).resolves.toBeUndefined()
  })
})

describe('what belongs to a drill', () => {
  it('says so beside its mark', () => {
    const incidents = [sampleIncident({ priority: 3, drill: true, position: [121, 31] })]
    const data = { incidents, selectedIncidentId: null, nowAt: noon, locale: 'zh-CN' } as const
    const [[feature]] = incidentFeatures(data)
    expect(feature?.properties).toMatchObject({ drill: true, label: expect.stringMatching(/^演练 /) as string })
  })
})

describe('division labels', () => {
  const square = (x: number, size: number) => [
    [x, 0],
    [x + size, 0],
    [x + size, size],
    [x, size],
    [x, 0],
  ]

  it('stand in the largest part', () => {
    const at = labelPlace({ type: 'MultiPolygon', coordinates: [[square(0, 1)], [square(10, 4)]] })
    expect(at?.[0]).toBeCloseTo(12)
    expect(at?.[1]).toBeCloseTo(2)
  })

  it('are left out where there is no area or no name', () => {
    expect(labelPlace({ type: 'Polygon', coordinates: [[]] })).toBeNull()
    expect(labelPlace({ type: 'Point', coordinates: [1, 2] })).toBeNull()
    const feature = {
      type: 'Feature' as const,
      properties: {},
      geometry: { type: 'Polygon' as const, coordinates: [square(0, 1)] },
    }
    expect(divisionLabels({ type: 'FeatureCollection', features: [feature] }, 'en')).toEqual([])
  })

  it('are in the language shown, Chinese where there is no other', () => {
    const geometry = { type: 'Polygon' as const, coordinates: [square(0, 1)] }
    const named = (properties: Record<string, unknown>) => ({
      type: 'FeatureCollection' as const,
      features: [{ type: 'Feature' as const, properties, geometry }],
    })
    expect(divisionLabels(named({ name: '云岫区', nameEn: 'Yunxiu' }), 'en')[0]?.properties?.name).toBe('Yunxiu')
    expect(divisionLabels(named({ name: '云岫区' }), 'en')[0]?.properties?.name).toBe('云岫区')
  })
})

describe('sensors', () => {
  const crowd = { at: [121, 31], count: 9, worst: 2, abnormal: 3, drilled: 1, late: 2 } as const
  const shown = (over: Partial<SensorMark>) => sensorFeatures([{ ...crowd, ...over }])[0]?.properties

  it('show the worst level of a crowd, and how many are abnormal', () =>
    expect(shown({})).toEqual({ count: 9, level: 2, abnormal: 3, drill: false, stale: false }))
  it('are a drill’s where all that is abnormal is, and late where all are', () => {
    expect(shown({ drilled: 3 })).toMatchObject({ drill: true })
    expect(shown({ worst: 0, abnormal: 0, drilled: 0, late: 9 })).toMatchObject({ drill: false, stale: true })
  })
  it('can be touched where one stands alone', () =>
    expect(shown({ count: 1, sensorId: 7, kind: 'noise' })).toMatchObject({ sensor: 7, icon: 'kind-noise-2' }))
  it('wear the sign of their kind in every state, a kind nobody knows that of others', () => {
    const alone = (over: Partial<SensorMark>): unknown =>
      shown({ count: 1, sensorId: 7, kind: 'rainfall', worst: 0, abnormal: 0, drilled: 0, late: 0, ...over })?.icon
    expect([alone({}), alone({ late: 1 }), alone({ worst: 1, late: 1 })]).toEqual([
      'kind-rain-normal',
      'kind-rain-late',
      'kind-rain-1',
    ])
    expect(alone({ kind: 'toString' })).toBe('kind-other-normal')
  })
  it('have a sign for each kind, drawn from its name alone, and none for another name', () => {
    for (const { code } of sensorKinds)
      for (const state of sensorIconStates) {
        const icon = { glyph: sensorGlyph(code), state }
        expect(sensorIconOf(sensorIconId(icon))).toEqual(icon)
        if (code !== 'other') expect(icon.glyph, code).not.toBe('other')
      }
    expect(['level-1', 'kind-rain', 'kind-rain-5', 'kind-snow-1', ''].map(sensorIconOf)).toEqual(Array(5).fill(null))
  })
})

describe('incidents', () => {
  const data = { selectedIncidentId: null, nowAt: noon + 5 * minute, locale: 'zh-CN' as const }
  it('keep P1, P2 and the selected out of the crowd, and the unlocated off the map', () => {
    const incidents = [1, 2, 3, 4].map((priority) =>
      sampleIncident({ id: `I${priority}`, priority: priority as 1 | 2 | 3 | 4 }),
    )
    const lost = sampleIncident({ id: 'lost', position: null })
    const [many, apart] = incidentFeatures({ ...data, incidents: [...incidents, lost], selectedIncidentId: 'I4' })
    expect(many.map((f) => f.properties?.incident)).toEqual(['I3'])
    expect(apart.map((f) => f.properties?.incident)).toEqual(['I1', 'I2', 'I4'])
  })

  it('pulse only while nobody has taken a P1 or P2', () => {
    const pulse = (over: Parameters<typeof sampleIncident>[0]) =>
      incidentFeatures({ ...data, incidents: [sampleIncident(over)] })
        .flat()
        .map((f) => f.properties?.unattended)
    expect(pulse({ state: 'reported', priority: 2 })).toEqual([true])
    expect(pulse({ state: 'reported', priority: 3 })).toEqual([false])
    expect(pulse({ state: 'pending-filing', priority: 1 })).toEqual([false])
  })

  it('pulse at most so many, the worst and oldest first', () => {
    const many = Array.from({ length: maxPulses + 2 }, (_, n) =>
      sampleIncident({ id: `I${n}`, state: 'reported', priority: n === 0 ? 1 : 2, reportedAt: noon - n * minute }),
    )
    const pulses = foremost(pulsesOf([sampleIncident({ id: 'nowhere', position: null, priority: 1 }), ...many]))
    expect(pulses).toHaveLength(maxPulses)
    expect(pulses.slice(0, 2).map(({ id }) => id)).toEqual(['I0', `I${maxPulses + 1}`])
    expect(pulses.some(({ id }) => id === 'I1')).toBe(false)
  })
  it('name P1 and the selected, and give the others their age', () => {
    const label = (over: Parameters<typeof sampleIncident>[0], selected: string | null = null) =>
      incidentFeatures({
        ...data,
        selectedIncidentId: selected,
        incidents: [sampleIncident({ title: '积水', ...over })],
      }).flat()[0]?.properties?.label
    expect(label({ priority: 1 })).toBe('积水 5分钟')
    expect(label({ priority: 4 })).toBe('5分钟')
    expect(label({ id: 'x', priority: 4 }, 'x')).toBe('积水 5分钟')
  })
})

describe('crews', () => {
  const place = { lon: 121.4, lat: 31.1, headingDeg: 90, speedMps: null, fixAt: noon }

  it('are arrows while they drive, squares when they stand, hollow when nobody knows', () => {
    const mark = (over: Parameters<typeof sampleUnit>[0], at: typeof place | null, ageMs: number | null) =>
      unitFeatures([{ unit: sampleUnit(over), place: at, ageMs }])[0]?.properties?.mark
    const busy = { incidentId: 'I1', status: 'en-route' as const }
    expect(mark(busy, place, 0)).toBe('crew-busy')
    expect(mark({ incidentId: null, status: 'available' }, place, 0)).toBe('crew-idle')
    expect(mark({ ...busy, status: 'on-scene' }, place, 60_000)).toBe('crew-dot-busy')
    expect(mark({ ...busy, status: 'on-scene' }, place, 60_001)).toBe('crew-dot-stale')
    expect(mark(busy, place, 300_000)).toBe('crew-busy')
    expect(mark(busy, place, 300_001)).toBe('crew-dot-stale')
    expect(mark({ ...busy, station: [121, 31] }, null, Infinity)).toBe('crew-dot-stale')
  })

  it('are left out off duty and where they have no place at all', () => {
    expect(unitFeatures([{ unit: sampleUnit({ status: 'off-duty' }), place, ageMs: 0 }])).toEqual([])
    expect(unitFeatures([{ unit: sampleUnit({ station: null }), place: null, ageMs: null }])).toEqual([])
  })

  it('are joined to their case until they are there', () => {
    const incidents = [
      sampleIncident({ id: 'I1', position: [121.5, 31.2] }),
      sampleIncident({ id: 'I2', position: null }),
    ]
    const line = (status: 'dispatched' | 'en-route' | 'on-scene', incidentId: string) =>
      unitLines({ incidents, units: [{ unit: sampleUnit({ status, incidentId }), place, ageMs: 0 }] })
    expect(line('dispatched', 'I1')[0]?.properties).toEqual({ moving: false })
    expect(line('en-route', 'I1')[0]?.geometry.coordinates).toEqual([
      [121.4, 31.1],
      [121.5, 31.2],
    ])
    expect(line('on-scene', 'I1')).toEqual([])
    expect(line('en-route', 'I2')).toEqual([])
    expect(line('en-route', 'gone')).toEqual([])
  })

  it('proposed are numbered as listed, with a line where the case has a place', () => {
    const proposal = {
      unitId: 'U',
      rank: 1,
      etaS: 1,
      distanceM: 1,
      basis: 'road' as const,
      reasons: [],
      fixAgeMs: 0,
      primary: 'Available' as const,
      fitness: 'general' as const,
      isMutualAid: false,
      scoreS: 60,
      parts: [],
    }
    const units = [{ unit: sampleUnit({ id: 'U' }), place, ageMs: 0 }]
    const proposals = [proposal, { ...proposal, unitId: 'nobody', rank: 2 }]
    const found = proposalFeatures({ proposals, units, target: [121.5, 31.2] })
    expect(found.points.map((f) => f.properties?.number)).toEqual(['1'])
    expect(found.lines).toHaveLength(1)
    expect(proposalFeatures({ proposals, units, target: null }).lines).toEqual([])
  })
})

describe('warnings', () => {
  const warning = (over: Partial<Warning>): Warning =>
    sampleWarning({ colour: 'yellow', districtIds: ['d1'], expiresAt: noon + minute, ...over })

  it('colour each district by the gravest in force', () => {
    const warnings = [
      warning({}),
      warning({ id: 'W2', colour: 'red' }),
      warning({ id: 'W3', colour: 'blue', districtIds: ['d2'] }),
    ]
    expect([...warnedDistricts({ warnings, nowAt: noon })]).toEqual([
      ['d1', 'red'],
      ['d2', 'blue'],
    ])
  })

  it('end when lifted, and at their end', () => {
    expect(warnedDistricts({ warnings: [warning({ liftedAt: noon })], nowAt: noon }).size).toBe(0)
    expect(warnedDistricts({ warnings: [warning({})], nowAt: noon + minute - 1 }).size).toBe(1)
    expect(warnedDistricts({ warnings: [warning({})], nowAt: noon + minute }).size).toBe(0)
  })

  const square = (x: number): WarningPolygon => [
    [
      [x, 0],
      [x + 1, 0],
      [x + 1, 1],
      [x, 0],
    ],
  ]

  it('use what the issuer drew, all of it, where there is anything', () => {
    const drawn = warning({ polygons: [square(0), square(5)] })
    expect(warnedDistricts({ warnings: [drawn], nowAt: noon }).size).toBe(0)
    const [feature] = warningFeatures({ warnings: [drawn], nowAt: noon })
    expect(feature?.properties).toEqual({ colour: '#ffd43b', exercise: false })
    expect(feature?.geometry).toEqual({ type: 'MultiPolygon', coordinates: [square(0), square(5)] })
  })

  it('are dashed where they are for a drill, and a district shows the real one first', () => {
    const drill = warning({ id: 'W2', colour: 'red', exercise: true, status: 'Exercise' })
    expect([...warnedDistricts({ warnings: [drill, warning({})], nowAt: noon })]).toEqual([['d1', 'yellow']])
    expect(warnedDistricts({ warnings: [drill], nowAt: noon }, true).get('d1')).toBe('red')
    const drawn = { ...drill, polygons: [square(0)] }
    expect(warningFeatures({ warnings: [drawn], nowAt: noon })[0]?.properties?.exercise).toBe(true)
  })
})
