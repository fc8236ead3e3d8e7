/** Who may do what beside a case. The rules decide and the desk offers by the same rows. */
import type { PlanCommand } from './command.ts'
import type { Role } from './role.ts'

const officers = ['duty', 'chief'] as const

export const planCommandRoles: Readonly<Record<PlanCommand['type'], readonly Role[]>> = {
  'plan.reinforce': officers,
  'plan.tick': [...officers, 'dept', 'crew'],
  'plan.note': [...officers, 'dept', 'manager'],
  'plan.answer': [...officers, 'crew'],
  'plan.end-agency': [...officers, 'dept'],
  'plan.grade': officers,
  'plan.report': officers,
  'plan.divert': officers,
}
