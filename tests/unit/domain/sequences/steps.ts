/** What people may ask for and what may happen to them, in whatever order: the steps sequences are made of. */
import fc from 'fast-check'
import type { Command } from '../../../../shared/model/command.ts'
import type { Role } from '../../../../shared/model/role.ts'
import { entityKinds } from '../../../../shared/model/catalog.ts'
import { sensorDrafts } from '../../../support/engine.ts'
import { city } from '../support.ts'
import { dutyCommand } from './duty-steps.ts'
import { cityCommand } from './city-steps.ts'

export const crewIds = city.crews.map(({ unitId }) => unitId)
const n = fc.integer({ min: 1, max: 4 })
const incidentId = n.map((i) => `20260801-00000${i}`)
const unitId = fc.constantFrom(...crewIds, 'NOBODY')
const reason = fc.constantFrom('因为', '')
/** One that classes have, one that few have, one that none has, or none named. */
const conditionId = fc.constantFrom(null, '1', '2', '9')
const departmentId = fc.constantFrom('gas', 'drainage', 'x')
/** Ends of suspensions and answers: some have passed by the time they are asked for. */
const soon = fc
  .constantFrom(60_000, 3_600_000, 86_400_000)
  .map((afterMs) => Date.parse('2026-08-01T12:00:00+08:00') + afterMs)
const on = <T extends string>(type: T, more: Record<string, fc.Arbitrary<unknown>> = {}) =>
  fc.record({ type: fc.constant(type), incidentId, ...more })

