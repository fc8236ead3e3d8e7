/** Which stages of a case are behind it, which one runs, which are to come. Pure. */
import {
  stageOfState,
  stages,
  type Incident,
  type IncidentState,
  type Stage,
} from '../../../../shared/model/incident.ts'

export interface StageMark {
  readonly stage: Stage
  readonly is: 'done' | 'now' | 'ahead'
  /** Left too late, or running past its limit. */
  readonly isLate: boolean
}

/** Where an ended case stopped: refused before it was dispatched, or gone all the way. */
const stoppedAt = (state: IncidentState): number =>
  state === 'rejected' || state === 'void' ? stages.indexOf('dispatch') : stages.length

/** Only cases that went that way have them. */
const aside: ReadonlySet<Stage> = new Set(['verify', 'sign'])

export function stagesOf({ state, overdueStages, visits = [], lead }: Incident): readonly StageMark[] {
  // A suspended case stands where it will go on.
  const running = state === 'suspended' ? (lead === undefined ? 'dispatch' : 'handle') : stageOfState[state]
  const here = running === undefined ? stoppedAt(state) : stages.indexOf(running)
  return stages.flatMap((stage, at): StageMark[] =>
    aside.has(stage) && stage !== running && visits.every((visit) => visit.stage !== stage)
      ? []
      : [
          {
            stage,
            is: at < here ? 'done' : at === here && running !== undefined ? 'now' : 'ahead',
            isLate: overdueStages.includes(stage),
          },
        ],
  )
}
