/** What a process costs, read from the kernel. Linux only, as the benchmarks are. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

const secondsOf = (statFile: string): number => {
  const stat = readFileSync(statFile, 'utf8')
  // The command's name may hold spaces: fields are counted from behind its closing bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}
/** CPU seconds, user and system, all threads, since the process began. */
export const cpuSeconds = (pid: number): number => secondsOf(`/proc/${pid}/stat`)
/** The same of one thread; a process's first thread has its own number. */
export const threadSeconds = (pid: number, tid: number): number => secondsOf(`/proc/${pid}/task/${tid}/stat`)

/** Resident memory now and at its highest, MB. */
export function memoryMb(pid: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0) / 1024
  return { now: field('VmRSS'), peak: field('VmHWM') }
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN
}
export const median = (values: readonly number[]): number => quantile(values, 0.5)

export const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** CPU seconds a second, or microseconds a message, between two looks at a process. */
export function stopwatch(pid: number) {
  const startedAt = performance.now()
  const cpu = cpuSeconds(pid)
  return () => {
    const seconds = (performance.now() - startedAt) / 1000
    const used = cpuSeconds(pid) - cpu
    return { seconds, used, cores: used / seconds }
  }
}
