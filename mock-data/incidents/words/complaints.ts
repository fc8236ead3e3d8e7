/** All that people say something about: the vocabulary of every class of case. */
import { appearanceComplaints } from './appearance-complaints.ts'
import { emergencyComplaints } from './emergency-complaints.ts'
import { otherComplaints } from './other-complaints.ts'
import { streetComplaints } from './street-complaints.ts'
import type { Complaint } from './complaint.ts'

export const complaints: readonly Complaint[] = [
  ...appearanceComplaints,
  ...streetComplaints,
  ...emergencyComplaints,
  ...otherComplaints,
]
export const complaintByCode: ReadonlyMap<string, Complaint> = new Map(complaints.map((one) => [one.code, one]))
