/**
 * The life of a city as those outside it notice it: what its devices, its people and its offices send to the public doors, in
 * order. Pure and seeded: the same options and the same calls give the same inputs, at any speed of playing. The live simulator
 * and the history both play this; neither adds anything of its own.
 */
import type { LonLat } from '../../shared/model/geo.ts'
import type { CitizenRequest } from '../incidents/citizens.ts'

/** One thing that reaches a public door. `at` = when it arrives (epoch ms of the server's clock). */
export type DoorInput =
  | {
      readonly door: 'sensorthings'
      readonly at: number
      /** `deviceCode` of the device. */
      readonly code: string
      /** When the device says it measured: differs from `at` for late words and wrong clocks. */
      readonly phenomenonAt: number
      readonly value: number
    }
  | {
      readonly door: 'open311'
      readonly at: number
      readonly request: CitizenRequest
      /** What it is about, for those who judge the rules; never sent. */
      readonly happeningId: string
    }
  | {
      readonly door: 'cap'
      readonly at: number
      /** The whole CAP 1.2 document. */
      readonly xml: string
    }

export interface CityLife {
  /** Everything that arrives in (the last call's `to`, `to`], oldest first. */
  advance(to: number): DoorInput[]
  /** A crew has finished work of this class at this place: what was wrong there ends, and its devices come back to normal. */
  mended(classCode: string, position: LonLat, at: number): void
}
