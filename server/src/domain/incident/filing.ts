/**
 * 立案: under which condition (立案条件), whose, how urgent, and by when it must be closed. What a case is filed under it keeps, with the
 * edition of the table: another edition moves no clock that runs. A case that came back to filing is not filed again as it was.
 */
import { customaryCondition, filingBasis } from '../../../../shared/model/case-class.ts'
import type { Command } from '../../../../shared/model/command.ts'
import type { DomainEvent } from '../../../../shared/model/event.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import type { Limit } from '../../../../shared/model/limit.ts'
import type { Context } from '../context.ts'
import { fieldRefusal, refusal, type CaseAsk, type Refused } from './ask.ts'
import { setClock, startClock } from './case-clock.ts'
import { chosenCondition, namedCondition } from './condition.ts'
import { departmentOf } from './report.ts'

type Filing = Extract<Command, { type: 'incident.file' }>

export function filing({ actor, incident, move, context }: CaseAsk, command: Filing): DomainEvent | Refused {
  const caseClass = context.caseClass(command.classCode ?? incident.classCode)
  if (caseClass === undefined) return fieldRefusal('classCode', 'no such case class')
  if (command.departmentId !== null && !context.hasDepartment(command.departmentId))
    return fieldRefusal('departmentId', 'no such department')
  const isSameClass = caseClass.code === incident.classCode
  const before = isSameClass ? incident.conditionId : undefined
  const condition = chosenCondition(caseClass, command.conditionId, context.caseSettings, before)
  if ('refusal' in condition) return condition
  const departmentId = command.departmentId ?? departmentOf(caseClass, context)
  const barred = sentBack(incident, caseClass.code, departmentId, actor)
  if (barred !== null) return barred
  return {
    type: 'incident.filed',
    ...move,
    classCode: caseClass.code,
    departmentId,
    // What the reporter or an officer said of urgency stays, unless the class itself is another one.
    priority: command.priority ?? (isSameClass ? incident.priority : caseClass.priority),
    ...startClock(context.now, condition.limit, context),
    conditionId: condition.id,
    basis: filingBasis(caseClass, condition),
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

type Reclassifying = Extract<Command, { type: 'incident.reclassify' }>

/**
 * 改分类: another class, another condition, or only another priority. A filed case that becomes another is held to today's edition of the
 * table from then on, its time counted from the same beginning; one whose class and condition stay keeps its edition and its clock.
 */
export function reclassification({ incident, move, context }: CaseAsk, command: Reclassifying): DomainEvent | Refused {
  const caseClass = context.caseClass(command.classCode)
  if (caseClass === undefined) return fieldRefusal('classCode', 'no such case class')
  const named = namedCondition(caseClass, command.conditionId)
  if (named !== null && 'refusal' in named) return named
  const event = {
    type: 'incident.reclassified',
    ...move,
    classCode: caseClass.code,
    priority: command.priority ?? caseClass.priority,
  } as const
  const isOther = caseClass.code !== incident.classCode || (named !== null && named.id !== incident.conditionId)
  if (!isOther) return event
  if (incident.filedAt === null) return { ...event, conditionId: named?.id ?? null }
  const condition = named ?? customaryCondition(caseClass)
  const clocked = reclocked(incident, incident.filedAt, condition.limit, context)
  return { ...event, ...clocked, conditionId: condition.id, basis: filingBasis(caseClass, condition) }
}

function reclocked({ clock, suspension }: Incident, filedAt: Instant, limit: Limit, context: Context) {
  const parts = clock ?? { startAt: filedAt, extensions: 0, marksTold: 0 }
  return setClock({ ...parts, limit }, suspension, context)
}
