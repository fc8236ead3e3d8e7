/**
 * The grounds of a proposal, each with the seconds it weighs and its words. A crew is ranked by their sum: seconds of travel, and what
 * else an officer would take some seconds of travel for. Weights are choices, written down in docs/adr/0020. Words are made when they are
 * asked for: of hundreds of crews that are weighed ten are shown.
 */
import type { DepartmentId, DistrictId, Instant } from '../../../../shared/model/ids.ts'
import type { Term } from '../../../../shared/model/term.ts'
import type { ProposalPart, Unit, UnitStatus } from '../../../../shared/model/unit.ts'
import { isOnShift, shiftNames } from '../../../../shared/model/shift.ts'
import { fixStaleMs, unitStatusInfo } from '../../../../shared/model/unit.ts'
import type { TravelTime } from '../context.ts'

/** A crew seen this long ago may be this much further away, up to a limit; a crew never seen counts as the limit. */
const mostDoubtS = 30 * 60
const noFixDoubtS = 10 * 60
/** What a crew made for this very class is worth against one that merely covers the group (专业优先). */
const specialistS = 180
/** A crew that packs up is nearly free; one that does something else has to be taken from it. */
const conditionalS: Partial<Record<UnitStatus, number>> = { clearing: 60, covering: 300, 'busy-misc': 300 }
const mutualAidS = 240
const otherDepartmentS = 60
const offShiftS = 120
/** Each case it was sent to already in this shift, up to a limit. */
const workloadS = 20
const mostWorkloadS = 120
/** Each crew its zone would be short of. */
const coverS = 240

export interface Ground {
  readonly part: ProposalPart['part']
  readonly seconds: number
  words(): Term
}

export const spelled = ({ part, seconds, words }: Ground): ProposalPart => ({ part, seconds, words: words() })

export type Fitness = 'specialist' | 'general' | 'unfit'

export function fitnessOf(capabilities: readonly string[], classCode: string): Fitness {
  let isGeneral = capabilities.length === 0
  for (const capability of capabilities) {
    if (capability === classCode) return 'specialist'
    isGeneral ||= classCode.startsWith(capability)
  }
  return isGeneral ? 'general' : 'unfit'
}

export function travelPart(way: TravelTime, roads: Term | null): ProposalPart {
  const minutes = Math.max(1, Math.round(way.seconds / 60))
  const km = (way.metres / 1000).toFixed(1)
  const zh = `预计${minutes}分钟到达，距${km}公里`
  const en = `about ${minutes} min away, ${km} km`
  const words =
    way.basis === 'straight'
      ? { zh: `${zh}（直线估算）`, en: `${en} (straight-line estimate)` }
      : roads === null
        ? { zh, en }
        : { zh: `${zh}（${roads.zh}路况）`, en: `${en} (${roads.en} traffic)` }
  return { part: 'travel', seconds: Math.round(way.seconds), words }
}

const skillWords: Readonly<Record<Fitness, (name: Term) => Term>> = {
  specialist: ({ zh, en }) => ({ zh: `专门处置${zh}`, en: `specialised in: ${en}` }),
  general: ({ zh, en }) => ({ zh: `能处置${zh}`, en: `can handle: ${en}` }),
  unfit: ({ zh, en }) => ({ zh: `不具备处置${zh}的能力`, en: `not equipped for: ${en}` }),
}

export const skillPart = (fitness: Fitness, className: Term): Ground => ({
  part: 'skill',
  seconds: fitness === 'specialist' ? 0 : specialistS,
  words: () => skillWords[fitness](className),
})

export function statusPart({ status, statusReason }: Unit): Ground | null {
  const seconds = conditionalS[status]
  if (seconds === undefined) return null
  const words = () => {
    const { zh, en } = unitStatusInfo[status].name
    const [why, because] = statusReason === undefined ? ['', ''] : [`：${statusReason}`, `: ${statusReason}`]
    return { zh: `有条件可派（${zh}${why}）`, en: `on condition (${en}${because})` }
  }
  return { part: 'status', seconds, words }
}

const unseen: Ground = {
  part: 'position',
  seconds: noFixDoubtS,
  words: () => ({ zh: '无定位，按驻地估算', en: 'no position fix; reckoned from its station' }),
}

export function positionPart(fixAgeMs: number | null): Ground | null {
  if (fixAgeMs === null) return unseen
  if (fixAgeMs <= fixStaleMs) return null
  const words = () => {
    const minutes = Math.max(1, Math.floor(fixAgeMs / 60_000))
    return { zh: `定位已过时${minutes}分钟`, en: `position fix is ${minutes} min old` }
  }
  return { part: 'position', seconds: Math.round(Math.min(mostDoubtS, fixAgeMs / 1000)), words }
}

/** Its own district and department first; another's help is welcome, and said. Where either is not known nothing is said. */
export function jurisdictionPart(
  home: { readonly district: DistrictId | null; readonly department: DepartmentId | null },
  of: { readonly districtId: DistrictId | null; readonly departmentId: DepartmentId | null },
  divisionName: (id: DistrictId) => Term,
): (Ground & { readonly isMutualAid: boolean }) | null {
  const { district } = home
  if (district !== null && of.districtId !== null && district !== of.districtId) {
    const words = () => {
      const { zh, en } = divisionName(district)
      return { zh: `辖区外增援（驻${zh}）`, en: `mutual aid (home: ${en})` }
    }
    return { part: 'jurisdiction', seconds: mutualAidS, words, isMutualAid: true }
  }
  if (home.department === null || of.departmentId === null || home.department === of.departmentId) return null
  const words = () => ({ zh: '外单位支援', en: 'of another department' })
  return { part: 'jurisdiction', seconds: otherDepartmentS, words, isMutualAid: false }
}

export function shiftPart({ shift = 'round-the-clock' }: Unit, dayStartAt: Instant, now: Instant): Ground | null {
  if (isOnShift(shift, dayStartAt, now)) return null
  const words = () => {
    const { zh, en } = shiftNames[shift]
    return { zh: `不在当班时段（${zh}）`, en: `outside its hours (${en})` }
  }
  return { part: 'shift', seconds: offShiftS, words }
}

/** `shiftStartAt` = of the shift the city is in: what was done in an earlier one no longer tires. */
export function workloadPart({ work }: Unit, shiftStartAt: Instant): Ground | null {
  const count = work?.shiftStartAt === shiftStartAt ? work.assignments : 0
  if (count === 0) return null
  const words = () => ({ zh: `本班已出动${count}次`, en: `sent ${count} time${count === 1 ? '' : 's'} this shift` })
  return { part: 'workload', seconds: Math.min(mostWorkloadS, count * workloadS), words }
}

export const coverPart = (short: number, words: () => Term): Ground => ({
  part: 'cover',
  seconds: short * coverS,
  words,
})
