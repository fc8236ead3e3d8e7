/** The rules' questions answered from the city pack and the published positions. One object a batch: only `now` differs. */
import type { AlarmRule } from '../../../shared/model/alarm.ts'
import { defaultCaseSettings } from '../../../shared/model/case-settings.ts'
import type { CaseClass } from '../../../shared/model/case-class.ts'
import type { Instant } from '../../../shared/model/ids.ts'
import type { UnitFix } from '../../../shared/model/unit.ts'
import type { DayOf } from '../../../shared/model/city-calendar.ts'
import type { DutyBook } from '../../../shared/model/duty-roster.ts'
import type { WorkingCalendar } from '../../../shared/model/working-calendar.ts'
import type { Context, DutyDesk } from '../domain/context.ts'
import { customaryEffects } from '../../../shared/model/mode-effects.ts'
import { defaultDispatchSettings } from '../../../shared/model/dispatch-settings.ts'
import type { LonLat } from '../../../shared/model/geo.ts'
import { customaryCalendar, officeHours } from '../../../shared/model/office-hours.ts'
import { occasionsOf } from '../../../shared/model/duty-roster.ts'
import type { City } from '../ports/city.ts'
import { adviceOf } from './advice-of.ts'
import { coverFinder } from './cover-finder.ts'

/** The book of duty with what its questions need beside it. */
export function dutyDeskOf(book: DutyBook, calendar: WorkingCalendar | null): DutyDesk {
  const officers = new Map(book.officers.map((officer) => [officer.id, officer]))
  return { book, occasionOf: occasionsOf(book, calendar?.days ?? []), officerOf: (id) => officers.get(id) }
}

export function cityContext(
  city: City,
  dayOf: DayOf,
  fixes: ReadonlyMap<string, UnitFix>,
  consoles = 1,
): (now: Instant) => Context {
  const classes = new Map<string, CaseClass>(city.caseClasses.map((row) => [row.code, row]))
  const rules = new Map<string, AlarmRule>(city.alarmRules.map((row) => [row.id, row]))
  const departments = new Set(city.profile.departments.map((row) => row.id))
  const divisions = new Set(city.profile.divisions.map((row) => row.id))
  const districts = new Set(city.profile.divisions.filter((row) => row.level === 2).map((row) => row.id))
  const advice = adviceOf(city)
  const names = new Map(
    city.profile.divisions.map(({ id, name, nameEn }) => [id, { zh: name, en: nameEn === '' ? name : nameEn }]),
  )
  /** By the place itself: a station is one and the same, and asked about for every case. */
  const districtOfPlace = new WeakMap<LonLat, string | null>()
  const districtOf = (at: LonLat): string | null => {
    let district = districtOfPlace.get(at)
    if (district === undefined) districtOfPlace.set(at, (district = city.districtOf(at)))
    return district
  }
  const answers: Omit<Context, 'now' | 'travel' | 'roadBand'> = {
    districtOf,
    dayOf,
    consoles,
    workingHours: officeHours(city.calendar ?? customaryCalendar, city.profile.timeZone),
    caseSettings: city.caseSettings ?? defaultCaseSettings,
    caseClass: (code) => classes.get(code),
    alarmRule: (id) => rules.get(id),
    hasDepartment: (id) => departments.has(id),
    hasDivision: (id) => divisions.has(id),
    hasDistrict: (id) => districts.has(id),
    plans: city.plans,
    ...(city.duty === undefined ? {} : { duty: dutyDeskOf(city.duty, city.calendar) }),
    modeEffects: (mode) => (city.modes ?? customaryEffects)[mode],
    coverOf: coverFinder(city),
    fixOf: (unitId) => fixes.get(unitId),
    readClass: (told) => advice.readClass(told),
    suggest: (told, past) => advice.suggest(told, past),
    suggestPlace: (told, past) => advice.suggestPlace(told, past),
    divisionName: (id) => names.get(id) ?? { zh: id, en: id },
    dispatchSettings: city.dispatch ?? defaultDispatchSettings,
  }
  return (now) => ({
    ...answers,
    now,
    travel: (from, to) => city.travel(from, to, now),
    roadBand: () => city.roadBandAt?.(now) ?? null,
  })
}
