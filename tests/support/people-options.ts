/** What the sources of happenings and calls are made from, for the made city on an ordinary Monday. */
import { complaintByCode } from '../../mock-data/incidents/words/complaints.ts'
import { cityTime } from '../../mock-data/life/city-time.ts'
import type { PeopleOptions } from '../../mock-data/life/happening.ts'
import { defaultRates } from '../../mock-data/life/rates.ts'
import { livedCity } from './lived-city.ts'

/** Monday 2 March 2026, midnight in Shanghai. */
export const mondayAt = Date.parse('2026-03-02T00:00:00+08:00')

export const peopleOptions = (over: Partial<PeopleOptions> = {}): PeopleOptions => {
  const city = over.city ?? livedCity()
  const startAt = over.startAt ?? mondayAt
  const speed = over.speed ?? 1
  return {
    city,
    seed: 1,
    startAt,
    speed,
    scale: 1,
    time: cityTime({ startAt, originAt: startAt, speed, timeZone: city.head.timeZone }),
    rates: defaultRates,
    services: new Set(complaintByCode.keys()),
    callFactorAt: () => 1,
    chanceFactorAt: () => 1,
    ...over,
  }
}
