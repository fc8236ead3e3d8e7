/** What hangs on a wall, field by field: of every table a wall is told about, each text a row may hold is either public or gone. */
import { describe, expect, it } from 'vitest'
import { stateTables, type StateTable } from '../../../shared/contract/realtime.ts'
import { maskText } from '../../../server/src/access/masking.ts'
import { tablesOf } from '../../../server/src/access/audience.ts'
import { rowsFor, changesFor } from '../../../server/src/realtime/row-picture.ts'
import type { StateView } from '../../../server/src/ports/engine.ts'
import type { KpiToday } from '../../../shared/model/kpi.ts'
import { wholeRows } from '../../support/whole-rows.ts'

type Table = keyof typeof wholeRows

/** The same row, each text in it replaced. */
function withTexts(value: unknown, path: string, text: (path: string) => string): unknown {
  if (typeof value === 'string') return text(path)
  if (Array.isArray(value)) return value.map((one) => withTexts(one, path, text))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, withTexts(one, path === '' ? key : `${path}.${key}`, text)]),
  )
}

function textsOf(value: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]]
  if (Array.isArray(value)) return value.flatMap((one) => textsOf(one, path))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]) => textsOf(one, path === '' ? key : `${path}.${key}`))
}

/** What the wall is told of these rows: first the snapshot's way, then the delta's. */
function toldOf(text: (path: string) => string): Map<Table, unknown[]> {
  const row = (table: Table) => withTexts(wholeRows[table], '', text)
  const one = (table: Table) => new Map([['1', row(table)]])
  const view = {
    ...{ alarms: one('alarm'), alarmGroups: one('alarm-group'), floods: one('flood'), units: one('unit') },
    ...{
      warnings: one('warning'),
      drills: one('drill'),
      modes: one('mode'),
      walls: one('wall'),
      responses: one('response'),
    },
    duty: one('duty'),
    ...{ incidents: one('incident'), casePlans: one('plan'), sensors: new Map([[1, row('sensor')]]) },
  } as unknown as StateView
  const touched = new Map(Object.keys(wholeRows).map((table) => [table as StateTable, new Set(['1'])]))
  const changes = [
    ...rowsFor(view, 'wall', {} as KpiToday),
    ...changesFor(view, 'wall', touched, null, () => true),
  ].filter(({ table }) => table !== 'kpi')
  const told = new Map<Table, unknown[]>()
  for (const { table, row: shown } of changes) told.set(table as Table, [...(told.get(table as Table) ?? []), shown])
  return told
}

