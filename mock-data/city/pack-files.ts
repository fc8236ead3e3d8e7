/** A pack as texts by file name: what an entrance writes, byte for byte. */
export type PackFiles = ReadonlyMap<string, string>

export const tableText = (rows: readonly unknown[]) =>
  rows.length === 0 ? '[]\n' : `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`

/** One feature a line: a change in a pack stays readable as a difference. */
export const layerText = (features: readonly unknown[]) =>
  `{"type":"FeatureCollection","features":[\n${features.map((f) => JSON.stringify(f)).join(',\n')}\n]}\n`

/** The same, made as it is written: a large layer is never one text in memory. */
export function* layerParts(features: Iterable<unknown>): Generator<string> {
  yield '{"type":"FeatureCollection","features":[\n'
  let isFirst = true
  for (const feature of features) {
    yield isFirst ? JSON.stringify(feature) : `,\n${JSON.stringify(feature)}`
    isFirst = false
  }
  yield '\n]}\n'
}

export const headText = (head: object) => `${JSON.stringify(head, null, 2)}\n`
