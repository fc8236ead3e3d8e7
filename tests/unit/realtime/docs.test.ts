import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { stateTables } from '../../../shared/contract/realtime.ts'

const contract = readFileSync('shared/contract/realtime.ts', 'utf8')
const page = readFileSync('docs/realtime.md', 'utf8')
const events = [...contract.matchAll(/^ {2}'([a-z]+:[a-z]+)':/gm)].map((match) => match[1] ?? '')

it('docs/realtime.md names every event and every table of the contract', () => {
  expect(events.length).toBeGreaterThanOrEqual(8)
  for (const event of events) expect(page).toContain(`\`${event}\``)
  for (const table of stateTables) expect(page).toContain(`\`${table}\``)
})
it('and no event that is not there', () => {
  const named = [...page.matchAll(/`((?:sync|state|telemetry|command|session|map|desk):[a-z]+)`/g)].map(
    (match) => match[1] ?? '',
  )
  expect(named.filter((event) => !events.includes(event))).toEqual([])
})
