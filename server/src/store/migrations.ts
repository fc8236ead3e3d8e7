/**
 * The tables, one SQL for both databases. A migration that has been released is never edited: a change is a new one.
 *
 * Instants are bigint milliseconds: exact, and no input can lie outside. Bodies are JSON as text, not jsonb, because jsonb refuses
 * what JSON may hold (\u0000, half a surrogate pair); the columns beside a body are what questions filter by.
 */
import { alarmCellTables } from './alarm-cells.ts'
import { alarmFactTables } from './alarm-facts.ts'
import { rollUpParts } from './bucket.ts'
import {
  bulletinTables,
  kpiPairIndexes,
  kpiTables,
  kpiTextCells,
  kpiTimeTables,
  kpiViewTable,
} from './kpi-migration.ts'
import { pagesPerRange } from './reading-partitions.ts'

export interface Migration {
  readonly version: number
  readonly sql: string
}

const state = `
create table store_state (
  only_row int primary key default 1 check (only_row = 1),
  epoch text not null
);

create table event (
  seq bigint primary key,
  at bigint not null,
  type text not null,
  incident_id text,
  payload text not null,
  hash text not null
);
create index event_incident on event (incident_id, seq) where incident_id is not null;

create table command (
  command_id text primary key,
  actor text not null,
  outcome text not null
);

create table snapshot (
  rev bigint primary key,
  body text not null
);
alter table snapshot alter column body set storage external;
`

const models = `
create table incident (
  id text primary key,
  version int not null,
  state text not null,
  is_open boolean not null,
  class_code text not null,
  priority smallint not null,
  source text not null,
  district_id text,
  department_id text,
  lon float8,
  lat float8,
  reported_at bigint not null,
  filed_at bigint,
  arrived_at bigint,
  closed_at bigint,
  -- Report to first crew on scene; what percentiles are taken of.
  response_ms bigint,
  -- 0 none, 1 closed, 2 closed within its limit, 3 refused.
  ending smallint not null,
  is_overdue boolean not null,
  is_drill boolean not null
) with (fillfactor = 80);
create index incident_reported on incident (reported_at, id);
create index incident_open on incident (reported_at, id) where is_open;
create index incident_filed on incident (filed_at) where filed_at is not null;
create index incident_arrived on incident (arrived_at) where arrived_at is not null;
create index incident_closed on incident (closed_at) where closed_at is not null;
-- Apart from the columns that KPIs walk over: those stay narrow.
create table incident_body (
  id text primary key,
  version int not null,
  body text not null
) with (fillfactor = 80);
-- Words are looked for by reading all of them: they lie close together.
create table incident_search (
  id text primary key,
  version int not null,
  search text not null
) with (fillfactor = 80);

create table alarm (
  id text primary key,
  version int not null,
  state text not null,
  is_open boolean not null,
  kind text not null,
  district_id text,
  lon float8,
  lat float8,
  raised_at bigint not null,
  search text not null,
  body text not null
) with (fillfactor = 80);
create index alarm_raised on alarm (raised_at, id);
create index alarm_open on alarm (raised_at, id) where is_open;

create table warning (
  id text primary key,
  version int not null,
  colour text not null,
  -- A PostgreSQL array literal.
  district_ids text not null,
  issued_at bigint not null,
  expires_at bigint not null,
  lifted_at bigint,
  search text not null,
  body text not null
);
create index warning_issued on warning (issued_at, id);

create table unit (
  id text primary key,
  version int not null,
  body text not null
) with (fillfactor = 50);

create table unit_fix (
  unit_id text primary key,
  fix_at bigint not null,
  body text not null
) with (fillfactor = 50);

create table sensor (
  id bigint primary key,
  kind text not null,
  district_id text,
  body text not null
) with (fillfactor = 80);
`

/**
 * Readings lie in a partition for each day of their arrival, by our own clock: no sender's clock can make a partition. `id` grows with
 * arrival; minutes and hours are rolled up from id to id, so that `rolled` says exactly which readings are in them.
 */