const command = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('incident.report'),
      classCode: fc.constantFrom('E0506', 'E0503', 'P0137', 'x'),
      title: fc.constant('t'),
      description: fc.constant(''),
      source: fc.constant('hotline'),
      sourceRef: fc.constant(null),
      position: fc.constantFrom(null, [121.4, 31.2]),
      address: fc.constant(null),
      reporter: fc.constantFrom(null, { name: '王', phone: '13812345678', email: null }),
      mediaUrl: fc.constant(null),
      occurredAt: fc.constant(null),
      priority: fc.constantFrom(null, 1),
      drill: fc.boolean(),
    }),
  },
  on('incident.accept'),
  {
    weight: 4,
    arbitrary: on('incident.file', {
      classCode: fc.constantFrom(null, 'E0505'),
      departmentId: fc.constantFrom(null, 'gas', 'x'),
      priority: fc.constant(null),
      conditionId,
    }),
  },
  on('incident.reject', { reason }),
  on('incident.void', { reason }),
  { weight: 6, arbitrary: on('incident.dispatch', { unitId }) },
  on('incident.recall', { unitId, reason }),
  { weight: 4, arbitrary: on('incident.acknowledge', { unitId }) },
  on('incident.decline', { unitId, reason }),
  { weight: 3, arbitrary: on('incident.depart', { unitId }) },
  { weight: 4, arbitrary: on('incident.arrive', { unitId }) },
  { weight: 4, arbitrary: on('incident.finish', { unitId, note: fc.constant('') }) },
  { weight: 3, arbitrary: on('incident.feed-back', { note: fc.constant('好') }) },
  { weight: 3, arbitrary: on('incident.pass-check', { note: fc.constant('') }) },
  on('incident.fail-check', { reason }),
  { weight: 3, arbitrary: on('incident.close', { note: fc.constant('') }) },
  on('incident.evaluate', { satisfaction: fc.constant(5), note: fc.constant('') }),
  on('incident.locate', { position: fc.constant([121.7, 31]), address: fc.constant(null) }),
  on('incident.reclassify', {
    classCode: fc.constantFrom('E0113', 'E0503', 'x'),
    priority: fc.constant(null),
    conditionId,
  }),
  { weight: 2, arbitrary: on('plan.grade', { grade: fc.constantFrom('major', 'serious', 'ordinary'), reason }) },
  {
    weight: 3,
    arbitrary: on('plan.report', {
      kind: fc.constantFrom('oral', 'first', 'follow-up', 'final'),
      to: fc.constantFrom('市委值班室', ''),
      body: fc.constant({ nature: 'n', measures: 'm', scope: '', losses: '', trend: '', leaders: '', advice: '' }),
    }),
  },
  on('incident.comment', { text: fc.constant('!') }),
  { weight: 3, arbitrary: on('incident.merge', { mainId: incidentId, reason }) },
  { weight: 2, arbitrary: on('incident.unmerge', { reason }) },
  on('incident.link', { otherId: incidentId, direction: fc.constantFrom('parent', 'child', 'related'), reason }),
  on('incident.unlink', { otherId: incidentId, reason }),
  on('incident.not-same', { otherId: incidentId, reason }),
  fc.record({
    type: fc.constant('algorithm.switch'),
    algorithmId: fc.constantFrom('duplicates', 'suggestions'),
    isOn: fc.boolean(),
    reason,
  }),
  fc.record({
    type: fc.constant('algorithm.approve-rule'),
    algorithmId: fc.constant('duplicates'),
    minScore: fc.constantFrom(0.5, 0.9),
    maxDistanceM: fc.constant(100),
    maxMinutes: fc.constant(60),
    reason,
  }),
  fc.record({ type: fc.constant('algorithm.withdraw-rule'), algorithmId: fc.constant('duplicates'), reason }),
  { weight: 3, arbitrary: on('incident.verify', { unitId: fc.constantFrom(null, ...crewIds) }) },
  { weight: 3, arbitrary: on('incident.answer-verify', { result: fc.constant('exist'), note: fc.constant('') }) },
  { weight: 5, arbitrary: on('incident.assign', { departmentId }) },
  { weight: 4, arbitrary: on('incident.reassign', { departmentId, reason }) },
  { weight: 5, arbitrary: on('incident.receive') },
  { weight: 3, arbitrary: on('incident.return', { reason }) },
  on('incident.return-filing', { reason }),
  { weight: 2, arbitrary: on('incident.send-back', { unitId, reason }) },
  { weight: 2, arbitrary: on('incident.request-extension', { reason }) },
  { weight: 4, arbitrary: on('incident.approve-extension') },
  { weight: 4, arbitrary: on('incident.request-suspension', { reason, untilAt: soon }) },
  { weight: 5, arbitrary: on('incident.suspend') },
  { weight: 2, arbitrary: on('incident.resume') },
  on('incident.refuse-request', { reason }),
  { weight: 2, arbitrary: on('incident.add-assist', { departmentId, task: fc.constant('配合') }) },
  on('incident.receive-assist', { departmentId }),
  { weight: 2, arbitrary: on('incident.answer-assist', { departmentId, note: fc.constant('') }) },
  on('incident.waive-assist', { departmentId, reason }),
  on('incident.urge', { text: fc.constant('') }),
  on('incident.supervise', {
    kind: fc.constantFrom('timeout', 'leader', 'important'),
    reason,
    requirement: fc.constant(''),
    replyDueAt: fc.oneof(fc.constant(null), soon),
  }),
  on('incident.reply', { text: fc.constant('在办') }),
  on('incident.unable-check', { reason }),
  { weight: 2, arbitrary: on('incident.force-close', { reason }) },
  { weight: 3, arbitrary: on('incident.reopen', { reason }) },
  { weight: 3, arbitrary: on('incident.appeal', { reason }) },
  { weight: 3, arbitrary: on('incident.approve-appeal') },
  on('incident.contact', { contacted: fc.constantFrom('yes', 'no', 'not-evaluated'), note: fc.constant('') }),
  on('incident.hand-over', {
    agency: fc.constantFrom('110', '119', '120'),
    person: fc.constant('p'),
    number: fc.constant(''),
    words: fc.constant('w'),
  }),
  on('incident.flag', { flag: fc.constantFrom('urgent', 'threat'), isOn: fc.boolean(), reason: fc.constant('') }),
  {
    weight: 2,
    arbitrary: on('incident.call-back', {
      from: fc.constant(null),
      isReached: fc.boolean(),
      solved: fc.constantFrom(null, 'solved', 'explained'),
      satisfaction: fc.constantFrom(null, 'satisfied', 'so-so'),
      attitude: fc.constant(null),
      note: fc.constant(''),
    }),
  },
  fc.record({
    type: fc.constant('incident.self-handle'),
    classCode: fc.constantFrom('E0506', 'x'),
    title: fc.constant('t'),
    description: fc.constant(''),
    position: fc.constant(null),
    address: fc.constant(null),
    priority: fc.constant(null),
    note: fc.constantFrom('已清理', ' '),
    mediaUrl: fc.constant(null),
    conditionId: fc.constant(null),
    drill: fc.boolean(),
  }),
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('alarm.acknowledge'),
      alarmId: n.map((i) => `A${i}`),
      comment: fc.constant(null),
    }),
  },
  fc.record({ type: fc.constant('alarm.open-incident'), alarmId: n.map((i) => `A${i}`), classCode: fc.constant(null) }),
  fc.record({
    type: fc.constant('unit.set-status'),
    unitId,
    status: fc.constantFrom('off-duty', 'available', 'out-of-service'),
    reason: fc.constantFrom(null, '车辆加油'),
  }),
  fc.record({
    type: fc.constant('warning.publish'),
    colour: fc.constant('red'),
    event: fc.constant('暴雨'),
    headline: fc.constant('h'),
    description: fc.constant(''),
    instruction: fc.constant(''),
    exercise: fc.boolean(),
    districtIds: fc.constant([]),
    expiresAt: fc.integer({ min: 1, max: 9 }).map((h) => Date.parse('2026-08-01T12:00:00+08:00') + h * 600_000),
  }),
  fc.record({
    type: fc.constant('drill.start'),
    scenario: fc.constant('rainstorm'),
    countsInKpi: fc.boolean(),
    seed: fc.constant(null),
  }),
  fc.record({ type: fc.constant('drill.end'), drillId: n.map((i) => `D${i}`), reason }),
  fc.record({ type: fc.constant('catalog.delete'), kind: fc.constantFrom(...entityKinds), id: n }),
  fc.constant({ type: 'catalog.create', drafts: sensorDrafts({ kind: 'methane', unit: '%LEL' }) }),
) as unknown as fc.Arbitrary<Command>

