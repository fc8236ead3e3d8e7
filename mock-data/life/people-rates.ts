/**
 * How the city's people work: every rate of crews, officer and departments by name, with its unit and its default. Durations are city
 * time; "median" ones are log-normal about it. The numbers are this project's own, set so that an ordinary day keeps most of its
 * limits and misses some, as a real one does; where the field has a figure, it is named.
 */
import type { Priority } from '../../shared/model/alarm.ts'
import type { RequestKind, SatisfactionGrade } from '../../shared/model/case-facts.ts'

export type ByPriority = Readonly<Record<Priority, number>>
export type Satisfaction = Readonly<Record<Exclude<SatisfactionGrade, 'dissatisfied'>, number>>

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

  /** From standing at the place to saying so, median. */
  readonly arriveS: number
  /**
   * Share of arrivals nobody thinks of saying: said when the server, by the crew's fix, asks whether it has arrived; else after so many
   * minutes, by the time it was.
   */
  readonly unsaidArrivalShare: number
  readonly lateArrivalMin: number
  /** Share of calls of these classes for which the crew stops short of the place until it may go in; for how long, median; how far off. */
  readonly stageShare: Readonly<Record<string, number>>
  readonly stageMin: number
  readonly stageM: number
  /** Share of cases after which a crew of this kind takes somebody to where it is stationed, and how long it hands over there, median. */
  readonly transportShare: Readonly<Record<string, number>>
  readonly handOverMin: number
  /** Share of cases after which a crew of this kind packs up before it stands by, and for how long, median. */
  readonly clearShare: Readonly<Record<string, number>>
  readonly clearMin: number
  /** Share of crews that answer when they are called at the scene (every 20 min, field reference §3.4), and after how long, median. */
  readonly welfareShare: number
  readonly welfareS: number

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
  /** Share of first checks that find the work wanting; of checks that could not be made the first time. */
  readonly failCheckShare: number
  readonly unableCheckShare: number
  /** 核实: share of what people wrote and is not urgent that is asked about first, for how long, median; share of those that is not there. */
  readonly verifyShare: number
  readonly verifyMin: number
  readonly notThereShare: number
  /** Of what the server thinks the same happening with at least this score, this share is merged. */
  readonly mergeScore: number
  readonly mergeShare: number
  /** Share of cases sent to the department instead of a crew. */
  readonly departmentShare: ByPriority
  /** 协办: share of departments' cases another department is asked to help with. */
  readonly assistShare: number
  /** From a department's return to where the case goes next, median; to a crew, back to filing, else to another department. */
  readonly onwardMin: number
  readonly onwardCrewShare: number
  readonly onwardFilingShare: number
  /** From a request, or the answer before, to the officer's or the chief's answer, median; share of requests refused. */
  readonly answerMin: number
  readonly refuseShare: Readonly<Record<RequestKind, number>>
  /** 催办: share of cases somebody is told to hurry with, once a fifth of their time is left. */
  readonly urgeShare: number
  /** 督办: share of overdue cases the chief supervises, so long after the limit, median; by a leader instead, of those; answer asked for within. */
  readonly superviseShare: number
  readonly superviseMin: number
  readonly leaderShare: number
  readonly superviseReplyH: number
  /** Share of suspensions that end before their day, what was waited for being there. */
  readonly resumeShare: number
  /** 先行联系: share of those who rang 12345 who are called before anything is done, and after how long from filing, median. */
  readonly contactShare: number
  readonly contactMin: number
  /** Share of callers who are called back; of calls nobody takes (three end it); of answers that were words only. */
  readonly callBackShare: number
  readonly unreachedShare: number
  readonly explainedShare: number
  /** 满意度 of those who were reached, by whether the case kept its limit: shares, the rest is dissatisfied. */
  readonly satisfied: Satisfaction
  readonly satisfiedLate: Satisfaction

  // Departments.
  /** From being sent a case to signing for it, office time, median (two working hours are allowed). */
  readonly signMin: number
  /** 退单: share of cases a department returns as another's business, instead of signing. */
  readonly returnShare: number
  /** A department's own people take so many times as long as a crew, in office hours. */
  readonly departmentWorkFactor: number
  /** 退回处置: share of a crew's works its department sends it back to. */
  readonly sendBackShare: number
  /** From a crew's last word to the department's feedback, office time, median. */
  readonly feedBackMin: ByPriority
  readonly deskSpread: number
  /** Share of cases that lie on a desk: they take so many times as long. */
  readonly forgottenShare: number
  readonly forgottenFactor: number
  /** What would come to within so much of its limit by waiting for the office is done by the duty room, at any hour. */
  readonly dutyRoomAheadMin: number
  /** 延期: past this part of its time more is asked for, for this share of the cases not done by then. */
  readonly extensionFrom: number
  readonly extensionShare: number
  /** 挂账: share of a department's cases that wait for parts, permits or weather, and for how many days. */
  readonly suspendShare: number
  readonly suspendDays: readonly [min: number, max: number]
  /** Share of supervisions that are answered; from being told to the answer, office time, median. */
  readonly replyShare: number
  readonly replyMin: number
  /** 申诉: share of late cases appealed after closing, and after how much office time, median. */
  readonly appealShare: number
  readonly appealMin: number
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
  arriveS: 5,
  unsaidArrivalShare: 0.05,
  lateArrivalMin: 6,
  stageShare: { E0502: 0.12, E0587: 0.08, E0598: 0.1, E0508: 0.1, E0488: 0.15 },
  stageMin: 3,
  stageM: 180,
  transportShare: { medical: 0.6 },
  handOverMin: 12,
  clearShare: { fire: 0.6, drainage: 0.3, gas: 0.3, medical: 0.4, water: 0.2, power: 0.2 },
  clearMin: 9,
  welfareShare: 0.9,
  welfareS: 80,
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
  unableCheckShare: 0.015,
  verifyShare: 0.03,
  verifyMin: 8,
  notThereShare: 0.2,
  mergeScore: 0.8,
  mergeShare: 1,
  departmentShare: { 1: 0, 2: 0, 3: 0.2, 4: 0.25 },
  assistShare: 0.05,
  onwardMin: 6,
  onwardCrewShare: 0.3,
  onwardFilingShare: 0.15,
  answerMin: 5,
  refuseShare: { extension: 0.2, suspension: 0.15, appeal: 0.5 },
  urgeShare: 0.4,
  superviseShare: 0.3,
  superviseMin: 25,
  leaderShare: 0.2,
  superviseReplyH: 4,
  resumeShare: 0.3,
  contactShare: 0.95,
  contactMin: 4,
  callBackShare: 1,
  unreachedShare: 0.1,
  explainedShare: 0.08,
  satisfied: { satisfied: 0.68, mostly: 0.2, 'so-so': 0.07 },
  satisfiedLate: { satisfied: 0.35, mostly: 0.3, 'so-so': 0.2 },
  signMin: 12,
  returnShare: 0.08,
  departmentWorkFactor: 1.3,
  sendBackShare: 0.01,
  feedBackMin: { 1: 2, 2: 4, 3: 8, 4: 10 },
  deskSpread: 0.6,
  forgottenShare: 0.03,
  forgottenFactor: 12,
  dutyRoomAheadMin: 60,
  extensionFrom: 0.8,
  extensionShare: 0.6,
  suspendShare: 0.03,
  suspendDays: [1, 4],
  replyShare: 0.95,
  replyMin: 30,
  appealShare: 0.15,
  appealMin: 120,
}
