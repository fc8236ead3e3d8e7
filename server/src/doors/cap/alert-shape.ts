/**
 * CAP 1.2 as data: which elements, in which order, how often, and what each may hold. The tables follow the standard's schema;
 * lengths are ours, so that no message can fill a page.
 */
import {
  alertScopes,
  alertStatuses,
  alertTypes,
  certainties,
  severities,
  urgencies,
} from '../../../../shared/model/warning.ts'

export const capNamespace = 'urn:oasis:names:tc:emergency:cap:1.2'
/** Namespaces of the versions before, so that they can be refused by their name. */
export const olderCaps: Readonly<Record<string, string>> = {
  'urn:oasis:names:tc:emergency:cap:1.1': 'CAP 1.1',
  'urn:oasis:names:tc:emergency:cap:1.0': 'CAP 1.0',
  'http://www.incident.com/cap/1.0': 'CAP 1.0',
}
/** What else may stand at the end of an alert. */
export const signatureNamespace = 'http://www.w3.org/2000/09/xmldsig#'

export const categories = [
  'Geo',
  'Met',
  'Safety',
  'Security',
  'Rescue',
  'Fire',
  'Health',
  'Env',
  'Transport',
  'Infra',
  'CBRNE',
  'Other',
] as const
const responseTypes = [
  'Shelter',
  'Evacuate',
  'Prepare',
  'Execute',
  'Avoid',
  'Monitor',
  'Assess',
  'AllClear',
  'None',
] as const

/** What an element's text must be. */
export type TextKind = 'text' | 'name' | 'instant' | 'language' | 'integer' | 'decimal'

export interface Slot {
  readonly name: string
  /** Least and most times it stands. */
  readonly times: readonly [least: 0 | 1, most: number]
  readonly kind?: TextKind
  /** Most characters; 2000 where not said. */
  readonly most?: number
  /** A code list. */
  readonly oneOf?: readonly string[]
  /** Elements inside, instead of text. */
  readonly inside?: readonly Slot[]
}

const one = (name: string, rest: Omit<Slot, 'name' | 'times'> = {}): Slot => ({ name, times: [1, 1], ...rest })
const maybe = (name: string, rest: Omit<Slot, 'name' | 'times'> = {}): Slot => ({ name, times: [0, 1], ...rest })
const some = (name: string, most: number, rest: Omit<Slot, 'name' | 'times'> = {}): Slot => ({
  name,
  times: [0, most],
  ...rest,
})
const pair = { inside: [one('valueName'), one('value')] } as const
const long = { most: 20_000 } as const

const area: readonly Slot[] = [
  one('areaDesc', { most: 4000 }),
  some('polygon', 200, { most: 262_144 }),
  some('circle', 200),
  some('geocode', 2000, pair),
  maybe('altitude', { kind: 'decimal' }),
  maybe('ceiling', { kind: 'decimal' }),
]
const resource: readonly Slot[] = [
  one('resourceDesc'),
  one('mimeType'),
  maybe('size', { kind: 'integer' }),
  maybe('uri'),
  maybe('derefUri', { most: 262_144 }),
  maybe('digest'),
]
const info: readonly Slot[] = [
  maybe('language', { kind: 'language' }),
  { name: 'category', times: [1, 12], oneOf: categories },
  one('event', { most: 200 }),
  some('responseType', 9, { oneOf: responseTypes }),
  one('urgency', { oneOf: urgencies }),
  one('severity', { oneOf: severities }),
  one('certainty', { oneOf: certainties }),
  maybe('audience'),
  some('eventCode', 100, pair),
  maybe('effective', { kind: 'instant' }),
  maybe('onset', { kind: 'instant' }),
  maybe('expires', { kind: 'instant' }),
  maybe('senderName', { most: 200 }),
  maybe('headline', { most: 500 }),
  maybe('description', long),
  maybe('instruction', long),
  maybe('web'),
  maybe('contact'),
  some('parameter', 200, pair),
  some('resource', 100, { inside: resource }),
  some('area', 200, { inside: area }),
]
/** The root element's inside. */
export const alertSlots: readonly Slot[] = [
  one('identifier', { kind: 'name', most: 200 }),
  one('sender', { kind: 'name', most: 200 }),
  one('sent', { kind: 'instant' }),
  one('status', { oneOf: alertStatuses }),
  one('msgType', { oneOf: alertTypes }),
  maybe('source'),
  one('scope', { oneOf: alertScopes }),
  maybe('restriction'),
  maybe('addresses', long),
  some('code', 200),
  maybe('note', { most: 4000 }),
  maybe('references', long),
  maybe('incidents', long),
  some('info', 40, { inside: info }),
]
