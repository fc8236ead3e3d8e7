/** Disposition codes: how a case ended for an agency. */
import { describe, expect, it } from 'vitest'
import {
  agencyKindOf,
  agencyKinds,
  dispositionCodes,
  dispositionOf,
  dispositions,
  dispositionsFor,
} from '../../../shared/model/disposition.ts'

const codes = (rows: readonly { readonly code: string }[]) => rows.map(({ code }) => code)

describe('disposition codes (issue 4.16)', () => {
  it('are two digits, each once, in order, with words in both languages', () => {
    expect(dispositionCodes).toEqual([...new Set(dispositionCodes)].sort())
    for (const { code, name } of dispositions) {
      expect(code).toMatch(/^\d\d$/)
      expect(name.zh.length * name.en.length).toBeGreaterThan(0)
    }
    expect(new Set(dispositions.map(({ name }) => name.zh)).size).toBe(dispositions.length)
  })

  it('are those of the agency, and without a crew at the scene only those that need none', () => {
    expect(codes(dispositionsFor('fire', true))).toContain('23')
    expect(codes(dispositionsFor('municipal', true))).not.toContain('23')
    expect(codes(dispositionsFor('medical', true))).toEqual(expect.arrayContaining(['25', '45', '18']))
    expect(codes(dispositionsFor('municipal', false))).toEqual(['05', '10', '15', '21', '22', '32'])
    for (const agency of agencyKinds) expect(dispositionsFor(agency, true).length).toBeGreaterThan(8)
  })

  it('are found by code; a crew kind or a department says which agency speaks', () => {
    expect(dispositionOf('22')?.name.en).toBe('Duplicate, merged')
    expect(dispositionOf('99')).toBeUndefined()
    expect(['fire', 'medical', 'health', 'traffic', 'drainage'].map(agencyKindOf)).toEqual([
      'fire',
      'medical',
      'medical',
      'police',
      'municipal',
    ])
  })
})
