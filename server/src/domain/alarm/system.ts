/** Alarms of the system about itself: raised while a condition holds, returned when it ceases. No sensor, no place. */
import type { Alarm, Priority } from '../../../../shared/model/alarm.ts'
import type { Command } from '../../../../shared/model/command.ts'
import type { Term } from '../../../../shared/model/transition.ts'
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { Context, Decision } from '../context.ts'
import { accepted } from '../context.ts'
import type { CityState } from '../state.ts'
import { bareAlarm, nextAlarmId } from './announce.ts'
import { reraiseEvents, returnEvents } from './moves.ts'
import { isWorse } from './rule-check.ts'

export interface SystemRule {
  readonly id: string
  readonly priority: Priority
  readonly name: Term
  readonly unit: string
}

export const systemRules: readonly SystemRule[] = [
  {
    id: 'system.readings-dropped',
    priority: 2,
    name: { zh: '接入过载丢数', en: 'Readings dropped under overload' },
    unit: '/min',
  },
  { id: 'system.intake-full', priority: 2, name: { zh: '接入队列已满', en: 'Intake queue full' }, unit: '%' },
  { id: 'system.disk-full', priority: 1, name: { zh: '磁盘空间不足', en: 'Disk space low' }, unit: '%' },
  { id: 'system.store-slow', priority: 3, name: { zh: '存储变慢', en: 'Store slow' }, unit: 'ms' },
]

export function decideSystemAlarm(
  state: CityState,
  command: Extract<Command, { type: 'alarm.system' }>,
  context: Context,
): Decision {
  const rule = systemRules.find((one) => one.id === command.ruleId)
  const openId = state.alarmOfSystem.get(command.ruleId)
  const open = openId === undefined ? undefined : state.alarms.get(openId)
  if (!command.holds) {
    if (open === undefined) return accepted([])
    return accepted(returnEvents(open, command.value), { alarmId: open.id })
  }
  if (open === undefined) {
    const alarm = newSystemAlarm(state, command, rule, context)
    return accepted([{ type: 'alarm.raised', alarm }], { alarmId: alarm.id })
  }
  const events: DomainEvent[] = [...reraiseEvents(open, command.value)]
  if (isWorse('high', command.value, open.value, Math.max(1, Math.abs(open.value) * 0.5))) {
    const { id: alarmId, priority, ruleId, ruleVersion, limit, name } = open
    events.push({ type: 'alarm.worsened', alarmId, value: command.value, priority, ruleId, ruleVersion, limit, name })
  }
  return accepted(events, { alarmId: open.id })
}

function newSystemAlarm(
  state: CityState,
  command: Extract<Command, { type: 'alarm.system' }>,
  rule: SystemRule | undefined,
  context: Context,
): Alarm {
  const { ruleId, value, limit } = command
  return {
    ...bareAlarm(nextAlarmId(state), context.now),
    ruleId,
    ruleVersion: 1,
    sensorId: null,
    sensorName: '',
    kind: 'system',
    priority: rule?.priority ?? 3,
    name: rule?.name ?? { zh: ruleId, en: ruleId },
    value,
    unit: rule?.unit ?? '',
    limit,
    sense: 'high',
    deadband: 0,
    position: null,
    districtId: null,
  }
}
