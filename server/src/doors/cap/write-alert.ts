/** A warning as a CAP 1.2 message. Guarantees: valid by our own reading and by the standard's schema, whatever the texts hold. */
import { XMLBuilder } from 'fast-xml-parser'
import type { Division } from '../../../../shared/model/division.ts'
import { circleRing } from '../../../../shared/model/geo.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import { warningColourNames, type AlertName, type Warning } from '../../../../shared/model/warning.ts'
import { cleanXml } from '../xml-text.ts'
import { capNamespace } from './alert-shape.ts'
import { severityOfColour } from './colour.ts'
import type { OwnAlert } from './own-alerts.ts'

export interface CityNames {
  readonly name: string
  readonly divisions: readonly Pick<Division, 'id' | 'name'>[]
}

const builder = new XMLBuilder({
  format: true,
  indentBy: '  ',
  processEntities: true,
  suppressEmptyNode: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
})

/** `iso` words an instant with the city's offset. */
export function writeAlert(own: OwnAlert, city: CityNames, iso: (at: Instant) => string): string {
  const { warning, name, cancels } = own
  // CAP has whole seconds only, and no Z.
  const time = (at: Instant) =>
    iso(at)
      .replace(/\.\d+(?=[+-])/, '')
      .replace(/Z$/, '-00:00')
  const refer = (to: AlertName) => `${to.sender},${to.identifier},${time(to.sentAt)}`
  const note = cancels !== null ? warning.liftReason : warning.source && `Passes on ${refer(warning.source)}`
  const alert = {
    '@xmlns': capNamespace,
    identifier: name.identifier,
    sender: name.sender,
    sent: time(name.sentAt),
    status: warning.status,
    msgType: cancels === null ? 'Alert' : 'Cancel',
    ...(warning.source === null ? {} : { source: text(warning.source.sender) }),
    scope: 'Public',
    ...(note ? { note: text(note) } : {}),
    ...(cancels === null ? {} : { references: refer(cancels) }),
    info: infosOf(warning, city, time, cancels !== null),
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build({ alert })}`
}

const text = (value: string): string => cleanXml(value).trim()
/** With the element where there is something to say. */
const said = (name: string, value: string): Readonly<Record<string, string>> =>
  text(value) === '' ? {} : { [name]: text(value) }

function infosOf(warning: Warning, city: CityNames, time: (at: Instant) => string, isOver: boolean): object[] {
  const { colour, effectiveAt, onsetAt } = warning
  const info = (language: string, event: string, headline: string) => ({
    language,
    category: warning.categories.length > 0 ? warning.categories : [categoryOf(warning.event)],
    event: text(event) || warningColourNames[colour].zh,
    ...(isOver ? { responseType: 'AllClear' } : {}),
    urgency: isOver ? 'Past' : warning.urgency,
    severity: warning.severity === 'Unknown' ? severityOfColour[colour] : warning.severity,
    certainty: warning.certainty,
    ...(effectiveAt === null ? {} : { effective: time(effectiveAt) }),
    ...(onsetAt === null ? {} : { onset: time(onsetAt) }),
    expires: time(warning.expiresAt),
    senderName: text(warning.source === null ? city.name : warning.issuedBy),
    ...said('headline', headline),
    ...said('description', warning.description),
    ...said('instruction', warning.instruction),
    parameter: { valueName: 'colour', value: warningColourNames[colour].en },
    area: areaOf(warning, city),
  })
  const isChinese = /\p{Script=Han}/u.test(`${warning.event}${warning.headline}`)
  const { event, headline, eventEn, headlineEn } = warning
  return [
    info(isChinese ? 'zh-CN' : 'en-US', event, headline),
    ...(isChinese && eventEn !== null ? [info('en-US', eventEn, headlineEn ?? eventEn)] : []),
  ]
}

function areaOf({ areaText, polygons, circles, districtIds }: Warning, city: CityNames): object {
  const names = districtIds.map((id) => city.divisions.find((division) => division.id === id)?.name ?? id)
  // A circle stands among the polygons too, as the polygon it was made of: told once, as it was said.
  const round = new Set(circles.map(({ centre, radiusKm }) => JSON.stringify([circleRing(centre, radiusKm * 1000)])))
  const drawn = polygons.filter((polygon) => !round.has(JSON.stringify(polygon)))
  const pairs = (ring: readonly (readonly [number, number])[]) => ring.map(([lon, lat]) => `${lat},${lon}`).join(' ')
  return {
    areaDesc: text(areaText) || text(names.join('、')) || text(city.name),
    ...(drawn.length === 0 ? {} : { polygon: drawn.map(([ring = []]) => pairs(ring)) }),
    ...(circles.length === 0
      ? {}
      : { circle: circles.map(({ centre: [lon, lat], radiusKm }) => `${lat},${lon} ${radiusKm}`) }),
    ...(districtIds.length === 0
      ? {}
      : { geocode: districtIds.map((id) => ({ valueName: 'division', value: text(id) })) }),
  }
}

const kinds: readonly (readonly [RegExp, string])[] = [
  [/雨|雪|风|雷|雹|雾|霾|寒|高温|低温|冰|霜|沙尘|干旱|潮|浪|洪|涝|rain|storm|wind|heat|snow|flood/i, 'Met'],
  [/震|滑坡|泥石流|地质|塌|quake|slide/i, 'Geo'],
  [/火|fire/i, 'Fire'],
  [/疫|病|卫生|食品|health/i, 'Health'],
  [/污染|水质|空气|pollut/i, 'Env'],
  [/交通|道路|轨道|航班|traffic|road/i, 'Transport'],
  [/燃气|供水|供电|停电|停水|管网|gas|power|water supply/i, 'Infra'],
]
/** The category of an event an officer named; officers are not asked for it. */
const categoryOf = (event: string): string => kinds.find(([word]) => word.test(event))?.[1] ?? 'Other'
