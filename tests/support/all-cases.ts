/** Every case a store holds, page by page. */
import type { Store } from '../../server/src/store/open-store.ts'
import type { Incident } from '../../shared/model/incident.ts'

export async function allCases({ readModels }: Pick<Store, 'readModels'>): Promise<Incident[]> {
  const cases: Incident[] = []
  let cursor: string | undefined
  do {
    const page = await readModels.incidents({ limit: 500, ...(cursor ? { cursor } : {}) })
    cases.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor)
  return cases
}
