/** Who leads a case of a class: whom the class table names, else the department that claims the class most closely. */
import type { CaseClass } from '../../../shared/model/case-class.ts'
import type { TableRow } from '../../../shared/contract/city-pack.ts'

type DepartmentRow = Pick<TableRow<'departments.json'>, 'id' | 'classes'>

/** The longest of the claims that fit speaks; of two as long, the department that comes first. */
function claimant(code: string, departments: readonly DepartmentRow[]): string | null {
  let best: { readonly id: string; readonly length: number } | null = null
  for (const { id, classes } of departments)
    for (const prefix of classes)
      if (code.startsWith(prefix) && prefix.length > (best?.length ?? 0)) best = { id, length: prefix.length }
  return best?.id ?? null
}

/** The table with every lead filled in that the departments claim; a lead this city does not have is none. */
export function withLeads(caseClasses: readonly CaseClass[], departments: readonly DepartmentRow[]): CaseClass[] {
  const known = new Set(departments.map((d) => d.id))
  return caseClasses.map((row) => {
    const named = row.departmentId !== null && known.has(row.departmentId) ? row.departmentId : null
    const departmentId = named ?? claimant(row.code, departments)
    return departmentId === row.departmentId ? row : { ...row, departmentId }
  })
}
