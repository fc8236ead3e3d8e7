/**
 * What the officer makes of a report: idle talk, another class than it says, a place in its words, something to be verified first, the same
 * happening told again, or a case.
 */
import type { LonLat } from '../../shared/model/geo.ts'
import type { Incident } from '../../shared/model/incident.ts'
import { betterClass, isIdleTalk } from '../incidents/words/reading.ts'
import type { PeopleRates } from '../life/people-rates.ts'
import { act, type CaseAct, type CaseBody, type Dice } from './due.ts'
import { otherDepartment } from './other-department.ts'

/** A case that may be the same, as the server says it. */
export interface ComparedCase {
  readonly incidentId: string
  readonly score: number
  readonly reason: string
}

export interface FilingOptions {
  readonly rates: PeopleRates
  readonly dice: Dice
  readonly placeOfWords: (words: string) => LonLat | null
  /** Case classes the city has; a case is reclassified to none but these. */
  readonly classes: ReadonlySet<string>
  readonly departments: readonly string[]
  /** 立案条件 by class, of classes that have several. */
  readonly conditions: ReadonlyMap<string, readonly string[]>
}

export interface FilingMind {
  next(incident: Incident): CaseAct
  /** 核实反馈: what was found by telephone. */
  verified(incident: Incident): CaseAct
  /** What the server answered to `compare`, likeliest first. */
  compared(incidentId: string, candidates: readonly ComparedCase[]): void
  forget(incidentId: string): void
}

const duty = (body: CaseBody) => act('duty', body)

export function filingMind(options: FilingOptions): FilingMind {
  const { rates, dice, placeOfWords, classes, departments, conditions } = options
  /** What each unfiled case was compared with; null = nothing it surely is. */
  const twins = new Map<string, ComparedCase | null>()

  /** Only what people wrote is read so; a sensor says what it means. */
  function reading({ id, description, classCode, priority, verification }: Incident): CaseAct | null {
    if (isIdleTalk(description)) return duty({ type: 'incident.void', reason: '非有效诉求（误拨、咨询或测试）' })
    if (verification?.result === 'not-exist') return duty({ type: 'incident.void', reason: '经核实不属实' })
    const better = betterClass(description, classCode)
    if (better !== null && classes.has(better))
      return duty({ type: 'incident.reclassify', classCode: better, priority: null })
    // What is urgent is gone to, and seen there.
    const isDoubted = priority > 2 && verification === undefined && dice(id, 'verify').chance(rates.verifyShare)
    return isDoubted ? duty({ type: 'incident.verify', unitId: null }) : null
  }

  /** Told before, as far as the officer believes the server. */
  function telling({ id }: Incident): CaseAct | null {
    if (!dice(id, 'merge').chance(rates.mergeShare)) return null
    const twin = twins.get(id)
    if (twin === undefined) return { kind: 'compare' }
    if (twin === null) return null
    // Once: should the other have ended meanwhile, it is filed on its own.
    twins.set(id, null)
    return duty({ type: 'incident.merge', mainId: twin.incidentId, reason: twin.reason || '同一事件重复上报' })
  }

  return {
    next(incident) {
      const { id, classCode, source, position, address, departmentId, returns, filedAt } = incident
      const several = conditions.get(classCode)
      const conditionId = several === undefined ? {} : { conditionId: dice(id, 'condition').pick(several) }
      const file = { type: 'incident.file', classCode: null, departmentId: null, priority: null, ...conditionId }
      const back = returns?.at(-1)
      // What came back is not filed as it was, and by whoever it came back to.
      if (back?.kind === 'dispatcher' && filedAt !== null && filedAt <= back.returnedAt)
        return act(back.to === 'duty' || back.to === null ? 'duty' : 'chief', {
          ...file,
          departmentId: otherDepartment(departmentId, departments, dice(id, 'refile').next()),
        })
      const isTold = source !== 'iot'
      const read = isTold ? reading(incident) : null
      if (read !== null) return read
      const found = position === null && address !== null && address !== '' ? placeOfWords(address) : null
      if (found !== null) return duty({ type: 'incident.locate', position: found, address })
      return (isTold ? telling(incident) : null) ?? duty(file)
    },
    verified({ id }) {
      const isThere = !dice(id, 'verified').chance(rates.notThereShare)
      const note = isThere ? '电话核实，情况属实' : '电话核实，现场已无此情况'
      return duty({ type: 'incident.answer-verify', result: isThere ? 'exist' : 'not-exist', note })
    },
    compared(incidentId, [first]) {
      twins.set(incidentId, first !== undefined && first.score >= rates.mergeScore ? first : null)
    },
    forget: (incidentId) => void twins.delete(incidentId),
  }
}
