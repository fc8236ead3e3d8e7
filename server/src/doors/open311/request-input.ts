/**
 * A citizen's request as GeoReport words it, as the command that reports a case. Guarantees: every fault named by the
 * field as it was sent.
 */
import type { CaseClass } from '../../../../shared/model/case-class.ts'
import type { Command } from '../../../../shared/model/command.ts'
import type { LonLat } from '../../../../shared/model/geo.ts'
import type { Reporter } from '../../../../shared/model/incident.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import type { FieldError } from '../../../../shared/model/refusal.ts'
import type { Caller } from '../door-keys.ts'
import { instantProblem, parseInstant } from '../instant-text.ts'
import { checkJson, decodeUtf8, isObject, parseCheckedJson } from '../json-input.ts'
import { attributesOf } from './services.ts'

export type Fields = ReadonlyMap<string, string>
type Report = Extract<Command, { type: 'incident.report' }>
export type Read<Value> = { readonly value: Value } | { readonly errors: readonly FieldError[] }

const aheadMs = 24 * 3_600_000
const maxFields = 200

/** Fields of a form or JSON body, by name; `attribute[CODE]` keeps its brackets. */
export function readFields(bytes: Uint8Array, contentType: string): Read<Fields> {
  // Clients that say no type, or a wrong one, mean what the body looks like.
  const isJson = /json/i.test(contentType) || (bytes[0] === 0x7b && !/urlencoded/i.test(contentType))
  return isJson ? readJsonFields(bytes) : readFormFields(bytes)
}

function readJsonFields(bytes: Uint8Array): Read<Fields> {
  const parsed = parseCheckedJson(bytes)
  if (!parsed.ok) return { errors: [parsed.error] }
  if (!isObject(parsed.value)) return { errors: [{ field: '', problem: 'must be an object' }] }
  const errors: FieldError[] = []
  const fields = new Map<string, string>()
  const put = (name: string, value: unknown) => {
    if (value === null || value === undefined) return
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      fields.set(name, String(value))
    else errors.push({ field: name.slice(0, 64), problem: 'must be text or a number' })
  }
  for (const [name, value] of Object.entries(parsed.value)) {
    if (name !== 'attribute' || !isObject(value)) put(name, value)
    else for (const [code, each] of Object.entries(value)) put(`attribute[${code}]`, each)
  }
  return errors.length > 0 ? { errors } : { value: fields }
}

function readFormFields(bytes: Uint8Array): Read<Fields> {
  const text = decodeUtf8(bytes)
  if (text === null) return { errors: [{ field: '', problem: 'is not UTF-8' }] }
  const fields = new Map<string, string>()
  const parts = text.split('&', maxFields + 1)
  if (parts.length > maxFields) return { errors: [{ field: '', problem: `holds more than ${maxFields} fields` }] }
  for (const part of parts) {
    if (part === '') continue
    const equals = part.indexOf('=')
    const [name = '', value = ''] = equals < 0 ? [part] : [part.slice(0, equals), part.slice(equals + 1)]
    try {
      const [key, content] = [name, value].map((each) => decodeURIComponent(each.replaceAll('+', ' ')))
      const wrong = checkJson(content, key)
      if (wrong) return { errors: [wrong] }
      fields.set(key ?? '', content ?? '')
    } catch {
      return { errors: [{ field: name.slice(0, 64), problem: 'is not percent-encoded UTF-8' }] }
    }
  }
  return { value: fields }
}

