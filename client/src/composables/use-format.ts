/** Ages, spans, clocks and numbers in words. Age counts back from the server's clock, which the caller gives. */
import { useI18n } from 'vue-i18n'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** The one unit a measured time is told in, for people who compare: seconds under two minutes, minutes under three hours. */
export function spanUnitOf(ms: number): { readonly name: 'second' | 'minute' | 'hour'; readonly ms: number } {
  if (ms < 2 * minute) return { name: 'second', ms: second }
  return ms < 3 * hour ? { name: 'minute', ms: minute } : { name: 'hour', ms: hour }
}

const formats = new Map<string, Intl.DateTimeFormat>()
const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const
const monthAndDay = { month: '2-digit', day: '2-digit' } as const
const styles = {
  time: clock,
  moment: { ...monthAndDay, ...clock },
  day: { year: 'numeric', ...monthAndDay },
  weekday: { weekday: 'short' },
} as const

function formatOf(locale: string, timeZone: string, style: keyof typeof styles): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${style}`
  let format = formats.get(key)
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale, { ...styles[style], timeZone })
    formats.set(key, format)
  }
  return format
}

export function useFormat() {
  const { t, locale } = useI18n()

  /** `3 分`, `1 小时 05 分`: one or two units, never negative. */
  function span(ms: number): string {
    const whole = Math.max(0, ms)
    if (whole < minute) return t('span.seconds', { n: Math.floor(whole / second) })
    if (whole < hour) return t('span.minutes', { n: Math.floor(whole / minute) })
    if (whole < day) return t('span.hours', { h: Math.floor(whole / hour), m: Math.floor((whole % hour) / minute) })
    return t('span.days', { d: Math.floor(whole / day), h: Math.floor((whole % day) / hour) })
  }

  /** A measured time as a number and its unit: `48` `秒`, `8.4` `分`, `23` `分`. */
  function measured(ms: number): { readonly value: string; readonly unit: string } {
    const { name, ms: unitMs } = spanUnitOf(ms)
    const tenths = Math.round((ms / unitMs) * 10) / 10
    const isWhole = name === 'second' || tenths >= 10
    return { value: isWhole ? String(Math.round(ms / unitMs)) : tenths.toFixed(1), unit: t(`unit.${name}`) }
  }

  return {
    span,
    measured,
    /** `3 分钟前`. */
    age(ms: number): string {
      if (!Number.isFinite(ms)) return t('age.never')
      if (ms < 5 * second) return t('age.now')
      if (ms < minute) return t('age.seconds', { n: Math.floor(ms / second) })
      if (ms < hour) return t('age.minutes', { n: Math.floor(ms / minute) })
      if (ms < day) return t('age.hours', { n: Math.floor(ms / hour) })
      return t('age.days', { n: Math.floor(ms / day) })
    },
    /** Time left until a limit, or how far past it. */
    remain(dueAt: number | null, nowAt: number): string {
      if (dueAt === null) return t('remain.none')
      return dueAt >= nowAt
        ? t('remain.left', { span: span(dueAt - nowAt) })
        : t('remain.over', { span: span(nowAt - dueAt) })
    },
    distance: (metres: number): string =>
      metres < 1000
        ? t('distance.m', { n: Math.round(metres) })
        : t('distance.km', { n: (metres / 1000).toFixed(metres < 10_000 ? 1 : 0) }),
    /** `14:03:22` in the city's zone. */
    time: (at: number, timeZone: string): string => formatOf(locale.value, timeZone, 'time').format(at),
    /** `11/24 14:03:22`. */
    moment: (at: number, timeZone: string): string => formatOf(locale.value, timeZone, 'moment').format(at),
    /** `2026/11/24 周二`. */
    date: (at: number, timeZone: string): string =>
      (['day', 'weekday'] as const).map((style) => formatOf(locale.value, timeZone, style).format(at)).join(' '),
    /** A value with its kind's decimals; `—` where there is none. */
    value: (value: number | null | undefined, digits: number): string =>
      value == null || !Number.isFinite(value) ? '—' : value.toFixed(digits),
    count: (n: number): string => n.toLocaleString(locale.value),
  }
}
