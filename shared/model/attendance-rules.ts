/** How long officers may take to come, and to answer: the city's to set (`duty.json`). The customary values are our own. */

/** Minutes. */
export interface AttendanceRules {
  /** One may sign on for a shift from so long before it begins. */
  readonly opensMin: number
  /** Whoever signs on more than so long after they were expected is late (迟到). */
  readonly lateAfterMin: number
  /** Whoever has not signed on more than so long after is found absent (缺岗), once. */
  readonly absentAfterMin: number
  /** A roll call waits no longer for an answer. */
  readonly rollCallMin: number
}
export const customaryAttendance: AttendanceRules = {
  opensMin: 60,
  lateAfterMin: 10,
  absentAfterMin: 30,
  rollCallMin: 10,
}
