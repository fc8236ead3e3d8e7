/**
 * `modes.json` of a city pack: what 预警 and 应急 change. Each mode and each field may be left out: then the customary one holds. 平时 has no
 * row: it changes nothing, so that the way back leaves nothing behind.
 */
import { z } from 'zod'
import type { AlarmRule } from '../model/alarm.ts'
import type { CaseClass } from '../model/case-class.ts'
import { customaryEffects, type ModeEffects, type ModeTable } from '../model/mode-effects.ts'
import { wallScenes } from '../model/wall-scene.ts'
import type { Checked } from './pack-check.ts'

const id = z.string().trim().min(1).max(64)
const term = z.object({ zh: z.string().min(1).max(120), en: z.string().min(1).max(120) })
const minutes = z.number().gt(0).max(100_000).exactOptional()

const effectsOf = (usual: ModeEffects) =>
  z
    .strictObject({
      deadlines: z
        .strictObject({
          classes: z
            .array(z.string().regex(/^[EP]\d{0,4}$/, 'a class, or its leading characters'))
            .max(500)
            .readonly()
            .default(usual.deadlines.classes),
          roundTheClock: z.boolean().default(usual.deadlines.roundTheClock),
          limitShare: z.number().gt(0).max(1).default(usual.deadlines.limitShare),
          stageMinutes: z
            .strictObject({
              accept: minutes,
              file: minutes,
              dispatch: minutes,
              receive: minutes,
              check: minutes,
              close: minutes,
            })
            .default({}),
        })
        .prefault({}),
      roster: z
        .array(z.strictObject({ who: term, withinMin: z.number().min(0).max(10_080) }))
        .max(50)
        .readonly()
        .default(usual.roster),
      scene: z.enum(wallScenes).default(usual.scene),
      followUpMin: z
        .number()
        .int()
        .min(5)
        .max(1440)
        .nullable()
        .default(usual.followUpMin ?? null),
      rulesOff: z.array(id).max(500).readonly().default([]),
    })
    .prefault({})

export const modesSchema = z.strictObject({
  alert: effectsOf(customaryEffects.alert),
  emergency: effectsOf(customaryEffects.emergency),
})

/** Checks `modes.json`; what it leaves out is as usual. */
export function checkModes(json: unknown): Checked<ModeTable> {
  const parsed = modesSchema.safeParse(json)
  if (parsed.success) return { ok: true, value: { normal: customaryEffects.normal, ...parsed.data } }
  const problems = parsed.error.issues.map(
    ({ path, message }) => `modes.json: ${path.length > 0 ? `${path.map(String).join('.')}: ` : ''}${message}`,
  )
  return { ok: false, problems: problems.slice(0, 20) }
}

/**
 * Classes and rules that modes speak of and the city does not have, and rules that may not rest: the most urgent, and those about the data
 * itself. A table that is null is not looked into.
 */
export function looseModes(
  modes: ModeTable | null,
  classes: readonly Pick<CaseClass, 'code'>[] | null,
  rules: readonly Pick<AlarmRule, 'id' | 'priority' | 'sense'>[] | null,
): string[] {
  if (modes === null) return []
  return (['alert', 'emergency'] as const).flatMap((mode) => {
    const { deadlines, rulesOff = [] } = modes[mode]
    const unknown = deadlines.classes.flatMap((prefix, at) =>
      classes === null || classes.some(({ code }) => code.startsWith(prefix))
        ? []
        : [`modes.json: ${mode}.deadlines.classes.${at}: no case class ${prefix}`],
    )
    const amiss = rulesOff.flatMap((ruleId, at) => {
      const rule = rules?.find((one) => one.id === ruleId)
      const problem =
        rule === undefined
          ? rules === null
            ? null
            : `no alarm rule ${ruleId}`
          : rule.priority === 1
            ? `${ruleId} is of priority 1: it never rests`
            : dataSenses.has(rule.sense)
              ? `${ruleId} is about the data itself: it never rests`
              : null
      return problem === null ? [] : [`modes.json: ${mode}.rulesOff.${at}: ${problem}`]
    })
    return [...unknown, ...amiss]
  })
}
const dataSenses: ReadonlySet<AlarmRule['sense']> = new Set(['no-data', 'flatline', 'bad-quality'])
