/**
 * Request bodies of the standard's own conformance suite, where they lie beside the project. They were written for version
 * 1.0, which knew no mandatory name: as they are they must be refused naming it, and with a name be taken.
 */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSensorThingsDoor } from '../../../server/src/doors/sensorthings/door.ts'
import type { History } from '../../../server/src/ports/store.ts'
import { FakeCity, FakeClock, FakeLog, FakeMetrics, doorKey, fakeKeys, serve } from '../../support/doors-fakes.ts'

const folder = resolve(import.meta.dirname, '../../../../shared/data/sensorthings')
const isThere = existsSync(folder)
const title = isThere
  ? 'bodies of the conformance suite'
  : 'bodies of the conformance suite (skipped: ../shared/data/sensorthings is not there)'

describe.skipIf(!isThere)(title, () => {
  const clock = new FakeClock()
  const city = new FakeCity(clock)
  const log = new FakeLog()
  let url = ''
  let close = async () => {}
  type Body = Record<string, unknown>

  beforeAll(async () => {
    const metrics = new FakeMetrics()
    const history = city.history as History
    const door = createSensorThingsDoor({ engine: city, intake: city, history, keys: fakeKeys, clock, log, metrics })
    ;({ url, close } = await serve('/sta/v1.1', door))
    await post('/Things', { name: 'n', ...read('thing/thing.json') })
    const datastream = named(read('datastreams/datastream.json', 1))
    expect(await post('/Datastreams', datastream)).toMatchObject({ status: 201 })
  })
  afterAll(async () => {
    await close()
    expect(log.errors).toEqual([])
  })

  const read = (file: string, thingId = 0): Body =>
    JSON.parse(readFileSync(`${folder}/${file}`, 'utf8').replaceAll('$THING-ID', String(thingId))) as Body
  /** The body with a name wherever version 1.1 asks one. */
  function named(body: Body): Body {
    const given = Object.entries(body).map(([key, value]) => {
      const isEntity = /^[A-Z]/.test(key) && key !== 'Thing'
      if (isEntity && Array.isArray(value)) return [key, value.map((each) => named(each as Body))]
      return [key, isEntity ? named(value as Body) : value]
    })
    return { name: 'named', ...(Object.fromEntries(given) as Body) }
  }
  async function post(path: string, body: unknown) {
    const headers = { 'x-api-key': doorKey }
    const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    const json = (await answer.json()) as { message: string; '@iot.id': number }
    return { status: answer.status, message: json.message, id: json['@iot.id'] }
  }

  it.each([
    ['/Things', 'thing/thing.json'],
    ['/Things', 'thing/embeddedLocation.json'],
    ['/Locations', 'locations/location.json'],
    ['/Locations', 'locations/3.json'],
    ['/Sensors', 'sensors/sensor.json'],
    ['/Sensors', 'sensors/3.json'],
    ['/FeaturesOfInterest', 'foi/foi.json'],
    ['/FeaturesOfInterest', 'foi/1.json'],
    ['/Datastreams', 'datastreams/embeddedEntities.json'],
  ])('%s takes %s once it has a name', async (path, file) => {
    expect(await post(path, read(file, 1))).toMatchObject({
      status: 400,
      message: expect.stringMatching(/^\S*name is mandatory/),
    })
    expect(await post(path, named(read(file, 1)))).toMatchObject({ status: 201 })
  })

  it.each(['observedproperties/observedproperty.json', 'observedproperties/3.json'])(
    'takes %s as it is',
    async (file) => {
      expect(await post('/ObservedProperties', read(file))).toMatchObject({ status: 201 })
    },
  )

  it.each(['observations/1.json', 'observations/3.json'])('takes %s as it is', async (file) => {
    expect(await post('/Datastreams(1)/Observations', read(file))).toMatchObject({ status: 201 })
  })

  it('takes an observation with its own feature once that has a name', async () => {
    const body = read('observations/observation.json')
    expect((await post('/Datastreams(1)/Observations', body)).message).toBe('FeatureOfInterest.name is mandatory')
    expect(await post('/Datastreams(1)/Observations', named({ ...body, name: undefined }))).toMatchObject({
      status: 201,
    })
  })

  it('refuses the invalid ones by the field that is wrong', async () => {
    expect((await post('/FeaturesOfInterest', named(read('foi/missingEncodingType.json')))).message).toBe(
      'encodingType is mandatory',
    )
    const unit = {
      ...named(read('datastreams/datastream.json', 1)),
      unitOfMeasurement: read('unitsOfMeasurement/noName.json'),
    }
    expect((await post('/Datastreams', unit)).message).toBe('unitOfMeasurement.name is mandatory')
    expect(await post('/Datastreams', { ...unit, unitOfMeasurement: read('unitsOfMeasurement/1.json') })).toMatchObject(
      { status: 201 },
    )
    expect((await post('/Datastreams', named(read('datastreams/1.json')))).message).toMatch(
      /^Thing is mandatory \(and 2 more\)/,
    )
    // Its Datastream says neither Sensor nor ObservedProperty.
    expect((await post('/Things', named(read('thing/3.json')))).message).toMatch(
      /^HistoricalLocations\.0\.name is not a property|^Datastreams\.0\.Sensor is mandatory/,
    )
  })
})
