/** The table of shares in docs/simulation.md says what the settings are. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { defaultPeopleRates } from '../../../mock-data/life/people-rates.ts'

const rates: Readonly<Record<string, unknown>> = { ...defaultPeopleRates }
const table =
  readFileSync('docs/simulation.md', 'utf8').split('| setting | default | share of |')[1]?.split('\n\n')[0] ?? ''
const rows = table
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => cells[1]?.startsWith('`'))
  .map(([, names = '', values = '']) => ({
    names: [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name as string),
    values,
  }))

describe('the table of shares', () => {
  it('names every share there is, and nothing else', () => {
    const named = rows.flatMap(({ names }) => names)
    expect(named.filter((name) => !(name in rates))).toEqual([])
    const shares = Object.keys(rates).filter((name) => name.endsWith('Share'))
    expect(shares.length).toBeGreaterThan(20)
    expect(shares.filter((name) => !named.includes(name))).toEqual([])
  })
  it('says each plain number as it is, and calls the others by what they differ by', () => {
    for (const { names, values } of rows) {
      if (values.startsWith('by ')) for (const name of names) expect(typeof rates[name], name).toBe('object')
      else expect(values.split(', ').map(Number), names.join()).toEqual(names.map((name) => rates[name]))
    }
  })
})
