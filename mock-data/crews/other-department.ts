/** To whom a case goes that its department says is not its own: who works beside it, as people in the field send it on. */

const beside: Readonly<Record<string, readonly string[]>> = {
  roads: ['urban', 'drainage'],
  drainage: ['roads', 'water'],
  water: ['drainage', 'roads'],
  gas: ['roads', 'fire'],
  power: ['lighting', 'roads'],
  lighting: ['power', 'roads'],
  sanitation: ['urban', 'parks'],
  parks: ['sanitation', 'roads'],
  urban: ['sanitation', 'traffic'],
  traffic: ['police', 'urban'],
  environment: ['urban', 'water'],
  market: ['urban', 'fire'],
  civil: ['health', 'police'],
}

/**
 * Another of the city's departments than `departmentId`; `chance` (0 ≤ x < 1) chooses between two. Null where the city has no other.
 */
export function otherDepartment(
  departmentId: string | null,
  departments: readonly string[],
  chance: number,
): string | null {
  const near = (beside[departmentId ?? ''] ?? []).filter((id) => departments.includes(id))
  const list = near.length > 0 ? near : departments.filter((id) => id !== departmentId)
  return list[Math.floor(chance * list.length)] ?? null
}
