/** A pack as texts by file name: what an entrance writes, byte for byte. */
export type PackFiles = ReadonlyMap<string, string>

export const tableText = (rows: readonly unknown[]) =>
  rows.length === 0 ? '[]\n' : `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`

/** One feature a line: a change in a pack stays readable as a difference. */
export const layerText = (features: readonly unknown[]) =>
  `{"type":"FeatureCollection","features":[\n${features.map((f) => JSON.stringify(f)).join(',\n')}\n]}\n`

export const headText = (head: object) => `${JSON.stringify(head, null, 2)}\n`
