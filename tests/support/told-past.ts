/** A past told case by case and lived by the real engine: days before a server's first start about which every number is known. */
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { HistoryInput } from '../../shared/contract/history.ts'
import type { LonLat } from '../../shared/model/geo.ts'
import { copyDataDir, openTestStore } from './embedded.ts'
import { livePastHere } from './lived-past.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
/** The demo city has no summer time, so that its days are of one length. */
const noonMs = dayMs / 2

export interface ToldCase {
  /** Days before today, by the city's calendar; told at noon and the minutes after. */
  readonly daysAgo: number
  readonly position: LonLat
  readonly address: string
  readonly serviceCode: string
  /** Handled by a department and closed within the hour; else it still lies there. */
  readonly isClosed: boolean
}

/** Lives it into a folder of its own, and answers the folder: a server started on it has that past. Its maker deletes it. */
export async function toldPast(cityDir: string, days: number, cases: readonly ToldCase[]): Promise<string> {
  const departments = JSON.parse(await readFile(join(cityDir, 'departments.json'), 'utf8')) as { id: string }[]
  const departmentId = departments[0]?.id ?? ''
  const dataDir = await copyDataDir()
  const store = await openTestStore({ dataDir })
  const errors: unknown[] = []
  const refused: unknown[] = []
  let isTold = false

  /** The acts of one case, a minute after another. `id`: what the engine will call it. */
  function actsOf({ isClosed, ...told }: ToldCase, id: string, at: number): HistoryInput[] {
    const [lon, lat] = told.position
    const fields = {
      ...{ service_code: told.serviceCode, lat: String(lat), long: String(lon) },
      ...{ address_string: told.address, description: '请派人查看' },
    }
    const acts: HistoryInput[] = [{ kind: 'request', at, commandId: randomUUID(), fields }]
    const then = (as: string, verb: string, more: object = {}) => {
      const body = { commandId: randomUUID(), type: `incident.${verb}`, incidentId: id, ...more }
      acts.push({ kind: 'command', at: at + acts.length * minuteMs, as, body })
    }
    if (!isClosed) return acts
    then('duty', 'file')
    then('duty', 'assign', { departmentId })
    then('dept', 'receive')
    then('dept', 'feed-back', { note: '已清理' })
    then('duty', 'pass-check')
    then('duty', 'close')
    return acts
  }
  function inputsFrom(from: number): HistoryInput[] {
    const ofDay = new Map<number, number>()
    return cases.flatMap((one) => {
      const n = (ofDay.get(one.daysAgo) ?? 0) + 1
      ofDay.set(one.daysAgo, n)
      const at = from + (days - one.daysAgo) * dayMs + noonMs + n * 10 * minuteMs
      const ymd = new Date(at).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' }).replaceAll('-', '')
      return actsOf(one, `${ymd}-${String(n).padStart(6, '0')}`, at)
    })
  }

  const lived = await livePastHere({
    ...{ store, dataDir, cityDir, days, now: () => Date.now(), errors },
    player: (message) => {
      if (message.kind === 'stepped') refused.push(...message.results.filter(({ ok }) => !ok))
      if (message.kind !== 'begin' || isTold) return Promise.resolve({ kind: 'arrived' })
      isTold = true
      const inputs = inputsFrom(message.from).sort((a, b) => a.at - b.at)
      return Promise.resolve({ kind: 'step', until: message.until, inputs })
    },
  })
  await store.close()
  if (lived === null || errors.length > 0 || refused.length > 0)
    throw new Error(`the past could not be told: ${JSON.stringify([...errors, ...refused])}`)
  return dataDir
}
