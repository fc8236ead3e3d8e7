/** Lists and single rows of alarms, units, warnings and sensors, and what a sensor observed. */
import { Router } from 'express'
import { listQuerySchema, observationsQuerySchema, type ObservationsAnswer } from '../../../shared/contract/http.ts'
import type { Alarm } from '../../../shared/model/alarm.ts'
import { alarmFor, modeFor, responseFor, sensorFor, unitFor, warningFor, type Audience } from '../access/audience.ts'
import { everNormal } from '../../../shared/model/city-mode.ts'
import type { UnitOnWire } from '../../../shared/contract/http.ts'
import { fixLinkAt, primaryStatusOf, unitStatusInfo, type Unit } from '../../../shared/model/unit.ts'
import type { Clock } from '../ports/clock.ts'
import type { Engine } from '../ports/engine.ts'
import type { History, ReadModels } from '../ports/store.ts'
import { part, type Guard } from './guard.ts'
import { no, read } from './reply.ts'
import { fitsBox, fitsWords, memoryPage, visiblePage } from './row-list.ts'

const unitQuerySchema = listQuerySchema
  .pick({ limit: true, cursor: true, bbox: true, state: true, class: true, q: true })
  .strict()
const sensorQuerySchema = listQuerySchema
  .pick({ limit: true, cursor: true, bbox: true, district: true, class: true, located: true, q: true })
  .strict()
const drillQuerySchema = listQuerySchema
  .pick({ limit: true, cursor: true, from: true, to: true, state: true, open: true, q: true })
  .strict()

export function rowRoutes(deps: {
  engine: Engine
  models: ReadModels
  history: History
  guard: Guard
  clock: Clock
}): Router {
  const { engine, models, history, guard, clock } = deps
  const { view } = engine
  const router = Router()

  const seeAlarm = async (audience: Audience, alarm: Alarm) => {
    const itsIncident =
      alarm.incidentId === null
        ? null
        : (view.incidents.get(alarm.incidentId) ?? (await models.incident(alarm.incidentId)))
    return alarmFor(audience, alarm, itsIncident)
  }
  router.get(
    '/alarms',
    guard('alarms', async (request, { audience }) => {
      const query = read(listQuerySchema.strict(), request.query)
      if (!query.ok) return query
      const body = await visiblePage(
        query.value,
        (wanted) => models.alarms(wanted),
        (alarm) => seeAlarm(audience, alarm),
      )
      return { body }
    }),
  )
  router.get(
    '/alarms/:id',
    guard('alarms', async (request, { audience }) => {
      const id = part(request, 'id')
      const alarm = view.alarms.get(id) ?? (await models.alarm(id))
      const body = alarm && (await seeAlarm(audience, alarm))
      return body ? { body } : no('NOT_FOUND', 'no such alarm')
    }),
  )

  /** The row this reader may see, with what is true of it at this moment. */
  const onWire = (audience: Audience, unit: Unit): UnitOnWire => {
    const [fix, now] = [view.fixes.get(unit.id), clock.now()]
    const seen = unitFor(audience, unit) ?? unit
    return {
      ...seen,
      primary: primaryStatusOf(unit),
      secondary: unitStatusInfo[unit.status].secondary,
      link: fixLinkAt(fix?.fixAt ?? null, now),
      fixAt: fix?.fixAt ?? null,
      fixAgeMs: fix === undefined ? null : Math.max(0, now - fix.fixAt),
    }
  }
  router.get(
    '/units',
    guard('units', (request, { audience }) => {
      const query = read(unitQuerySchema, request.query)
      if (!query.ok) return query
      const { bbox, state, class: kind, q } = query.value
      const body = memoryPage(view.units, query.value, (unit) => {
        const at = view.fixes.get(unit.id)?.position ?? unit.station
        if (!unitFor(audience, unit) || !fitsBox(bbox, at) || !fitsWords(q, unit.id, unit.name)) return false
        return (
          (state === undefined || state.split(',').includes(unit.status)) && (kind === undefined || kind === unit.kind)
        )
      })
      return { body: { ...body, items: body.items.map((unit) => onWire(audience, unit)) } }
    }),
  )
  router.get(
    '/units/:id',
    guard('units', (request, { audience }) => {
      const unit = view.units.get(part(request, 'id'))
      return unit && unitFor(audience, unit) ? { body: onWire(audience, unit) } : no('NOT_FOUND', 'no such crew')
    }),
  )

  router.get(
    '/warnings',
    guard('warnings', async (request, { audience }) => {
      const query = read(listQuerySchema.strict(), request.query)
      if (!query.ok) return query
      const body = await visiblePage(
        query.value,
        (wanted) => models.warnings(wanted),
        (warning) => warningFor(audience, warning),
      )
      return { body }
    }),
  )
  router.get(
    '/warnings/:id',
    guard('warnings', async (request, { audience }) => {
      const id = part(request, 'id')
      const warning = view.warnings.get(id) ?? (await models.warning(id))
      const body = warning && warningFor(audience, warning)
      return body ? { body } : no('NOT_FOUND', 'no such warning')
    }),
  )

  router.get(
    '/drills',
    guard('drills', async (request) => {
      const query = read(drillQuerySchema, request.query)
      return query.ok ? { body: await models.drills(query.value) } : query
    }),
  )

  router.get(
    '/mode',
    guard('mode', (_request, { audience }) => ({ body: modeFor(audience, view.modes.get('city') ?? everNormal) })),
  )

  router.get(
    '/responses',
    guard('responses', (_request, { audience }) => {
      const items = [...view.responses.values()].map((row) => responseFor(audience, row)).filter((row) => row !== null)
      return { body: { items, next: null } }
    }),
  )

  router.get(
    '/sensors',
    guard('sensors', (request, { audience }) => {
      const query = read(sensorQuerySchema, request.query)
      if (!query.ok) return query
      const { bbox, district, class: kind, located, q } = query.value
      const { items, next } = memoryPage(view.sensors, query.value, (sensor) => {
        if (sensorFor(audience, sensor) === null) return false
        if (!fitsBox(bbox, sensor.position) || !fitsWords(q, String(sensor.id), sensor.name)) return false
        if (located !== undefined && (sensor.position !== null) !== (located === 'true')) return false
        return (
          (district === undefined || district === sensor.districtId) && (kind === undefined || kind === sensor.kind)
        )
      })
      return { body: { items: items.map((row) => sensorFor(audience, row)), next } }
    }),
  )
  const sensorOf = (id: string) => (/^\d{1,10}$/.test(id) ? view.sensors.get(Number(id)) : undefined)
  router.get(
    '/sensors/:id',
    guard('sensors', (request, { audience }) => {
      const sensor = sensorOf(part(request, 'id'))
      const body = sensor && sensorFor(audience, sensor)
      return body ? { body } : no('NOT_FOUND', 'no such sensor')
    }),
  )
  router.get(
    '/sensors/:id/observations',
    guard('observations', async (request, { audience }) => {
      const sensor = sensorOf(part(request, 'id'))
      if (!sensor || !sensorFor(audience, sensor)) return no('NOT_FOUND', 'no such sensor')
      const query = read(observationsQuerySchema.strict(), request.query)
      if (!query.ok) return query
      const { from, to, bucket, limit } = query.value
      if (from >= to)
        return no('INVALID', 'from must be before to', { fields: [{ field: 'from', problem: 'not before to' }] })
      const series = await history.series(sensor.id, from, to, bucket, limit)
      const body: ObservationsAnswer = { sensorId: sensor.id, unit: sensor.unit, bucket, ...series }
      return { body }
    }),
  )
  return router
}
