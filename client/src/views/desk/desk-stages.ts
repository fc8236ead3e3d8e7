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

export function stagesOf({ state, overdueStages }: Incident): readonly StageMark[] {
  const running = stageOfState[state]
  const here = running === undefined ? stoppedAt(state) : stages.indexOf(running)
  return stages.map((stage, at) => ({
    stage,
    is: at < here ? 'done' : at === here && running !== undefined ? 'now' : 'ahead',
    isLate: overdueStages.includes(stage),
  }))
}
