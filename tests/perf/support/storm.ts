/** What a storm is made of: sensors with a value at which no rule speaks and one at which a rule does, and crews with a place. */
import { crosses } from '../../../server/src/domain/alarm/rule-check.ts'
import { defaultAlarmRules } from '../../../server/src/domain/alarm-rules.ts'
import { doorClient } from '../../../mock-data/entrances/door-client.ts'
import { registerThings } from '../../../mock-data/entrances/register-things.ts'
import type { LonLat } from '../../../shared/model/geo.ts'
import { sensorKinds, type SensorKind } from '../../../shared/model/sensor-kinds.ts'
import { ingestKey } from '../../support/program.ts'
import { benchThings } from './sensors.ts'

export interface StormValues {
  readonly calm: number
  readonly loud: number
  /** A state is one of a few whole numbers; what is measured trembles, or it would be a flat line. */
  readonly isState: boolean
}
export interface Storm {
  readonly streams: readonly ({ readonly id: number } & StormValues)[]
  readonly crews: readonly { readonly id: string; readonly at: LonLat }[]
}

/** A value at which no rule of the kind speaks, and one at which a rule does; null where there is not both. */
export function valuesOf(kind: SensorKind): StormValues | null {
  const rules = defaultAlarmRules.filter(
    ({ kind: its, sense }) => its === kind.code && (sense === 'high' || sense === 'low' || sense === 'state'),
  )
  const [low, high] = kind.range
  // What trembles at an end of its range leaves it, and at nought it stands still.
  const isState = rules.some(({ sense }) => sense === 'state')
  const tried = Array.from({ length: 101 }, (_, n) => low + ((high - low) * n) / 100).slice(...(isState ? [] : [1, -1]))
  const calm = tried.find((value) => !rules.some((rule) => crosses(rule, value)))
  const loud = tried.find((value) => rules.some((rule) => crosses(rule, value)))
  return calm === undefined || loud === undefined ? null : { calm, loud, isState }
}

/** Registers so many sensors through the door, spread over the box. */
export async function registerStorm(url: string, count: number): Promise<Storm['streams']> {
  const kinds = sensorKinds.flatMap((kind) => {
    const values = valuesOf(kind)
    return values === null ? [] : [{ code: kind.code, values }]
  })
  const codes = kinds.map(({ code }) => code)
  const things = benchThings(codes, 0, count)
  const ids = await registerThings(doorClient({ url, key: ingestKey }), things)
  return things.map(({ code }, n) => ({
    id: ids.get(code) as number,
    ...(kinds[n % kinds.length] as (typeof kinds)[number]).values,
  }))
}
