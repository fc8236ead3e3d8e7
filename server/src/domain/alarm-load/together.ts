/** Groups and loose alarms as they are after what was decided so far, none of which has been folded yet. */
import type { SensorId } from '../../../../shared/model/ids.ts'
import type { Alarm, Priority } from '../../../../shared/model/alarm.ts'
import type { AlarmGroup, AlarmLoadEvent } from '../../../../shared/model/load-control.ts'
import type { AlarmGroupId, Instant } from '../../../../shared/model/ids.ts'
import { channelOf } from '../../../../shared/model/alarm.ts'
import { isRolledUp } from '../../../../shared/model/load-control.ts'
import type { CityState } from '../state.ts'
import { correlate } from './correlate.ts'
import { joined } from './groups.ts'

/** Looked through for company, the newest of each. */
const mostCompany = 500

export interface Placed {
  readonly grouped: readonly AlarmLoadEvent[]
  /** The worst priority its group was heard with before; null where it is the first of its kind. */
  readonly heard: Priority | null
}

export class Together {
  readonly #state: CityState
  readonly #now: Instant
  readonly #isFlood: boolean
  readonly #groups: Map<AlarmGroupId, AlarmGroup>
  readonly #loose: Map<string, Alarm>
  #nextGroup: number

  constructor(state: CityState, now: Instant, isFlood: boolean) {
    const { groups, loose, groupCount } = state.alarmLoad
    this.#state = state
    this.#now = now
    this.#isFlood = isFlood
    this.#groups = new Map([...groups].slice(-mostCompany))
    const alarms = [...loose].slice(-mostCompany).map((id) => state.alarms.get(id))
    this.#loose = new Map(alarms.filter((alarm) => alarm !== undefined).map((alarm) => [alarm.id, alarm]))
    this.#nextGroup = groupCount + 1
  }

  place(alarm: Alarm): Placed {
    const company = {
      groups: [...this.#groups.values()],
      loose: [...this.#loose.values()],
      deviceOf: (one: Alarm) => this.#deviceOf(one),
    }
    const grouped = correlate(alarm, company, `G${this.#nextGroup}`, this.#isFlood, this.#now)
    this.#loose.set(alarm.id, alarm)
    let heard: Priority | null = null
    for (const event of grouped) {
      const before = this.#groups.get(event.groupId)
      if (before === undefined) this.#nextGroup++
      const one = this.#loose.get(event.alarmId) as Alarm
      this.#groups.set(event.groupId, joined(before, one, event, this.#now))
      this.#loose.delete(event.alarmId)
      if (one.id === alarm.id) heard ??= before?.priority ?? null
      else heard = one.priority
    }
    return { grouped, heard }
  }

  #deviceOf({ sensorId, sense, gateway }: Alarm): string | null {
    if (channelOf(sense) === 'data' && gateway !== null) return `gateway ${gateway}`
    // Of no sensor, it is of no device either: there is none by that number.
    const sensor = this.#state.sensors.get(sensorId as SensorId)
    return sensor === undefined ? null : `thing ${sensor.thingId}`
  }

  /** Puts standing alarms of low priority together, as a flood has them. */
  rollUp(): AlarmLoadEvent[] {
    return [...this.#loose.values()].flatMap((alarm) =>
      this.#loose.has(alarm.id) && isRolledUp(alarm.priority) ? this.place(alarm).grouped : [],
    )
  }
}
