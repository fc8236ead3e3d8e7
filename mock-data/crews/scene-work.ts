/**
 * A crew's time at the scene, planned when it arrives: the work, a call for help on a hard case, an answer whenever it is called, and how
 * it leaves: free, to pack up first, or with somebody on board.
 */
import { callLimits } from '../../shared/model/case-plan.ts'
import { logNormal, type Random } from '../city/random.ts'
import type { PeopleRates } from '../life/people-rates.ts'
import type { CrewAct, CrewCase } from './crew-act.ts'
import { asksAfterMs, onSceneOf } from './hard-case.ts'

/** Of the server's clock. */
export interface CrewDue {
  readonly act: CrewAct
  readonly dueAt: number
}

export interface CrewAtWork {
  readonly kind: string
  readonly random: Random
  /** Shared with the officer: which cases are hard. */
  readonly seed: number
  readonly speed: number
  readonly rates: PeopleRates
}

const notes = [
  '现场已处置完毕，恢复正常',
  '已清理现场并拍照留存',
  '隐患已排除，已告知周边居民',
  '已修复，观察十分钟无异常',
  '处置完成，撤除围挡',
]
const cries = ['现场情况较复杂，请求增派一组支援', '作业面较大，一组力量不足，请求增援', '需大型机具配合，请求增援']
const wells = ['人员安全，处置正常', '全员平安，继续作业', '现场平稳，人员安全']
const [secondMs, minMs] = [1000, 60_000]

/** The work is done: the crew stands by, or packs up first. */
export function finishing({ kind, random, rates }: CrewAtWork): CrewAct {
  const note = random.pick(notes)
  const isClearing = random.chance(rates.clearShare[kind] ?? 0)
  return { type: 'incident.finish', note, ...(isClearing ? { clearing: true } : {}) }
}

/** Answers of a crew that is called as often as it has not been heard of, until it leaves. */
function answers({ random, speed, rates }: CrewAtWork, since: number, until: number): CrewDue[] {
  const out: CrewDue[] = []
  for (let calledAt = since + callLimits.welfareMs; calledAt < until; calledAt += callLimits.welfareMs) {
    if (!random.chance(rates.welfareShare)) continue
    const dueAt = calledAt + logNormal(random, rates.welfareS * secondMs, rates.actSpread) / speed
    if (dueAt < until) out.push({ act: { type: 'plan.answer', note: random.pick(wells) }, dueAt })
    calledAt = dueAt
  }
  return out
}

/** In the order they are due; the last one leaves the scene. */
export function sceneWork(crew: CrewAtWork, incident: CrewCase | null, since: number): CrewDue[] {
  const { kind, random, seed, speed, rates } = crew
  const usualMs = ((incident && rates.workMin[incident.classCode]) ?? rates.otherWorkMin) * minMs
  const asksMs = incident && asksAfterMs(seed, incident, rates)
  const isFirst = incident === null || onSceneOf(incident).length <= 1
  const part = isFirst ? (asksMs === null ? 1 : rates.hardWorkFactor) : rates.helperWorkPart
  const workMs = Math.max(400, logNormal(random, usualMs * part, rates.workSpread) / speed)
  const asksAt = isFirst && asksMs !== null ? since + asksMs / speed : null
  const doneAt = Math.max(since + workMs, asksAt === null ? 0 : asksAt + (minMs * rates.helpAfterMin) / speed)
  const leaves: CrewAct = random.chance(rates.transportShare[kind] ?? 0)
    ? { type: 'incident.transport' }
    : finishing(crew)
  const ask: CrewDue[] =
    asksAt === null ? [] : [{ act: { type: 'incident.comment', text: random.pick(cries) }, dueAt: asksAt }]
  const before = [...ask, ...answers(crew, since, doneAt)].sort((a, b) => a.dueAt - b.dueAt)
  return [...before, { act: leaves, dueAt: doneAt }]
}
