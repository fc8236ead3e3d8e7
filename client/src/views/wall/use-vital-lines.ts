/**
 * The last 24 hours of the sensor each vital sign shows. Asked for when another sensor is shown and every few minutes; never two
 * questions at once, never one kind more often than twice a minute, so that a wall costs its server next to nothing.
 */
import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import type { ObservationsAnswer } from '../../../../shared/contract/http.ts'
import type { VitalLine } from '../../components/wall/vital-card.ts'
import type { VitalSign } from '../../components/wall/vital-signs.ts'
import { useLinkStore } from '../../stores/link.ts'
import { useRemoteStore } from '../../stores/remote.ts'

const dayMs = 86_400_000
const renewMs = 5 * 60_000
const again = 30_000
const points = 240

/** At most `max` points, each the mean of its share of the times; a share without values is a gap. */
export function thinned(
  answer: Pick<ObservationsAnswer, 'times' | 'values'>,
  fromAt: number,
  toAt: number,
  max = points,
): { times: number[]; values: (number | null)[] } {
  if (answer.times.length <= max) return { times: [...answer.times], values: [...answer.values] }
  const width = (toAt - fromAt) / max
  const sums = new Map<number, { sum: number; n: number }>()
  answer.times.forEach((at, i) => {
    const slot = Math.min(max - 1, Math.max(0, Math.floor((at - fromAt) / width)))
    const cell = sums.get(slot) ?? { sum: 0, n: 0 }
    const value = answer.values[i] ?? null
    if (value !== null) {
      cell.sum += value
      cell.n += 1
    }
    sums.set(slot, cell)
  })
  const slots = [...sums.keys()].sort((a, b) => a - b)
  return {
    times: slots.map((slot) => fromAt + (slot + 0.5) * width),
    values: slots.map((slot) => {
      const { sum, n } = sums.get(slot) as { sum: number; n: number }
      return n === 0 ? null : sum / n
    }),
  }
}

export function useVitalLines(signs: ShallowRef<readonly VitalSign[]>): ShallowRef<ReadonlyMap<string, VitalLine>> {
  const [remote, link] = [useRemoteStore(), useLinkStore()]
  const lines = shallowRef<ReadonlyMap<string, VitalLine>>(new Map())
  const asked = new Map<string, { sensorId: number; at: number }>()
  let isBusy = false
  let isGone = false
  onScopeDispose(() => (isGone = true))

  const isDue = ({ kind, worstSensorId }: VitalSign): boolean => {
    if (worstSensorId === null) return false
    const last = asked.get(kind.code)
    if (last === undefined) return true
    const sinceMs = link.nowAt - last.at
    return sinceMs >= renewMs || (last.sensorId !== worstSensorId && sinceMs >= again)
  }

  async function ask(sign: VitalSign, sensorId: number): Promise<void> {
    const toAt = link.nowAt
    const fromAt = toAt - dayMs
    asked.set(sign.kind.code, { sensorId, at: toAt })
    const answer = await remote.get<ObservationsAnswer>(`/sensors/${sensorId}/observations`, {
      from: new Date(fromAt).toISOString(),
      to: new Date(toAt).toISOString(),
      bucket: 'minute',
      limit: 1440,
    })
    if (!answer.ok || isGone) return
    const next = new Map(lines.value)
    next.set(sign.kind.code, { ...thinned(answer.data, fromAt, toAt), normal: sign.kind.normal, fromAt, toAt })
    lines.value = next
  }

  watch(
    () => link.nowAt,
    async () => {
      if (isBusy || !link.isLive) return
      const due = signs.value.find(isDue)
      if (due === undefined || due.worstSensorId === null) return
      isBusy = true
      await ask(due, due.worstSensorId)
      isBusy = false
    },
  )
  return lines
}
