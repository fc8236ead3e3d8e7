/**
 * How the city runs (平急转换): 平时 day to day, 预警 on alert, 应急 in an emergency. A mode is switched by people, never by a warning or an
 * alarm alone; 预警's four colours and the four levels of a response are scales of their own.
 */
import type { Term } from './term.ts'

/** From the mildest to the strictest: where two hold at one place, the later one does. */
export const operatingModes = ['normal', 'alert', 'emergency'] as const
export type OperatingMode = (typeof operatingModes)[number]
export const operatingModeNames: Record<OperatingMode, Term> = {
  normal: { zh: '平时', en: 'Normal' },
  alert: { zh: '预警', en: 'On alert' },
  emergency: { zh: '应急', en: 'Emergency' },
}

export const isStricter = (mode: OperatingMode, than: OperatingMode): boolean =>
  operatingModes.indexOf(mode) > operatingModes.indexOf(than)
