/**
 * The line to the player of a past: a program known by its file alone, loaded at run time and spoken to by the messages of the contract, one
 * question and one answer. It has no thread of its own: the two wait for each other thousands of times a lived day, and waking a thread
 * that sleeps costs more than what there is to say.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { PlayerLine } from './live-past.ts'

/** What such a program exports. */
interface PlayerProgram {
  /** A new player, who knows of no city yet. */
  play(): PlayerLine
}

/** A turn of the loop for every question would cost two seconds in thirty days. */
const questionsATurn = 16

export interface Player {
  readonly ask: PlayerLine
  /** It answers no more: whoever asks it hears that it was stopped. */
  stop(): void
}

/** `program`: the file it is loaded from. */
export async function loadPlayer(program: URL): Promise<Player> {
  const { play } = (await import(program.href)) as PlayerProgram
  const answer = play()
  let isStopped = false
  let asked = 0
  return {
    async ask(message) {
      // The database's answers and signals are heard between two questions.
      if (asked++ % questionsATurn === 0) await nextTurn()
      if (isStopped) throw new Error('the player of the past was stopped')
      return answer(message)
    },
    stop: () => void (isStopped = true),
  }
}
