/**
 * Makes events of what the data watch says. A silent gateway is one alarm; what is silent behind it is raised hidden, or moved behind it
 * where it was found first. When the gateway is back, what stays silent is announced by itself.
 */
import type { Alarm, AlarmRule, Suppression } from '../../../../shared/model/alarm.ts'
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { Context, Emitted } from '../context.ts'
import type { CityState } from '../state.ts'
import { announce, bareAlarm, nextAlarmId } from './announce.ts'
import { gatewayKind } from './data-watch.ts'
import type { GatewayVerdict } from './gateway-watch.ts'
import { reraiseEvents, returnEvents, stateAfter } from './moves.ts'
import type { Verdict } from './watch.ts'

const sign = (ruleId: string, events: readonly DomainEvent[]): Emitted[] =>
  events.map((event) => ({ event, actor: `rule:${ruleId}` }))

/** `isHidden`: its gateway is silent itself. */
export function announceData(state: CityState, verdict: Verdict, isHidden: boolean, context: Context): Emitted[] {
  const sensor = state.sensors.get(verdict.sensorId)
  if (sensor === undefined) return []
  const alarm = state.alarms.get(state.dataAlarmOfSensor.get(sensor.id) ?? '')
  // What is hidden is behind a gateway.
  const parent = isHidden ? gatewayAlarm(state, sensor.gateway as string) : undefined
  const behind = parent === undefined ? null : suppression(parent.id, parent.ruleId, context)
  if (verdict.rule === null || alarm === undefined) return announce(state, verdict, sensor, context, false, behind)
  const emitted = announce(state, verdict, sensor, context, false, behind)
  if (behind !== null) return [...emitted, ...sign(behind.by, moveBehind(alarm, behind))]
  const after = alarm.state === 'suppressed' ? stateAfter(alarm, 'unsuppress', 'holds') : undefined
  if (after === undefined) return emitted
  return [...emitted, ...sign(alarm.ruleId, [{ type: 'alarm.unsuppressed', alarmId: alarm.id, state: after }])]
}

/** The gateway's own alarm, and what hangs on it. */
export function announceGateway(
  state: CityState,
  { gateway, isSilent, at }: GatewayVerdict,
  rule: AlarmRule,
  context: Context,
): Emitted[] {
  const silentMinutes = Math.round((at - gateway.heardAt) / 60_000)
  const open = gatewayAlarm(state, gateway.name)
  if (!isSilent) return open === undefined ? [] : sign(rule.id, returnEvents(open, 0))
  const events: DomainEvent[] = []
  let parentId: string
  if (open === undefined) {
    parentId = nextAlarmId(state)
    const first = [...gateway.members].map((id) => state.sensors.get(id)).find((sensor) => sensor !== undefined)
    const alarm: Alarm = {
      ...bareAlarm(parentId, context.now),
      ...{ ruleId: rule.id, ruleVersion: rule.version, sensorId: null, sensorName: gateway.name, kind: gatewayKind },
      ...{ priority: rule.priority, name: rule.name, value: silentMinutes, unit: 'min', sense: rule.sense },
      ...{ limit: (rule.limit * gateway.shortest[1]) / 60_000, deadband: rule.deadband, latch: rule.latch === true },
      ...{ position: first?.position ?? null, districtId: first?.districtId ?? null, occurredAt: gateway.heardAt },
      gateway: gateway.name,
    }
    events.push({ type: 'alarm.raised', alarm })
  } else {
    parentId = open.id
    events.push(...reraiseEvents(open, silentMinutes))
  }
  const behind = suppression(parentId, rule.id, context)
  for (const id of gateway.members) {
    const child = state.alarms.get(state.dataAlarmOfSensor.get(id) ?? '')
    if (child?.sense === 'no-data' && child.active) events.push(...moveBehind(child, behind))
  }
  return sign(rule.id, events)
}

const gatewayAlarm = (state: CityState, name: string): Alarm | undefined =>
  state.alarms.get(state.alarmOfGateway.get(name) ?? '')

const suppression = (parentId: string, ruleId: string, { now }: Context): Suppression => ({
  by: ruleId,
  parentId,
  at: now,
})

function moveBehind(alarm: Alarm, behind: Suppression): DomainEvent[] {
  const after = stateAfter(alarm, 'suppress')
  return after === undefined ? [] : [{ type: 'alarm.suppressed', alarmId: alarm.id, state: after, suppression: behind }]
}
