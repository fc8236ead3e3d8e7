/** What must hold of duty after any step: one console, one sheet, one roll call; whoever is on duty is expected, and nobody twice. */
import type { LoggedEvent } from '../../../../shared/model/event.ts'
import {
  attendanceKey,
  mostRollCalls,
  type Attendance,
  type RollCall,
} from '../../../../shared/model/duty-attendance.ts'
import { dutyShiftOf } from '../../../../shared/model/duty-roster.ts'
import type { CityState } from '../../../../server/src/domain/state.ts'
import { dayOf } from '../support.ts'
import { holds } from './holds.ts'

function rowHolds(key: string, row: Attendance, at: number): void {
  const { signedOnAt, signedOffAt, absentAt, late, early, note } = row
  holds(key === attendanceKey(row.shiftId, row.officerId), 'a row of attendance is found by its own key', row)
  holds(signedOffAt === null || (signedOnAt !== null && signedOffAt >= signedOnAt), 'who left had come', row)
  holds(!late || signedOnAt !== null, 'who is late came', row)
  holds(!early || (signedOffAt !== null && note !== ''), 'who left early said why', row)
  holds(
    absentAt === null || (absentAt > row.expectedAt && absentAt <= at),
    'nobody is absent before they are expected',
    row,
  )
  const shift = dutyShiftOf(dayOf, row.shiftId)
  holds(signedOffAt === null || early === signedOffAt < (shift?.endAt ?? 0), 'early is before the end', row)
}

function rollHolds({ items, endedAt, calledAt, endsAt, shiftId }: RollCall): void {
  holds(items.length > 0, 'somebody is called', shiftId)
  holds(new Set(items.map(({ subject }) => subject)).size === items.length, 'nobody is called twice', items)
  holds(endedAt === null || items.every(({ outcome }) => outcome !== null), 'at its end all is said', items)
  holds(
    items.every(({ markedAt }) => markedAt === null || (markedAt >= calledAt && markedAt <= endsAt)),
    'an answer comes in time',
    items,
  )
}

export function dutyHolds({ duty, attendance, rollCalls, handOvers, rosterChanges, at }: CityState): void {
  for (const [key, row] of attendance) rowHolds(key, row, at)
  for (const one of rollCalls.values()) rollHolds(one)
  const open = [...rollCalls.values()].filter(({ endedAt }) => endedAt === null)
  holds(open.length <= 1 && rollCalls.size <= mostRollCalls, 'one roll call at a time', open)
  holds(handOvers.size <= 1, 'one sheet at a time')
  for (const change of rosterChanges.values()) {
    const { state, askedBy, decidedBy } = change
    holds(state === 'asked' || state === 'approved', 'what was declined is let go of', change)
    holds((decidedBy === null) === (state === 'asked') && decidedBy !== askedBy, 'a second person approved', change)
  }
  const now = duty.get('now')
  if (now === undefined) return
  const ids = now.onDuty.map(({ officerId }) => officerId)
  holds(new Set(ids).size === ids.length, 'nobody sits at two places', ids)
  for (const id of ids) holds(attendance.has(attendanceKey(now.shift.id, id)), 'whoever is on duty is expected', id)
  const [sheet] = handOvers.values()
  holds((now.handOver?.id ?? null) === (sheet?.id ?? null), 'the row names the sheet', sheet)
  holds(sheet === undefined || sheet.outgoing === now.console?.by, 'who hands over has the console', sheet)
}

/** In the log: the console changes hands by two signatures or a leader's word, and a roster by two people. */
export function dutyMovesByTwo(log: readonly LoggedEvent[]): void {
  let holder: string | null = null
  const askers = new Map<string, string>()
  for (const { event, actor } of log)
    switch (event.type) {
      case 'duty.console-taken':
        holds(holder === null, 'nobody takes a console from anybody', event)
        holder = event.by
        break
      case 'duty.console-released':
        holder = null
        break
      case 'duty.handed-over': {
        const { from, to } = event
        holds(from === holder && to !== from && to === actor, 'two sign', event)
        holder = to
        break
      }
      case 'duty.change-asked':
        askers.set(event.change.id, actor)
        break
      case 'duty.change-decided':
        holds(event.change.state !== 'approved' || askers.get(event.change.id) !== actor, 'a second person', event)
        break
      case 'duty.found-absent':
        holds(event.attendance.signedOnAt === null, 'who came is not found absent', event)
        break
    }
}
