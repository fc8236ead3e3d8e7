/** What alarm KPIs are counted from: one row an alarm, one an announcement, one a flood. Written with the commit that made them. */
import type { Announcement, Flood } from '../../../shared/model/load-control.ts'
import { loadOf } from '../../../shared/model/load-control.ts'
import type { Alarm } from '../../../shared/model/alarm.ts'
import type { RowUpserts, Statement } from '../ports/store.ts'
import { upsert, type Column } from './upsert.ts'

const factColumns: readonly Column<Alarm>[] = [
  { name: 'id', type: 'text', of: (row) => row.id },
  { name: 'version', type: 'int', of: (row) => row.version },
  { name: 'sensor_id', type: 'bigint', of: (row) => row.sensorId },
  { name: 'sensor_name', type: 'text', of: (row) => row.sensorName },
  { name: 'rule_id', type: 'text', of: (row) => row.ruleId },
  { name: 'name', type: 'text', of: (row) => JSON.stringify(row.name) },
  { name: 'priority', type: 'smallint', of: (row) => row.priority },
  { name: 'raised_at', type: 'bigint', of: (row) => row.raisedAt },
  { name: 'announced_at', type: 'bigint', of: (row) => loadOf(row).announcedAt },
  { name: 'acknowledged_at', type: 'bigint', of: (row) => row.acknowledgedAt },
  { name: 'returned_at', type: 'bigint', of: (row) => row.returnedAt },
  { name: 'is_open', type: 'boolean', of: (row) => row.state !== 'normal' },
  { name: 'has_case', type: 'boolean', of: (row) => row.incidentId !== null },
  { name: 'is_false', type: 'boolean', of: (row) => row.falseMark !== null },
  { name: 'in_kpi', type: 'boolean', of: (row) => loadOf(row).isInKpi },
  { name: 'has_chattered', type: 'boolean', of: (row) => loadOf(row).hasChattered },
  { name: 'fleetings', type: 'int', of: (row) => loadOf(row).fleetings },
  { name: 'raises', type: 'int', of: (row) => row.count },
]
const announcementColumns: readonly Column<Announcement>[] = [
  { name: 'seq', type: 'bigint', of: (row) => row.seq },
  { name: 'at', type: 'bigint', of: (row) => row.at },
  { name: 'alarm_id', type: 'text', of: (row) => row.alarmId },
  { name: 'priority', type: 'smallint', of: (row) => row.priority },
  { name: 'in_kpi', type: 'boolean', of: (row) => row.isInKpi },
]
const floodColumns: readonly Column<Flood>[] = [
  { name: 'id', type: 'text', of: (row) => row.id },
  { name: 'version', type: 'int', of: (row) => row.version },
  { name: 'started_at', type: 'bigint', of: (row) => row.startedAt },
  { name: 'ended_at', type: 'bigint', of: (row) => row.endedAt },
  { name: 'body', type: 'text', of: (row) => JSON.stringify(row) },
]
const isNewer = 'old.version <= excluded.version'

export const alarmFactStatements = ({ alarms, announcements, floods }: RowUpserts): Statement[] => [
  ...upsert('alarm_fact', factColumns, alarms, isNewer),
  ...upsert('announcement', announcementColumns, announcements),
  ...upsert('flood', floodColumns, floods, isNewer),
]

/**
 * Alarms of before are taken over as far as their rows tell: each as announced once, when it was raised. Bodies are read as `json`, not
 * `jsonb`, which refuses what JSON may hold.
 */
export const alarmFactTables = `
create table alarm_fact (
  id text primary key,
  version int not null,
  sensor_id bigint,
  sensor_name text not null,
  rule_id text not null,
  name text not null,
  priority smallint not null,
  raised_at bigint not null,
  announced_at bigint not null,
  acknowledged_at bigint,
  returned_at bigint,
  is_open boolean not null,
  has_case boolean not null,
  is_false boolean not null,
  in_kpi boolean not null,
  has_chattered boolean not null,
  fleetings int not null,
  raises int not null
) with (fillfactor = 80);
create index alarm_fact_raised on alarm_fact (raised_at);
create index alarm_fact_open on alarm_fact (raised_at) where is_open;

create table announcement (
  seq bigint primary key,
  at bigint not null,
  alarm_id text not null,
  priority smallint not null,
  in_kpi boolean not null
);
create index announcement_at on announcement (at);

create table flood (
  id text primary key,
  version int not null,
  started_at bigint not null,
  ended_at bigint,
  body text not null
);
create index flood_started on flood (started_at);

insert into alarm_fact
  select id, version, (row->>'sensorId')::bigint, row->>'sensorName', row->>'ruleId', (row->'name')::text,
    (row->>'priority')::smallint, raised_at, raised_at, (row->>'acknowledgedAt')::bigint, (row->>'returnedAt')::bigint,
    is_open, row->>'incidentId' is not null, false, coalesce((row->>'drill')::boolean, false) = false, false, 0,
    (row->>'count')::int
  from (select id, version, raised_at, is_open, body::json as row from alarm) as alarms;
insert into announcement
  select event.seq, alarm.raised_at, alarm.id, (alarm.body::json->>'priority')::smallint,
    coalesce((alarm.body::json->>'drill')::boolean, false) = false
  from event join alarm on event.type = 'alarm.raised' and alarm.id = event.payload::json->'event'->'alarm'->>'id';
`
