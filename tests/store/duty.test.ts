/** Shifts' logs and hand-over sheets in both databases: the newest first, page by page, each line once, a sheet in its last form. */
import { expect, it } from 'vitest'
import type { DutyEntry, DutyEntryKind, HandOver } from '../../shared/model/duty.ts'
import { onEveryDatabase } from '../support/every-database.ts'
import { emptyBatch, noonAt } from './samples.ts'

const entry = (seq: number, shiftId: string, kind: DutyEntryKind = 'note'): DutyEntry => ({
  ...{ seq, happenedAt: noonAt + seq, shiftId, kind, actor: 'duty', what: 'duty-noted', facts: {}, text: `第${seq}条` },
})
const sheet = (number: number, version: number, state: HandOver['state']): HandOver => ({
  ...{ id: `H${number}`, version, state, shiftId: '20260310-day', asOfAt: noonAt, outgoing: 'chief' },
  ...{ outgoingSignedAt: null, incoming: null, incomingSignedAt: null, items: [] },
})

onEveryDatabase('duty', (stores) => {
  it('pages through the lines of one shift, the newest first, and through one kind', async () => {
    const { engineStore: store, readModels: models } = await stores.open()
    const dutyEntries = [
      ...[1, 2, 3, 4, 5].map((seq) => entry(seq, '20260310-day', seq === 4 ? 'call' : 'note')),
      entry(6, '20260310-night'),
    ]
    const batch = { ...emptyBatch, rows: { ...emptyBatch.rows, dutyEntries } }
    await store.commit(batch)
    // A commit tried again changes nothing.
    await store.commit(batch)
    const first = await models.dutyEntries({ shift: '20260310-day', limit: 3 })
    expect(first.items.map(({ seq }) => seq)).toEqual([5, 4, 3])
    expect(first.items[0]).toEqual(entry(5, '20260310-day'))
    const rest = await models.dutyEntries({ shift: '20260310-day', limit: 3, cursor: Number(first.next) })
    expect(rest).toMatchObject({ items: [{ seq: 2 }, { seq: 1 }], next: null })
    expect((await models.dutyEntries({ kind: 'call', limit: 3 })).items).toHaveLength(1)
    expect((await models.dutyEntries({ limit: 500 })).items).toHaveLength(6)
  })

  it('keeps a sheet in its last form, and lists by number', async () => {
    const { engineStore: store, readModels: models } = await stores.open()
    const put = (...handOvers: HandOver[]) => store.commit({ ...emptyBatch, rows: { ...emptyBatch.rows, handOvers } })
    await put(sheet(9, 1, 'drawn-up'), sheet(10, 1, 'drawn-up'))
    await put(sheet(9, 3, 'handed-over'))
    await put(sheet(9, 2, 'signed'))
    expect(await models.handOver('H9')).toEqual(sheet(9, 3, 'handed-over'))
    expect(await models.handOver('H11')).toBeNull()
    const page = await models.handOvers({ limit: 1 })
    expect(page).toMatchObject({ items: [{ id: 'H10' }], next: '10' })
    expect(await models.handOvers({ limit: 1, cursor: 10 })).toMatchObject({ items: [{ id: 'H9' }], next: null })
  })
})
