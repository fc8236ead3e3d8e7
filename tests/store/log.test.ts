import { expect, it } from 'vitest'
import type { Store } from '../../server/src/store/open-store.ts'
import { onEveryDatabase } from '../support/every-database.ts'
import { chain, emptyBatch, noted, sampleIncident } from './samples.ts'

const length = 4_500

async function filled(store: Store): Promise<Store> {
  await store.engineStore.open()
  const events = chain(Array.from({ length }, (_, index) => noted(`person ${index}`)))
  await store.engineStore.commit({ ...emptyBatch, events })
  return store
}

onEveryDatabase('log', (stores) => {
  it('verifies over several pages, telling how far it is', async () => {
    const { auditLog } = await filled(await stores.open())
    const told: [number, number][] = []
    const answer = await auditLog.verify((checked, total) => void told.push([checked, total]))
    expect(answer).toEqual({ ok: true, checked: length, brokenAt: null, problem: null })
    expect(told).toEqual([
      [2_000, length],
      [4_000, length],
      [4_500, length],
    ])
  })

  it('verifies an empty log', async () => {
    const { auditLog } = await stores.open()
    expect(await auditLog.verify()).toEqual({ ok: true, checked: 0, brokenAt: null, problem: null })
  })

  const tampered: [name: string, sql: string, brokenAt: number, problem: string][] = [
    [
      'a changed byte',
      `update event set payload = replace(payload, 'person 3000', 'person 3001') where seq = 3001`,
      3001,
      'hash',
    ],
    ['a changed hash', `update event set hash = repeat('a', 64) where seq = 10`, 10, 'hash'],
    ['a removed event', 'delete from event where seq = 2001', 2001, 'missing'],
    ['a removed first event', 'delete from event where seq = 1', 1, 'missing'],
    [
      'two events that changed places',
      `update event set seq = -seq where seq in (7, 8); update event set seq = case seq when -7 then 8 else 7 end where seq < 0`,
      7,
      'hash',
    ],
    [
      'an event put before the first',
      `insert into event select 0, at, type, null, payload, hash from event where seq = 1`,
      4501,
      'rows',
    ],
    ['a column that tells another story', `update event set at = at - 1 where seq = 42`, 42, 'columns'],
    ['another kind beside the text', `update event set type = 'incident.closed' where seq = 42`, 42, 'columns'],
  ]
  it.each(tampered)('finds %s', async (_, sql, brokenAt, problem) => {
    const { auditLog, database } = await filled(await stores.open())
    await database.script(sql)
    const answer = await auditLog.verify()
    expect(answer).toMatchObject({ ok: false, checked: brokenAt - 1, brokenAt })
    expect(answer.problem).toContain(problem)
  })

  it('answers pages of any place', async () => {
    const { auditLog } = await filled(await stores.open())
    const page = await auditLog.events(1_000, 3)
    expect(page.map(({ seq }) => seq)).toEqual([1_001, 1_002, 1_003])
    const [before] = await auditLog.events(999, 1)
    expect(page[0]?.prevHash).toBe(before?.hash)
    expect(await auditLog.events(length, 3)).toEqual([])
  })

  it('tells one case’s events, oldest first', async () => {
    const { engineStore, readModels } = await stores.open()
    await engineStore.open()
    const move = { state: 'reported', stageDueAt: null } as const
    const events = chain([
      { type: 'incident.reported', incident: sampleIncident({ id: 'i1' }) },
      noted('someone'),
      { type: 'incident.commented', incidentId: 'i2', text: 'other', ...move },
      { type: 'unit.status-set', unitId: 'u', status: 'dispatched', incidentId: 'i1' },
      { type: 'incident.commented', incidentId: 'i1', text: 'mine', ...move },
    ])
    await engineStore.commit({ ...emptyBatch, events })
    expect(await readModels.timeline('i1')).toEqual([events[0], events[4]])
    expect(await readModels.timeline('none')).toEqual([])
  })
})
