/** 事件等级: how bad it is. Not 预警 (how likely), not 应急响应 (what is done); nothing turns one into another. */
import type { Term } from './term.ts'

export const caseGrades = ['extraordinary', 'major', 'serious', 'ordinary'] as const
export type CaseGrade = (typeof caseGrades)[number]
export const caseGradeNames: Record<CaseGrade, Term> = {
  extraordinary: { zh: '特别重大（Ⅰ级）', en: 'Extraordinary (grade I)' },
  major: { zh: '重大（Ⅱ级）', en: 'Major (grade II)' },
  serious: { zh: '较大（Ⅲ级）', en: 'Serious (grade III)' },
  ordinary: { zh: '一般（Ⅳ级）', en: 'Ordinary (grade IV)' },
}
