import type { Distribution, DistributionQuery, FunnelQuery } from '../../../shared/contract/kpi-analysis.ts'
import type { StepCount } from '../../../shared/model/case-steps.ts'
import type { BulletinRow } from '../../../shared/contract/kpi-bulletin.ts'
import type { ExportFormat } from '../../../shared/contract/kpi-export.ts'
import type { KpiViewRow } from '../../../shared/contract/kpi-view.ts'
import type { HeatQuery } from '../../../shared/contract/kpi-heat.ts'
import type { KpiHeat } from '../../../shared/model/kpi-heat.ts'
import type { Alarm } from '../../../shared/model/alarm.ts'
import type { AlarmKpi, BadActor, Period } from '../../../shared/model/alarm-kpi.ts'
import type { Announcement, Flood } from '../../../shared/model/load-control.ts'
import type { DataScope } from '../../../shared/model/data-scope.ts'
import type { Drill } from '../../../shared/model/drill.ts'
import type { DutyEntry, HandOver } from '../../../shared/model/duty.ts'
import type { DutyLogQuery } from '../../../shared/contract/duty.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import type { Instant } from '../../../shared/model/ids.ts'
import type { TimeTarget } from '../../../shared/model/dispatch-settings.ts'
import type { TimesRow } from '../../../shared/model/time-kpi.ts'
import type { KpiRow } from '../../../shared/model/kpi.ts'
import type { KpiCounts, KpiDimension, KpiPeriod } from '../../../shared/model/kpi-measure.ts'
import type { LoggedEvent } from '../../../shared/model/event.ts'
import type { Reading } from '../../../shared/model/reading.ts'
import type { Role } from '../../../shared/model/role.ts'
import type { Sensor } from '../../../shared/model/sensor.ts'
import type { Unit, UnitFix } from '../../../shared/model/unit.ts'
import type { Warning } from '../../../shared/model/warning.ts'
import type { IncidentQuery, KpiQuery, ListQuery, ObservationsAnswer, Page } from '../../../shared/contract/http.ts'
import type { CommandOutcome } from './engine.ts'

/** Seals one event to the one before: its canonical JSON text, and SHA-256 over `prevHash` and that text, hex. */
export type EventHasher = (
  prevHash: string,
  event: Omit<LoggedEvent, 'prevHash' | 'hash'>,
) => { readonly text: string; readonly hash: string }

/** SHA-256 over the hash before and a text as it was sealed, hex: how a chain is checked without trusting any parser. */
export type TextHasher = (prevHash: string, text: string) => string

/** A statement with `$1…` parameters; arrays are passed as PostgreSQL arrays. */
export interface Statement {
  readonly sql: string
  readonly params?: readonly unknown[]
}
export type Row = Record<string, unknown>

/** PostgreSQL, embedded or on a server. Where too many wait already it rejects with an error named `DatabaseBusy`: nothing was done. */
export interface Database {
  query(sql: string, params?: readonly unknown[]): Promise<Row[]>
  /** All in one transaction; the rows of each statement. */
  transaction(statements: readonly Statement[]): Promise<Row[][]>
  /** Several statements without parameters (migrations). */
  script(sql: string): Promise<void>
  close(): Promise<void>
  readonly kind: 'embedded' | 'server'
}

/** Rows of read models that a commit brings up to date. */
export interface RowUpserts {
  readonly incidents: readonly Incident[]
  readonly alarms: readonly Alarm[]
  readonly announcements: readonly Announcement[]
  readonly floods: readonly Flood[]
  readonly units: readonly Unit[]
  readonly warnings: readonly Warning[]
  readonly drills: readonly Drill[]
  readonly dutyEntries: readonly DutyEntry[]
  readonly handOvers: readonly HandOver[]
  readonly sensors: readonly Sensor[]
  readonly removedSensorIds: readonly number[]
}

export interface CommitBatch {
  readonly events: readonly LoggedEvent[]
  readonly rows: RowUpserts
  readonly readings: readonly Reading[]
  readonly fixes: readonly UnitFix[]
  /** Outcomes to remember, accepted ones only: a refusal changed nothing. */
  readonly commands: readonly { readonly commandId: string; readonly actor: string; readonly outcome: CommandOutcome }[]
}

