/**
 * 立案: under which condition (立案条件), whose, how urgent, and by when it must be closed. A class of several conditions is not filed
 * without one being chosen; a case that came back to filing is not filed again as it was.
 */
import {
  customaryCondition,
  filingConditionOf,
  type CaseClass,
  type FilingCondition,
} from '../../../../shared/model/case-class.ts'
import type { Command } from '../../../../shared/model/command.ts'
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import type { Limit } from '../../../../shared/model/limit.ts'
import type { Context } from '../context.ts'
import { fieldRefusal, refusal, type CaseAsk, type Refused } from './ask.ts'
import { setClock, startClock } from './case-clock.ts'
import { departmentOf } from './report.ts'

/** The condition a case of this class is filed under: the one chosen, or the only one. */
export function chosenCondition(caseClass: CaseClass, conditionId: string | null): FilingCondition | Refused {
  if (conditionId !== null)
    return filingConditionOf(caseClass, conditionId) ?? fieldRefusal('conditionId', 'no such filing condition')
  return caseClass.conditions.length > 1
    ? fieldRefusal('conditionId', `choose one of the filing conditions of ${caseClass.code}`)
    : customaryCondition(caseClass)
}

type Filing = Extract<Command, { type: 'incident.file' }>

export function filing({ actor, incident, move, context }: CaseAsk, command: Filing): DomainEvent | Refused {
  const caseClass = context.caseClass(command.classCode ?? incident.classCode)
  if (caseClass === undefined) return fieldRefusal('classCode', 'no such case class')
  if (command.departmentId !== null && !context.hasDepartment(command.departmentId))
    return fieldRefusal('departmentId', 'no such department')
  const condition = chosenCondition(caseClass, command.conditionId ?? null)
  if ('refusal' in condition) return condition
  const departmentId = command.departmentId ?? departmentOf(caseClass, context)
  const barred = sentBack(incident, caseClass.code, departmentId, actor)
  if (barred !== null) return barred
  const isSameClass = caseClass.code === incident.classCode
  return {
    type: 'incident.filed',
    ...move,
    classCode: caseClass.code,
    departmentId,
    // What the reporter or an officer said of urgency stays, unless the class itself is another one.
    priority: command.priority ?? (isSameClass ? incident.priority : caseClass.priority),
    ...startClock(context.now, condition.limit, context.workingHours),
    conditionId: condition.id,
  }
}

/**
 * What the dispatcher sent back to filing is for whoever filed it, or the chief, and not to be filed again unchanged (field reference
 * §2.5: a receiver of a return does not simply do the next forward step).
 */
function sentBack(
  { returns, filedAt }: Incident,
  classCode: string,
  departmentId: string | null,
  actor: CaseAsk['actor'],
): Refused | null {
  const back = returns?.at(-1)
  if (back?.kind !== 'dispatcher' || filedAt === null || filedAt > back.returnedAt) return null
  if (back.to !== null && actor.role !== 'chief' && actor.name !== back.to)
    return refusal('FORBIDDEN', `it came back to ${back.to}`, { to: back.to })
  return back.classCode === classCode && back.departmentId === departmentId
    ? fieldRefusal('departmentId', 'it came back: file it for another class or department, or end it')
    : null
}

/** The clock of a filed case that is now of another class; nothing where it was not filed. */
export function reclocked(incident: Incident, limit: Limit, { workingHours }: Context) {
  const { filedAt, clock, suspension } = incident
  if (filedAt === null) return {}
  const parts = clock ?? { startAt: filedAt, extensions: 0, marksTold: 0 }
  return setClock({ ...parts, limit }, suspension, workingHours)
}