/** Codes and names of things, of places and of devices; words the city gave out itself. Nothing a person said of another, and nobody. */
const publicTexts: Readonly<Record<Table, readonly string[]>> = {
  incident: [
    // Words of the class table are public.
    ...['basis.standardId', 'basis.standardVersion', 'basis.when.zh', 'basis.when.en'],
    ...['basis.closing.zh', 'basis.closing.en'],
    ...['id', 'state', 'classCode', 'conditionId', 'disposition', 'source', 'departmentId', 'overdueStages'],
    ...['districtId', 'streetId', 'gridId', 'alarmIds', 'clock.limit.unit', 'lead.departmentId'],
    ...['assists.departmentId', 'assists.end', 'assignments.unitId', 'assignments.state'],
    ...[
      'merge.mainId',
      'merge.alarmIds',
      'merge.from',
      'mergedIds',
      'links.incidentId',
      'links.direction',
      'notSameIds',
    ],
    // With numbers, plates and addresses of persons masked: see below.
    ...['title', 'address'],
  ],
  alarm: [
    ...['id', 'state', 'ruleId', 'sensorName', 'kind', 'name.zh', 'name.en', 'unit', 'sense', 'districtId'],
    ...['evidence.zh', 'evidence.en', 'incidentId', 'gateway', 'shelving.code'],
    // A rule, not a person.
    ...['suppression.by', 'suppression.parentId'],
    ...['load.sound', 'load.groupId', 'load.escalation.to'],
  ],
  'alarm-group': [
    ...['id', 'basis', 'cause', 'name.zh', 'name.en', 'alarmIds', 'districtId'],
    ...['firstOut.alarmId', 'firstOut.name.zh', 'firstOut.name.en', 'firstOut.sensorName'],
  ],
  flood: ['id', 'topRules.ruleId'],
  unit: [
    ...['id', 'name', 'kind', 'capabilities', 'departmentId', 'districtId', 'status', 'incidentId', 'shift'],
    ...['staffedBy', 'blockedBy', 'clearingFrom'],
  ],
  warning: [
    ...['id', 'colour', 'event', 'headline', 'description', 'eventEn', 'headlineEn', 'instruction', 'districtIds'],
    ...['areaText', 'categories', 'urgency', 'severity', 'certainty', 'scope', 'status'],
  ],
  // Everybody in the room is told who leads the exercise.
  drill: ['id', 'scenario', 'name.zh', 'name.en', 'startedBy'],
  mode: ['id', 'mode', 'effects.scene', 'districts.districtId', 'districts.mode', 'districts.effects.scene'],
  // The room is told who took its wall, as the wall itself says.
  wall: [
    ...['id', 'holds.id', 'holds.display', 'holds.scene', 'holds.caseId', 'holds.by', 'holds.role'],
    ...['usual', 'displays.turns'].flatMap((turns) =>
      ['from', 'to', 'when.modes', 'when.warnings', 'scenes'].map((field) => `programme.${turns}.${field}`),
    ),
    ...['id', 'name.zh', 'name.en', 'canvas.parts.id'].map((field) => `programme.displays.${field}`),
  ],
  response: ['id', 'level', 'name', 'headquarters', 'districtIds', 'planName', 'warningId', 'caseId'],
  // Of those on duty the leader and the chief by name: see `tests/unit/domain/duty`. Seats are not named.
  duty: ['id', 'shift.id', 'shift.part', 'kind', 'occasion'],
  plan: [
    ...['id', 'grade', 'limitMode', 'plan.id', 'plan.name.zh', 'plan.name.en', 'told.zh', 'told.en'],
    ...['needs.id', 'needs.name.zh', 'needs.name.en', 'needs.kinds', 'needs.capability'],
    ...['checklist.id', 'checklist.text.zh', 'checklist.text.en', 'calls.kind', 'calls.unitId'],
    ...['outcomes.departmentId', 'outcomes.disposition'],
  ],
  sensor: ['id', 'name', 'kind', 'unit', 'sentUnit', 'districtId', 'gateway'],
}

describe('a wall', () => {
  it('is told of tables whose rows are looked at here, and of today’s numbers', () => {
    const known = [...Object.keys(wholeRows), 'kpi'].sort()
    expect(known).toEqual([...stateTables].sort())
    expect([...tablesOf('wall')].sort()).toEqual(known)
  })

  const told = toldOf((path) => `⟨${path}⟩`)
  it.each(Object.keys(wholeRows) as Table[])('is told of %s what is public, and no other text', (table) => {
    const rows = told.get(table) ?? []
    expect(rows.length).toBeGreaterThan(0)
    for (const row of rows) {
      const shown = new Set(textsOf(row).flatMap(([path, text]) => (text === `⟨${path}⟩` ? [path] : [])))
      // `id` of a sensor is a number.
      const wanted = publicTexts[table].filter((path) => table !== 'sensor' || path !== 'id')
      expect([...shown].sort()).toEqual([...wanted].sort())
    }
  })

  it('is told no words in another form either: what is not public is empty', () => {
    for (const rows of told.values())
      for (const [path, text] of rows.flatMap((row) => textsOf(row)))
        expect(text === '' || text === `⟨${path}⟩` || (path === 'state' && text === 'active'), path).toBe(true)
  })

  it('reads no number, address or plate of a person in a title', () => {
    const secrets = ['13812345678', '110101199003071234', 'zhang.san@example.org', '京A12345']
    for (const secret of secrets) {
      expect(maskText(secret)).not.toContain(secret)
      const incidents = toldOf(() => secret).get('incident') as { title: string; address: string }[]
      for (const { title, address } of incidents) expect(title + address).not.toContain(secret)
    }
  })
})
