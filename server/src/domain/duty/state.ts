/**
 * Duty as a fold of the log: who is on duty, whose the chief's console is, the hand-over that is under way, what people changed of the
 * roster, and which lines of the shift's log may still be put right. Lines themselves are the read models'.
 */
import type { DutyEntry, DutyEntryKind, DutyNow, HandOver, RosterChange } from '../../../../shared/model/duty.ts'
import type { DutyEvent } from '../../../../shared/model/duty-event.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import type { LoggedEvent } from '../../../../shared/model/event.ts'
import type { DayOf } from '../../../../shared/model/city-calendar.ts'
import type { DutyShift } from '../../../../shared/model/duty-roster.ts'
import { dutyShiftAt, dutyShiftOf } from '../../../../shared/model/duty-roster.ts'
import type { Changes } from '../changes.ts'
import type { AttendanceTables } from './fold-attendance.ts'
import { expectCrew, foldAttendance, forgetAttendance } from './fold-attendance.ts'

export interface DutyTables extends AttendanceTables {
  /** One row, `now`, once a shift began by the roster, or somebody did something on duty. */
  readonly duty: Map<string, DutyNow>
  /** The sheet that waits for signatures, if any. */
  readonly handOvers: Map<string, HandOver>
  /** Asked for, or approved for shifts that are not over. */
  readonly rosterChanges: Map<string, RosterChange>
  /** Lines of this shift's log and of the one before, by number: what may be put right. */
  readonly dutyLines: Map<number, DutyLine>
}
export interface DutyLine {
  readonly shiftId: string
  readonly kind: DutyEntryKind
}

export const newDutyTables = (): DutyTables => ({
  duty: new Map(),
  handOvers: new Map(),
  rosterChanges: new Map(),
  attendance: new Map(),
  rollCalls: new Map(),
  dutyLines: new Map(),
})

/** A shift's log beyond this many lines can be read, and no longer put right. */
const mostLines = 2_000

interface Folded extends DutyTables {
  readonly dayOf: DayOf
  readonly counters: { handOver: number; rosterChange: number; rollCall: number }
}

export const openHandOver = (state: Pick<DutyTables, 'handOvers'>): HandOver | null => {
  for (const handOver of state.handOvers.values()) return handOver
  return null
}

/** The end of a shift that a change names: its name was read when the change was asked for. */
export const endOf = (dayOf: DayOf, shiftId: string): Instant => (dutyShiftOf(dayOf, shiftId) as DutyShift).endAt

/** The row as it is, or as it is where nothing happened on duty yet. */
export const dutyNowOf = (state: Pick<Folded, 'duty' | 'dayOf'>, at: Instant): DutyNow =>
  state.duty.get('now') ?? {
    id: 'now',
    version: 0,
    shift: dutyShiftAt(state.dayOf, at),
    kind: 'ordinary',
    occasion: null,
    onDuty: [],
    console: null,
    handOver: null,
    changesAsked: 0,
    lastEntry: 0,
  }

const put = (state: Folded, row: DutyNow, changes: Changes | undefined): void => {
  const next = { ...row, version: row.version + 1 }
  state.duty.set('now', next)
  changes?.duty.set('now', next)
}

/** Keeps a line of the shift's log, and tells the row of it. */
export function foldEntry(state: Folded, entry: DutyEntry, changes: Changes | undefined): void {
  state.dutyLines.set(entry.seq, { shiftId: entry.shiftId, kind: entry.kind })
  if (state.dutyLines.size > mostLines)
    for (const oldest of state.dutyLines.keys()) {
      state.dutyLines.delete(oldest)
      break
    }
  changes?.dutyEntries.push(entry)
  const row = state.duty.get('now')
  if (row !== undefined) put(state, { ...row, lastEntry: entry.seq }, changes)
}

