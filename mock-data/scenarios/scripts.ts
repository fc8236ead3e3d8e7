/** The script of every scenario, by its code. */
import type { ScenarioCode } from '../../shared/model/scenario.ts'
import { bigEvent, callSurge, gasLeak, morningPeak, ordinaryDay, powerCut } from './other-scripts.ts'
import { rainstorm } from './rainstorm.ts'
import type { ScenarioScript } from './script.ts'
import { typhoon } from './typhoon.ts'

export const scripts: Readonly<Record<ScenarioCode, ScenarioScript>> = {
  'ordinary-day': ordinaryDay,
  'morning-peak': morningPeak,
  rainstorm,
  typhoon,
  'gas-leak': gasLeak,
  'big-event': bigEvent,
  'power-cut': powerCut,
  'call-surge': callSurge,
}
