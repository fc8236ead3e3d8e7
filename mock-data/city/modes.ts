/** What the demo city's modes change beside what is customary: in an emergency its desks hurry, and what can wait is not rung for. */
import type { z } from 'zod'
import type { modesSchema } from '../../shared/contract/mode-effects.ts'

export const modes: z.input<typeof modesSchema> = {
  emergency: {
    deadlines: { stageMinutes: { accept: 5, file: 5, dispatch: 5, check: 15 } },
    rulesOff: ['noise-high', 'bin-full', 'street-light-out', 'aqi-high'],
  },
}
