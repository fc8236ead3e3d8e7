/** How urgent: one scale for alarms and cases. */
import type { Term } from './term.ts'

/** 1 is the most urgent everywhere in this system; mapped at the edge where a standard counts the other way. */
export type Priority = 1 | 2 | 3 | 4
export const priorities = [1, 2, 3, 4] as const
export const priorityNames: Record<Priority, Term> = {
  1: { zh: '特急', en: 'Critical' },
  2: { zh: '紧急', en: 'Urgent' },
  3: { zh: '一般', en: 'Normal' },
  4: { zh: '提示', en: 'Low' },
}
