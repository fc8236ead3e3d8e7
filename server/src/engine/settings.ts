/** Bounds and rhythms of the engine. Each has a default that suits one machine; tests and large cities set others. */
export interface EngineSettings {
  /** Commands waiting beyond this are refused BUSY. */
  readonly maxQueuedCommands: number
  /** Readings and positions waiting beyond this are a fault of whoever sends them: intake holds them back before. */
  readonly maxQueuedReadings: number
  /** Most of each in one commit. */
  readonly maxCommandsPerCommit: number
  readonly maxReadingsPerCommit: number
  /**
   * Where the last commit held at least `loadFrom` readings, the next ones wait up to `gatherMs` for company, or until `gatherUpTo` are
   * together: a commit costs as much as fifty readings. Nothing else waits, and nothing waits behind a command.
   */
  readonly gatherMs: number
  readonly loadFrom: number
  readonly gatherUpTo: number
  /** A snapshot is due after so many events, but not before so many for each row that state holds. */
  readonly snapshotEveryEvents: number
  readonly snapshotEveryPart: number
  /** Ended cases kept in the picture. */
  readonly keepEndedMs: number
  readonly keepEndedCount: number
  /** Outcomes remembered in memory; older ones are asked of the store. */
  readonly rememberedCommands: number
  /** Whether sensors that fall silent, or cannot be believed, are alarms: not in a past, which tells of some devices only and of few of their words. */
  readonly missesSilent: boolean
  /** 0 = nobody ticks but the caller. */
  readonly tickMs: number
  /** Officers' consoles that share the load of alarms: limits of a flood are a console's. */
  readonly consoles: number
  readonly commitTries: number
  readonly commitRetryMs: number
}

export const defaultEngineSettings: EngineSettings = {
  maxQueuedCommands: 5_000,
  maxQueuedReadings: 200_000,
  maxCommandsPerCommit: 500,
  maxReadingsPerCommit: 10_000,
  gatherMs: 10,
  loadFrom: 4,
  gatherUpTo: 1_000,
  snapshotEveryEvents: 20_000,
  snapshotEveryPart: 0.5,
  keepEndedMs: 24 * 3_600_000,
  keepEndedCount: 500,
  rememberedCommands: 20_000,
  missesSilent: true,
  tickMs: 1_000,
  consoles: 1,
  commitTries: 4,
  commitRetryMs: 250,
}
