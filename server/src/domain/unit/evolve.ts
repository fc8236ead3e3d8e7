/** The fold of crews: each event makes new rows, one version up. Knows nothing of what is allowed. */
import type { UnitEvent } from '../../../../shared/model/event.ts'
import type { Instant, UnitId } from '../../../../shared/model/ids.ts'
import type { Unit } from '../../../../shared/model/unit.ts'
import type { DayOf } from '../../../../shared/model/city-calendar.ts'
import { shiftAt } from '../../../../shared/model/shift.ts'
import { reblocked } from './cross-staffing.ts'

/** Rows this event replaces; none where the crew is not known. */
export function evolveUnit(units: ReadonlyMap<UnitId, Unit>, event: UnitEvent, at: Instant, dayOf: DayOf): Unit[] {
  if (event.type === 'unit.enrolled') return settled(units, event.unit)
  const before = units.get(event.unitId)
  if (before === undefined) return []
  const version = before.version + 1
  switch (event.type) {
    case 'unit.status-set':
      return settled(units, withStatus(before, event, at, dayOf))
    case 'unit.arrival-suggested':
      return [{ ...before, version, arrivalSuggestedAt: event.fixAt }]
    case 'unit.lost':
      return [{ ...before, version, lostFixAt: event.fixAt }]
    case 'unit.regained': {
      const { lostFixAt: _heard, ...rest } = before
      return [{ ...rest, version }]
    }
  }
}

function withStatus(
  before: Unit,
  event: Extract<UnitEvent, { type: 'unit.status-set' }>,
  at: Instant,
  dayOf: DayOf,
): Unit {
  const { status, incidentId, reason, relayed, clearingFrom, occurredAt } = event
  const {
    statusReason: _reason,
    statusRelayed: _relayed,
    clearingFrom: _cleared,
    arrivalSuggestedAt: _arrived,
    ...rest
  } = before
  return {
    ...rest,
    version: before.version + 1,
    status,
    statusSince: occurredAt ?? at,
    incidentId,
    ...(reason === undefined ? {} : { statusReason: reason }),
    ...(relayed === undefined ? {} : { statusRelayed: relayed }),
    ...(clearingFrom === undefined ? {} : { clearingFrom }),
    ...(status === 'dispatched' ? { work: sentOnceMore(before, at, dayOf) } : {}),
  }
}

/** Cases it was sent to in the shift the city is in. */
function sentOnceMore({ work }: Unit, at: Instant, dayOf: DayOf): NonNullable<Unit['work']> {
  const { startAt: shiftStartAt } = shiftAt(dayOf(at).startAt, at)
  return { shiftStartAt, assignments: (work?.shiftStartAt === shiftStartAt ? work.assignments : 0) + 1 }
}

/** A row as it stands among the vehicles of its crew. Those it shared one with before the pack was changed are free of it. */
function settled(units: ReadonlyMap<UnitId, Unit>, unit: Unit): Unit[] {
  const rows = unit.staffedBy === undefined ? [unit] : reblocked(units.values(), unit)
  const left = units.get(unit.id)
  if (left?.staffedBy === undefined || left.staffedBy === unit.staffedBy) return rows
  const { staffedBy } = left
  const others = [...units.values()].filter((one) => one.staffedBy === staffedBy && one.id !== unit.id)
  const [first] = others
  return first === undefined ? rows : [...rows, ...reblocked(others, first)]
}