const readings = `
create table reading (
  id bigint not null,
  sensor_id bigint not null,
  phenomenon_at bigint not null,
  received_at bigint not null,
  value float8 not null,
  received_day int not null,
  result_key int not null,
  quality smallint not null,
  text text
) partition by list (received_day);
create unique index reading_once on reading (sensor_id, phenomenon_at, result_key, received_day);
create index reading_id on reading (id);
create index reading_phenomenon on reading using brin (phenomenon_at) with (pages_per_range = ${pagesPerRange});

create table rolled (
  family text not null,
  part int not null,
  rolled_id bigint not null default 0,
  primary key (family, part)
) with (fillfactor = 20);
insert into rolled (family, part)
  select family, part from unnest(array['minute', 'hour']) as family, generate_series(0, ${rollUpParts - 1}) as part;

create table minute (
  sensor_id bigint not null,
  bucket_at bigint not null,
  n int not null,
  min float8 not null,
  max float8 not null,
  sum float8 not null,
  last float8 not null,
  last_at bigint not null,
  last_id bigint not null,
  primary key (sensor_id, bucket_at)
) partition by range (bucket_at);

create table hour (
  sensor_id bigint not null,
  bucket_at bigint not null,
  n int not null,
  min float8 not null,
  max float8 not null,
  sum float8 not null,
  last float8 not null,
  last_at bigint not null,
  last_id bigint not null,
  primary key (sensor_id, bucket_at)
) partition by range (bucket_at);
`

const accounts = `
create table account (
  username text primary key,
  display_name text not null,
  role text not null,
  unit_id text,
  department_id text,
  password_hash text not null,
  disabled boolean not null,
  is_demo boolean not null
);
create table session (
  token_hash text primary key,
  session_id text not null,
  username text not null,
  created_at bigint not null,
  seen_at bigint not null,
  expires_at bigint not null
) with (fillfactor = 70);
create index session_expires on session (expires_at);
`

/** Cases of a drill that counts are in the numbers; until now none did. */
const drills = `
create table drill (
  id text primary key,
  version int not null,
  scenario text not null,
  started_at bigint not null,
  is_open boolean not null,
  search text not null,
  body text not null
);
create index drill_started on drill (started_at, id);
alter table incident add column in_kpi boolean not null default true;
update incident set in_kpi = false where is_drill;
`

/** A snapshot of many devices was one text too large to take through the database. One of the old kind is not read: the log has it all. */
const snapshotPieces = `
drop table snapshot;
create table snapshot (
  rev bigint primary key,
  pieces int not null
);
create table snapshot_piece (
  rev bigint not null,
  n int not null,
  body text not null,
  primary key (rev, n)
);
alter table snapshot_piece alter column body set storage external;
`

/** How long each part of a case took (T0 … T14), ms. What ended before has what its columns tell; it is not reckoned anew. */
const caseTimes = `
alter table incident
  add column answer_ms bigint,
  add column processing_ms bigint,
  add column turnout_ms bigint,
  add column travel_ms bigint,
  add column on_scene_ms bigint,
  add column total_ms bigint;
update incident set total_ms = response_ms where response_ms >= 0;
`

/** 值班日志 and 交接班单. Shifts from before this have no lines here; the log has what happened. */
const duty = `
create table duty_entry (
  seq bigint primary key,
  shift_id text not null,
  kind text not null,
  body text not null
);
create index duty_entry_shift on duty_entry (shift_id, seq);
create table hand_over (
  id text primary key,
  number bigint not null,
  version int not null,
  body text not null
);
create index hand_over_number on hand_over (number);
`

/** 数据范围: absent = the whole city. */
const accountScope = `
alter table account add column district_id text, add column street_id text;
`

export const migrations: readonly Migration[] = [
  { version: 1, sql: state + models + readings + accounts },
  { version: 2, sql: drills },
  { version: 3, sql: snapshotPieces },
  { version: 4, sql: alarmFactTables },
  { version: 5, sql: kpiTables },
  { version: 6, sql: caseTimes },
  { version: 7, sql: kpiTimeTables },
  { version: 8, sql: duty },
  { version: 9, sql: alarmCellTables },
  { version: 10, sql: accountScope },
  { version: 11, sql: kpiTextCells },
  { version: 12, sql: kpiViewTable },
  { version: 13, sql: bulletinTables },
  { version: 14, sql: kpiPairIndexes },
]
