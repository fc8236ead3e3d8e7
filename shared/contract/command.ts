/**
 * The command door's schema: what a person may submit, by HTTP or by socket, letter for letter the same.
 */
import { longestHoldMin, shortestHoldMin, usualHoldMin } from '../model/display.ts'
import { wallScenes } from '../model/wall-scene.ts'
import { displayIdSchema, programmeSchema } from './display.ts'
import { z } from 'zod'
import type { PersonCommand } from '../model/command.ts'
import { caseVerbSchemas } from './case-command.ts'
import { dutyCommandSchemas } from './duty.ts'
import { id, instantSchema, lonLatSchema, note, priority, reason, text } from './fields.ts'
import { shelvingReasons } from '../model/alarm-shelving.ts'
import { dispositionCodes } from '../model/disposition.ts'
import { mostInGroup } from '../model/load-control.ts'
import { algorithmIds } from '../model/algorithm.ts'
import { linkDirections } from '../model/duplicate.ts'
import { incidentSources } from '../model/incident.ts'
import { scenarioCodes } from '../model/scenario.ts'
import { responseLevels } from '../model/response.ts'
import { caseGrades } from '../model/case-grade.ts'
import { reportKinds } from '../model/situation-report.ts'
import { reinforcements } from '../model/response-plan.ts'
import { operatingModes } from '../model/mode.ts'
import { selfSetStatuses } from '../model/unit.ts'
import { warningColours } from '../model/warning.ts'

export const reporterSchema = z.object({
  name: text(80).nullable().default(null),
  phone: text(40).nullable().default(null),
  email: text(120).nullable().default(null),
})

/** Delays and times of alarm rules, ms: a week is beyond all of them. */
const longestMs = 7 * 86_400_000
/** What is to change of a rule; the rest stays. */
const ruleSettingsSchema = z
  .strictObject({
    limit: z.number(),
    deadband: z.number().min(0),
    onDelayMs: z.number().int().min(0).max(longestMs),
    onReadings: z.number().int().min(1).max(1000),
    offDelayMs: z.number().int().min(0).max(longestMs),
    enabled: z.boolean(),
    promotedTo: z.literal([1, 2]).nullable(),
  })
  .partial()
  .transform((given) => given as { readonly [K in keyof typeof given]: Exclude<(typeof given)[K], undefined> })

const incidentId = id
const onIncident = { incidentId }
const onAssignment = { incidentId, unitId: id, occurredAt: instantSchema.exactOptional() }

const said = text(2000).default('')
const reportBodySchema = z
  .object({ nature: said, scope: said, losses: said, trend: said, leaders: said, measures: said, advice: said })
  .prefault({})

