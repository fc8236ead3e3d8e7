/** The index of this city's alerts as an Atom feed (RFC 4287): one entry a warning, newest first. */
import { XMLBuilder } from 'fast-xml-parser'
import type { Instant } from '../../../../shared/model/ids.ts'
import { exerciseMarks, warningColourNames } from '../../../../shared/model/warning.ts'
import { cleanXml } from '../xml-text.ts'
import type { OwnAlert } from './own-alerts.ts'

const builder = new XMLBuilder({
  format: true,
  indentBy: '  ',
  processEntities: true,
  suppressEmptyNode: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
})

export interface Feed {
  readonly title: string
  readonly sender: string
  /** Address of `/cap/v1.2/alerts`, whole. */
  readonly url: string
  readonly updatedAt: Instant
}

export function writeAtom(alerts: readonly OwnAlert[], feed: Feed, iso: (at: Instant) => string): string {
  const link = (rel: string, href: string, type: string) => ({ '@rel': rel, '@href': href, '@type': type })
  const entry = ({ warning, name, cancels }: OwnAlert) => {
    const mark = warning.status === 'Actual' ? '' : `【${exerciseMarks[warning.status].zh}】`
    const what = cancels === null ? '' : '解除：'
    return {
      id: `urn:tongguan:${encodeURIComponent(name.identifier)}`,
      title: cleanXml(`${mark}${what}${warning.headline}`),
      updated: iso(name.sentAt),
      category: { '@term': warningColourNames[warning.colour].en },
      summary: cleanXml(warning.description.slice(0, 500) || warning.headline),
      link: link('alternate', `${feed.url}/${warning.id}.cap`, 'application/cap+xml'),
    }
  }
  const body = {
    '@xmlns': 'http://www.w3.org/2005/Atom',
    id: `urn:tongguan:${encodeURIComponent(feed.sender)}:alerts`,
    title: cleanXml(feed.title),
    updated: iso(feed.updatedAt),
    author: { name: cleanXml(feed.title) },
    link: link('self', `${feed.url}.atom`, 'application/atom+xml'),
    entry: alerts.map(entry),
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build({ feed: body })}`
}
