/**
 * How it ended for an agency (处置结果): one code an agency and case. Two digits after APCO 1.111.2, so that a code can be handed to
 * another centre as it is; the words are our own. A code says what came of it, never whether it was done well.
 */
import type { Term } from './term.ts'

/** Whose work the code describes: a city's own services, or one of the three emergency services. */
export const agencyKinds = ['municipal', 'police', 'fire', 'medical'] as const
export type AgencyKind = (typeof agencyKinds)[number]
export const agencyKindNames: Record<AgencyKind, Term> = {
  municipal: { zh: '城市管理', en: 'City services' },
  police: { zh: '公安', en: 'Police' },
  fire: { zh: '消防救援', en: 'Fire and rescue' },
  medical: { zh: '医疗急救', en: 'Ambulance' },
}

export interface Disposition {
  /** Two digits. */
  readonly code: string
  readonly name: Term
  /** Agencies it may be said for; empty = all. */
  readonly agencies: readonly AgencyKind[]
  /** A crew need not have been at the scene for it. */
  readonly withoutScene?: true
}

export const dispositions = [
  { code: '01', name: { zh: '已处置并形成记录', en: 'Dealt with, record taken' }, agencies: [] },
  { code: '02', name: { zh: '到场核实，无需记录', en: 'Seen to, no record needed' }, agencies: [] },
  { code: '05', name: { zh: '电话答复解决', en: 'Settled by phone' }, agencies: [], withoutScene: true },
  { code: '10', name: { zh: '事件取消', en: 'Event cancelled' }, agencies: [], withoutScene: true },
  { code: '14', name: { zh: '到场未发现（已离开）', en: 'Gone on arrival' }, agencies: [] },
  { code: '15', name: { zh: '转其他单位处理', en: 'Handed to a partner agency' }, agencies: [], withoutScene: true },
  { code: '16', name: { zh: '护送或转运完成', en: 'Escorted or carried' }, agencies: [] },
  { code: '17', name: { zh: '误报（设备、天气或动物）', en: 'False alarm' }, agencies: [] },
  { code: '18', name: { zh: '现场处置完成', en: 'Completed at the scene' }, agencies: [] },
  { code: '21', name: { zh: '途中撤回', en: 'Called off on the way' }, agencies: [], withoutScene: true },
  { code: '22', name: { zh: '重复上报，已并案', en: 'Duplicate, merged' }, agencies: [], withoutScene: true },
  { code: '23', name: { zh: '火情已扑灭', en: 'Fire put out' }, agencies: ['fire'] },
  { code: '24', name: { zh: '搜救完成', en: 'Search and rescue done' }, agencies: ['fire', 'police'] },
  { code: '25', name: { zh: '急救转运', en: 'Carried by ambulance' }, agencies: ['medical'] },
  { code: '26', name: { zh: '险情已控制', en: 'Hazard made safe' }, agencies: ['municipal', 'fire'] },
  { code: '32', name: { zh: '到场前取消', en: 'Cancelled before arrival' }, agencies: [], withoutScene: true },
  { code: '35', name: { zh: '现场备勤，未动用', en: 'Stood by, not needed' }, agencies: [] },
  { code: '38', name: { zh: '未找到伤病员', en: 'No patient found' }, agencies: ['medical', 'fire'] },
  { code: '42', name: { zh: '伤病员拒绝救治', en: 'Patient refused care' }, agencies: ['medical'] },
  { code: '45', name: { zh: '救治并送医', en: 'Treated and carried to hospital' }, agencies: ['medical'] },
] as const satisfies readonly Disposition[]
export type DispositionCode = (typeof dispositions)[number]['code']
export const dispositionCodes = dispositions.map(({ code }) => code)

export const dispositionOf = (code: string): Disposition | undefined => dispositions.find((row) => row.code === code)

/** The codes an agency of this kind may say; `sawScene` = one of its crews was there. */
export const dispositionsFor = (agency: AgencyKind, sawScene: boolean): readonly Disposition[] =>
  (dispositions as readonly Disposition[]).filter(
    ({ agencies, withoutScene }) =>
      (agencies.length === 0 || agencies.includes(agency)) && (sawScene || withoutScene === true),
  )

/** Kinds of crew, and departments, that are an emergency service; all others are the city's own. */
const agencyOfKind: Readonly<Record<string, AgencyKind>> = {
  fire: 'fire',
  rescue: 'fire',
  medical: 'medical',
  health: 'medical',
  ambulance: 'medical',
  police: 'police',
  traffic: 'police',
}
/** The agency a crew of this kind, or a department of this id, acts for. */
export const agencyKindOf = (kind: string): AgencyKind => agencyOfKind[kind] ?? 'municipal'
