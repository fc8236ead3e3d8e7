/** A zod schema as the dotted paths of its fields with their defaults, and a page's tables as the fields they name. */
import { z } from 'zod'

interface Node {
  readonly properties?: Readonly<Record<string, Node>>
  readonly anyOf?: readonly Node[]
  readonly oneOf?: readonly Node[]
  readonly default?: unknown
}

/** Fields by path; `leaf` says where to stop. GeoJSON around a feature's own properties is not looked into. */
export function fieldsOf(schema: z.ZodType, isLeaf: (node: object) => boolean = () => false): Map<string, unknown> {
  const fields = new Map<string, unknown>()
  const walk = (node: Node, path: string) => {
    if (node.default !== undefined) fields.set(path, node.default)
    if (isLeaf(node)) return
    for (const branch of [...(node.anyOf ?? []), ...(node.oneOf ?? [])]) walk(branch, path)
    for (const [key, child] of Object.entries(node.properties ?? {})) {
      const at = path === '' ? key : `${path}.${key}`
      if (!fields.has(at)) fields.set(at, undefined)
      walk(child, at)
    }
  }
  walk(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Node, '')
  return fields
}

/** Rows of the tables under a heading (`''` = the whole page) whose first cell holds code: the fields named, and the last cell. */
export function tableRows(page: string, heading = ''): { readonly names: string[]; readonly last: string }[] {
  const from = heading === '' ? 0 : page.indexOf(`\n${heading}\n`)
  if (from < 0) throw new Error(`no heading ${heading}`)
  const level = heading.split(' ')[0] ?? ''
  const upTo = heading === '' ? -1 : page.indexOf(`\n${level} `, from + heading.length)
  return page
    .slice(from, upTo < 0 ? undefined : upTo)
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => {
      const cells = line.split(/(?<!\\)\|/).slice(1, -1)
      return {
        names: [...(cells[0] ?? '').matchAll(/`([^`]+)`/g)].map((found) => found[1] ?? ''),
        last: cells.at(-1)?.trim() ?? '',
      }
    })
}
