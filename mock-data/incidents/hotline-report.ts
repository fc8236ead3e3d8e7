/** A call to 12345 as whoever takes it down reports it: the same command by which an officer enters a call at the desk. */
import { builtInClasses } from '../../shared/model/case-table/built-in-classes.ts'
import type { CaseBody } from '../crews/due.ts'
import type { CitizenRequest } from './citizen-request.ts'

const titleLetters = 120
const builtInNames = new Map(builtInClasses.map(({ code, name }) => [code, name.zh]))

export interface HotlineDesk {
  /** The city's own classes; none = the built-in ones. */
  readonly caseClasses: readonly { readonly code: string; readonly name: { readonly zh: string } }[]
  readonly speed: number
}

/** The command of a request that came by telephone and is written down at `at`; null where it did not. */
export function hotlineReport(
  request: CitizenRequest,
  at: number,
  { caseClasses, speed }: HotlineDesk,
): CaseBody | null {
  const { call, serviceCode, site, hasPosition, description, name, phone } = request
  if (call === null) return null
  const word = caseClasses.find(({ code }) => code === serviceCode)?.name.zh ?? builtInNames.get(serviceCode)
  const [lon, lat] = site.position
  const answeredAt = Math.floor(at - (call.talkS * 1000) / speed)
  return {
    type: 'incident.report',
    classCode: serviceCode,
    title: `${word ?? serviceCode}：${site.words}`.slice(0, titleLetters),
    description,
    source: 'hotline',
    address: site.words,
    // As fine as a door takes it.
    position: hasPosition ? [Number(lon.toFixed(6)), Number(lat.toFixed(6))] : null,
    reporter: { name, phone, email: null },
    calledAt: new Date(Math.floor(answeredAt - (call.ringS * 1000) / speed)).toISOString(),
    answeredAt: new Date(answeredAt).toISOString(),
  }
}
