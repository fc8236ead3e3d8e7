/** What reaches a public door of the city. */
import type { CitizenRequest } from '../incidents/citizen-request.ts'

/** One thing that reaches a public door. `at` = when it arrives (epoch ms of the server's clock). */
export type DoorInput =
  | {
      readonly door: 'sensorthings'
      /** It belongs to a drill: sent by the drill's key. */
      readonly isDrill?: true
      readonly at: number
      /** `deviceCode` of the device. */
      readonly code: string
      /** When the device says it measured: differs from `at` for late words and wrong clocks. */
      readonly phenomenonAt: number
      readonly value: number
    }
  | {
      /** A call to 12345 comes by the desk that takes it down. */
      readonly door: 'open311'
      readonly isDrill?: true
      readonly at: number
      readonly request: CitizenRequest
      /** What it is about, for those who judge the rules; never sent. */
      readonly happeningId: string
    }
  | {
      readonly door: 'cap'
      readonly isDrill?: true
      readonly at: number
      /** The whole CAP 1.2 document. */
      readonly xml: string
    }