const commandSchemas = [
  z.object({
    type: z.literal('incident.report'),
    classCode: id,
    title: z.string().trim().min(1).max(120),
    description: text(4000).default(''),
    source: z.enum(incidentSources).default('hotline'),
    sourceRef: text(120).nullable().default(null),
    position: lonLatSchema.nullable().default(null),
    address: text(200).nullable().default(null),
    reporter: reporterSchema.nullable().default(null),
    mediaUrl: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .nullable()
      .default(null),
    occurredAt: instantSchema.nullable().default(null),
    priority,
    drill: z.boolean().default(false),
    calledAt: instantSchema.exactOptional(),
    answeredAt: instantSchema.exactOptional(),
    conditionId: id.exactOptional(),
  }),
  z.object({ type: z.literal('incident.accept'), ...onIncident }),
  z.object({
    type: z.literal('incident.file'),
    ...onIncident,
    classCode: id.nullable().default(null),
    departmentId: id.nullable().default(null),
    priority,
    conditionId: id.nullish(),
  }),
  z.object({ type: z.literal('incident.reject'), ...onIncident, reason }),
  z.object({ type: z.literal('incident.void'), ...onIncident, reason }),
  z.object({
    type: z.literal('incident.dispatch'),
    ...onIncident,
    unitId: id,
    /** Mandatory where the crew is not the one recommended. */
    reason: text(500).exactOptional(),
  }),
  z.object({ type: z.literal('incident.recall'), ...onIncident, unitId: id, reason }),
  z.object({ type: z.literal('incident.acknowledge'), ...onAssignment }),
  z.object({ type: z.literal('incident.decline'), ...onAssignment, reason }),
  z.object({ type: z.literal('incident.depart'), ...onAssignment }),
  z.object({ type: z.literal('incident.stage'), ...onAssignment }),
  z.object({ type: z.literal('incident.arrive'), ...onAssignment }),
  z.object({ type: z.literal('incident.control'), ...onAssignment, unitId: id.exactOptional() }),
  z.object({ type: z.literal('incident.transport'), ...onAssignment }),
  z.object({ type: z.literal('incident.reach'), ...onAssignment }),
  z.object({ type: z.literal('incident.finish'), ...onAssignment, note, clearing: z.boolean().exactOptional() }),
  z.object({ type: z.literal('incident.feed-back'), ...onIncident, note }),
  z.object({ type: z.literal('incident.pass-check'), ...onIncident, note }),
  z.object({ type: z.literal('incident.fail-check'), ...onIncident, reason }),
  z.object({
    type: z.literal('incident.close'),
    ...onIncident,
    note,
    disposition: z.enum(dispositionCodes).exactOptional(),
  }),
  z.object({ type: z.literal('incident.evaluate'), ...onIncident, satisfaction: z.literal([1, 2, 3, 4, 5]), note }),
  z.object({
    type: z.literal('incident.locate'),
    ...onIncident,
    position: lonLatSchema,
    address: text(200).nullable().default(null),
  }),
  z.object({
    type: z.literal('incident.reclassify'),
    ...onIncident,
    classCode: id,
    priority,
    conditionId: id.nullable().exactOptional(),
  }),
  z.object({ type: z.literal('incident.comment'), ...onIncident, text: z.string().trim().min(1).max(2000) }),
  z.object({ type: z.literal('incident.merge'), ...onIncident, mainId: id, reason }),
  z.object({ type: z.literal('incident.unmerge'), ...onIncident, reason: text(500).default('') }),
  z.object({
    type: z.literal('incident.link'),
    ...onIncident,
    otherId: id,
    direction: z.enum(linkDirections).default('related'),
    reason,
  }),
  z.object({ type: z.literal('incident.unlink'), ...onIncident, otherId: id, reason }),
  z.object({ type: z.literal('incident.not-same'), ...onIncident, otherId: id, reason: text(500).default('') }),
  z.object({ type: z.literal('algorithm.switch'), algorithmId: z.enum(algorithmIds), isOn: z.boolean(), reason }),
  z.object({
    type: z.literal('algorithm.approve-rule'),
    algorithmId: z.enum(algorithmIds),
    /** Not below an even chance: a merge that is more likely wrong than right is nobody's to approve. */
    minScore: z.number().min(0.5).max(1),
    maxDistanceM: z.number().min(0).max(1000),
    maxMinutes: z
      .number()
      .min(0)
      .max(7 * 24 * 60),
    reason,
  }),
  z.object({ type: z.literal('algorithm.withdraw-rule'), algorithmId: z.enum(algorithmIds), reason }),
  ...caseVerbSchemas,
  z.object({ type: z.literal('alarm.acknowledge'), alarmId: id, comment: text(500).nullable().default(null) }),
  z.object({
    type: z.literal('alarm.acknowledge-group'),
    groupId: id,
    /** What the officer saw when deciding. */
    seenIds: z.array(id).min(1).max(mostInGroup).readonly(),
    comment: text(500).nullable().default(null),
  }),
  z.object({ type: z.literal('alarm.open-incident'), alarmId: id, classCode: id.nullable().default(null) }),
  z.object({
    type: z.literal('alarm.shelve'),
    alarmId: id,
    /** One of the two: until then, or for so many ms. */
    untilAt: instantSchema.nullable().default(null),
    forMs: z.number().int().min(1).max(longestMs).nullable().default(null),
    code: z.enum(shelvingReasons),
    words: text(500).default(''),
  }),
  z.object({ type: z.literal('alarm.unshelve'), alarmId: id }),
  z.object({ type: z.literal('alarm.reset'), alarmId: id }),
  z.object({ type: z.literal('alarm.mark-false'), alarmId: id, reason }),
  z.object({
    type: z.literal('alarm-rule.propose'),
    ruleId: id,
    change: ruleSettingsSchema,
    reason,
  }),
  z.object({ type: z.literal('alarm-rule.approve'), changeId: id, note: text(500).default('') }),
  z.object({ type: z.literal('alarm-rule.decline'), changeId: id, reason }),
  z.object({
    type: z.literal('sensor.take-out-of-service'),
    sensorId: z.number().int().min(1).max(4_294_967_295),
    untilAt: instantSchema,
    reason,
  }),
  z.object({
    type: z.literal('sensor.return-to-service'),
    sensorId: z.number().int().min(1).max(4_294_967_295),
    reason: text(500).default(''),
  }),
  z.object({
    type: z.literal('unit.set-status'),
    unitId: id,
    status: z.enum(selfSetStatuses),
    /** Why, in words: fuel, a breakdown. */
    reason: text(200).nullable().default(null),
    occurredAt: instantSchema.exactOptional(),
  }),
  z.object({
    type: z.literal('warning.publish'),
    colour: z.enum(warningColours),
    event: z.string().trim().min(1).max(40),
    headline: z.string().trim().min(1).max(160),
    description: text(2000).default(''),
    instruction: text(2000).default(''),
    districtIds: z.array(id).max(200).readonly().default([]),
    expiresAt: instantSchema,
    exercise: z.boolean().default(false),
  }),
  z.object({ type: z.literal('warning.lift'), warningId: id, reason }),
  z.object({
    type: z.literal('drill.start'),
    scenario: z.enum(scenarioCodes),
    countsInKpi: z.boolean().default(false),
    seed: z.number().int().min(0).max(4_294_967_295).nullable().default(null),
  }),
  z.object({ type: z.literal('drill.end'), drillId: id, reason }),
  z.object({
    type: z.literal('mode.propose'),
    mode: z.enum(operatingModes),
    districtIds: z.array(id).max(200).readonly().default([]),
    reason,
  }),
  z.object({ type: z.literal('mode.confirm'), proposalId: id }),
  z.object({
    type: z.literal('wall.push'),
    display: displayIdSchema.nullable().default(null),
    scene: z.enum(wallScenes).default('overview'),
    caseId: id.nullable().default(null),
    position: lonLatSchema.nullable().default(null),
    minutes: z.number().int().min(shortestHoldMin).max(longestHoldMin).default(usualHoldMin),
  }),
  z.object({ type: z.literal('wall.point'), holdId: id, position: lonLatSchema.nullable().default(null) }),
  z.object({ type: z.literal('wall.release'), holdId: id }),
  z.object({ type: z.literal('wall.set-programme'), programme: programmeSchema.nullable(), reason }),
  z.object({ type: z.literal('mode.decline'), proposalId: id, reason }),
  z.object({
    type: z.literal('response.start'),
    level: z.enum(responseLevels),
    name: z.string().trim().min(1).max(60),
    headquarters: z.string().trim().min(1).max(60),
    districtIds: z.array(id).max(200).readonly().default([]),
    planName: text(80).nullable().default(null),
    warningId: id.nullable().default(null),
    caseId: id.nullable().default(null),
    reason,
  }),
  z.object({ type: z.literal('response.change'), responseId: id, level: z.enum(responseLevels), reason }),
  z.object({ type: z.literal('response.end'), responseId: id, reason }),
  z.object({ type: z.literal('response.confirm'), responseId: id }),
  z.object({ type: z.literal('response.decline'), responseId: id, reason }),
  z.object({ type: z.literal('plan.reinforce'), ...onIncident, level: z.literal([...reinforcements]), reason }),
  z.object({ type: z.literal('plan.tick'), ...onIncident, itemId: id, done: z.boolean().default(true) }),
  z.object({ type: z.literal('plan.note'), ...onIncident, text: z.string().trim().min(1).max(2000) }),
  z.object({ type: z.literal('plan.answer'), ...onAssignment, note }),
  z.object({
    type: z.literal('plan.end-agency'),
    ...onIncident,
    departmentId: id,
    disposition: z.enum(dispositionCodes),
    note,
  }),
  z.object({ type: z.literal('plan.grade'), ...onIncident, grade: z.enum(caseGrades), reason }),
  z.object({
    type: z.literal('plan.report'),
    ...onIncident,
    kind: z.enum(reportKinds),
    to: z.string().trim().min(1).max(200),
    body: reportBodySchema,
  }),
  z.object({ type: z.literal('plan.divert'), ...onAssignment, reason }),
  ...dutyCommandSchemas,
] as const

/** The union, told apart by `type`; an unknown type is refused naming the field `type`. */
export const personCommandSchema = z.discriminatedUnion('type', commandSchemas)

/** `{commandId, expectedVersion?, type, …}` as it crosses the wire. */
export const submissionHeadSchema = z.object({
  commandId: z.uuid(),
  expectedVersion: z.number().int().min(0).max(2_147_483_647).optional(),
})

/** What a client sends: the command's own fields beside the head. */
export type Submission = z.input<typeof submissionHeadSchema> & z.input<typeof personCommandSchema>

// Both directions must hold, or schema and model have drifted apart.
type Parsed = z.output<typeof personCommandSchema>
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never
export const commandSchemaMatchesModel: Same<Parsed, PersonCommand> = true
