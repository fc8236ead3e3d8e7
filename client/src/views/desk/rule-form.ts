/** The settings of an alarm rule as a form has them: delays in seconds, numbers as typed. Pure. */
import type { PresentRule, RuleSettings } from '../../../../shared/model/alarm-rule-change.ts'

export const numberSettings = ['limit', 'deadband', 'onDelayMs', 'onReadings', 'offDelayMs'] as const
type NumberSetting = (typeof numberSettings)[number]
/** `promotedTo`: `1`, `2`, or empty for none; a rule of deviation's alone. */
export type SettingsForm = { [Name in NumberSetting]?: string | number } & { enabled?: boolean; promotedTo?: string }

/** As it is shown: milliseconds as seconds; `—` where there is none. */
export const shownSetting = (name: keyof RuleSettings, value: number | boolean | null): string =>
  value === null
    ? '—'
    : name === 'promotedTo'
      ? `P${Number(value)}`
      : typeof value === 'boolean'
        ? value
          ? '✓'
          : '✗'
        : String(name.endsWith('Ms') ? value / 1000 : value)

/** What the form says otherwise than the rule; what is no number is left as it is. */
export function changeOf(rule: PresentRule, form: SettingsForm): Partial<RuleSettings> {
  const change: { -readonly [K in keyof RuleSettings]?: RuleSettings[K] } = {}
  for (const name of numberSettings) {
    const typed = form[name]
    const given = typed === undefined || typed === '' ? Number.NaN : Number(typed)
    if (!Number.isFinite(given)) continue
    const value = name.endsWith('Ms') ? Math.round(given * 1000) : given
    if (value !== rule[name]) change[name] = value
  }
  const promotedTo = form.promotedTo === '1' ? 1 : form.promotedTo === '2' ? 2 : null
  if (rule.sense === 'deviation' && form.promotedTo !== undefined && promotedTo !== (rule.promotedTo ?? null))
    change.promotedTo = promotedTo
  if (form.enabled !== undefined && form.enabled !== rule.enabled) change.enabled = form.enabled
  return change
}
