/** A benchmark's own side programs: built beside it, spoken to by messages. */
import { fork, type ChildProcess } from 'node:child_process'
import { dirname, join } from 'node:path'
import { nodeFlags } from '../../../scripts/node-flags.mjs'

export interface Child {
  readonly pid: number
  /** Asks and waits for the answer. */
  ask<T>(question: Record<string, unknown>): Promise<T>
  stop(): Promise<void>
}

/** Starts NAME.js, built beside the program that runs, and resolves with what it said first. */
export async function startProgram<T>(
  name: string,
  args: readonly string[] = [],
): Promise<Child & { readonly hello: T }> {
  const child: ChildProcess = fork(join(dirname(process.argv[1] ?? ''), `${name}.js`), [...args], {
    execArgv: [...nodeFlags],
  })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  const next = <M>(): Promise<M> =>
    new Promise((done, broken) => {
      child.once('message', (message) => done(message as M))
      child.once('exit', (code) => broken(new Error(`${name} ended with ${code}`)))
    })
  const hello = await next<T>()
  return {
    pid: child.pid as number,
    hello,
    ask(question) {
      const answer = next<never>()
      child.send(question)
      return answer
    },
    async stop() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** The other side: says hello, then answers each question. */
export function serveParent(hello: unknown, answer: (question: Record<string, unknown>) => unknown): void {
  process.on('message', async (question) => {
    process.send?.((await answer(question as Record<string, unknown>)) ?? null)
  })
  process.on('disconnect', () => process.exit(0))
  process.send?.(hello)
}
