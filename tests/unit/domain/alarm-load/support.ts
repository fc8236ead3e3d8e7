/** Alarms said by hand, shaped and folded as the engine does it. */
import type { Alarm, Priority } from '../../../../shared/model/alarm.ts'
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { LonLat } from '../../../../shared/model/geo.ts'
import { shapeAlarms } from '../../../../server/src/domain/alarm-load/shape.ts'
import { loadTick } from '../../../../server/src/domain/alarm-load/tick.ts'
import { sampleAlarm } from '../../../support/sample-rows.ts'
import { Paper } from '../support.ts'

export const [second, minute] = [1000, 60_000]

export interface Wish {
  readonly sensorId?: number | null
  readonly thingId?: number
  readonly kind?: string
  readonly ruleId?: string
  readonly priority?: Priority
  readonly position?: LonLat | null
  readonly occurredAt?: number
  readonly districtId?: string | null
  readonly drill?: boolean
}

/** Metres east of the sample's place. */
export const east = (m: number): LonLat => [121.4 + m / (111_195 * Math.cos((31.2 * Math.PI) / 180)), 31.2]

export class Shift extends Paper {
  consoles = 1
  /** Everything folded since it was last emptied. */
  said: DomainEvent[] = []

  constructor() {
    super(false)
  }

  say(...events: readonly DomainEvent[]): readonly DomainEvent[] {
    const shaped = shapeAlarms(
      this.state,
      events.map((event) => ({ event })),
      this.now,
    )
    this.fold(shaped)
    const told = shaped.map(({ event }) => event)
    this.said.push(...told)
    return told
  }

  raise(wish: Wish = {}): Alarm {
    const id = `A${this.state.counters.alarm + 1}`
    const { sensorId = this.state.counters.alarm + 1, thingId, kind = 'noise', ...more } = wish
    if (sensorId !== null && !this.state.sensors.has(sensorId)) {
      const place = { position: more.position ?? null, districtId: more.districtId ?? null }
      const sensor = {
        id: sensorId,
        name: `测点${sensorId}`,
        kind,
        unit: '',
        sentUnit: '',
        intervalMs: minute,
        ...place,
      }
      this.say({
        type: 'sensor.registered',
        sensor: { ...sensor, thingId: thingId ?? 1000 + sensorId, registeredAt: 0 },
      })
    }
    const times = { occurredAt: this.now, raisedAt: this.now }
    const own = {
      id,
      sensorId,
      kind,
      ruleId: `${kind}-high`,
      priority: 3 as const,
      acknowledgedBy: null,
      position: null,
    }
    const alarm: Alarm = sampleAlarm({ ...own, ...times, ...more })
    this.say({ type: 'alarm.raised', alarm })
    return this.row(id)
  }

  row(id: string): Alarm {
    const alarm = this.state.alarms.get(id)
    if (alarm === undefined) throw new Error(`no alarm ${id}`)
    return alarm
  }

  move(id: string, holds: boolean, value = 1) {
    const { state } = this.row(id)
    if (holds) return this.say({ type: 'alarm.reraised', alarmId: id, state: 'unacknowledged', value })
    return this.say({
      type: 'alarm.returned',
      alarmId: id,
      state: state === 'acknowledged' ? 'normal' : 'returned',
      value,
    })
  }

  acknowledge(id: string) {
    const state = this.row(id).state === 'returned' ? 'normal' : 'acknowledged'
    return this.say({ type: 'alarm.acknowledged', alarmId: id, state, by: 'duty', comment: null })
  }

  tick(ms = 0): readonly DomainEvent[] {
    this.now += ms
    return this.say(...loadTick(this.state, { ...this.context, consoles: this.consoles }))
  }
}

export const types = (events: readonly DomainEvent[]) => events.map(({ type }) => type)
