/** Who may do a thing to a case does not depend on the state it is in: the rules ask for rights once, before the state. */
import { expect, it } from 'vitest'
import { incidentTransitions } from '../../../shared/model/incident.ts'

it('every verb is allowed to the same people from every state', () => {
  const byVerb = new Map<string, Set<string>>()
  for (const { verb, roles, relayedBy = [] } of incidentTransitions)
    byVerb.set(verb, (byVerb.get(verb) ?? new Set()).add([...roles, ...relayedBy].sort().join()))
  expect([...byVerb].filter(([, people]) => people.size > 1)).toEqual([])
})
