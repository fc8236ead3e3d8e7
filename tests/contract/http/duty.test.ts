/** Duty over HTTP: who sees the roster, whose numbers, the callers, and what is refused by its field. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attendanceKey, type Attendance, type RollCall } from '../../../shared/model/duty-attendance.ts'
import type { DutyEntry, DutyNow, HandOver } from '../../../shared/model/duty.ts'
import { personCommandSchema } from '../../../shared/contract/command.ts'
import { roles, type Role } from '../../../shared/model/role.ts'
import { createMemoryEngine } from '../../support/memory-engine.ts'
import { smallCity, startMemoryServer, type MemoryServer } from '../../support/memory-server.ts'
import { noon } from '../../support/sample-rows.ts'
import { book } from '../../support/duty-book.ts'

const shift = { id: '20260801-day', part: 'day', startAt: noon - 4 * 3_600_000, endAt: noon + 8 * 3_600_000 } as const
const onDuty = (['leader', 'chief', 'accept'] as const).map((post) => ({
  ...{ post, officerId: `A-${post}`, name: { zh: `A班${post}`, en: post }, why: 'roster' as const },
}))
const now: DutyNow = {
  ...{ id: 'now', version: 1, shift, kind: 'ordinary', occasion: null, onDuty, changesAsked: 0, lastEntry: 1 },
  ...{ console: { by: 'chief', sinceAt: noon }, handOver: null },
}
const entry: DutyEntry = {
  ...{
    seq: 1,
    happenedAt: noon,
    shiftId: shift.id,
    kind: 'call',
    actor: 'duty',
    what: 'duty-call-recorded',
    facts: {},
  },
  text: '来电 13812345678 反映积水',
  call: {
    ...{ calledAt: noon, place: '东河路', origin: '来电 13812345678 反映积水', course: '', measures: '', result: '' },
    ...{ impact: '', trend: '', informed: '', unit: '东河街道', name: '赵先生', title: '', phone: '13812345678' },
    incidentId: null,
  },
}
const sheet: HandOver = {
  ...{ id: 'H1', version: 1, state: 'handed-over', shiftId: shift.id, asOfAt: noon, outgoing: 'chief' },
  ...{ outgoingSignedAt: noon, incoming: 'relief', incomingSignedAt: noon, items: [] },
}

interface Presence {
  readonly attendance: readonly Record<string, unknown>[]
  readonly rollCalls: readonly Record<string, unknown>[]
}

let server: MemoryServer
beforeAll(async () => {
  const engine = createMemoryEngine({ now: () => noon })
  server = await startMemoryServer({
    engine,
    parts: { city: { ...smallCity, duty: book } },
    models: {
      dutyEntries: async () => ({ items: [entry], next: null }),
      handOver: async (id) => (id === 'H1' ? sheet : null),
      handOvers: async () => ({ items: [sheet], next: null }),
    },
  })
  engine.put({ duty: [now] })
  const came = (officerId: string, post: Attendance['post'], over: Partial<Attendance> = {}): Attendance => ({
    ...{ shiftId: shift.id, officerId, post, why: 'roster', name: { zh: officerId, en: officerId }, expectedAt: noon },
    ...{ signedOnAt: null, late: false, absentAt: null, signedOffAt: null, early: false, note: '' },
    ...over,
  })
  const night = { shiftId: '20260731-night', signedOnAt: noon - 1 }
  for (const row of [
    came('A-accept', 'accept', { signedOnAt: noon }),
    came('A-chief', 'chief'),
    came('E-chief', 'chief', night),
    came('E-accept', 'accept', { ...night, signedOffAt: noon }),
  ])
    (engine.view.attendance as Map<string, Attendance>).set(attendanceKey(row.shiftId, row.officerId), row)
  for (const id of ['N1', 'N2'])
    (engine.view.rollCalls as Map<string, RollCall>).set(id, {
      ...{ id, version: 1, shiftId: shift.id, means: 'phone', calledBy: 'chief', calledAt: noon, endsAt: noon },
      ...{ endedAt: noon, items: [] },
    })
})
afterAll(() => server.close())
const ask = async (path: string, role: Role) => {
  const answer = await server.fetch(`/api/v1${path}`, { cookie: await server.signIn(role) })
  return { status: answer.status, text: await answer.text() }
}

describe('duty over HTTP', () => {
  const readers: Readonly<Record<string, readonly Role[]>> = {
    '/duty/now': ['wall', 'duty', 'chief', 'dept', 'crew', 'manager'],
    '/duty/roster?from=2026-08-01&days=2': ['wall', 'duty', 'chief', 'dept', 'crew', 'manager'],
    '/duty/log?shift=20260801-day': ['duty', 'chief', 'manager'],
    '/duty/hand-overs': ['duty', 'chief', 'manager'],
    '/duty/hand-overs/H1': ['duty', 'chief', 'manager'],
  }
  it.each(Object.keys(readers))('%s is read by those who may, and by nobody else', async (path) => {
    for (const role of roles)
      expect([role, (await ask(path, role)).status]).toEqual([role, readers[path]?.includes(role) ? 200 : 403])
    expect((await server.fetch(`/api/v1${path}`)).status).toBe(401)
  })
  it('tells numbers to those who ring them only', async () => {
    for (const path of ['/duty/now', '/duty/roster?from=2026-08-01&days=1']) {
      expect((await ask(path, 'duty')).text).toContain('021-5550-1000')
      for (const role of ['wall', 'dept', 'crew'] as const) expect((await ask(path, role)).text).not.toContain('5550')
    }
    expect((await ask('/duty/now', 'wall')).text).toContain('A班chief')
    expect((await ask('/duty/now', 'wall')).text).not.toContain('A班accept')
  })
  it('tells who came and who answered to the hall, and to nobody else', async () => {
    for (const role of ['duty', 'chief', 'manager'] as const) {
      const { attendance, rollCalls } = JSON.parse((await ask('/duty/now', role)).text) as Presence
      // Of the shift before only who has not signed off; in the roster's order.
      expect(attendance.map(({ officerId }) => officerId)).toEqual(['E-chief', 'A-chief', 'A-accept'])
      expect(attendance[1]).toMatchObject({ expectedAt: '2026-08-01T12:00:00.000+08:00', signedOnAt: null })
      expect(rollCalls.map(({ id }) => id)).toEqual(['N2', 'N1'])
    }
    for (const role of ['wall', 'dept', 'crew'] as const)
      expect(JSON.parse((await ask('/duty/now', role)).text)).toMatchObject({ attendance: [], rollCalls: [] })
  })
  it('lists the shifts from a day on', async () => {
    const { items } = JSON.parse((await ask('/duty/roster?from=2026-08-01&days=2', 'duty')).text) as {
      items: { shift: { id: string; startAt: string }; team: { en: string } }[]
    }
    expect(items.map((row) => [row.shift.id, row.shift.startAt, row.team.en])).toEqual([
      ['20260801-day', '2026-08-01T08:00:00.000+08:00', 'Team A'],
      ['20260801-night', '2026-08-01T20:00:00.000+08:00', 'Team E'],
      ['20260802-day', '2026-08-02T08:00:00.000+08:00', 'Team B'],
      ['20260802-night', '2026-08-02T20:00:00.000+08:00', 'Team A'],
    ])
  })
  it('masks who called for a leader, who does not ring back', async () => {
    expect((await ask('/duty/log', 'duty')).text).toContain('13812345678')
    const { text } = await ask('/duty/log', 'manager')
    expect(text).not.toContain('13812345678')
    expect(text).toContain('138****5678')
    expect(text).not.toContain('赵先生')
  })
  it.each([
    ['/duty/roster?days=0', 'days'],
    ['/duty/roster?from=tomorrow', 'from'],
    ['/duty/log?shift=today', 'shift'],
    ['/duty/log?kind=gossip', 'kind'],
    ['/duty/hand-overs?limit=1000', 'limit'],
  ])('%s is refused naming the field', async (path, field) => {
    const { status, text } = await ask(path, 'duty')
    expect(status).toBe(400)
    expect(text).toContain(`"field":"${field}"`)
  })
  it('a sheet nobody drew up is not found', async () => {
    expect((await ask('/duty/hand-overs/H2', 'duty')).status).toBe(404)
  })
})

describe('commands of duty', () => {
  it.each([
    [{ type: 'duty.note', text: ' ' }, 'text'],
    [{ type: 'duty.record-call', call: { calledAt: noon, origin: '' } }, 'call.origin'],
    [{ type: 'duty.request-change', substitutions: [], reason: '甲' }, 'substitutions'],
    [
      {
        type: 'duty.request-change',
        substitutions: [{ shiftId: 'x', post: 'accept', outId: 'a', inId: 'b' }],
        reason: '甲',
      },
      'substitutions.0.shiftId',
    ],
    [{ type: 'duty.correct', seq: 0, text: '甲' }, 'seq'],
    [{ type: 'duty.release-console', reason: '' }, 'reason'],
    [{ type: 'duty.sign-on', officerId: '' }, 'officerId'],
    [{ type: 'duty.call-roll', means: 'gossip' }, 'means'],
    [{ type: 'duty.mark-roll', rollCallId: 'N1', subject: 'x', outcome: 'asleep' }, 'outcome'],
  ])('are refused naming the field, %#', (body, field) => {
    const parsed = personCommandSchema.safeParse(body)
    expect(parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'))).toContain(field)
  })
})
