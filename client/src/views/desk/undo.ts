/**
 * What takes back what was just done: a command of its own, which the log holds beside the first; nothing is erased. Pure. What the field does not
 * let be taken back (an acknowledgement, a case filed or closed) has none.
 */
import { alarmTransitions, type Alarm } from '../../../../shared/model/alarm.ts'
import { incidentTransitions, type Incident } from '../../../../shared/model/incident.ts'
import type { Term } from '../../../../shared/model/term.ts'
import type { Draft } from '../../stores/remote.ts'

/** How long after it something may be taken back, ms. */
export const undoWithinMs = 30_000

/** How the rows stand now, as far as they are open. */
export interface UndoWorld {
  incident(id: string): Incident | undefined
  alarm(id: string): Alarm | undefined
  /** Said as the reason of what takes back. */
  readonly reason: string
}
export interface Undo {
  /** The act that takes it back, as the officer knows it: 撤销指派, 撤销并案. */
  readonly name: Term
  /** The command, made when it is asked for; null = it is too late, others have built on it. */
  draft(world: UndoWorld): Draft | null
}

const nameOf = (verb: string): Term =>
  [...incidentTransitions, ...alarmTransitions].find((row) => row.verb === verb)?.name ?? { zh: verb, en: verb }

/** Against the very row that is looked at: whoever was quicker is not undone. */
const present = ({ id: incidentId, version: expectedVersion }: Incident) => ({ incidentId, expectedVersion })

/** `before`: the case as it was when the act was begun. Null where it cannot be taken back. */
export function undoOf(done: Draft, before: Incident | null): Undo | null {
  switch (done.type) {
    case 'incident.dispatch': {
      const { incidentId, unitId } = done
      return {
        name: nameOf('recall'),
        draft({ incident, reason }) {
          const row = incident(incidentId)
          // A crew that took the task is recalled as any other: by whoever knows why.
          const isUntaken = row?.assignments.some((one) => one.unitId === unitId && one.state === 'dispatched')
          return row && isUntaken ? { type: 'incident.recall', ...present(row), unitId, reason } : null
        },
      }
    }
    case 'incident.merge': {
      const { incidentId } = done
      return { name: nameOf('unmerge'), draft: ({ reason }) => ({ type: 'incident.unmerge', incidentId, reason }) }
    }
    case 'incident.link': {
      const { incidentId, otherId } = done
      return {
        name: nameOf('unlink'),
        draft: ({ reason }) => ({ type: 'incident.unlink', incidentId, otherId, reason }),
      }
    }
    case 'incident.suspend': {
      const { incidentId } = done
      return {
        name: nameOf('resume'),
        draft({ incident }) {
          const row = incident(incidentId)
          return row?.state === 'suspended' ? { type: 'incident.resume', ...present(row) } : null
        },
      }
    }
    case 'incident.flag': {
      const { incidentId, flag, isOn } = done
      return {
        name: nameOf('flag'),
        draft({ incident, reason }) {
          const row = incident(incidentId)
          const stands = row !== undefined && (row.flags?.includes(flag) ?? false) === isOn
          return row && stands ? { type: 'incident.flag', ...present(row), flag, isOn: !isOn, reason } : null
        },
      }
    }
    case 'incident.locate': {
      const { incidentId } = done
      const position = before?.position
      if (position == null) return null
      const address = before?.address ?? null
      return {
        name: nameOf('locate'),
        draft({ incident }) {
          const row = incident(incidentId)
          return row ? { type: 'incident.locate', ...present(row), position: [...position], address } : null
        },
      }
    }
    case 'alarm.shelve': {
      const { alarmId } = done
      return {
        name: nameOf('unshelve'),
        draft({ alarm }) {
          const row = alarm(alarmId)
          return row?.state === 'shelved' ? { type: 'alarm.unshelve', alarmId, expectedVersion: row.version } : null
        },
      }
    }
    case 'sensor.take-out-of-service': {
      const { sensorId } = done
      return { name: nameOf('return-to-service'), draft: () => ({ type: 'sensor.return-to-service', sensorId }) }
    }
    default:
      return null
  }
}
