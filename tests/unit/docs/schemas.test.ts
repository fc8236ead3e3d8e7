/** docs/replay.md and docs/city-pack.md name each field the schemas know with its default, and none that they do not know. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  checkMapping,
  open311MappingSchema,
  sensorThingsMappingSchema,
  textSourceSchema,
} from '../../../mock-data/replay/mapping.ts'
import { caseSettingsSchema, checkCaseSettings } from '../../../shared/contract/case-settings.ts'
import { dutyBookSchema } from '../../../shared/contract/duty-book.ts'
import { checkModes, modesSchema } from '../../../shared/contract/mode-effects.ts'
import { calendarSchema, layerSchemas, packHeadSchema, tableSchemas } from '../../../shared/contract/city-pack.ts'
import { checkCalendar, checkHead, checkLayer } from '../../../shared/contract/pack-check.ts'
import { fieldsOf, tableRows } from './schema-paths.ts'

const page = (name: string) => readFileSync(`docs/${name}.md`, 'utf8')
const inWords = (value: unknown) => `\`${JSON.stringify(value)}\``
const examples = (text: string) =>
  [...text.matchAll(/```json\n([\s\S]*?)```/g)].map((found): unknown => JSON.parse(found[1] ?? ''))

/** What a page's tables must say of these fields: name and default, each field once. */
function expectTold(fields: ReadonlyMap<string, unknown>, rows: ReturnType<typeof tableRows>): void {
  const told = rows.flatMap(({ names, last }) => names.map((name) => [name, last] as const))
  expect(told.map(([name]) => name).sort()).toEqual([...fields.keys()].sort())
  for (const [name, last] of told) {
    const value = fields.get(name)
    expect(last.startsWith('`') ? last : '', `default of ${name}`).toBe(value === undefined ? '' : inWords(value))
  }
}

describe('docs/replay.md', () => {
  const isObjectOnly = (path: string, all: readonly string[]) => all.some((other) => other.startsWith(`${path}.`))
  const isText = (node: object) => JSON.stringify(node) === textNode
  const { $schema: _, ...text } = z.toJSONSchema(textSourceSchema, { io: 'input' })
  const textNode = JSON.stringify(text)

  it('names every key of a mapping, with its default', () => {
    const fields = new Map(
      [open311MappingSchema, sensorThingsMappingSchema].flatMap((schema) => [...fieldsOf(schema, isText)]),
    )
    const all = [...fields.keys()]
    expect(all.length).toBeGreaterThan(35)
    for (const path of all) if (isObjectOnly(path, all) && fields.get(path) === undefined) fields.delete(path)
    expectTold(
      fields,
      tableRows(page('replay')).filter(({ names }) => !names.some((name) => /^--|\||^\{/.test(name))),
    )
  })
  it('names every source of a text', () => {
    const sources = [...fieldsOf(textSourceSchema).keys()]
    expect(sources).toContain('concat')
    for (const key of sources) expect(page('replay')).toContain(`"${key}":`)
  })
  it('shows mappings that are sound', () => {
    const shown = examples(page('replay'))
    expect(shown).toHaveLength(2)
    for (const mapping of shown) expect(checkMapping('docs', mapping)).toMatchObject({ ok: true })
  })
})

describe('docs/city-pack.md', () => {
  const text = page('city-pack')
  const twice: Readonly<Record<string, string>> = {
    water: '## `water.geojson`, `green.geojson`',
    green: '## `water.geojson`, `green.geojson`',
  }
  it.each(Object.entries(layerSchemas))('names what a feature of %s must be', (layer, schema) => {
    const { properties } = schema.shape
    expectTold(fieldsOf(properties), tableRows(text, twice[layer] ?? `## \`${layer}.geojson\``))
  })
  it.each([
    ['pack.json', packHeadSchema] as const,
    ['calendar.json', calendarSchema] as const,
    ['case-settings.json', caseSettingsSchema] as const,
    ['modes.json', modesSchema] as const,
    ['duty.json', dutyBookSchema] as const,
    ...Object.entries(tableSchemas),
  ])('names what is in %s', (file, schema) => {
    const isNested = (node: object) =>
      ('items' in node || ('properties' in node && 'required' in node)) && !('$schema' in node)
    expectTold(fieldsOf(schema, isNested), tableRows(text, `## \`${file}\``))
  })
  it('lists every file', () => {
    const [list = ''] = text.split('\n## ')
    for (const file of [
      'pack.json',
      'calendar.json',
      'case-settings.json',
      'modes.json',
      'duty.json',
      ...Object.keys(layerSchemas).map((name) => `${name}.geojson`),
      ...Object.keys(tableSchemas),
    ])
      expect(list).toContain(`\`${file}\``)
  })
  it('shows a head, a feature, a calendar, settings and modes that are sound', () => {
    const [head, feature, calendar, settings, modes] = examples(text)
    expect(checkModes(modes)).toMatchObject({ ok: true })
    expect(checkCaseSettings(settings)).toMatchObject({ ok: true })
    expect(checkCalendar(calendar)).toMatchObject({ ok: true })
    expect(checkHead(head)).toMatchObject({ ok: true })
    expect(checkLayer('divisions', { type: 'FeatureCollection', features: [feature] })).toMatchObject({ ok: true })
  })
})
