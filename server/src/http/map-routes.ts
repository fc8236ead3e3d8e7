/** What the map is drawn from: tiles, the pack's layers as they are, and the register of sensors as points. */
import { Router } from 'express'
import { scopeOf, sensorFor, type Audience } from '../access/audience.ts'
import type { City } from '../ports/city.ts'
import type { Engine } from '../ports/engine.ts'
import type { MapTiles } from '../ports/tiles.ts'
import type { Guard } from './guard.ts'
import { part } from './guard.ts'
import { createKept, pack, sendPacked, type Packed } from './packed.ts'
import { no } from './reply.ts'
import { tileRoutes } from './tile-routes.ts'

const geoJson = 'application/geo+json; charset=utf-8'
/** The reader asks again each time, and mostly hears that nothing changed. */
const askAgain = 'private, no-cache'
const sent = { body: null }

export function mapRoutes(deps: { city: City; engine: Engine; tiles: MapTiles; guard: Guard }): Router {
  const { city, engine, tiles, guard } = deps
  const router = Router()
  router.use(tileRoutes({ tiles, attribution: city.attribution, guard }))
  const layers = createKept<Packed>(Math.max(1, city.layerNames.length))
  const registers = createKept<Packed>(20)
  let registerRev = engine.view.rev
  engine.onCommit((commit) => {
    if (commit.touched.has('sensor')) registerRev = commit.rev
  })

  router.get(
    '/layers/:file',
    guard('city', async (request, _asker, response) => {
      const name = /^([a-z0-9-]{1,40})\.geojson$/.exec(part(request, 'file'))?.[1]
      const bytes = name !== undefined && city.layerNames.includes(name) ? city.layer(name) : null
      if (name === undefined || bytes === null) return no('NOT_FOUND', 'no such layer')
      sendPacked(request, response, await layers(name, () => pack(bytes, geoJson, true)), askAgain)
      return sent
    }),
  )

  const register = (audience: Audience) =>
    JSON.stringify({
      type: 'FeatureCollection',
      features: [...engine.view.sensors.values()].flatMap((sensor) => {
        const { id, kind, name, unit, districtId, position } = sensor
        return position === null || sensorFor(audience, sensor) === null
          ? []
          : [
              {
                type: 'Feature',
                id,
                geometry: { type: 'Point', coordinates: position },
                properties: { id, kind, name, unit, districtId },
              },
            ]
      }),
    })
  router.get(
    '/sensors.geojson',
    guard('sensors', async (request, { audience }, response) => {
      // Whoever is bound to a district has a register of its own.
      const district = scopeOf(audience)?.districtId
      const version = `${engine.view.epoch}-${registerRev}${district === undefined ? '' : `-${district}`}`
      const packed = await registers(version, () => pack(Buffer.from(register(audience)), geoJson, true, version))
      sendPacked(request, response, packed, askAgain)
      return sent
    }),
  )
  return router
}
