/** Schemas of the further verbs of a case; part of the union in `command.ts`. */
import { z } from 'zod'
import {
  caseFlags,
  handoverAgencies,
  satisfactionGrades,
  solvedKinds,
  supervisionKinds,
  verificationResults,
} from '../model/case-facts.ts'
import { id, instantSchema, lonLatSchema, note, pictureUrl, priority, reason, text } from './fields.ts'

const onIncident = { incidentId: id }
const ofDepartment = { incidentId: id, departmentId: id }
const reasoned = { incidentId: id, reason }
const words = z.string().trim().min(1).max(2000)
const grade = z.enum(satisfactionGrades).nullable().default(null)

export const caseVerbSchemas = [
  z.object({ type: z.literal('incident.verify'), ...onIncident, unitId: id.nullable().default(null) }),
  z.object({ type: z.literal('incident.answer-verify'), ...onIncident, result: z.enum(verificationResults), note }),
  z.object({ type: z.literal('incident.assign'), ...ofDepartment }),
  z.object({ type: z.literal('incident.reassign'), ...ofDepartment, reason }),
  z.object({ type: z.literal('incident.receive'), ...onIncident }),
  z.object({ type: z.literal('incident.return'), ...reasoned }),
  z.object({ type: z.literal('incident.return-filing'), ...reasoned }),
  z.object({ type: z.literal('incident.send-back'), ...reasoned, unitId: id }),
  z.object({ type: z.literal('incident.request-extension'), ...reasoned }),
  z.object({ type: z.literal('incident.approve-extension'), ...onIncident }),
  z.object({ type: z.literal('incident.request-suspension'), ...reasoned, untilAt: instantSchema }),
  z.object({ type: z.literal('incident.suspend'), ...onIncident }),
  z.object({ type: z.literal('incident.resume'), ...onIncident }),
  z.object({ type: z.literal('incident.refuse-request'), ...reasoned }),
  z.object({ type: z.literal('incident.add-assist'), ...ofDepartment, task: z.string().trim().min(1).max(500) }),
  z.object({ type: z.literal('incident.receive-assist'), ...ofDepartment }),
  z.object({ type: z.literal('incident.answer-assist'), ...ofDepartment, note }),
  z.object({ type: z.literal('incident.waive-assist'), ...ofDepartment, reason }),
  z.object({ type: z.literal('incident.urge'), ...onIncident, text: text(500).default('') }),
  z.object({ type: z.literal('incident.reply'), ...onIncident, text: words }),
  z.object({
    type: z.literal('incident.supervise'),
    ...reasoned,
    kind: z.enum(supervisionKinds),
    requirement: text(500).default(''),
    replyDueAt: instantSchema.nullable().default(null),
  }),
  z.object({ type: z.literal('incident.unable-check'), ...reasoned }),
  z.object({ type: z.literal('incident.force-close'), ...reasoned }),
  z.object({ type: z.literal('incident.reopen'), ...reasoned }),
  z.object({ type: z.literal('incident.appeal'), ...reasoned }),
  z.object({ type: z.literal('incident.approve-appeal'), ...onIncident }),
  z.object({
    type: z.literal('incident.contact'),
    ...onIncident,
    contacted: z.enum(['yes', 'no', 'not-evaluated']),
    note,
  }),
  z.object({
    type: z.literal('incident.hand-over'),
    ...onIncident,
    agency: z.enum(handoverAgencies),
    /** Who took it there, and the number their side gave it. */
    person: z.string().trim().min(1).max(80),
    number: text(60).default(''),
    words,
  }),
  z.object({
    type: z.literal('incident.flag'),
    ...onIncident,
    flag: z.enum(caseFlags),
    isOn: z.boolean().default(true),
    reason: text(500).default(''),
  }),
  z.object({
    type: z.literal('incident.call-back'),
    ...onIncident,
    from: id.nullable().default(null),
    isReached: z.boolean().default(true),
    solved: z.enum(solvedKinds).nullable().default(null),
    satisfaction: grade,
    attitude: grade,
    note,
  }),
  z.object({
    type: z.literal('incident.self-handle'),
    classCode: id,
    title: z.string().trim().min(1).max(120),
    description: text(4000).default(''),
    position: lonLatSchema.nullable().default(null),
    address: text(200).nullable().default(null),
    priority,
    note: words,
    mediaUrl: pictureUrl,
    conditionId: id.nullable().default(null),
    drill: z.boolean().default(false),
  }),
] as const
