/** How far a long task is: on a terminal one line that changes, in a log a line each tenth. */
export interface ProgressLine {
  /** `share` from 0 to 1. */
  tell(words: string, share: number): void
  end(): void
}

export function progressLine(out: NodeJS.WriteStream = process.stdout): ProgressLine {
  let last = ''
  return {
    tell(words, share) {
      const percent = Math.floor(share * 100)
      const line = `  ${words} ${String(out.isTTY ? percent : Math.floor(percent / 10) * 10).padStart(3)} %`
      if (line === last) return
      last = line
      out.write(out.isTTY ? `\r${line}\x1b[K` : `${line}\n`)
    },
    end() {
      if (out.isTTY && last !== '') out.write('\n')
      last = ''
    },
  }
}
