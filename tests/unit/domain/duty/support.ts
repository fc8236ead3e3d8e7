/** A city with a small book of duty, and paper to play its shifts on. */
import { AlarmWatch } from '../../../../server/src/domain/alarm/watch.ts'
import { decideTick } from '../../../../server/src/domain/tick.ts'
import { book } from '../../../support/duty-book.ts'
import { smallCity } from '../../../support/small-city.ts'
import { Paper } from '../support.ts'

export const dutyCity = smallCity({
  duty: book,
  calendar: {
    hours: [{ from: '08:00', to: '18:00' }],
    weekend: [6, 7],
    days: [{ date: '2026-08-02', kind: 'holiday', name: '公休' }],
  },
})

/** Noon of 2026-08-01, the day shift of team A begun. */
export function dutyPaper(): Paper {
  const paper = new Paper(true, dutyCity)
  tick(paper)
  return paper
}
export const tick = (paper: Paper) => paper.fold(decideTick(paper.state, new AlarmWatch([]), paper.context))
export const at = (text: string) => Date.parse(`2026-08-${text}:00+08:00`)