export function foldDuty(state: Folded, { event, at, actor }: LoggedEvent, changes: Changes | undefined): void {
  const duty = event as DutyEvent
  const row = dutyNowOf(state, at)
  switch (duty.type) {
    case 'duty.shift-began': {
      const { shift, kind, occasion, onDuty } = duty
      forget(state, row.shift.id, at)
      expectCrew(state, shift, onDuty, at)
      return put(state, { ...row, shift, kind, occasion, onDuty, changesAsked: askedOf(state) }, changes)
    }
    case 'duty.crew-changed': {
      const { kind, occasion, onDuty } = duty
      expectCrew(state, row.shift, onDuty, at)
      return put(state, { ...row, kind, occasion, onDuty }, changes)
    }
    case 'duty.change-asked':
    case 'duty.change-decided': {
      const { change } = duty
      state.counters.rosterChange = Math.max(state.counters.rosterChange, Number(change.id.slice(1)))
      if (change.state === 'asked' || change.state === 'approved') state.rosterChanges.set(change.id, change)
      else state.rosterChanges.delete(change.id)
      if (changes !== undefined) changes.roster = true
      return put(state, { ...row, changesAsked: askedOf(state) }, changes)
    }
    case 'duty.console-taken':
      return put(state, { ...row, console: { by: duty.by, sinceAt: at } }, changes)
    case 'duty.console-released': {
      const open = openHandOver(state)
      if (open !== null) endHandOver(state, { ...open, state: 'cancelled' }, changes)
      return put(state, { ...row, console: null, handOver: null }, changes)
    }
    case 'duty.signed-on':
    case 'duty.signed-off':
    case 'duty.found-absent':
    case 'duty.roll-called':
    case 'duty.roll-marked':
    case 'duty.roll-ended':
      foldAttendance(state, duty, at, actor)
      return put(state, row, changes)
    case 'duty.noted':
    case 'duty.call-recorded':
    case 'duty.corrected':
      // The row is made, so that pages see that there is something to read.
      return put(state, row, changes)
    default:
      foldHandOver(state, row, duty, at, actor, changes)
  }
}

type HandOverEvent = Extract<
  DutyEvent,
  {
    type:
      | 'duty.hand-over-prepared'
      | 'duty.hand-over-signed'
      | 'duty.hand-over-cancelled'
      | 'duty.items-acknowledged'
      | 'duty.handed-over'
  }
>

function foldHandOver(
  state: Folded,
  row: DutyNow,
  event: HandOverEvent,
  at: Instant,
  actor: string,
  changes: Changes | undefined,
): void {
  const open = openHandOver(state)
  if (event.type === 'duty.hand-over-prepared') {
    state.counters.handOver = Math.max(state.counters.handOver, Number(event.handOver.id.slice(1)))
    return keepHandOver(state, row, event.handOver, changes)
  }
  if (open === null || open.id !== event.handOverId) return
  switch (event.type) {
    case 'duty.hand-over-signed':
      return keepHandOver(state, row, { ...open, state: 'signed', outgoingSignedAt: at }, changes)
    case 'duty.items-acknowledged': {
      const ids = new Set(event.itemIds)
      const items = open.items.map((item) =>
        ids.has(item.id) && item.acknowledgedAt === null ? { ...item, acknowledgedAt: at } : item,
      )
      return keepHandOver(state, row, { ...open, items, incoming: actor }, changes)
    }
    case 'duty.hand-over-cancelled':
      endHandOver(state, { ...open, state: 'cancelled' }, changes)
      return put(state, { ...row, handOver: null }, changes)
    case 'duty.handed-over':
      endHandOver(state, { ...open, state: 'handed-over', incoming: event.to, incomingSignedAt: at }, changes)
      put(state, { ...row, handOver: null, console: { by: event.to, sinceAt: at } }, changes)
  }
}

function keepHandOver(state: Folded, row: DutyNow, next: HandOver, changes: Changes | undefined): void {
  const before = openHandOver(state)
  const handOver = { ...next, version: (before?.id === next.id ? before.version : 0) + 1 }
  state.handOvers.clear()
  state.handOvers.set(handOver.id, handOver)
  changes?.handOvers.set(handOver.id, handOver)
  put(state, { ...row, handOver: { id: handOver.id, version: handOver.version } }, changes)
}

function endHandOver(state: Folded, next: HandOver, changes: Changes | undefined): void {
  state.handOvers.delete(next.id)
  changes?.handOvers.set(next.id, { ...next, version: next.version + 1 })
}

const askedOf = (state: DutyTables): number =>
  [...state.rosterChanges.values()].filter((change) => change.state === 'asked').length

/** Lets go of what belongs to shifts long over. `before` = the shift that has just ended. */
function forget(state: Folded, before: string, at: Instant): void {
  forgetAttendance(state, before)
  for (const [seq, line] of state.dutyLines) if (line.shiftId !== before) state.dutyLines.delete(seq)
  for (const [id, change] of state.rosterChanges) {
    const isOver = change.substitutions.every(({ shiftId }) => endOf(state.dayOf, shiftId) <= at)
    if (isOver && change.state === 'approved') state.rosterChanges.delete(id)
  }
}
