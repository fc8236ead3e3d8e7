/**
 * What waits to be decided, in order of arrival. Bounded by count on each kind; says no instead of growing.
 */
import type { Actor } from '../../../shared/model/role.ts'
import type { Command, CommandEnvelope } from '../../../shared/model/command.ts'
import type { DomainEvent } from '../../../shared/model/event.ts'
import type { Reading } from '../../../shared/model/reading.ts'
import type { UnitFix } from '../../../shared/model/unit.ts'
import type { CommandOutcome } from '../ports/engine.ts'
import type { EngineSettings } from './settings.ts'

interface Waiting<Answer> {
  readonly resolve: (answer: Answer) => void
  readonly reject: (fault: Error) => void
}
export type Input =
  | ({
      readonly kind: 'command'
      readonly actor: Actor
      readonly envelope: CommandEnvelope<Command>
      readonly cause: string
    } & Waiting<CommandOutcome>)
  | ({ readonly kind: 'readings'; readonly readings: readonly Reading[] } & Waiting<ReadonlyMap<number, number>>)
  | ({ readonly kind: 'fixes'; readonly fixes: readonly UnitFix[] } & Waiting<void>)
  | ({ readonly kind: 'note'; readonly actor: string; readonly event: DomainEvent } & Waiting<void>)
  | ({ readonly kind: 'tick' } & Waiting<void>)

export class InputQueue {
  #inputs: Input[] = []
  #commands = 0
  #readings = 0
  #isClosed = false
  #wake: (() => void) | null = null
  readonly #settings: EngineSettings

  constructor(settings: EngineSettings) {
    this.#settings = settings
  }

  /** False where it is full; then nothing was taken. */
  put(input: Input): boolean {
    const { maxQueuedCommands, maxQueuedReadings } = this.#settings
    const rows = rowsOf(input)
    if (
      rows > 0 ? this.#readings > 0 && this.#readings + rows > maxQueuedReadings : this.#commands >= maxQueuedCommands
    )
      return false
    if (rows > 0) this.#readings += rows
    else this.#commands++
    this.#inputs.push(input)
    this.#wake?.()
    return true
  }

  /** The next inputs that fit one commit, oldest first; at least one where there is any. */
  take(): readonly Input[] {
    const { maxCommandsPerCommit, maxReadingsPerCommit } = this.#settings
    let [commands, readings, n] = [0, 0, 0]
    for (; n < this.#inputs.length; n++) {
      const rows = rowsOf(this.#inputs[n] as Input)
      if (n > 0 && (readings + rows > maxReadingsPerCommit || commands >= maxCommandsPerCommit)) break
      readings += rows
      if (rows === 0) commands++
    }
    this.#readings -= readings
    this.#commands -= commands
    const taken = n === this.#inputs.length ? this.#inputs : this.#inputs.slice(0, n)
    this.#inputs = n === this.#inputs.length ? [] : this.#inputs.slice(n)
    return taken
  }

  /** Resolves when there is something to take, or the queue is closed. */
  async waiting(): Promise<void> {
    if (this.#inputs.length > 0 || this.#isClosed) return
    await new Promise<void>((resolve) => (this.#wake = resolve))
    this.#wake = null
  }

  /** Resolves when readings have gathered long enough or are enough; at once where anything else is waiting. */
  async gathered(): Promise<void> {
    const { gatherMs, gatherUpTo } = this.#settings
    const isEnough = () => this.#isClosed || this.#commands > 0 || this.#readings >= gatherUpTo
    if (isEnough()) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, gatherMs)
      this.#wake = () => {
        if (!isEnough()) return
        clearTimeout(timer)
        resolve()
      }
    })
    this.#wake = null
  }

  /** Nobody need wait for more; what is in it can still be taken. */
  close(): void {
    this.#isClosed = true
    this.#wake?.()
  }

  get isEmpty(): boolean {
    return this.#inputs.length === 0
  }

  get size(): { readonly commands: number; readonly readings: number } {
    return { commands: this.#commands, readings: this.#readings }
  }
}

const rowsOf = (input: Input): number =>
  input.kind === 'readings' ? input.readings.length : input.kind === 'fixes' ? input.fixes.length : 0
