/** Hears the keyboard for as long as the desk is open, and does what a press means there. */
import { computed, type Ref } from 'vue'
import { useEventListener } from '@vueuse/core'
import type { UnitProposal } from '../../../../shared/model/unit.ts'
import type { Act } from './desk-acts.ts'
import { meaningOf, type DeskMode, type Focus, type KeyMeaning } from './desk-keys.ts'
import type { useDeskActs } from './use-desk-acts.ts'

export type OpenDialog =
  'help' | 'create' | 'command' | 'drill' | 'mode' | 'response' | 'rule' | 'sound' | 'algorithms' | 'report' | 'remote'
/** Keys of dialogs by digit, for letters are the acts': the report of the case selected, the others about the city. */
export const dialogKeys = { report: '5', sound: '6', mode: '7', response: '8', algorithms: '9', remote: '3' } as const

/** Ways to look at the queue. */
export const viewKeys = { before: '[', next: ']', supervised: '1', shelved: '2' } as const

/** Layers and tools of the map. */
export const mapKey = '.'
/** The map goes with a crew. */
export const followKey = ','
/** The map shows all open cases of the queue. */
export const lockKey = ';'

/** Prints the run sheet of the case selected. */
export const printKey = '4'

export interface DeskKeysOptions {
  readonly open: Ref<OpenDialog | null>
  readonly deskActs: ReturnType<typeof useDeskActs>
  readonly proposals: Ref<readonly UnitProposal[]>
  begin(act: Act): void
  step(by: 1 | -1): void
  toEnd(end: 'first' | 'last'): void
  takeCentre(): void
  /** Nothing is left to be closed or given up. */
  leave(): void
  /** Keys of the page by letter; an act of what is selected goes before them. */
  readonly pageKeys: Readonly<Record<string, () => unknown>>
}

function focusOf(target: EventTarget | null): Focus {
  if (!(target instanceof HTMLElement)) return 'page'
  if (/^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) || target.isContentEditable) return 'field'
  if (target.tagName === 'CANVAS') return 'map'
  return target.closest('button, a') === null ? 'page' : 'button'
}

export function useDeskKeys(options: DeskKeysOptions) {
  const { open, deskActs, proposals, pageKeys } = options
  const { notice, asking, choosing, picking, acts, isPending } = deskActs

  /** What stands behind any dialog. */
  const ground = computed<DeskMode>(() => (picking.value ? 'place' : choosing.value === null ? 'queue' : 'crews'))
  const mode = computed<DeskMode>(() =>
    asking.value !== null || (open.value !== null && open.value !== 'command') ? 'dialog' : ground.value,
  )

  /** One step back: what is open, what was begun, where the cursor is, what was said, what is selected. */
  function back(): void {
    const focused = document.activeElement
    if (open.value !== null) open.value = null
    else if (choosing.value !== null || picking.value) deskActs.giveUp()
    else if (focused instanceof HTMLElement && focused !== document.body) focused.blur()
    else if (notice.value !== null) notice.value = null
    else options.leave()
  }
  function letter(key: string): boolean {
    const act = acts.value.find((one) => one.key === key)
    if (act === undefined) {
      pageKeys[key]?.()
      return pageKeys[key] !== undefined
    }
    if (!isPending.value) options.begin(act)
    return true
  }
  function confirm(): void {
    if (picking.value) return options.takeCentre()
    const crew = proposals.value[choosing.value ?? 0]
    if (crew !== undefined && !isPending.value) void deskActs.send(crew.unitId)
  }
  /** Answers whether it was for us; what is left, the browser does. */
  function obey(meaning: KeyMeaning): boolean {
    if (meaning.kind === 'letter') return letter(meaning.key)
    if (meaning.kind === 'command-line') {
      deskActs.giveUp()
      open.value = 'command'
    } else if (meaning.kind === 'undo') void deskActs.undo()
    else if (meaning.kind === 'back') back()
    else if (meaning.kind === 'end') options.toEnd(meaning.end)
    else if (meaning.kind === 'crew') deskActs.choose(meaning.at)
    else if (meaning.kind === 'confirm') confirm()
    else if (choosing.value === null) options.step(meaning.by)
    else deskActs.choose(choosing.value + meaning.by)
    return true
  }

  useEventListener(window, 'keydown', (event) => {
    const meaning = meaningOf(event, mode.value, focusOf(event.target))
    if (meaning !== null && obey(meaning)) event.preventDefault()
  })
  return { ground }
}
