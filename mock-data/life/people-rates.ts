/**
 * How the city's people work: every rate of crews, officer and departments by name, with its unit and its default. Durations are city
 * time; "median" ones are log-normal about it. The numbers are this project's own, set so that an ordinary day keeps most of its
 * limits and misses some, as a real one does; where the field has a figure, it is named.
 */
import type { Priority } from '../../shared/model/alarm.ts'

export type ByPriority = Readonly<Record<Priority, number>>

export interface PeopleRates {
  // A crew with a case.
  /** From the call to accepting it, median. A crew is called off after `silentS`. */
  readonly acknowledgeS: number
  /** From accepting to driving off, median (NFPA 1710 asks 60 to 80 s of emergency crews, for nine in ten). */
  readonly turnoutS: ByPriority
  /** On the scene until the work is done, median, by class; other classes take `otherWorkMin`. */
  readonly workMin: Readonly<Record<string, number>>
  readonly otherWorkMin: number
  /** Deviation of the logarithm: 0.4 = two in three within a factor of 1.5 of the median. */
  readonly workSpread: number
  readonly actSpread: number
  /** Shares of calls: refused with a reason, handed back as another's business, not heard in time. */
  readonly declineShare: number
  readonly notOursShare: number
  readonly unheardShare: number
  /** Not heard: answered so much later, if nobody has called it off by then. */
  readonly unheardMin: readonly [min: number, max: number]
  /** A case without a place: until the caller has shown the way by phone, median. */
  readonly unlocatedMin: number
  /** Share of cases that one crew cannot finish: it asks for another after a while on the scene, median. */
  readonly helpShare: ByPriority
  readonly helpAfterMin: number
  /** Such a case takes its first crew so many times as long; the second works for this part of the usual time. */
  readonly hardWorkFactor: number
  readonly helperWorkPart: number

  // A crew and its vehicle.
  /** Begins and ends its shift up to so many minutes before or after the hour, each crew in its own way. */
  readonly shiftSpreadMin: number
  /** Times a day on duty it is out of service, and for how long, median. */
  readonly refuelsPerDay: number
  readonly refuelMin: number
  readonly breakdownsPerDay: number
  readonly breakdownMin: number
  /** Blue lights, on cases of priority 1 and 2: so many times as fast on a free road, and this part of a jam is felt. */
  readonly blueLightFactor: number
  readonly blueLightJam: number

  // The officer: from one state to the next act, median.
  readonly fileS: ByPriority
  readonly dispatchS: ByPriority
  /** So long a case waits for a crew made for its class, before any other is sent. */
  readonly fitCrewMin: ByPriority
  readonly checkMin: ByPriority
  readonly closeMin: ByPriority
  /** From closing to the call back. */
  readonly evaluateMin: number
  /** A crew that has not answered by then is called off and another sent (field reference §8.1: 60 s). */
  readonly silentS: number
  /** From a crew's call for help to sending a second one, median. */
  readonly reinforceS: number
  /** Share of first checks that find the work wanting. */
  readonly failCheckShare: number

  // Departments.
  /** From a crew's last word to the department's feedback, office time, median. */
  readonly feedBackMin: ByPriority
  readonly deskSpread: number
  /** Share of cases that lie on a desk: they take so many times as long. */
  readonly forgottenShare: number
  readonly forgottenFactor: number
  /** What would come to within so much of its limit by waiting for the office is done by the duty room, at any hour. */
  readonly dutyRoomAheadMin: number
  /** Past this part of its time an unfinished case is written about: the department asks for more, in this share of them. */
  readonly extensionFrom: number
  readonly extensionShare: number
}

export const defaultPeopleRates: PeopleRates = {
  acknowledgeS: 12,
  turnoutS: { 1: 40, 2: 50, 3: 150, 4: 240 },
  workMin: {
    ...{ E0110: 16, E0111: 45, E0112: 18, E0120: 15, E0101: 60, E0126: 50, E0135: 22, E0137: 12, E0192: 11, E0201: 18 },
    ...{ E0401: 14, E0410: 15, E0496: 14, E0488: 25, E0689: 22, E0301: 20, E0302: 25, E0304: 22, E0686: 30 },
    ...{ E0113: 60, P0284: 60, P0101: 35, P0102: 35, P0104: 30, P0111: 35, P0123: 25, P0124: 40, P0128: 40, P0137: 35 },
    ...{ P0150: 40, P0201: 25, P0204: 30, P0209: 90, P0212: 25, P0217: 35, P0289: 40, P0301: 25, P0305: 15, P0402: 40 },
    ...{ P0408: 35, P0508: 60, P0596: 45, P0597: 60 },
    ...{ E0501: 80, E0502: 35, E0503: 45, E0505: 50, E0506: 40, E0507: 40, E0508: 35, E0512: 80, E0587: 28, E0595: 30 },
    ...{ E0596: 30, E0597: 18, E0598: 70, E0599: 20, E0699: 20 },
  },
  otherWorkMin: 30,
  workSpread: 0.4,
  actSpread: 0.5,
  declineShare: 0.025,
  notOursShare: 0.015,
  unheardShare: 0.02,
  unheardMin: [1.5, 5],
  unlocatedMin: 8,
  helpShare: { 1: 0.12, 2: 0.06, 3: 0.03, 4: 0.01 },
  helpAfterMin: 6,
  hardWorkFactor: 1.5,
  helperWorkPart: 0.6,
  shiftSpreadMin: 8,
  refuelsPerDay: 0.1,
  refuelMin: 15,
  breakdownsPerDay: 0.02,
  breakdownMin: 90,
  blueLightFactor: 1.4,
  blueLightJam: 0.5,
  fileS: { 1: 12, 2: 18, 3: 40, 4: 60 },
  dispatchS: { 1: 10, 2: 14, 3: 30, 4: 60 },
  fitCrewMin: { 1: 0, 2: 2, 3: 10, 4: 10 },
  checkMin: { 1: 3, 2: 4, 3: 6, 4: 8 },
  closeMin: { 1: 1, 2: 1.5, 3: 2, 4: 2 },
  evaluateMin: 25,
  silentS: 60,
  reinforceS: 60,
  failCheckShare: 0.06,
  feedBackMin: { 1: 2, 2: 4, 3: 8, 4: 10 },
  deskSpread: 0.6,
  forgottenShare: 0.03,
  forgottenFactor: 12,
  dutyRoomAheadMin: 60,
  extensionFrom: 0.8,
  extensionShare: 0.6,
}