/** What the engine writes and starts from. One transaction a commit. */
export interface EngineStore {
  /** The log's identity (a UUID made with the database), its head, and the newest snapshot of state not past the head. */
  open(): Promise<{
    readonly epoch: string
    readonly headSeq: number
    readonly headHash: string
    readonly maxReadingId: number
    readonly snapshot: { readonly rev: number; readonly pieces: AsyncIterable<string> } | null
  }>
  /** Events after `seq`, ascending, at most `limit`. */
  events(afterSeq: number, limit: number): Promise<LoggedEvent[]>
  /** Atomic. Answers readings that were there before: index → id of the stored one. */
  commit(batch: CommitBatch): Promise<ReadonlyMap<number, number>>
  /** Outcomes already remembered for these ids. */
  knownCommands(
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, { readonly actor: string; readonly outcome: CommandOutcome }>>
  /** Keeps the newest two. Takes one piece after another, commits between them; there is a snapshot once all are stored. */
  saveSnapshot(rev: number, pieces: Iterable<string>): Promise<void>
  /** A case no longer in memory. */
  incident(id: string): Promise<Incident | null>
  /** Latest reading of each sensor, for the start. */
  latestReadings(): Promise<Reading[]>
  latestFixes(): Promise<UnitFix[]>
}

/** Everything observed. */
export interface History {
  /** Points of one sensor between two instants (from ≤ t < to), oldest first, newest kept when over `limit`. */
  series(
    sensorId: number,
    from: Instant,
    to: Instant,
    bucket: 'raw' | 'minute' | 'hour',
    limit: number,
  ): Promise<Omit<ObservationsAnswer, 'sensorId' | 'unit' | 'bucket'>>
  /** Of these sensors together the mean of each hour (from ≤ first instant < to), oldest first; hours without any are left out. */
  hourMeans(
    sensorIds: readonly number[],
    from: Instant,
    to: Instant,
  ): Promise<readonly { readonly at: Instant; readonly mean: number }[]>
  /** Single stored readings, for the SensorThings door. Order by time or id; `count` only when asked. */
  readings(query: {
    readonly sensorId?: number
    readonly id?: number
    /** SQL-free filter: bounds the door could read out of `$filter`; null = unbounded. */
    readonly phenomenonFrom?: Instant
    readonly phenomenonTo?: Instant
    readonly valueMin?: number
    readonly valueMax?: number
    readonly orderBy: 'phenomenonAt' | 'id' | 'value'
    readonly descending: boolean
    readonly limit: number
    readonly offset: number
    readonly count: boolean
  }): Promise<{ readonly items: Reading[]; readonly count: number | null }>
  /** Rolls up what is complete, makes the partitions of the coming days, drops what is past its retention. Called every minute. */
  maintain(now: Instant): Promise<{ readonly droppedPartitions: readonly string[] }>
  /** Bytes on disk by table family, for the metrics: `log`, `raw`, `minute`, `hour`, `models`. */
  sizes(): Promise<Readonly<Record<string, number>>>
}

/** Questions of pages. Never bent to the engine's needs. */
export interface ReadModels {
  incidents(query: ListQuery & Partial<IncidentQuery>): Promise<Page<Incident>>
  incident(id: string): Promise<Incident | null>
  /** By id list, for Open311 (`requests?service_request_id=1,2`) and by window; newest first. */
  requests(query: {
    readonly ids?: readonly string[]
    readonly classCode?: string
    readonly from?: Instant
    readonly to?: Instant
    readonly open?: boolean
    readonly limit: number
    readonly offset: number
  }): Promise<Incident[]>
  alarms(query: ListQuery): Promise<Page<Alarm>>
  alarm(id: string): Promise<Alarm | null>
  warnings(query: ListQuery): Promise<Page<Warning>>
  warning(id: string): Promise<Warning | null>
  drills(query: ListQuery): Promise<Page<Drill>>
  /** Lines of shifts' logs, the newest first. */
  dutyEntries(query: DutyLogQuery): Promise<Page<DutyEntry>>
  /** Hand-over sheets, the newest first. */
  handOvers(query: { readonly limit: number; readonly cursor?: number }): Promise<Page<HandOver>>
  handOver(id: string): Promise<HandOver | null>
  /** Events about one case, oldest first. */
  timeline(incidentId: string): Promise<LoggedEvent[]>
  /** `dayStarts`: first instants of the period's days. */
  alarmKpi(question: Period & { readonly consoles: number; readonly dayStarts: readonly Instant[] }): Promise<AlarmKpi>
  /** Sensors and rules by how often they spoke in the period, the most frequent first. */
  badActors(period: Period, limit: number): Promise<BadActor[]>
  /** How long cases took, of those reported in the period. */
  times(
    query: KpiQuery,
    timeZone: string,
    targets: readonly TimeTarget[],
  ): Promise<{ readonly rows: TimesRow[]; readonly total: TimesRow }>
  /** How far the cases reported in the period came. */
  funnel(query: FunnelQuery, timeZone: string): Promise<readonly StepCount[]>
  /** How long the cases reported in the period took. */
  distribution(query: DistributionQuery, timeZone: string): Promise<Distribution>
  /** When cases come, by day and by hour of the weekday. */
  heat(query: HeatQuery, timeZone: string): Promise<KpiHeat>
  /** By time bucket or by group; the bucket edges follow `timeZone`. See `KpiRow` for time bases. */
  kpi(query: KpiQuery, timeZone: string): Promise<{ readonly rows: KpiRow[]; readonly total: KpiRow }>
  /** How many cases of each measure, by days of `timeZone`; keys of time are the first day of each, `yyyy-mm-dd`. */
  indicators(query: IndicatorQuery, timeZone: string): Promise<IndicatorCounts>
}

export interface IndicatorQuery {
  readonly from: Instant
  readonly to: Instant
  /** Null = all together. */
  readonly by: KpiDimension | KpiPeriod | null
  /** Count case by case also what the cells have. */
  readonly exactly?: true
}
export interface IndicatorCounts {
  /** Those with any case; by key, the unknown (null) last. */
  readonly rows: readonly { readonly key: string | null; readonly counts: KpiCounts }[]
  readonly total: KpiCounts
}

/** Views of the KPI page that accounts keep. Each is its account's alone. */
export interface KpiViews {
  /** By name. */
  list(username: string): Promise<readonly KpiViewRow[]>
  /** `taken`: this account has another of that name; `full`: it keeps `mostKpiViews` already. */
  add(username: string, view: KpiViewRow): Promise<'added' | 'taken' | 'full'>
  /** `unknown`: this account has no such view. */
  change(username: string, view: KpiViewRow): Promise<'changed' | 'taken' | 'unknown'>
  remove(username: string, id: string): Promise<boolean>
}

/** What is kept of a bulletin beside its files. */
export interface KeptBulletin extends BulletinRow {
  readonly mailTries: number
  /** When it is tried next; null where it is not. */
  readonly mailNextAt: Instant | null
}
/** Weekly and monthly bulletins with their files, one a period. */
export interface Bulletins {
  /** Of these ids the ones that are kept. */
  known(ids: readonly string[]): Promise<ReadonlySet<string>>
  /** False where this period has one already: it stays. */
  keep(bulletin: KeptBulletin, files: Readonly<Record<ExportFormat, Uint8Array>>): Promise<boolean>
  /** The newest period first. */
  page(query: { readonly limit: number; readonly cursor?: string | undefined }): Promise<Page<BulletinRow>>
  file(id: string, format: ExportFormat): Promise<Uint8Array | null>
  /** Those to be mailed by now, the oldest first. */
  toMail(now: Instant): Promise<readonly KeptBulletin[]>
  mailed(id: string, mail: Pick<KeptBulletin, 'mail' | 'mailedAt' | 'mailTries' | 'mailNextAt'>): Promise<void>
}

/** The log as auditors read it. */
export interface AuditLog {
  events(afterSeq: number, limit: number): Promise<LoggedEvent[]>
  /** Walks the whole chain. `ok: false` names the first event whose hash, link or number is wrong. */
  verify(onProgress?: (checked: number, total: number) => void): Promise<{
    readonly ok: boolean
    readonly checked: number
    readonly brokenAt: number | null
    readonly problem: string | null
  }>
}

export interface Account {
  readonly username: string
  readonly displayName: string
  readonly role: Role
  readonly unitId: string | null
  readonly departmentId: string | null
  /** The part of the city it is bound to; null = the whole city. */
  readonly scope: DataScope | null
  readonly passwordHash: string
  readonly disabled: boolean
  readonly isDemo: boolean
}

export interface Accounts {
  count(): Promise<number>
  find(username: string): Promise<Account | null>
  save(account: Account): Promise<void>
  /** All of them, by name. */
  list(): Promise<readonly Account[]>
  /** What these are called; nothing of those there are none of. */
  namesOf(usernames: readonly string[]): Promise<readonly Pick<Account, 'username' | 'displayName'>[]>
  putSession(
    tokenHash: string,
    session: {
      readonly sessionId: string
      readonly username: string
      readonly createdAt: Instant
      readonly seenAt: Instant
      readonly expiresAt: Instant
    },
  ): Promise<void>
  session(tokenHash: string): Promise<{
    readonly sessionId: string
    readonly username: string
    readonly createdAt: Instant
    readonly seenAt: Instant
    readonly expiresAt: Instant
  } | null>
  touchSession(tokenHash: string, seenAt: Instant, expiresAt: Instant): Promise<void>
  dropSession(tokenHash: string): Promise<void>
  /** Removes what has expired; answers the ids of the sessions removed. */
  sweepSessions(now: Instant): Promise<readonly string[]>
}
