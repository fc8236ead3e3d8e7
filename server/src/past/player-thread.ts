/**
 * The player of a past on a thread of its own: nothing is shared with it but messages of JSON text, one question and one answer. A process of its own
 * would cost a quarter of the time: the two wait for each other thousands of times a lived day.
 */
import { Worker } from 'node:worker_threads'
import type { PlayerLine } from './live-past.ts'

export interface PlayerThread {
  readonly ask: PlayerLine
  /** Ends it and resolves when it has gone. */
  stop(): Promise<void>
}

/** `program`: the file it is started from. Whatever it prints is shown. */
export function startPlayer(program: URL): PlayerThread {
  const worker = new Worker(program)
  let waiting: { readonly resolve: (message: unknown) => void; readonly reject: (fault: Error) => void } | null = null
  let ended: Error | null = null
  const end = (reason: Error) => {
    ended ??= reason
    waiting?.reject(ended)
    waiting = null
  }
  worker.once('error', (error) => end(new Error(`the player of the past failed: ${error.message}`, { cause: error })))
  worker.once('exit', () => end(new Error('the player of the past has ended')))
  worker.on('message', (text: string) => {
    const asked = waiting
    waiting = null
    asked?.resolve(JSON.parse(text))
  })
  return {
    ask: (message) =>
      new Promise((resolve, reject) => {
        if (ended !== null) return reject(ended)
        waiting = { resolve, reject }
        // As text: a copy of objects between threads costs four times as much as writing and reading JSON.
        worker.postMessage(JSON.stringify(message))
      }),
    stop: async () => void (await worker.terminate()),
  }
}
