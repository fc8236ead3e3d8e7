/** Plays the sounds of alarms as plain tones made by the browser: no file is loaded. Silent, and saying so, until the browser allows sound. */
import { shallowRef, type Ref } from 'vue'
import type { AlarmSound } from '../../../../shared/model/alarm-load.ts'

interface Tone {
  readonly hz: number
  readonly atS: number
  readonly forS: number
}
/** The graver, the higher, the faster and the more. */
export const tones: Readonly<Record<AlarmSound, readonly Tone[]>> = {
  critical: [0, 0.18, 0.36, 0.54, 0.72].map((atS, at) => ({ hz: at % 2 === 0 ? 988 : 740, atS, forS: 0.14 })),
  urgent: [0, 0.32].map((atS) => ({ hz: 659, atS, forS: 0.22 })),
  notice: [{ hz: 440, atS: 0, forS: 0.28 }],
}
const loudness = 0.22
/** A tone that begins or ends at once clicks. */
const edgeS = 0.015

export interface TonePlayer {
  /** The browser has not been touched yet, and lets no page sound before. */
  readonly isBlocked: Readonly<Ref<boolean>>
  /** From within a key press or a click. */
  allow(): void
  play(sound: AlarmSound): void
}

export function makeTonePlayer(): TonePlayer {
  const isBlocked = shallowRef(!(navigator.userActivation?.hasBeenActive ?? false))
  let context: AudioContext | null = null
  return {
    isBlocked,
    allow() {
      isBlocked.value = false
      if (context?.state === 'suspended') void context.resume()
    },
    play(sound) {
      // Opened before it is allowed, it would stay silent and complain.
      if (isBlocked.value) return
      context ??= new AudioContext()
      if (context.state === 'suspended') void context.resume()
      for (const { hz, atS, forS } of tones[sound]) {
        const startS = context.currentTime + atS
        const [oscillator, gain] = [context.createOscillator(), context.createGain()]
        oscillator.frequency.value = hz
        gain.gain.setValueAtTime(0, startS)
        gain.gain.linearRampToValueAtTime(loudness, startS + edgeS)
        gain.gain.setValueAtTime(loudness, startS + forS - edgeS)
        gain.gain.linearRampToValueAtTime(0, startS + forS)
        oscillator.connect(gain).connect(context.destination)
        oscillator.start(startS)
        oscillator.stop(startS + forS)
      }
    },
  }
}
