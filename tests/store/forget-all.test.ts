import { expect, it } from 'vitest'
import { forgetAll, keptTables, logTables } from '../../server/src/store/forget-all.ts'
import { onEveryDatabase } from '../support/every-database.ts'
import { chain, emptyBatch, noted, sampleIncident, sampleReading, sampleSensor } from './samples.ts'

onEveryDatabase('forgetting', (stores) => {
  it('knows of every table whether it is emptied', async () => {
    const { database } = await stores.open()
    const rows = await database.query(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace
      and relkind in ('r', 'p') and not relispartition`,
    )
    expect(rows.map(({ name }) => String(name)).sort()).toEqual([...keptTables, ...logTables].sort())
  })

  it('leaves an empty log of another identity that can be written again, and all accounts', async () => {
    const store = await stores.open()
    const { engineStore, database, accounts, auditLog } = store
    const before = await engineStore.open()
    const batch = {
      ...emptyBatch,
      events: chain([noted('one'), noted('two')]),
      rows: { ...emptyBatch.rows, incidents: [sampleIncident({ id: '20260310-000001' })], sensors: [sampleSensor(1)] },
      readings: [sampleReading({ id: 1 })],
      commands: [{ commandId: 'c', actor: 'duty', outcome: { ok: true, rev: 1, data: {} } }] as const,
    }
    await engineStore.commit(batch)
    await engineStore.saveSnapshot(2, ['{}'])
    const account = { username: 'duty', displayName: '值班员', role: 'duty', unitId: null, departmentId: null } as const
    await accounts.save({ ...account, passwordHash: 'x', scope: null, disabled: false, isDemo: true })

    await forgetAll(database)
    const after = await engineStore.open()
    expect(after).toMatchObject({ headSeq: 0, maxReadingId: 0, snapshot: null })
    expect(after.epoch).not.toBe(before.epoch)
    expect(await engineStore.incident('20260310-000001')).toBeNull()
    expect((await engineStore.knownCommands(['c'])).size).toBe(0)
    expect(await accounts.count()).toBe(1)
    expect(await engineStore.commit(batch)).toEqual(new Map())
    expect(await auditLog.verify()).toMatchObject({ ok: true, checked: 2 })
  })
})
