/** The report of an import: the same numbers for a person and, as `import-report.json`, for a program. */
import type { ElementCounts } from '../osm/element.ts'
import type { LayerTally } from '../osm/tally.ts'

export interface CityImportReport {
  readonly format: 1
  readonly sources: readonly string[]
  /** Of the OSM file; null without one. `speaking` ask for something a pack holds. */
  readonly elements: (Readonly<ElementCounts> & { readonly speaking: number }) | null
  readonly layers: readonly LayerTally[]
  readonly total: { readonly read: number; readonly kept: number; readonly leftOut: number }
}

const leftOutOf = ({ read, kept }: LayerTally) => read - kept

export function cityImportReport(
  sources: readonly string[],
  elements: CityImportReport['elements'],
  layers: readonly LayerTally[],
): CityImportReport {
  const sum = (count: (layer: LayerTally) => number) => layers.reduce((total, layer) => total + count(layer), 0)
  return {
    format: 1,
    sources,
    elements,
    layers,
    total: { read: sum(({ read }) => read), kept: sum(({ kept }) => kept), leftOut: sum(leftOutOf) },
  }
}

const number = (n: number) => n.toLocaleString('en')
const row = (name: string, ...counts: readonly string[]) =>
  `  ${name.padEnd(12)}${counts.map((count) => count.padStart(14)).join('')}`

/** Lines for the terminal; the last adds up. */
export function reportLines({ elements, layers, total }: CityImportReport): string[] {
  const lines: string[] = []
  if (elements) {
    const { nodes, ways, relations, speaking } = elements
    const all = nodes + ways + relations
    lines.push(
      `read ${number(nodes)} nodes + ${number(ways)} ways + ${number(relations)} relations = ${number(speaking)} that ask for something a pack holds + ${number(all - speaking)} that do not`,
    )
  }
  lines.push(row('', 'asked', 'kept', 'left out'))
  for (const layer of layers)
    lines.push(row(layer.layer, number(layer.read), number(layer.kept), number(leftOutOf(layer))))
  for (const { layer, leftOut, notes } of layers) {
    for (const { words, count, examples } of leftOut)
      lines.push(`  left out of ${layer}: ${number(count)} × ${words} (${examples[0] ?? ''})`)
    for (const { words, count, examples } of notes)
      lines.push(`  note on ${layer}: ${number(count)} × ${words} (${examples[0] ?? ''})`)
  }
  lines.push(`asked ${number(total.read)} = kept ${number(total.kept)} + left out ${number(total.leftOut)}`)
  return lines
}
