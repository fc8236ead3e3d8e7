/**
 * A CAP 1.2 message as the command it is. Guarantees: what the standard demands beyond its schema is checked too, and every fault
 * is named by its path. Chinese is preferred where a message speaks several languages; its English is kept beside it.
 */
import type { Instant } from '../../../../shared/model/ids.ts'
import type { FieldError } from '../../../../shared/model/refusal.ts'
import {
  warningColours,
  type AlertName,
  type AlertScope,
  type AlertStatus,
  type AlertType,
  type Certainty,
  type ReceivedAlert,
  type Severity,
  type Urgency,
  type WarningFacts,
} from '../../../../shared/model/warning.ts'
import { parseInstant } from '../instant-text.ts'
import { parseXml } from './alert-xml.ts'
import { readAreas, type Areas } from './area.ts'
import { checkAlert, type Fail, type Fields } from './check-shape.ts'
import { colourOf } from './colour.ts'

/** How long a warning lasts that does not say it, from `effective` or `sent` on. */
export const unsaidDurationMs = 24 * 3_600_000
const mostReferences = 100

/** The divisions an area means. */
export type FindDivisions = (areas: Pick<Areas, 'polygons' | 'geocodes'>) => readonly string[]
export type AlertInput =
  { readonly ok: true; readonly alert: ReceivedAlert } | { readonly ok: false; readonly errors: readonly FieldError[] }

interface Info {
  readonly fields: Fields
  readonly language: string
  readonly colour: WarningFacts['colour']
  readonly areas: Areas
}

export function readAlert(bytes: Uint8Array, findDivisions: FindDivisions): AlertInput {
  const xml = parseXml(bytes)
  if (!xml.ok) return { ok: false, errors: [xml.error] }
  const errors: FieldError[] = []
  const fields = checkAlert(xml.root, errors)
  if (fields === null) return { ok: false, errors }
  const fail: Fail = (field, problem) => {
    errors.push({ field, problem })
    return null
  }
  const at = (name: string) => parseInstant(fields.text(name)) ?? 0
  const msgType = fields.text('msgType') as AlertType
  const scope = fields.text('scope') as AlertScope
  const references = readReferences(fields.text('references'), fail)
  if (msgType !== 'Alert' && references.length === 0) fail('alert.references', `is mandatory with msgType ${msgType}`)
  if (scope === 'Restricted' && fields.text('restriction') === '')
    fail('alert.restriction', 'is mandatory with scope Restricted')
  if (scope === 'Private' && fields.text('addresses') === '') fail('alert.addresses', 'is mandatory with scope Private')
  const infos = fields.nodes('info').map((info, i) => readInfo(info, `alert.info.${i}`, fail))
  const name: AlertName = { identifier: fields.text('identifier'), sender: fields.text('sender'), sentAt: at('sent') }
  const status = fields.text('status') as AlertStatus
  const needsInfo = (msgType === 'Alert' || msgType === 'Update') && status !== 'Draft' && status !== 'System'
  if (needsInfo && infos.length === 0) fail('alert.info', `is mandatory with msgType ${msgType}`)
  if (errors.length > 0) return { ok: false, errors: errors.slice(0, 20) }
  const facts = infos.length === 0 ? null : factsOf(infos, name, findDivisions)
  return { ok: true, alert: { name, status, msgType, scope, references, note: fields.text('note'), facts } }
}

function readReferences(text: string, fail: Fail): AlertName[] {
  const parts = text === '' ? [] : text.split(/\s+/)
  if (parts.length > mostReferences) fail('alert.references', `must name at most ${mostReferences} messages`)
  const names: AlertName[] = []
  for (const part of parts.slice(0, mostReferences)) {
    const [sender = '', identifier = '', sent = '', more] = part.split(',')
    const sentAt = parseInstant(sent)
    if (sender !== '' && identifier !== '' && sentAt !== null && more === undefined)
      names.push({ sender, identifier, sentAt })
    else {
      fail(
        'alert.references',
        `must be sender,identifier,sent with spaces between messages; ${part.slice(0, 60)} is not`,
      )
      return []
    }
  }
  return names
}

function readInfo(fields: Fields, path: string, fail: Fail): Info {
  const parameters = fields
    .nodes('parameter')
    .map((each) => ({ name: each.text('valueName'), value: each.text('value') }))
  const [event, headline] = [fields.text('event'), fields.text('headline')]
  const severity = fields.text('severity') as Severity
  const areas = readAreas(fields, path, fail)
  const language = (fields.text('language') || 'en-US').toLowerCase()
  return { fields, language, areas, colour: colourOf({ parameters, event, headline, severity }) }
}

const familyOf = (language: string): string => language.split('-')[0] ?? ''

function factsOf(infos: readonly Info[], name: AlertName, findDivisions: FindDivisions): WarningFacts {
  const spoken = infos.find(({ language }) => familyOf(language) === 'zh') ?? (infos[0] as Info)
  const chosen = infos
    .filter(({ language }) => familyOf(language) === familyOf(spoken.language))
    .sort((a, b) => warningColours.indexOf(a.colour) - warningColours.indexOf(b.colour))
  const [{ fields, colour }] = chosen as [Info, ...Info[]]
  const english = infos.find(({ language }) => familyOf(language) === 'en')?.fields
  const at = (each: Fields, element: string): Instant | null => parseInstant(each.text(element))
  const ends = chosen.map(
    (info) => at(info.fields, 'expires') ?? Math.max(name.sentAt, at(info.fields, 'effective') ?? 0) + unsaidDurationMs,
  )
  const areas = joined(chosen.map((info) => info.areas))
  return {
    colour,
    event: fields.text('event'),
    headline: fields.text('headline') || fields.text('event'),
    description: fields.text('description'),
    eventEn: english?.text('event') ?? null,
    headlineEn: english === undefined ? null : english.text('headline') || english.text('event'),
    instruction: fields.text('instruction'),
    districtIds: findDivisions(areas),
    areaText: areas.text,
    polygons: areas.polygons,
    circles: areas.circles,
    categories: [...new Set(chosen.flatMap((info) => info.fields.texts('category')))],
    urgency: fields.text('urgency') as Urgency,
    severity: fields.text('severity') as Severity,
    certainty: fields.text('certainty') as Certainty,
    issuedBy: fields.text('senderName') || name.sender,
    effectiveAt: at(fields, 'effective'),
    onsetAt: at(fields, 'onset'),
    expiresAt: Math.max(...ends),
  }
}

/** Areas of several infos as one; what two of them draw alike is drawn once. */
function joined(all: readonly Areas[]): Areas {
  const once = <T>(items: readonly T[]) => [...new Map(items.map((item) => [JSON.stringify(item), item])).values()]
  return {
    polygons: once(all.flatMap(({ polygons }) => polygons)),
    circles: once(all.flatMap(({ circles }) => circles)),
    geocodes: once(all.flatMap(({ geocodes }) => geocodes)),
    text: once(all.map(({ text }) => text))
      .join('；')
      .slice(0, 2000),
  }
}
