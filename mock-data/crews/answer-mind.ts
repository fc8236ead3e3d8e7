/**
 * What officer, chief and leader decide about a case beside its way: answer what departments and crews ask for (延期, 挂账, 申诉), each by
 * whoever's turn it is, remind (催办) and supervise (督办) what runs out of its time, end a suspension before its day.
 */
import { openRequest } from '../../shared/model/case-gates.ts'
import type { CaseRequest } from '../../shared/model/case-facts.ts'
import type { Approvals, CaseSettings } from '../../shared/model/case-settings.ts'
import { isActiveAssignment, isOpenState, type Incident } from '../../shared/model/incident.ts'
import { logNormal } from '../city/random.ts'
import type { PeopleRates } from '../life/people-rates.ts'
import { act, soonest, type Desk, type Dice, type Due } from './due.ts'

const [minMs, hourMs] = [60_000, 3_600_000]
/** Nobody agrees to what ends while it is said. */
const closeMs = minMs

const desks: readonly Desk[] = ['duty', 'chief', 'manager', 'dept']
/** Whose turn it is: at the level that is next, whoever has neither asked nor agreed already. Each desk goes by its role's name. */
function turnOf({ kind, by, role, approvals }: CaseRequest, levels: Approvals): Desk | undefined {
  const ofRole = role === 'crew' ? levels.extensionOfCrew : levels.extensionOfDepartment
  const level = (kind === 'extension' ? ofRole : levels[kind])[approvals.length]
  const isIn = (name: string) => name === by || approvals.some((one) => one.by === name)
  return desks.find((desk) => level?.includes(desk) && !isIn(desk))
}
const agreed = {
  extension: 'incident.approve-extension',
  suspension: 'incident.suspend',
  appeal: 'incident.approve-appeal',
} as const
const refusals: Readonly<Record<CaseRequest['kind'], readonly string[]>> = {
  extension: ['延期理由不充分，请按期办结', '同类案件均可按期办结，不予延期'],
  suspension: ['可先行采取临时措施，不予挂账', '未附佐证材料，不予挂账'],
  appeal: ['超时系内部流转所致，申诉不成立', '佐证材料不足，申诉不成立'],
}
const urges = ['时限将至，请抓紧办理并及时反馈', '请尽快到场处置，按时办结']
const reasons = ['案件已超期', '超期未结，市民再次来电']
const requirements = ['说明超期原因，明确办结时间', '今日内办结并反馈现场照片']
const urged: ReadonlySet<Incident['state']> = new Set(['pending-sign', 'handling', 'pending-feedback'])

export interface AnswerOptions {
  readonly speed: number
  readonly rates: PeopleRates
  readonly settings: Pick<CaseSettings, 'approvals'>
  readonly dice: Dice
}

export function answerMind({ speed, rates, settings, dice }: AnswerOptions): (incident: Incident) => Due | null {
  const later = (id: string, word: string, medianMin: number): number =>
    logNormal(dice(id, word), medianMin * minMs, rates.actSpread) / speed

  /** Why it can no longer be granted, or null. */
  function tooLate(incident: Incident, { kind, untilAt }: CaseRequest, now: number): string | null {
    if (kind === 'appeal') return null
    if (kind === 'extension') {
      if (!isOpenState(incident.state) || incident.state === 'pending-check' || incident.state === 'pending-close')
        return '案件已反馈，无需延期'
      return incident.dueAt === null || now > incident.dueAt - closeMs ? '案件已超期，不再受理延期' : null
    }
    if (incident.state !== 'handling' && incident.state !== 'pending-dispatch') return '案件已反馈，无需挂账'
    if (incident.assignments.some(({ state }) => isActiveAssignment(state))) return '已有力量在处置，不予挂账'
    return now > (untilAt ?? 0) - closeMs ? '挂账日期已过' : null
  }

  function answer(incident: Incident): Due | null {
    const request = openRequest(incident)
    if (request === undefined) return null
    const { kind, approvals, askedAt } = request
    const { id, requests } = incident
    const as = turnOf(request, settings.approvals)
    if (as === undefined) return null
    const word = `answer ${requests?.length} ${approvals.length}`
    return {
      at: (approvals.at(-1)?.approvedAt ?? askedAt) + later(id, word, rates.answerMin),
      act(now) {
        const chance = dice(id, `${word} word`)
        const refused = tooLate(incident, request, now)
        // Whoever is asked first refuses, or nobody does.
        const isRefused = approvals.length === 0 && chance.chance(rates.refuseShare[kind])
        if (refused !== null || isRefused)
          return act(as, { type: 'incident.refuse-request', reason: refused ?? chance.pick(refusals[kind]) })
        return act(as, { type: agreed[kind] })
      },
    }
  }

  function urge({ id, state, clock, urging }: Incident): Due | null {
    if (!urged.has(state) || urging !== undefined || clock?.soonAt == null) return null
    if (!dice(id, 'urge').chance(rates.urgeShare)) return null
    return {
      at: clock.soonAt + later(id, 'urge at', rates.answerMin),
      act: () => act('duty', { type: 'incident.urge', text: dice(id, 'urge word').pick(urges) }),
    }
  }

  function supervise({ id, state, dueAt, supervisions }: Incident): Due | null {
    if (!urged.has(state) || dueAt === null || supervisions?.some(({ kind }) => kind !== 'timeout')) return null
    if (!dice(id, 'supervise').chance(rates.superviseShare)) return null
    const chance = dice(id, 'supervise word')
    return {
      at: dueAt + later(id, 'supervise at', rates.superviseMin),
      act(now) {
        const isLeader = chance.chance(rates.leaderShare)
        return act(isLeader ? 'manager' : 'chief', {
          type: 'incident.supervise',
          kind: isLeader ? 'leader' : 'important',
          reason: chance.pick(reasons),
          requirement: chance.pick(requirements),
          replyDueAt: Math.ceil(now + (rates.superviseReplyH * hourMs) / speed),
        })
      },
    }
  }

  function resume({ id, state, suspension }: Incident): Due | null {
    if (state !== 'suspended' || suspension === undefined) return null
    const chance = dice(id, 'resume')
    if (!chance.chance(rates.resumeShare)) return null
    const { beganAt, untilAt } = suspension
    return {
      at: beganAt + chance.between(0.3, 0.8) * (untilAt - beganAt),
      act: () => act('duty', { type: 'incident.resume' }),
    }
  }

  return (incident) => soonest(answer(incident), urge(incident), supervise(incident), resume(incident))
}
