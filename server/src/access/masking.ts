/**
 * Masks for personal data: how much of a name, a number or a plate may leave the server. Pure; knows nothing of who asks.
 */
import type { Alarm } from '../../../shared/model/alarm.ts'
import type { DutyCall } from '../../../shared/model/duty.ts'
import type { CityMode, HeldMode } from '../../../shared/model/city-mode.ts'
import type { Assignment, Incident, Reporter } from '../../../shared/model/incident.ts'
import type { Response } from '../../../shared/model/response.ts'
import type { Sensor } from '../../../shared/model/sensor.ts'
import type { Warning } from '../../../shared/model/warning.ts'

/** `13812345678` → `138****5678`; other numbers keep their last two digits; too short to be one = all stars. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '')
  if (/^(86)?1\d{10}$/.test(digits)) return `${digits.slice(-11, -8)}****${digits.slice(-4)}`
  return digits.length < 5 ? '****' : `****${digits.slice(-2)}`
}

/** `张三丰` → `张*`: the family name of a Chinese name, the first letter of any other. */
export function maskName(name: string): string {
  const [first] = name.trim()
  return first === undefined ? '*' : `${first}*`
}

/** `zhang.san@example.org` → `z***@example.org`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  const [first] = email
  return at < 1 || first === undefined ? '***' : `${first}***${email.slice(at)}`
}

/** `京A12345` → `京A***45`. */
export const maskPlate = (plate: string): string => `${plate.slice(0, 2)}***${plate.slice(-2)}`

const plate =
  /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·\s]?[A-Z0-9]{4,5}[A-Z0-9挂学警港澳]/g
const identity = /(?<!\d)\d{17}[\dXx](?!\d)/g
const mobile = /(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)/g
const email = /[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,63}){1,4}/g

/** Free words with identity numbers, mobile numbers, e-mail addresses and plates masked. */
export function maskText(text: string): string {
  return text
    .replace(identity, (id) => `${id.slice(0, 3)}***********${id.slice(-4)}`)
    .replace(mobile, maskPhone)
    .replace(email, maskEmail)
    .replace(plate, maskPlate)
}

export function maskReporter(reporter: Reporter | null): Reporter | null {
  if (!reporter) return null
  return {
    name: reporter.name === null ? null : maskName(reporter.name),
    phone: reporter.phone === null ? null : maskPhone(reporter.phone),
    email: reporter.email === null ? null : maskEmail(reporter.email),
  }
}

/** A recorded call for those who do not ring back: what was said, without who said it. */
export const maskCall = (call: DutyCall): DutyCall => ({
  ...call,
  origin: maskText(call.origin),
  course: maskText(call.course),
  measures: maskText(call.measures),
  result: maskText(call.result),
  informed: maskText(call.informed),
  name: call.name === '' ? '' : maskName(call.name),
  phone: call.phone === '' ? '' : maskPhone(call.phone),
})

/** A case for those who work on it: everything but who reported it. */
export const maskForWork = (incident: Incident): Incident =>
  incident.reporter ? { ...incident, reporter: maskReporter(incident.reporter) } : incident

const withoutWords = ({ overrideReason: _words, ...one }: Assignment): Assignment => ({
  ...one,
  dispatchedBy: '',
  reason: null,
})

/** Who said, asked and answered what about a case, who is owed a call, whether somebody threatened: not for a room. */
const notForWalls = [
  'filedBy',
  'requests',
  'returns',
  'verification',
  'supervisions',
  'urging',
  'firstContact',
  'handovers',
  'flags',
  'callBacks',
  'visits',
] as const satisfies readonly (keyof Incident)[]

function withoutTalk(incident: Incident): Incident {
  const shown: { -readonly [Key in keyof Incident]: Incident[Key] } = { ...incident }
  for (const name of notForWalls) delete shown[name]
  const { lead, assists, suspension, merge, links } = incident
  if (lead !== undefined) shown.lead = { ...lead, sentBy: '', receivedBy: null }
  if (assists !== undefined) shown.assists = assists.map((one) => ({ ...one, askedBy: '', task: '', note: '' }))
  if (suspension !== undefined) shown.suspension = { ...suspension, reason: '', askedBy: '', approvedBy: '' }
  if (merge !== undefined) shown.merge = { ...merge, by: '', reason: '' }
  if (links !== undefined) shown.links = links.map((one) => ({ ...one, by: '', reason: '' }))
  return shown
}

/** A case for a screen a whole room looks at: what, where, how urgent and who is on it; nothing a person wrote or is. */
export const maskForWall = (incident: Incident): Incident => ({
  ...withoutTalk(incident),
  title: maskText(incident.title),
  address: incident.address === null ? null : maskText(incident.address),
  description: '',
  sourceRef: null,
  reporter: null,
  mediaUrl: null,
  resolution: null,
  assignments: incident.assignments.map((one) => withoutWords(one)),
})

/** An alarm for a screen a whole room looks at: nothing a person wrote, and nobody's name. */
export const maskAlarmForWall = (alarm: Alarm): Alarm => ({
  ...alarm,
  acknowledgedBy: null,
  acknowledgedComment: null,
  shelving: alarm.shelving === null ? null : { ...alarm.shelving, by: '', words: '' },
  outOfService: alarm.outOfService === null ? null : { ...alarm.outOfService, by: '', reason: '' },
  falseMark: alarm.falseMark === null ? null : { ...alarm.falseMark, by: '', reason: '' },
})

const heldForWall = <Held extends HeldMode>(held: Held): Held => ({
  ...held,
  reason: null,
  proposedBy: null,
  confirmedBy: null,
})

/** What holds in the city, for a room: not why, nor who said so. */
export const maskModeForWall = (mode: CityMode): CityMode => ({
  ...heldForWall(mode),
  districts: mode.districts.map(heldForWall),
})

export const maskResponseForWall = (response: Response): Response => ({
  ...response,
  ...{ reason: '', startedBy: '', confirmedBy: null, endReason: null },
})

/** Who issued it is an authority where it came by CAP, else an officer. */
export const maskWarningForWall = (warning: Warning): Warning => ({
  ...warning,
  issuedBy: warning.source === null ? '' : warning.issuedBy,
  liftReason: null,
})

export const maskSensorForWall = (sensor: Sensor): Sensor =>
  sensor.outOfService === undefined
    ? sensor
    : { ...sensor, outOfService: { ...sensor.outOfService, by: '', reason: '' } }
