/** Lets alarms be heard for as long as the desk is open: what the server lets sound, unless this console is muted for a time. */
import { computed, watch } from 'vue'
import { StorageSerializers, useEventListener, useSessionStorage } from '@vueuse/core'
import { useAlarmsStore } from '../../stores/alarms.ts'
import { useLinkStore } from '../../stores/link.ts'
import { useRemoteStore, type Failure } from '../../stores/remote.ts'
import { useSessionStore } from '../../stores/session.ts'
import type { MuteAnswer } from '../../../../shared/contract/desk-sound.ts'
import { againMs, isCallingAgain, newSound, type HeardAnnouncements } from './alarm-sound.ts'
import { makeTonePlayer, type TonePlayer } from './tone-player.ts'

export function useAlarmSound(player: TonePlayer = makeTonePlayer()) {
  const [alarms, link, remote] = [useAlarmsStore(), useLinkStore(), useRemoteStore()]
  const username = useSessionStore().session?.username ?? ''
  /** What had been announced when the page came up was announced to others; null before the first picture. */
  let heard: HeardAnnouncements | null = null
  let soundedAt = 0
  /** Answered as an instant of the server's clock. It outlives a reload of the page: who muted it gave a reason and a time, and that holds. */
  const untilAt = useSessionStorage<number | null>(`tongguan.muted-until.${username}`, null, {
    serializer: StorageSerializers.number,
  })
  const mutedUntilAt = computed(() => (untilAt.value !== null && untilAt.value > link.nowAt ? untilAt.value : null))

  function listen(): void {
    if (link.rev === 0) return
    const isFirst = heard === null
    const news = newSound(alarms.unacknowledged, heard ?? new Map())
    heard = news.heard
    const isAgain = isCallingAgain(alarms.unacknowledged) && link.nowAt - soundedAt >= againMs
    const sound = isFirst ? null : news.sound
    if (mutedUntilAt.value !== null || (sound === null && !isAgain)) return
    soundedAt = link.nowAt
    player.play(sound ?? 'critical')
  }
  watch([() => alarms.unacknowledged, () => link.rev, () => link.nowAt], listen, { immediate: true })
  // Any touch of the page is what browsers wait for.
  for (const touch of ['keydown', 'pointerdown'] as const) useEventListener(window, touch, () => player.allow())

  return {
    isBlocked: player.isBlocked,
    mutedUntilAt,
    test: (sound: Parameters<TonePlayer['play']>[0]) => player.play(sound),
    /** For so many minutes; 0 = loud again. It is in the log before it is silent. */
    async mute(minutes: number, reason: string): Promise<Failure | null> {
      const answer = await remote.post<MuteAnswer>('/desk/mutes', { minutes, reason })
      if (!answer.ok) return answer.error
      const at: unknown = answer.data.untilAt
      untilAt.value = typeof at === 'string' ? Date.parse(at) : typeof at === 'number' ? at : null
      return null
    },
  }
}
