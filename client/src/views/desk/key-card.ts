/** The page's own keys, for the card of keys and the empty pane. What may be done about a case brings its keys along. */
import type { DeskMode } from './desk-keys.ts'
import { dialogKeys, followKey, lockKey, mapKey, printKey, viewKeys } from './use-desk-keys.ts'

export interface KeyLine {
  readonly keys: readonly string[]
  /** Its words: `desk.help.NAME`. */
  readonly name: string
}

const escape: KeyLine = { keys: ['Esc'], name: 'escape' }
const drill: KeyLine = { keys: ['Y'], name: 'drill' }
const report: KeyLine = { keys: [dialogKeys.report], name: 'report' }
const create: KeyLine = { keys: ['N'], name: 'create' }

export const keysAnywhere = (mayCreate: boolean): readonly KeyLine[] => [
  { keys: ['J', 'K'], name: 'move' },
  { keys: ['Home', 'End'], name: 'ends' },
  { keys: ['/'], name: 'search' },
  { keys: [viewKeys.before, viewKeys.next], name: 'views' },
  { keys: [viewKeys.supervised], name: 'supervised' },
  { keys: [viewKeys.shelved], name: 'shelved' },
  ...(mayCreate ? [create, drill, report] : []),
  { keys: [printKey], name: 'print' },
  { keys: [mapKey], name: 'map' },
  { keys: [followKey], name: 'follow' },
  { keys: [lockKey], name: 'lock' },
  { keys: [dialogKeys.sound], name: 'sound' },
  { keys: [dialogKeys.mode], name: 'mode' },
  { keys: [dialogKeys.response], name: 'response' },
  { keys: [dialogKeys.algorithms], name: 'algorithms' },
  { keys: [dialogKeys.remote], name: 'remote' },
  { keys: ['Ctrl K'], name: 'command' },
  ...(mayCreate ? [{ keys: ['Ctrl Z'], name: 'undo' }] : []),
  { keys: ['L'], name: 'language' },
  { keys: ['?'], name: 'help' },
  escape,
]

const choosing: readonly KeyLine[] = [
  { keys: ['J', 'K'], name: 'otherCrew' },
  { keys: ['1', '5'], name: 'crewByNumber' },
  { keys: ['Enter'], name: 'sendCrew' },
  escape,
]
const placing: readonly KeyLine[] = [
  { keys: ['↑', '↓', '←', '→'], name: 'moveMap' },
  { keys: ['Enter'], name: 'takePlace' },
  escape,
]

export const keysOfMode = (mode: DeskMode): readonly KeyLine[] => (mode === 'place' ? placing : choosing)
