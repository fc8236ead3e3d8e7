/**
 * A tree of elements held against the tables of CAP 1.2. Guarantees: what comes out has every mandatory element, in its place and
 * number, with text of its kind; every fault names the element's path and what is allowed there.
 */
import type { FieldError } from '../../../../shared/model/refusal.ts'
import { parseInstant } from '../instant-text.ts'
import { alertSlots, capNamespace, olderCaps, signatureNamespace, type Slot, type TextKind } from './alert-shape.ts'
import type { XmlElement } from './alert-xml.ts'

/** Elements by name, checked. */
export class Fields {
  readonly #texts = new Map<string, string[]>()
  readonly #nodes = new Map<string, Fields[]>()

  put(name: string, value: string | Fields): void {
    const [map, list] =
      typeof value === 'string'
        ? ([this.#texts, [...(this.#texts.get(name) ?? []), value]] as const)
        : ([this.#nodes, [...(this.#nodes.get(name) ?? []), value]] as const)
    ;(map as Map<string, unknown>).set(name, list)
  }
  /** Texts of a repeated element. */
  texts(name: string): readonly string[] {
    return this.#texts.get(name) ?? []
  }
  /** Text of the element; '' where it is absent or empty. */
  text(name: string): string {
    return this.#texts.get(name)?.[0] ?? ''
  }
  /** Elements that hold elements. */
  nodes(name: string): readonly Fields[] {
    return this.#nodes.get(name) ?? []
  }
}

/** Notes a fault; null, for the value that is not there. */
export type Fail = (field: string, problem: string) => null
const mostErrors = 20

export function checkAlert(root: XmlElement, errors: FieldError[]): Fields | null {
  const fail: Fail = (field, problem) => {
    if (errors.length < mostErrors) errors.push({ field, problem })
    return null
  }
  const older = olderCaps[root.namespace]
  if (root.name !== 'alert' || root.namespace !== capNamespace) {
    const what =
      older ?? (root.namespace === '' ? 'in no namespace' : `in the namespace ${root.namespace.slice(0, 80)}`)
    fail(
      'alert',
      root.name === 'alert' ? `is ${what}: must be CAP 1.2, xmlns="${capNamespace}"` : 'must be the root element',
    )
    return null
  }
  const fields = checkInside(root, alertSlots, 'alert', fail)
  return errors.length === 0 ? fields : null
}

function checkInside(element: XmlElement, slots: readonly Slot[], path: string, fail: Fail): Fields {
  const fields = new Fields()
  const seen = new Map<string, number>()
  let reached = 0
  if (element.text.trim() !== '') fail(path, 'holds text between its elements')
  checkAttributes(element, path, fail)
  for (const child of element.children) {
    if (path === 'alert' && child.namespace === signatureNamespace) continue
    const at = slots.findIndex(({ name }) => name === child.name)
    const slot = slots[at]
    const here = `${path}.${child.name.slice(0, 64)}`
    if (slot === undefined || child.namespace !== capNamespace) {
      fail(here, `is no element of CAP 1.2; here stand ${slots.map(({ name }) => name).join(', ')}`)
      continue
    }
    const times = seen.get(slot.name) ?? 0
    seen.set(slot.name, times + 1)
    const [, most] = slot.times
    if (times >= most) {
      if (times === most) fail(here, most === 1 ? 'must stand once' : `must stand at most ${most} times`)
      continue
    }
    if (at < reached) fail(here, `must stand before ${slots[reached]?.name}`)
    reached = Math.max(reached, at)
    const own = most === 1 ? here : `${here}.${times}`
    if (slot.inside) fields.put(slot.name, checkInside(child, slot.inside, own, fail))
    else fields.put(slot.name, checkText(child, slot, own, fail))
  }
  for (const { name, times, oneOf } of slots) {
    if (times[0] === 1 && !seen.has(name))
      fail(`${path}.${name}`, oneOf ? `is mandatory: one of ${oneOf.join(', ')}` : 'is mandatory')
  }
  return fields
}

function checkAttributes({ attributes }: XmlElement, path: string, fail: Fail): void {
  const [first] = attributes
  if (first !== undefined) fail(path, `has the attribute ${first.slice(0, 40)}: CAP 1.2 has none`)
}

function checkText(element: XmlElement, slot: Slot, path: string, fail: Fail): string {
  const text = element.text.trim()
  checkAttributes(element, path, fail)
  if (element.children.length > 0) fail(path, 'must hold text, and no elements')
  const most = slot.most ?? 2000
  if (text.length > most) fail(path, `must be at most ${most} characters`)
  else if (slot.oneOf && !slot.oneOf.includes(text)) fail(path, `must be one of ${slot.oneOf.join(', ')}`)
  else if (text === '') {
    // Empty is how many senders write "absent".
    if (slot.times[0] === 1) fail(path, 'is mandatory, and empty')
    else if (slot.kind === 'instant' || slot.kind === 'integer' || slot.kind === 'decimal')
      fail(path, rules[slot.kind].is)
  } else if (slot.kind && !rules[slot.kind].fits(text)) fail(path, rules[slot.kind].is)
  return text
}

const rules: Record<TextKind, { readonly is: string; fits(text: string): boolean }> = {
  text: { is: 'must be text', fits: () => true },
  name: { is: 'must have no space, comma, < or &', fits: (text) => !/[\s,<&]/.test(text) },
  instant: {
    is: 'must be a time with its offset and without fraction, such as 2026-07-01T08:00:00+08:00 (UTC is -00:00, not Z)',
    fits: (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/.test(text) && parseInstant(text) !== null,
  },
  language: {
    is: 'must be a language tag such as zh-CN',
    fits: (text) => /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8}){0,8}$/.test(text),
  },
  integer: { is: 'must be a whole number', fits: (text) => /^[+-]?\d{1,18}$/.test(text) },
  decimal: { is: 'must be a decimal number', fits: (text) => /^[+-]?(\d{1,18}(\.\d{0,18})?|\.\d{1,18})$/.test(text) },
}
