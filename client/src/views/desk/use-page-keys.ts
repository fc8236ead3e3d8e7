/** What the page does by a key of its own or by a word of the command line; an act of what is selected goes before its keys. */
import type { Ref } from 'vue'
import { usePreferencesStore } from '../../stores/preferences.ts'
import { useSessionStore } from '../../stores/session.ts'
import type { TwinVerb } from './use-advice.ts'
import { adviceKeys } from './use-advice.ts'
import type { QueueChoice } from './desk-queue.ts'
import { dialogKeys, followKey, lockKey, mapKey, printKey, viewKeys, type OpenDialog } from './use-desk-keys.ts'

export interface PageKeysOptions {
  readonly open: Ref<OpenDialog | null>
  readonly isOfficer: Ref<boolean>
  readonly mayReveal: Ref<boolean>
  readonly owesReport: Ref<boolean>
  readonly hasAlarm: Ref<boolean>
  search(): void
  /** Looks at the queue another way: this one, or the next or the one before. */
  look(to: QueueChoice | 1 | -1): void
  reveal(): void
  print(): void
  /** Opens and closes the map's layers and tools. */
  mapTools(): void
  /** The map goes with a crew, or no longer. */
  follow(): void
  /** The map shows all open cases of the queue, or no longer. */
  lock(): void
  about(verb: TwinVerb): void
  take(): void
  /** A word that is no command: the number of a case. */
  selectIncident(id: string): void
}

export function usePageKeys(options: PageKeysOptions) {
  const { open, isOfficer, mayReveal, owesReport, hasAlarm } = options
  const [preferences, session] = [usePreferencesStore(), useSessionStore()]
  const show = (dialog: OpenDialog) => () => void (open.value = dialog)
  const drill = () => isOfficer.value && show('drill')()
  const writeReport = () => owesReport.value && show('report')()

  const words: Readonly<Record<string, () => unknown>> = {
    lang: preferences.toggleLanguage,
    theme: preferences.toggleTheme,
    out: () => void session.signOut(),
    mode: show('mode'),
    response: show('response'),
    drill,
    algorithms: show('algorithms'),
    report: writeReport,
    print: options.print,
    wall: show('remote'),
  }
  const pageKeys: Readonly<Record<string, () => unknown>> = {
    '/': options.search,
    '?': show('help'),
    [viewKeys.before]: () => options.look(-1),
    [viewKeys.next]: () => options.look(1),
    [viewKeys.supervised]: () => options.look('supervised'),
    [viewKeys.shelved]: () => options.look('shelved'),
    [mapKey]: options.mapTools,
    [followKey]: options.follow,
    [lockKey]: options.lock,
    l: preferences.toggleLanguage,
    y: drill,
    n: () => isOfficer.value && show('create')(),
    s: () => mayReveal.value && options.reveal(),
    q: () => hasAlarm.value && show('rule')(),
    [dialogKeys.report]: writeReport,
    [printKey]: options.print,
    [dialogKeys.mode]: show('mode'),
    [dialogKeys.response]: show('response'),
    [dialogKeys.sound]: show('sound'),
    [dialogKeys.algorithms]: show('algorithms'),
    [dialogKeys.remote]: show('remote'),
    [adviceKeys.merge]: () => options.about('merge'),
    [adviceKeys.link]: () => options.about('link'),
    [adviceKeys['not-same']]: () => options.about('not-same'),
    [adviceKeys.take]: options.take,
  }
  return {
    pageKeys,
    command(word: string): void {
      open.value = null
      if (words[word] !== undefined) words[word]()
      else if (word !== '') options.selectIncident(word)
    },
  }
}
