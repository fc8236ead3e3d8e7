/**
 * The names things are known by. Plain aliases: they cross the wire, so a brand would be cast away at every edge.
 */

/** Milliseconds since 1970-01-01T00:00:00Z. Inside the system every instant is this; HTTP answers say it in ISO 8601. */
export type Instant = number

/** A SensorThings Datastream id: one property measured by one device. Positive, below 2³², never reused. */
export type SensorId = number
/** Case number, `yyyymmdd-nnnnnn` by the city's own calendar day. */
export type IncidentId = string
/** `A` and a sequence number, for example `A17`. */
export type AlarmId = string
/** `G` and a sequence number: alarms that belong together. */
export type AlarmGroupId = string
/** `F` and a sequence number: a flood of alarms. */
export type FloodId = string
/** A crew's call sign as the city pack gives it, for example `PUMP-03`. */
export type UnitId = string
/** `W` and a sequence number. */
export type WarningId = string
/** `D` and a sequence number. */
export type DrillId = string
/** `M` and a sequence number: a switch of mode somebody proposed. */
export type ModeProposalId = string
/** `R` and a sequence number. */
export type ResponseId = string
/** Division code as the city pack gives it (GB/T 2260 style in the demo city). */
export type DistrictId = string
export type DepartmentId = string
/** Chosen by the client (UUID). The same id submitted twice happens once. */
export type CommandId = string
