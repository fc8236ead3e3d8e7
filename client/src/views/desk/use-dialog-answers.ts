/** What is given in a dialog closes it and leaves as a command; what is refused is said on the page. */
import type { Ref } from 'vue'
import type { LonLat } from '../../../../shared/model/geo.ts'
import type { useAlarmSound } from './use-alarm-sound.ts'
import type { useDeskActs } from './use-desk-acts.ts'
import type { OpenDialog } from './use-desk-keys.ts'
import { useRefusalWords } from './use-refusal-words.ts'

export function useDialogAnswers(options: {
  readonly open: Ref<OpenDialog | null>
  /** The place a call tells of, while it is told. */
  readonly told: Ref<LonLat | null>
  readonly deskActs: ReturnType<typeof useDeskActs>
  readonly sound: ReturnType<typeof useAlarmSound>
}) {
  const { open, told, deskActs, sound } = options
  const wordRefusal = useRefusalWords()
  function close(): void {
    open.value = told.value = null
  }
  const closing =
    <Given extends readonly unknown[]>(act: (...given: Given) => Promise<void>) =>
    (...given: Given): Promise<void> => {
      close()
      return act(...given)
    }
  return {
    close,
    report: closing(deskActs.report),
    decide: closing(deskActs.decide),
    besides: closing(deskActs.besides),
    mute: closing(async (minutes: number, reason: string) => {
      const failure = await sound.mute(minutes, reason)
      if (failure !== null) deskActs.notice.value = { text: wordRefusal(failure), isRefusal: true }
    }),
  }
}