const role = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Role | 'right'>('right') },
  { weight: 1, arbitrary: fc.constantFrom<Role | 'right'>('wall', 'duty', 'dept', 'crew', 'manager') },
)
export type Step =
  | { readonly kind: 'command'; readonly command: Command; readonly role: Role | 'right' }
  | { readonly kind: 'reading'; readonly sensorId: number; readonly value: number; readonly ofDrill: boolean }
  | { readonly kind: 'pass'; readonly ms: number }
  /** The next step of the loop for this case, by whoever it falls to. */
  | { readonly kind: 'forward'; readonly incidentId: string }
  /** Off the plain way, by those it takes. */
  | { readonly kind: 'aside'; readonly incidentId: string; readonly way: Aside }
export type Aside = 'merge' | 'suspend' | 'return' | 'extend' | 'reject' | 'divert' | 'service' | 'hand-over'
export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('aside' as const),
      incidentId,
      way: fc.constantFrom<Aside>('merge', 'suspend', 'return', 'extend', 'reject', 'divert', 'service', 'hand-over'),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('forward' as const), incidentId }) },
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('command' as const), command, role }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('command' as const), command: cityCommand, role }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('command' as const), command: dutyCommand, role }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('reading' as const),
      sensorId: n,
      value: fc.constantFrom(0, 19, 25, 45),
      ofDrill: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.constantFrom(1000, 10_000, 600_000, 7_200_000) }),
  },
)
