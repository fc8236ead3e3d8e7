/** Duty: who is on it, the roster, the shift's log and the hand-over sheets. Numbers and callers are for those who ring them. */
import { Router } from 'express'
import {
  dutyLogQuerySchema,
  handOverQuerySchema,
  rosterQuerySchema,
  type DutyNowAnswer,
  type RosterAnswer,
  type RosterRow,
} from '../../../shared/contract/duty.ts'
import { cityCalendar } from '../../../shared/model/city-calendar.ts'
import { everNormal } from '../../../shared/model/city-mode.ts'
import {
  dutyPosts,
  dutyShiftAt,
  dutyShiftOf,
  dutyShiftsFrom,
  occasionsOf,
  rosterOf,
  type DutyShift,
} from '../../../shared/model/duty-roster.ts'
import type { Attendance } from '../../../shared/model/duty-attendance.ts'
import type { DutyEntry } from '../../../shared/model/duty.ts'
import { dutyFor } from '../access/audience.ts'
import { maskCall, maskText } from '../access/masking.ts'
import { mayRead } from '../access/rights.ts'
import type { City } from '../ports/city.ts'
import type { Clock } from '../ports/clock.ts'
import type { Engine } from '../ports/engine.ts'
import type { ReadModels } from '../ports/store.ts'
import { part, type Asker, type Guard } from './guard.ts'
import { no, read } from './reply.ts'

/** Of this shift everybody; of the one before who has not signed off, of the next who has signed on. */
const attendanceShown = (rows: Iterable<Attendance>, shiftId: string): Attendance[] =>
  [...rows]
    .filter((row) => row.shiftId === shiftId || (row.signedOnAt !== null && row.signedOffAt === null))
    .sort((a, b) => a.shiftId.localeCompare(b.shiftId, 'en') || dutyPosts.indexOf(a.post) - dutyPosts.indexOf(b.post))

export function dutyRoutes(deps: {
  engine: Engine
  models: ReadModels
  city: City
  clock: Clock
  guard: Guard
}): Router {
  const { engine, models, city, clock, guard } = deps
  const { view } = engine
  const router = Router()
  const dayOf = cityCalendar(city.profile.timeZone)
  const book = city.duty ?? null
  const officers = new Map(book?.officers.map((officer) => [officer.id, officer]))
  const occasionOf = book === null ? () => null : occasionsOf(book, city.calendar?.days ?? [])
  const mayRing = ({ signedIn }: Asker) => mayRead(signedIn.actor, 'duty-log')

  const rowOf = (shift: DutyShift, asker: Asker): RosterRow | null => {
    if (book === null) return null
    const substitutions = [...view.rosterChanges.values()].flatMap((change) =>
      change.state === 'approved' ? change.substitutions : [],
    )
    // The mode of now says nothing of shifts to come.
    const now = view.duty.get('now')
    const isEmergency = now?.kind === 'emergency' && now.shift.id === shift.id
    const { places, ...roster } = rosterOf(book, shift, { occasionOf, isEmergency, substitutions })
    return {
      ...roster,
      places: places.map((place) => {
        const officer = officers.get(place.officerId)
        const name = { zh: officer?.name ?? place.officerId, en: officer?.nameEn ?? place.officerId }
        return { ...place, name, phone: mayRing(asker) ? (officer?.phone ?? null) : null }
      }),
    }
  }

  router.get(
    '/duty/now',
    guard('duty', (_request, asker) => {
      const row = view.duty.get('now')
      const shift = row?.shift ?? dutyShiftAt(dayOf, clock.now())
      const isOfDesk = mayRing(asker)
      const mode = view.modes.get('city') ?? everNormal
      const held = [mode, ...mode.districts].filter((one) => one.mode !== 'normal')
      const body: DutyNowAnswer = {
        now: row === undefined ? null : dutyFor(asker.audience, row),
        places: isOfDesk ? (rowOf(shift, asker)?.places ?? []) : [],
        calledIn: held.flatMap(({ sinceAt, effects }) =>
          effects.roster.map(({ who, withinMin }) => ({ who, byAt: (sinceAt ?? 0) + withinMin * 60_000 })),
        ),
        handOver: isOfDesk ? ([...view.handOvers.values()][0] ?? null) : null,
        changes: isOfDesk ? [...view.rosterChanges.values()] : [],
        attendance: isOfDesk ? attendanceShown(view.attendance.values(), shift.id) : [],
        rollCalls: isOfDesk ? [...view.rollCalls.values()].reverse() : [],
      }
      return { body }
    }),
  )
  router.get(
    '/duty/roster',
    guard('duty', (request, asker) => {
      const query = read(rosterQuerySchema, request.query)
      if (!query.ok) return query
      const { from, days } = query.value
      const first = from === undefined ? null : dutyShiftOf(dayOf, `${from.replaceAll('-', '')}-day`)
      const startAt = first?.startAt ?? dutyShiftAt(dayOf, clock.now()).startAt
      const shifts = book === null ? [] : dutyShiftsFrom(dayOf, startAt, days * 2)
      const body: RosterAnswer = {
        items: shifts.flatMap((shift) => rowOf(shift, asker) ?? []),
        next: null,
        officers: mayRing(asker)
          ? [...officers.values()].map(({ id, name, nameEn, posts }) => ({ id, name: { zh: name, en: nameEn }, posts }))
          : [],
      }
      return { body }
    }),
  )
  router.get(
    '/duty/log',
    guard('duty-log', async (request, { signedIn }) => {
      const query = read(dutyLogQuerySchema, request.query)
      if (!query.ok) return query
      const page = await models.dutyEntries(query.value)
      const isOpen = mayRead(signedIn.actor, 'reporter')
      const shown = (entry: DutyEntry): DutyEntry =>
        isOpen || entry.call === undefined
          ? entry
          : { ...entry, text: maskText(entry.text), call: maskCall(entry.call) }
      return { body: { ...page, items: page.items.map(shown) } }
    }),
  )
  router.get(
    '/duty/hand-overs',
    guard('duty-log', async (request) => {
      const query = read(handOverQuerySchema, request.query)
      return query.ok ? { body: await models.handOvers(query.value) } : query
    }),
  )
  router.get(
    '/duty/hand-overs/:id',
    guard('duty-log', async (request) => {
      const id = part(request, 'id')
      const body = view.handOvers.get(id) ?? (await models.handOver(id))
      return body ? { body } : no('NOT_FOUND', 'no such sheet')
    }),
  )
  return router
}
