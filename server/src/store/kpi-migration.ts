/**
 * Tables of the evaluation's numbers. `kpi_cell` holds how many cases of each measure there are, for each day and month of the city and each
 * member of each dimension, at first in columns (`nN` is the measure of number N), then as text. A month's day is 00.
 */
const numbers = Array.from({ length: 52 }, (_, bit) => `n${bit} int`).join(', ')

export const kpiTables = `
alter table incident add column street_id text, add column grid_id text, add column acceptor text, add column dispatcher text,
  add column collector text, add column verify_at bigint, add column due_at bigint, add column fed_back_at bigint,
  add column handle_ms bigint, add column kpi_flags bigint not null default 0;
create index incident_due on incident (due_at) where due_at is not null;
create index incident_fed_back on incident (fed_back_at) where fed_back_at is not null;
create index incident_verify on incident (verify_at) where verify_at is not null;
create table kpi_cell (
  dimension smallint not null,
  day int not null,
  key text not null,
  ${numbers},
  handle_ms bigint,
  primary key (dimension, day, key)
) with (fillfactor = 70);
-- Whose days the cells go by, and in which edition of the measures; null while they are being made.
create table kpi_state (
  only_row int primary key default 1 check (only_row = 1),
  time_zone text,
  edition int
);
insert into kpi_state default values;
`

/** How long cases took, by day and month of the city (`kpi-time-cells.ts`), and the targets that `kept` goes by. */
export const kpiTimeTables = `
create table kpi_time_cell (
  dimension smallint not null,
  day int not null,
  key text not null,
  body text not null,
  primary key (dimension, day, key)
) with (fillfactor = 70);
alter table kpi_state add column time_targets text;
`

/**
 * Cells as texts (`measure-counts.ts`) in place of a column a measure: adding up those of all grids over a year took the database a fifth of
 * a second. Cases by district and class, for what is looked at case by case. Cells are made anew from the cases at the start that finds none.
 */
export const kpiTextCells = `
drop table kpi_cell;
create table kpi_cell (
  dimension smallint not null,
  day int not null,
  -- In the order of its letters, whatever the database's own: so that a key is found by how it begins.
  key text collate "C" not null,
  body text not null,
  primary key (dimension, day, key)
) with (fillfactor = 70);
truncate kpi_time_cell;
alter table kpi_time_cell alter column key type text collate "C";
create index incident_district on incident (district_id, reported_at);
create index incident_class on incident (class_code, reported_at);
update kpi_state set edition = null;
`

/**
 * Cases by any two conditions, for what is looked at case by case: where three or more meet, two of them leave few. A class is asked for by
 * how it begins, which an index holds in order only by its letters' own order.
 */
export const kpiPairIndexes = `
create index incident_district_class on incident (district_id, class_code text_pattern_ops);
create index incident_district_department on incident (district_id, department_id);
create index incident_district_source on incident (district_id, source);
create index incident_department_class on incident (department_id, class_code text_pattern_ops);
create index incident_department_source on incident (department_id, source);
create index incident_source_class on incident (source, class_code text_pattern_ops);
`

/** Views of the KPI page that an account keeps by name: addresses, as the page reads them. */
export const kpiViewTable = `
create table kpi_view (
  id text primary key,
  username text not null,
  name text not null,
  query text not null,
  saved_at bigint not null,
  unique (username, name)
);
`

/** 周报 and 月报: files are base64, which both databases take and give alike. */
export const bulletinTables = `
create table bulletin (
  id text primary key,
  kind text not null,
  title text not null,
  begins_at bigint not null,
  ends_at bigint not null,
  made_at bigint not null,
  mail text not null,
  mailed_at bigint,
  mail_tries int not null,
  mail_next_at bigint
);
create table bulletin_file (
  id text not null,
  format text not null,
  body text not null,
  primary key (id, format)
);
alter table bulletin_file alter column body set storage external;
`
