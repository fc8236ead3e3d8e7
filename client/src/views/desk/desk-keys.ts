/**
 * What a key press means on the desk. Pure: it knows which kind of thing has the focus and what the page is waiting for, and nothing
 * of what is selected. Guarantees that typing, composing Chinese, and the browser's own combinations never become an act.
 */

/** What the page waits for: a row, a crew, a place, or a dialog's own end. */
export type DeskMode = 'queue' | 'crews' | 'place' | 'dialog'
/** What has the focus. The map moves by arrow keys of its own; a button is pressed by Enter and the space bar. */
export type Focus = 'page' | 'field' | 'button' | 'map'

export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  /** An input method is still putting a word together. */
  readonly isComposing: boolean
  /** The key is being held down. */
  readonly repeat: boolean
}

export type KeyMeaning =
  | { readonly kind: 'command-line' }
  /** Takes back what was done last. */
  | { readonly kind: 'undo' }
  | { readonly kind: 'back' }
  | { readonly kind: 'step'; readonly by: 1 | -1 }
  | { readonly kind: 'end'; readonly end: 'first' | 'last' }
  /** The crew of this number, counted from 0. */
  | { readonly kind: 'crew'; readonly at: number }
  | { readonly kind: 'confirm' }
  | { readonly kind: 'letter'; readonly key: string }

const steps: Readonly<Record<string, 1 | -1>> = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 }
const isArrow = (key: string) => key.startsWith('Arrow')

function inQueue(key: string, isHeld: boolean): KeyMeaning | null {
  const by = steps[key]
  if (by !== undefined) return { kind: 'step', by }
  if (key === 'Home') return { kind: 'end', end: 'first' }
  if (key === 'End') return { kind: 'end', end: 'last' }
  return key.length === 1 && key !== ' ' && !isHeld ? { kind: 'letter', key } : null
}

function inCrews(key: string, isHeld: boolean): KeyMeaning | null {
  const by = steps[key]
  if (by !== undefined) return { kind: 'step', by }
  if (isHeld) return null
  if (key === 'Enter') return { kind: 'confirm' }
  if (/^[1-9]$/.test(key)) return { kind: 'crew', at: Number(key) - 1 }
  return key === '?' ? { kind: 'letter', key } : null
}

export function meaningOf(press: KeyPress, mode: DeskMode, focus: Focus): KeyMeaning | null {
  // Some browsers word the key of a composed letter `Process` and forget `isComposing` on its last press.
  if (press.isComposing || press.key === 'Process' || mode === 'dialog') return null
  const { ctrlKey, metaKey, altKey, shiftKey, repeat } = press
  // Caps lock makes no second layer of letters, shift does.
  const letter = shiftKey ? press.key.toUpperCase() : press.key.toLowerCase()
  const key = press.key.length === 1 ? letter : press.key
  if (ctrlKey && !metaKey && !altKey && key === 'k') return { kind: 'command-line' }
  // In a field it is the field's own words that are taken back.
  if (ctrlKey && !metaKey && !altKey && key === 'z' && focus !== 'field' && !repeat) return { kind: 'undo' }
  if (ctrlKey || metaKey || altKey) return null
  if (key === 'Escape') return { kind: 'back' }
  if (focus === 'field' || (focus === 'button' && (key === 'Enter' || key === ' '))) return null
  if (focus === 'map' && isArrow(key)) return null
  if (mode === 'crews') return inCrews(key, repeat)
  if (mode === 'place') return key === 'Enter' && !repeat ? { kind: 'confirm' } : null
  return inQueue(key, repeat)
}

/** A key as its cap says it: `A`, `⇧A`. */
export const keyCap = (key: string): string => (/^[A-Z]$/.test(key) ? `⇧${key}` : key.toUpperCase())
/** The same as `aria-keyshortcuts` has it. */
export const keyShortcut = (key: string): string | undefined =>
  key === '' ? undefined : /^[A-Z]$/.test(key) ? `Shift+${key}` : key.toUpperCase()
