/**
 * What stands on a hand-over sheet (交接班单), gathered from what is so now. Guarantees that nothing open of its kinds is left out: what is too
 * much for lines of its own is counted. Nothing of a drill is handed over. Rule's source: field reference §1.5.
 */
import type { HandOverItem, HandOverKind, HandOverLine } from '../../../../shared/model/duty.ts'
import type { Alarm } from '../../../../shared/model/alarm.ts'
import type { Incident } from '../../../../shared/model/incident.ts'
import { caseLight } from '../../../../shared/model/case-light.ts'
import { mostLines, mostSingles } from '../../../../shared/model/duty.ts'
import { isOpenState } from '../../../../shared/model/incident.ts'
import { isOwed } from '../../../../shared/model/situation-report.ts'
import { attendanceStateOf } from '../../../../shared/model/duty-attendance.ts'
import type { Context } from '../context.ts'
import type { CityState } from '../state.ts'
import { cityModeOf } from '../mode/state.ts'

const line = (subject: string, text: HandOverLine['text'], more: Partial<HandOverLine> = {}): HandOverLine => ({
  subject,
  text,
  untilAt: null,
  state: null,
  value: null,
  ...more,
})

/** One item for all of a kind, or none where there is nothing. */
function together(kind: HandOverKind, lines: readonly HandOverLine[]): HandOverItem[] {
  if (lines.length === 0) return []
  return [{ id: kind, kind, lines: lines.slice(0, mostLines), total: lines.length, acknowledgedAt: null }]
}

/** An item each; the rest, beyond what anybody acknowledges one by one, in one. */
function singly(kind: HandOverKind, lines: readonly HandOverLine[]): HandOverItem[] {
  const single = lines.slice(0, mostSingles).map((one): HandOverItem => {
    const id = `${kind}:${one.subject}`.slice(0, 64)
    return { id, kind, lines: [one], total: 1, acknowledgedAt: null }
  })
  return [...single, ...together(kind, lines.slice(mostSingles))]
}

/** Of lines that all have such a time. */
const sooner = (a: HandOverLine, b: HandOverLine) => Number(a.untilAt) - Number(b.untilAt)
const majorGrades: ReadonlySet<string> = new Set(['extraordinary', 'major', 'serious'])

export function handOverItems(state: CityState, context: Context, matters: readonly string[]): HandOverItem[] {
  const { now } = context
  const open = [...state.incidents.values()].filter((row) => isOpenState(row.state) && !row.drill)
  const alarms = [...state.alarms.values()].filter((alarm) => !alarm.drill)
  return [
    ...singly(
      'matter',
      matters.map((text, at) => line(String(at + 1), text)),
    ),
    ...singly('major-case', majorCases(state, open)),
    ...together('cases', casesByState(open)),
    ...together('due-soon', dueSoon(open, now)),
    ...singly('mode', modeLines(state)),
    ...singly(
      'warning',
      [...state.warnings.values()]
        .filter(({ exercise }) => !exercise)
        .map((row) => line(row.id, row.headline, { untilAt: row.expiresAt, state: row.colour })),
    ),
    ...singly(
      'response',
      [...state.responses.values()].map((row) => line(row.id, row.name, { state: row.level })),
    ),
    ...singly('shelved', shelvedLines(alarms)),
    ...together('out-of-service', outOfService(state)),
    ...together('link', linkFaults(state, alarms)),
    ...singly('instruction', instructions(open)),
    ...together('report-owed', reportsOwed(state)),
    ...together('absence', absentNow(state)),
  ]
}

function majorCases(state: CityState, open: readonly Incident[]): HandOverLine[] {
  const isMajor = ({ id, priority }: Incident) =>
    priority === 1 || majorGrades.has(state.casePlans.get(id)?.grade ?? '')
  return open.filter(isMajor).map((row) => line(row.id, row.title, { untilAt: row.dueAt, state: row.state }))
}

function casesByState(open: readonly Incident[]): HandOverLine[] {
  const counts = new Map<string, number>()
  for (const row of open) counts.set(row.state, (counts.get(row.state) ?? 0) + 1)
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([caseState, value]) => line(caseState, '', { state: caseState, value }))
}

function dueSoon(open: readonly Incident[], now: number): HandOverLine[] {
  return open
    .flatMap((row) => {
      const light = caseLight(row, now)
      return light === 'yellow' || light === 'red'
        ? [line(row.id, row.title, { untilAt: row.dueAt, state: light })]
        : []
    })
    .sort(sooner)
}

function modeLines(state: CityState): HandOverLine[] {
  const { mode, reason, districts } = cityModeOf(state)
  // What was switched has a reason.
  return [
    ...(mode === 'normal' ? [] : [line('city', reason as string, { state: mode })]),
    ...districts.map((own) => line(own.districtId, own.reason as string, { state: own.mode })),
  ]
}

const shelvedLines = (alarms: readonly Alarm[]): HandOverLine[] =>
  alarms
    .flatMap(({ id, name, shelving }) =>
      shelving ? [line(id, name, { untilAt: shelving.untilAt, state: shelving.code })] : [],
    )
    .sort(sooner)

function outOfService(state: CityState): HandOverLine[] {
  const lines: HandOverLine[] = []
  for (const { id, name, outOfService: out } of state.sensors.values())
    if (out !== undefined) lines.push(line(String(id), name, { untilAt: out.untilAt }))
  return lines.sort(sooner)
}

/** Gateways and parts of the system that have an alarm, devices whose data cannot be believed, crews nobody hears. */
function linkFaults(state: CityState, alarms: readonly Alarm[]): HandOverLine[] {
  const isOfLink = ({ sensorId, sense }: Alarm) =>
    sensorId === null || sense === 'no-data' || sense === 'flatline' || sense === 'bad-quality'
  const crews = [...state.units.values()].filter(({ lostFixAt }) => lostFixAt !== undefined)
  return [
    ...alarms.filter(isOfLink).map((row) => line(row.sensorName, row.name)),
    ...crews.map(({ id, name }) => line(id, name, { state: 'lost' })),
  ]
}

/** 督办 that still waits for its answer. */
function instructions(open: readonly Incident[]): HandOverLine[] {
  return open
    .flatMap(({ id, supervisions = [] }) =>
      supervisions
        .filter(({ repliedAt, replyDueAt }) => repliedAt === null && replyDueAt !== null)
        .map(({ kind, requirement, reason, replyDueAt, askedAt }) =>
          line(`${id}@${askedAt}`, requirement || reason, { untilAt: replyDueAt, state: kind }),
        ),
    )
    .sort(sooner)
}

function reportsOwed(state: CityState): HandOverLine[] {
  const lines: HandOverLine[] = []
  for (const { id, reports = [] } of state.casePlans.values()) {
    // A plan is let go of with its case.
    const incident = state.incidents.get(id) as Incident
    if (incident.drill) continue
    for (const one of reports)
      if (isOwed(one)) lines.push(line(id, incident.title, { untilAt: one.dueAt, state: one.kind, value: one.number }))
  }
  return lines.sort(sooner)
}

/** 缺岗 that nobody has come for yet. */
function absentNow(state: CityState): HandOverLine[] {
  return [...state.attendance.values()]
    .filter((row) => row.shiftId === state.duty.get('now')?.shift.id && attendanceStateOf(row) === 'absent')
    .map(({ officerId, name }) => line(officerId, name))
}
