/** Bulletins kept by schedule: one a period over restarts and double starts, mailed by a real mail server's word, tried again when it refuses. */
import { expect, it } from 'vitest'
import { SMTPServer } from 'smtp-server'
import type { AddressInfo } from 'node:net'
import type { KeptBulletin } from '../../server/src/ports/store.ts'
import { createBulletinKeeper } from '../../server/src/reports/bulletin-keeper.ts'
import { createBulletinMail, type BulletinMail } from '../../server/src/reports/bulletin-mail.ts'
import type { Store } from '../../server/src/store/open-store.ts'
import { onEveryDatabase } from '../support/every-database.ts'
import { emptyBatch, sampleIncident } from './samples.ts'

const timeZone = 'Asia/Shanghai'
const minuteMs = 60_000
const monday = Date.parse('2026-11-23T06:00:00+08:00')
const clock = { at: monday, now: () => clock.at }
const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

function keeperOf(store: Store, mail: BulletinMail | null, notes: string[] = [], made: string[] = []) {
  return createBulletinKeeper({
    ...{ bulletins: store.bulletins, models: store.readModels, mail, clock, log, timeZone },
    make: async ({ kind, question, now }) => {
      made.push(`${kind} ${new Date(question.from).toISOString()}`)
      const labels = { formula: '', base: '', source: '' }
      return {
        ...{ language: 'zh-CN' as const, title: `周报 ${kind}`, head: [], sections: [], signatures: [], labels },
        ...{ pageWords: '', emptyWord: '', inWorkbookWord: '', timeZone, madeAt: now },
      }
    },
    write: async (_report, format) => new TextEncoder().encode(`${format} 文`),
    engine: {
      note: async (_actor, act, ok, subject) => void notes.push(`${act} ${subject} ${ok}`),
    },
  })
}
/** Cases since the second week of November. */
async function fill(store: Store): Promise<void> {
  const incidents = [0, 1, 2].map((week) =>
    sampleIncident({ id: `i${week}`, reportedAt: Date.parse('2026-11-09T08:00:00+08:00') + week * 7 * 86_400_000 }),
  )
  await store.engineStore.commit({ ...emptyBatch, rows: { ...emptyBatch.rows, incidents } })
}
const listed = async (store: Store) => (await store.bulletins.page({ limit: 50 })).items.map(({ id }) => id)

