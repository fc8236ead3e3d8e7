/** Counts what was asked of each layer, what came of it and why not. Guarantees: asked = kept + left out, for every layer. */

/** How often something was so, and the first few it was so of. */
export interface Finding {
  readonly words: string
  readonly count: number
  readonly examples: readonly string[]
}

export interface LayerTally {
  readonly layer: string
  readonly read: number
  readonly kept: number
  readonly leftOut: readonly Finding[]
  /** Kept, with something a person should know. */
  readonly notes: readonly Finding[]
}

const exampleCount = 5

class Findings {
  readonly #found = new Map<string, { count: number; examples: string[] }>()
  add(words: string, example: string): void {
    const finding = this.#found.get(words)
    if (!finding) this.#found.set(words, { count: 1, examples: [example] })
    else {
      finding.count++
      if (finding.examples.length < exampleCount) finding.examples.push(example)
    }
  }
  /** The most frequent first. */
  list(): Finding[] {
    return [...this.#found]
      .map(([words, { count, examples }]) => ({ words, count, examples }))
      .sort((a, b) => b.count - a.count || (a.words < b.words ? -1 : 1))
  }
}

interface Row {
  kept: number
  readonly leftOut: Findings
  readonly notes: Findings
}

export class Tally {
  readonly #rows = new Map<string, Row>()
  #row(layer: string): Row {
    const known = this.#rows.get(layer)
    if (known) return known
    const row = { kept: 0, leftOut: new Findings(), notes: new Findings() }
    this.#rows.set(layer, row)
    return row
  }
  keep(layer: string): void {
    this.#row(layer).kept++
  }
  leaveOut(layer: string, reason: string, example: string): void {
    this.#row(layer).leftOut.add(reason, example)
  }
  note(layer: string, words: string, example: string): void {
    this.#row(layer).notes.add(words, example)
  }
  layers(names: readonly string[]): LayerTally[] {
    return names.map((layer) => {
      const { kept, leftOut, notes } = this.#row(layer)
      const reasons = leftOut.list()
      return {
        layer,
        read: kept + reasons.reduce((sum, { count }) => sum + count, 0),
        kept,
        leftOut: reasons,
        notes: notes.list(),
      }
    })
  }
}
