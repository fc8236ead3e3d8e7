/** Outcomes of commands that were accepted, the newest so many: the same id sent again is answered, not done again. */
import type { CommandOutcome } from '../ports/engine.ts'
import { refuse } from '../../../shared/model/refusal.ts'

export interface Remembered {
  readonly actor: string
  readonly outcome: CommandOutcome
}

export class RememberedCommands {
  readonly #byId = new Map<string, Remembered>()
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  set(commandId: string, remembered: Remembered): void {
    this.#byId.set(commandId, remembered)
    if (this.#byId.size <= this.#most) return
    for (const oldest of this.#byId.keys()) {
      this.#byId.delete(oldest)
      return
    }
  }

  get(commandId: string): Remembered | undefined {
    return this.#byId.get(commandId)
  }
}

/** The first outcome again for whoever asked first; a refusal for anybody else. */
export function answerAgain(remembered: Remembered, actor: string): CommandOutcome {
  if (remembered.actor === actor) return remembered.outcome
  const problem = 'is the id of another account’s command'
  return {
    ok: false,
    refusal: refuse('INVALID', `commandId ${problem}`, { fields: [{ field: 'commandId', problem }] }),
  }
}
