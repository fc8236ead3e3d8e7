/** What OpenStreetMap knows: points, ways through points, relations of both; each with tags. */
export type Tags = Readonly<Record<string, string>>

export interface Member {
  readonly type: 'node' | 'way' | 'relation'
  readonly ref: number
  readonly role: string
}

/** Who hears what a block holds. A listener that is left out costs nothing: its elements are not decoded. */
export interface ElementListener {
  /** Degrees. `tags` is null where there are none. */
  node?(id: number, lon: number, lat: number, tags: Tags | null): void
  way?(id: number, tags: Tags, refs: readonly number[]): void
  relation?(id: number, tags: Tags, members: readonly Member[]): void
}

/** How many elements of each kind a block or a file holds. */
export interface ElementCounts {
  nodes: number
  ways: number
  relations: number
}

/** The file is not what it says it is, or more than this importer knows; nothing of it can be trusted. */
export class OsmFileError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'OsmFileError'
  }
}
