/**
 * 先行联系 and 回访: the officer rings whoever called 12345 before anything is done, and hears what those who told make of the result. Nobody is
 * asked twice who has answered.
 */
import { callBacksOf } from '../../shared/model/call-backs.ts'
import type { SatisfactionGrade } from '../../shared/model/case-facts.ts'
import { isOpenState, type Incident } from '../../shared/model/incident.ts'
import { logNormal, type Random } from '../city/random.ts'
import type { PeopleRates, Satisfaction } from '../life/people-rates.ts'
import { act, type Dice, type Due } from './due.ts'

const minMs = 60_000

/** 满意, 基本满意, 一般 by their shares; the rest 不满意. */
export function satisfactionOf(random: Pick<Random, 'next'>, shares: Satisfaction): SatisfactionGrade {
  let left = random.next()
  for (const grade of ['satisfied', 'mostly', 'so-so'] as const) if ((left -= shares[grade]) < 0) return grade
  return 'dissatisfied'
}

/** When whoever rang 12345 is called first, once the case is filed; null where nobody is owed it, or it is forgotten. */
export function contactDue(
  { id, state, filedAt, firstContact }: Incident,
  { rates, dice, speed, leastMs }: { rates: PeopleRates; dice: Dice; speed: number; leastMs: number },
): Due | null {
  if (firstContact?.state !== 'pending' || filedAt === null || !isOpenState(state)) return null
  if (!dice(id, 'contacted').chance(rates.contactShare)) return null
  const waitMs = logNormal(dice(id, 'contact'), rates.contactMin * minMs, rates.deskSpread) / speed
  return {
    at: filedAt + Math.max(leastMs, waitMs),
    act: () => act('duty', { type: 'incident.contact', contacted: 'yes', note: '已电话联系诉求人，告知办理安排' }),
  }
}

/** The next call about a case that has ended, or null: nobody is owed one, or none is made. `leastMs`: no sooner after the last act. */
export function callDue(
  incident: Incident,
  { rates, dice, speed, leastMs }: { rates: PeopleRates; dice: Dice; speed: number; leastMs: number },
): Due | null {
  const { id, state, closedAt, satisfaction, updatedAt, overdueStages } = incident
  const hasResult = state === 'closed' || state === 'force-closed' || (state === 'merged' && closedAt !== null)
  if (!hasResult || !dice(id, 'called').chance(rates.callBackShare)) return null
  const owed = callBacksOf(incident).find(({ endedAt }) => endedAt === null)
  // What a sensor told of has no caller: it is judged by those who closed it.
  if (owed === undefined && (satisfaction !== null || state === 'merged')) return null
  const misses = owed?.misses ?? 0
  const at =
    updatedAt +
    Math.max(leastMs, logNormal(dice(id, `${state} ${misses}`), rates.evaluateMin * minMs, rates.deskSpread) / speed)
  const chance = dice(id, `word ${misses}`)
  const shares = overdueStages.length > 0 ? rates.satisfiedLate : rates.satisfied
  return {
    at,
    act() {
      if (owed === undefined) {
        const satisfied = chance.next() < shares.satisfied
        return act('duty', { type: 'incident.evaluate', satisfaction: satisfied ? 5 : 4, note: '处置结果评价' })
      }
      const call = { type: 'incident.call-back', from: owed.from }
      if (chance.chance(rates.unreachedShare))
        return act('duty', { ...call, isReached: false, note: '电话无人接听，稍后再访' })
      const solved = chance.chance(rates.explainedShare) ? 'explained' : 'solved'
      const grade = satisfactionOf(chance, shares)
      return act('duty', { ...call, isReached: true, solved, satisfaction: grade, attitude: grade, note: '电话回访' })
    },
  }
}
