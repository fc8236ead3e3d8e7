/** Stretches of road that have a speed sensor, for a map that shows how traffic runs. Values come by the telemetry lane. */
import { Router } from 'express'
import type { LonLat } from '../../../shared/model/geo.ts'
import type { RoadStretch } from '../../../shared/model/road-flow.ts'
import { sensorKind } from '../../../shared/model/sensor-kinds.ts'
import { sensorFor } from '../access/audience.ts'
import type { Engine } from '../ports/engine.ts'
import type { Guard } from './guard.ts'

/** The road a place lies at: see `engine/road-stretches.ts`. */
export type Stretches = (at: LonLat) => Omit<RoadStretch, 'sensorId' | 'intervalMs'> | null

export function roadRoutes(deps: { engine: Engine; stretchAt: Stretches; guard: Guard }): Router {
  const { engine, stretchAt, guard } = deps
  const router = Router()
  router.get(
    '/road-stretches',
    guard('sensors', (_request, { audience }) => {
      const items: RoadStretch[] = []
      for (const row of engine.view.sensors.values()) {
        if (row.kind !== 'road-speed') continue
        const sensor = sensorFor(audience, row)
        const stretch = sensor?.position == null ? null : stretchAt(sensor.position)
        if (sensor === null || stretch === null) continue
        const intervalMs = sensor.intervalMs || sensorKind(sensor.kind).intervalMs
        items.push({ sensorId: sensor.id, intervalMs, ...stretch })
      }
      return { body: { items, next: null } }
    }),
  )
  return router
}
