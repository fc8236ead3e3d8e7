import { expect, it } from 'vitest'
import { WordPool } from '../../../server/src/domain/catalog/word-pool.ts'

const parsed = (value: unknown) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>

it('changes no value, however deep, and touches nothing that is no text', () => {
  const pool = new WordPool()
  const body = { name: '甲', list: ['乙', { deep: '甲' }, null, 1, true], long: 'x'.repeat(500), none: null }
  const copy = parsed(body)
  pool.share(copy)
  expect(copy).toEqual(body)
  for (const value of ['text', 7, null, undefined]) pool.share(value)
})

it('stays right when it has begun again', () => {
  const pool = new WordPool()
  const rows = Array.from({ length: 25_000 }, (_, n) => parsed({ name: `设备${n}`, kind: 'smoke' }))
  for (const row of rows) pool.share(row)
  expect(rows[24_999]).toEqual({ name: '设备24999', kind: 'smoke' })
  expect(rows[3]).toEqual({ name: '设备3', kind: 'smoke' })
})
