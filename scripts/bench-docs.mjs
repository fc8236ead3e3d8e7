/** Puts the tables of tests/perf/results/*.json into docs/benchmarks.md, each between its own two markers. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './prepare.mjs'

const file = join(root, 'docs/benchmarks.md')

/** First column to the left, numbers to the right. */
const markdownTable = ({ title, head, rows }) =>
  [
    ...(title === 'goals' ? [] : [`*${title}*`, '']),
    `| ${head.join(' | ')} |`,
    `|${head.map((_, column) => (column === 0 ? '---' : '--:')).join('|')}|`,
    ...rows.map((row) => `| ${row.map((cell) => (cell === 'MISSED' ? '**missed**' : cell)).join(' | ')} |`),
  ].join('\n')

function section(bench) {
  const path = join(root, `tests/perf/results/${bench}.json`)
  if (!existsSync(path)) return 'Not measured yet.'
  const { at, commit, machine, tables } = JSON.parse(readFileSync(path, 'utf8'))
  const where = `${machine.cores} cores of ${machine.cpu}, ${machine.memoryGb} GB, Node ${machine.node.slice(1)}`
  const measured = `Measured ${at.slice(0, 10)} at ${commit}: ${where}; load of the machine before it ${machine.loadBefore.toFixed(1)}.`
  return [measured, ...tables.map(markdownTable)].join('\n\n')
}

/** Rewrites what lies between `<!-- NAME -->` and `<!-- /NAME -->`; answers the names found. */
export function writeBenchDocs() {
  const names = []
  const text = readFileSync(file, 'utf8').replace(/<!-- (\w+) -->[^]*?<!-- \/\1 -->/g, (_, name) => {
    names.push(name)
    return `<!-- ${name} -->\n\n${section(name)}\n\n<!-- /${name} -->`
  })
  writeFileSync(file, text)
  return names
}
