/** `case-settings.json` of a city pack: what of a case's rules is the city's to set. Each field may be left out: then the customary one holds. */
import { z } from 'zod'
import { defaultCaseSettings, type Approvals, type CaseSettings } from '../model/case-settings.ts'
import { limitInWords } from '../model/limit.ts'
import type { Role } from '../model/role.ts'
import { limitSchema } from './fields.ts'
import type { Checked } from './pack-check.ts'

const usual = defaultCaseSettings
const limit = (field: 'firstContact' | 'verify' | 'sign' | 'superviseReply') =>
  limitSchema.prefault(limitInWords(usual[field]))
const minutes = z.number().gt(0).max(100_000)
const stageMinutes = z.strictObject({
  accept: minutes.default(usual.stageMinutes.accept),
  file: minutes.default(usual.stageMinutes.file),
  dispatch: minutes.default(usual.stageMinutes.dispatch),
  receive: minutes.default(usual.stageMinutes.receive),
  check: minutes.default(usual.stageMinutes.check),
  close: minutes.default(usual.stageMinutes.close),
})
/** Whoever may say yes at all by the table of a case's moves; a level names some of them. */
const levels = <const R extends Role>(field: keyof Approvals, ...roles: readonly R[]) =>
  z
    .array(
      z
        .array(z.enum(roles as unknown as [R, ...R[]]))
        .min(1)
        .readonly(),
    )
    .min(1)
    .max(4)
    .readonly()
    .default(usual.approvals[field] as readonly (readonly R[])[])
const approvals = z.strictObject({
  extensionOfCrew: levels('extensionOfCrew', 'dept', 'duty', 'chief'),
  extensionOfDepartment: levels('extensionOfDepartment', 'duty', 'chief'),
  suspension: levels('suspension', 'duty', 'chief'),
  appeal: levels('appeal', 'chief', 'manager'),
})

const maybeMinutes = minutes.nullable().default(null)
const reportClock = z
  .strictObject({ oralMin: maybeMinutes, firstMin: minutes, followUpMin: maybeMinutes, finalMin: maybeMinutes })
  .nullable()

export const caseSettingsSchema = z.strictObject({
  firstContact: limit('firstContact'),
  verify: limit('verify'),
  sign: limit('sign'),
  superviseReply: limit('superviseReply'),
  stageMinutes: stageMinutes.prefault({}),
  remindAtPercent: z
    .tuple([z.number().gt(0).lt(100), z.number().gt(0).lt(100)])
    .refine(([first, soon]) => first < soon, 'the first comes before the second')
    .readonly()
    .default(usual.remindAtPercent),
  superviseAtPercent: z.number().gt(100).max(1000).default(usual.superviseAtPercent),
  mostExtensions: z.number().int().min(0).max(20).default(usual.mostExtensions),
  longestSuspensionDays: z.number().int().min(1).max(1000).default(usual.longestSuspensionDays),
  callBackTries: z.number().int().min(1).max(20).default(usual.callBackTries),
  mustNameCondition: z.boolean().default(usual.mustNameCondition),
  approvals: approvals.prefault({}),
  chiefExtendsAlone: z.boolean().default(usual.chiefExtendsAlone),
  reports: z
    .strictObject({
      extraordinary: reportClock.default(usual.reports.extraordinary),
      major: reportClock.default(usual.reports.major),
      serious: reportClock.default(usual.reports.serious),
      ordinary: reportClock.default(usual.reports.ordinary),
    })
    .prefault({}),
})

/** Checks `case-settings.json`; what it leaves out is as usual. */
export function checkCaseSettings(json: unknown): Checked<CaseSettings> {
  const parsed = caseSettingsSchema.safeParse(json)
  if (parsed.success) return { ok: true, value: parsed.data }
  const problems = parsed.error.issues.map(
    ({ path, message }) => `case-settings.json: ${path.length > 0 ? `${path.map(String).join('.')}: ` : ''}${message}`,
  )
  return { ok: false, problems: problems.slice(0, 20) }
}

/** The settings as `case-settings.json` writes them. */
export const caseSettingsRow = (settings: CaseSettings): z.input<typeof caseSettingsSchema> =>
  ({
    ...settings,
    firstContact: limitInWords(settings.firstContact),
    verify: limitInWords(settings.verify),
    sign: limitInWords(settings.sign),
    superviseReply: limitInWords(settings.superviseReply),
  }) as z.input<typeof caseSettingsSchema>
