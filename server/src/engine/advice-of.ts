/** What a city's tables and names suggest: made once a city, whoever asks. */
import { Advice } from '../domain/advice/suggest.ts'
import type { City } from '../ports/city.ts'
import { namedPlaces } from './named-places.ts'

const made = new WeakMap<City, Advice>()

export function adviceOf(city: City): Advice {
  const known = made.get(city)
  if (known !== undefined) return known
  const departments = new Set(city.profile.departments.map(({ id }) => id))
  const advice = new Advice(
    city.caseClasses,
    (id) => departments.has(id),
    () => namedPlaces(city),
  )
  made.set(city, advice)
  return advice
}