/** The command these fields ask for. */
export function readReport(
  fields: Fields,
  classes: ReadonlyMap<string, CaseClass>,
  caller: Pick<Caller, 'keyName' | 'isDrill'>,
  now: Instant,
): Read<Report> {
  const errors: FieldError[] = []
  const fail = (field: string, problem: string): null => {
    errors.push({ field, problem })
    return null
  }
  const text = (field: string, max: number): string | null => {
    const value = fields.get(field)?.trim() ?? ''
    if (value.length > max) return fail(field, `must be at most ${max} characters`)
    return value === '' ? null : value
  }
  const code = text('service_code', 64)
  const caseClass = code === null ? undefined : classes.get(code)
  if (code === null) fail('service_code', 'is mandatory')
  else if (!caseClass) fail('service_code', `names no service: ${code}`)

  const position = readPosition(fields, fail)
  const address = text('address_string', 200)
  if (
    position === null &&
    address === null &&
    errors.every(({ field }) => !['lat', 'long', 'address_string'].includes(field))
  )
    fail('lat', 'and long, or address_string, is mandatory')

  const said = fields.get('requested_datetime')
  const occurredAt = said ? parseInstant(said.replace(' ', '+')) : null
  if (said && occurredAt === null) fail('requested_datetime', instantProblem)
  if (occurredAt !== null && occurredAt > now + aheadMs) fail('requested_datetime', 'lies in the future')

  const description = text('description', 4000)
  const answers = caseClass ? readAnswers(fields, caseClass, fail) : []
  const [deviceId, accountId] = [text('device_id', 100), text('account_id', 100)]
  const reporter = readReporter(text)
  const mediaUrl = readUrl(text('media_url', 500), fail)
  if (errors.length > 0 || !caseClass) return { errors }
  const title = address === null ? caseClass.name.zh : `${caseClass.name.zh}：${address}`
  return {
    value: {
      type: 'incident.report',
      classCode: caseClass.code,
      title: title.slice(0, 120),
      description: [description, ...answers].filter((line) => line !== null).join('\n'),
      source: 'open311',
      sourceRef: accountId ? `account:${accountId}` : deviceId ? `device:${deviceId}` : `key:${caller.keyName}`,
      position,
      address,
      reporter,
      mediaUrl,
      occurredAt,
      priority: null,
      drill: caller.isDrill,
    },
  }
}

type Fail = (field: string, problem: string) => null

function readPosition(fields: Fields, fail: Fail): LonLat | null {
  const degrees = (field: string, max: number): number | null => {
    const value = fields.get(field)?.trim() ?? ''
    if (value === '') return null
    // Number() also reads hexadecimal and the like, which no one means here.
    const number = /^[+-]?\d{1,3}(\.\d{1,20})?$/.test(value) ? Number(value) : Number.NaN
    return Math.abs(number) <= max ? number : fail(field, `must be degrees within ±${max}`)
  }
  const lat = degrees('lat', 90)
  const lon = degrees('long', 180)
  if (lat === null && lon === null) return null
  if (lat === null) return fields.get('lat')?.trim() ? null : fail('lat', 'is mandatory with long')
  if (lon === null) return fields.get('long')?.trim() ? null : fail('long', 'is mandatory with lat')
  return [lon, lat]
}

function readReporter(text: (field: string, max: number) => string | null): Reporter | null {
  const names = [text('first_name', 40), text('last_name', 40)].filter((name) => name !== null)
  const name = names.length > 0 ? names.join(' ') : null
  const [phone, email] = [text('phone', 40), text('email', 120)]
  return name === null && phone === null && email === null ? null : { name, phone, email }
}

function readUrl(url: string | null, fail: Fail): string | null {
  if (url === null) return null
  return /^https?:\/\/\S+$/i.test(url) && URL.canParse(url)
    ? url
    : fail('media_url', 'must be an http or https address')
}

/** Answers to the service's own questions, as lines of the description. Attributes nobody asked for are not kept. */
function readAnswers(fields: Fields, caseClass: CaseClass, fail: Fail): string[] {
  const lines: string[] = []
  for (const { code, question, values } of attributesOf(caseClass)) {
    const said = fields.get(`attribute[${code}]`)
    if (said === undefined || said === '') continue
    const value = values.find(({ key }) => key === said)
    if (value) lines.push(`${question.zh}：${value.name.zh}`)
    else fail(`attribute[${code}]`, `must be one of ${values.map(({ key }) => key).join(', ')}`)
  }
  return lines
}