onEveryDatabase('bulletins', (stores) => {
  it('are made once a period, one a look, over restarts and when two keepers look at once', async () => {
    clock.at = monday
    let store = await stores.open({ timeZone })
    await fill(store)
    const [notes, made] = [[] as string[], [] as string[]]
    await Promise.all([keeperOf(store, null, notes, made).look(), keeperOf(store, null, notes, made).look()])
    expect(await listed(store)).toEqual(['weekly-20261116'])
    expect(notes).toEqual(['kpi.bulletin.made weekly-20261116 true'])
    const first = (await store.bulletins.page({ limit: 1 })).items[0]

    store = await stores.reopen({ timeZone })
    clock.at += minuteMs
    const keeper = keeperOf(store, null, notes, made)
    for (let look = 0; look < 5; look++) await keeper.look()
    // The week before too; October and what is before it began before the first case.
    expect(await listed(store)).toEqual(['weekly-20261116', 'weekly-20261109'])
    expect((await store.bulletins.page({ limit: 1 })).items[0]).toEqual(first)
    expect(made.filter((one) => one.includes('2026-11-08T16:00'))).toHaveLength(1)
    expect(new TextDecoder().decode((await store.bulletins.file('weekly-20261116', 'pdf')) ?? undefined)).toBe('pdf 文')
    expect(await store.bulletins.file('weekly-20261102', 'pdf')).toBeNull()

    // A week later there is one more.
    clock.at = monday + 7 * 86_400_000
    await keeper.look()
    expect(await listed(store)).toEqual(['weekly-20261123', 'weekly-20261116', 'weekly-20261109'])
    const page = await store.bulletins.page({ limit: 2 })
    const rest = await store.bulletins.page({ limit: 2, cursor: page.next ?? '' })
    expect([...page.items, ...rest.items].map(({ id }) => id)).toEqual(await listed(store))
    expect([rest.next, (await store.bulletins.page({ limit: 2, cursor: 'x' })).items]).toEqual([null, []])
  })

  it('are mailed through a mail server, and tried again later where it refuses', async () => {
    clock.at = monday
    const store = await stores.open({ timeZone })
    await fill(store)
    const letters: { readonly to: string[]; readonly text: string }[] = []
    let refuses = true
    const server = new SMTPServer({
      ...{ authOptional: true, disabledCommands: ['STARTTLS'], logger: false },
      onRcptTo: (_address, _session, done) => done(refuses ? new Error('come again later') : null),
      onData(stream, session, done) {
        const parts: Buffer[] = []
        stream.on('data', (part: Buffer) => parts.push(part))
        stream.on('end', () => {
          const to = session.envelope.rcptTo.map(({ address }) => address)
          letters.push({ to, text: Buffer.concat(parts).toString() })
          done()
        })
      },
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()))
    const { port } = server.server.address() as AddressInfo
    const to = ['a@city.example', 'b@city.example']
    const mail = createBulletinMail({ url: `smtp://127.0.0.1:${port}`, from: 'kpi@city.example', to })
    const notes: string[] = []
    const keeper = keeperOf(store, mail, notes)
    const state = async () => {
      const row = (await store.bulletins.page({ limit: 1 })).items[0] as KeptBulletin | undefined
      return [row?.mail, row?.mailedAt]
    }
    try {
      await keeper.look()
      expect([await state(), letters.length]).toEqual([['waiting', null], 0])
      refuses = false
      // Not at once: a server that refuses is left alone.
      clock.at += minuteMs
      await keeper.look()
      expect(letters.map(({ text }) => text.includes('weekly-20261116'))).not.toContain(true)
      clock.at += 10 * minuteMs
      await keeper.look()
      expect(await state()).toEqual(['sent', clock.at])
      const letter = letters.find(({ text }) => text.includes('Message-ID: <weekly-20261116@city.example>'))
      expect(letter?.to).toEqual(to)
      expect(letter?.text).toContain('filename=weekly-20261116.pdf')
      expect(letter?.text).toContain('filename=weekly-20261116.xlsx')
      expect(letter?.text).toContain(Buffer.from('pdf 文').toString('base64'))
      clock.at += 86_400_000
      await keeper.look()
      expect(letters.filter(({ text }) => text.includes('Message-ID: <weekly-20261116@'))).toHaveLength(1)
      expect(notes).toContain('kpi.bulletin.mailed weekly-20261116 true')
    } finally {
      mail.close()
      await new Promise<void>((done) => server.close(() => done()))
    }
  })

  it('that cannot be mailed at all are told as failed after a while, and keep nothing waiting', async () => {
    clock.at = monday
    const store = await stores.open({ timeZone })
    await fill(store)
    const notes: string[] = []
    let tries = 0
    const keeper = keeperOf(
      store,
      {
        send: async () => {
          tries += 1
          throw new Error('nobody is there')
        },
        close: () => undefined,
      },
      notes,
    )
    await keeper.look()
    for (let i = 0; i < 12; i++) {
      clock.at += 86_400_000 / 2
      for (const { id } of await store.bulletins.toMail(clock.at)) if (id === 'weekly-20261116') await keeper.look()
    }
    const rows = (await store.bulletins.page({ limit: 50 })).items
    expect(rows.find(({ id }) => id === 'weekly-20261116')?.mail).toBe('failed')
    expect(notes).toContain('kpi.bulletin.mailed weekly-20261116 false')
    expect(tries).toBeGreaterThan(7)
  })
})
