/** What a row of the wrong-now list shows, worded. */
import type { Priority } from '../../../../shared/model/alarm.ts'
import type { Wrong } from './worst-list.ts'

export interface WrongRowView {
  readonly id: string
  readonly type: Wrong['type']
  readonly level: Priority
  readonly levelWord: string
  readonly title: string
  readonly where: string
  readonly state: string
  readonly crews: string
  readonly age: string
  /** `剩 3 分` or `超 12 分`; empty without a limit. */
  readonly left: string
  /** Share of the limit used, 0 to 1, above 1 when past; null without a limit. */
  readonly share: number | null
  readonly isUnattended: boolean
  readonly isDrill: boolean
  /** The camera is on it. */
  readonly isShown: boolean
}

/** Heights of rows in pixels of a wall 1080 high: an alarm has neither crews nor a limit, and takes a line less. */
export const rowHeights: Readonly<Record<Wrong['type'], number>> = { incident: 94, alarm: 66 }

/** The first rows, as many as fit into the height. */
export function fitting<Row extends Pick<Wrong, 'type'>>(rows: readonly Row[], height: number): Row[] {
  let left = height
  const over = rows.findIndex(({ type }) => (left -= rowHeights[type]) < 0)
  return rows.slice(0, over < 0 ? rows.length : over)
}
