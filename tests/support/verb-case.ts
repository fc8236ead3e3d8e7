/** A case of a Wednesday morning, as the simulated officer and departments are shown it, with the city and office hours they go by. */
import { cityNow } from '../../mock-data/life/city-now.ts'
import { cityTime } from '../../mock-data/life/city-time.ts'
import type { Incident } from '../../shared/model/incident.ts'
import { officeHours } from '../../shared/model/office-hours.ts'

export const hourMs = 3_600_000
/** A Wednesday, in office hours. */
export const nine = Date.parse('2026-03-11T09:00:00+08:00')
export const city = cityNow(cityTime({ startAt: nine, originAt: nine, speed: 1, timeZone: 'Asia/Shanghai' }))
export const office = officeHours(
  { hours: [{ from: '08:00', to: '18:00' }], weekend: [6, 7], days: [] },
  'Asia/Shanghai',
)

export const row = (over: Partial<Incident>): Incident =>
  ({
    id: '20260311-000001',
    version: 3,
    classCode: 'E0110',
    priority: 4,
    state: 'handling',
    source: 'open311',
    position: [122.93, 30.98],
    departmentId: 'sanitation',
    description: '',
    reporter: { name: null, phone: null, email: null },
    reportedAt: nine,
    updatedAt: nine,
    stateSince: nine,
    filedAt: nine,
    filedBy: 'duty',
    dueAt: nine + 4 * hourMs,
    closedAt: null,
    satisfaction: null,
    finishedAt: null,
    reworkCount: 0,
    returnCount: 0,
    overdueStages: [],
    assignments: [],
    ...over,
  }) as Incident
export const clock = {
  ...{ startAt: nine, limit: { amount: 4, unit: 'work-hour' as const }, extensions: 0, marksTold: 0 },
  ...{ halfAt: nine + 2 * hourMs, soonAt: nine + 3.2 * hourMs, graveAt: nine + 4.8 * hourMs },
}
export const lead = { departmentId: 'sanitation', sentBy: 'duty', sentAt: nine, receivedAt: nine, receivedBy: 'dept' }
/** Of so many cases alike, the share for which it holds. */
export const share = (count: number, holds: (id: string) => boolean) =>
  Array.from({ length: count }, (_, n) => holds(`c${n}`)).filter(Boolean).length / count
