/**
 * Who a person is to the system. Three administrators are kept apart (三权分立, GB/T 22239-2019 8.1.5): no two on one person.
 */
import type { DataScope } from './data-scope.ts'
import type { Term } from './term.ts'

export const roles = ['wall', 'duty', 'chief', 'dept', 'crew', 'manager', 'sysadmin', 'secadmin', 'auditor'] as const
export type Role = (typeof roles)[number]

export const roleNames: Record<Role, Term> = {
  wall: { zh: '大屏', en: 'Wall display' },
  duty: { zh: '值班员', en: 'Duty officer' },
  chief: { zh: '值班长', en: 'Shift chief' },
  dept: { zh: '处置部门', en: 'Department' },
  crew: { zh: '处置人员', en: 'Crew' },
  manager: { zh: '领导', en: 'Manager' },
  sysadmin: { zh: '系统管理员', en: 'System administrator' },
  secadmin: { zh: '安全管理员', en: 'Security administrator' },
  auditor: { zh: '审计管理员', en: 'Auditor' },
}

/** An account as rules see it: who acts, in which role, for which department or crew. */
export interface Actor {
  /** Account name, or `system`, `rule:ID`, `door:KEY-NAME`. */
  readonly name: string
  readonly role: Role | 'system' | 'door'
  /** The crew this account speaks for (role `crew`). */
  readonly unitId?: string
  /** The department this account speaks for (role `dept`). */
  readonly departmentId?: string
  /** The part of the city this account is bound to; absent = the whole city. */
  readonly scope?: DataScope
}

export const systemActor: Actor = { name: 'system', role: 'system' }
