import { describe, expect, it } from 'vitest'
import { thingBody } from '../../../mock-data/signals/things.ts'

describe('a device in SensorThings’ words', () => {
  it('carries its code, kind, unit and place', () => {
    const thing = {
      code: 'X',
      name: 'n',
      description: 'd',
      kind: 'pm25',
      position: [122, 31] as const,
      properties: { a: 'b' },
    }
    const unit = { symbol: 'µg/m³', name: 'x', definition: '' }
    expect(thingBody({ ...thing, unit }, 3, 4)).toMatchObject({
      properties: { deviceCode: 'X', a: 'b' },
      Locations: [{ location: { type: 'Point', coordinates: [122, 31] } }],
      Datastreams: [
        {
          properties: { kind: 'pm25' },
          unitOfMeasurement: unit,
          Sensor: { '@iot.id': 3 },
          ObservedProperty: { '@iot.id': 4 },
        },
      ],
    })
    expect(thingBody({ ...thing, unit, position: null }, 3, 4)).not.toHaveProperty('Locations')
  })
})
