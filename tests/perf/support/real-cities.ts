/** What two real cities' files say, as the same figures a simulated week is put in. Nothing of a row leaves this file. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { DateTime } from 'luxon'
import type { WeekFigures } from './week-figures.ts'

type Row = Readonly<Record<string, string>>

const rowsOf = (path: string): Row[] => parse(readFileSync(path), { columns: true, bom: true })

/** `12/31/2017 11:59:58 PM` on the city's own wall clock; null where the field is empty. */
function timeOf(text: string | undefined, zone: string): DateTime | null {
  const at = DateTime.fromFormat(text ?? '', 'MM/dd/yyyy hh:mm:ss a', { zone })
  return at.isValid ? at : null
}

/** The names of the files that are not there. */
export function absentFiles(dir: string): string[] {
  const files = [
    'los-angeles/service-requests-2017-12.csv',
    'los-angeles/loop-detector-speed.csv',
    'fire-calls/sf-fire-2017.csv',
  ]
  return files.filter((file) => !existsSync(join(dir, file)))
}

/** Requests of the file's two whole working days, 28 and 29 December 2017: a quiet week between holidays. */
function losAngelesRequests(dir: string): Pick<WeekFigures, 'arrivals' | 'classes' | 'hoursToClose'> {
  const zone = 'America/Los_Angeles'
  const arrivals = new Array<number>(24).fill(0)
  const classes = new Map<string, number>()
  const hoursToClose: number[] = []
  for (const row of rowsOf(join(dir, 'los-angeles/service-requests-2017-12.csv'))) {
    const at = timeOf(row['CreatedDate'], zone)
    if (at === null) continue
    if (at.day === 28 || at.day === 29) arrivals[at.hour] = (arrivals[at.hour] ?? 0) + 1
    const type = row['RequestType'] ?? ''
    classes.set(type, (classes.get(type) ?? 0) + 1)
    const closed = timeOf(row['ClosedDate'], zone)
    if (closed !== null && closed > at) hoursToClose.push(closed.diff(at).as('hours'))
  }
  return { arrivals, classes: [...classes.values()], hoursToClose }
}

/** The first unit on the scene of each emergency (priority 3), minutes from its dispatch; and from dispatch to departure. */
function sanFranciscoUnits(dir: string): Pick<WeekFigures, 'minutesToArrive' | 'minutesToDepart'> {
  const first = new Map<string, number>()
  const minutesToDepart: number[] = []
  const zone = 'America/Los_Angeles'
  for (const row of rowsOf(join(dir, 'fire-calls/sf-fire-2017.csv'))) {
    if (row['Final Priority'] !== '3') continue
    const sent = timeOf(row['Dispatch DtTm'], zone)
    const left = timeOf(row['Response DtTm'], zone)
    const there = timeOf(row['On Scene DtTm'], zone)
    if (sent === null) continue
    if (left !== null) minutesToDepart.push(left.diff(sent).as('minutes'))
    const call = row['Incident Number'] ?? ''
    if (there !== null) first.set(call, Math.min(first.get(call) ?? Infinity, there.diff(sent).as('minutes')))
  }
  return { minutesToArrive: [...first.values()], minutesToDepart }
}

/** Each detector's mean of an hour over its own free speed (its 95th percentile), Thursday and Friday of a week that began on a Thursday. */
function losAngelesSpeeds(dir: string): Pick<WeekFigures, 'speedByHour'> {
  const table: string[][] = parse(readFileSync(join(dir, 'los-angeles/loop-detector-speed.csv')), { from_line: 2 })
  const stepsADay = 288
  const sums = new Array<number>(24).fill(0)
  const counts = new Array<number>(24).fill(0)
  for (let detector = 0; detector < (table[0]?.length ?? 0); detector++) {
    // A zero is a missing value.
    const known = table.map((row) => Number(row[detector])).filter((speed) => speed > 0)
    const free = known.sort((a, b) => a - b)[Math.floor(known.length * 0.95)] ?? Number.NaN
    for (let step = 0; step < 2 * stepsADay; step++) {
      const speed = Number(table[step]?.[detector])
      if (!(speed > 0)) continue
      const hour = Math.floor((step % stepsADay) / 12)
      sums[hour] = (sums[hour] ?? 0) + speed / free
      counts[hour] = (counts[hour] ?? 0) + 1
    }
  }
  return { speedByHour: sums.map((sum, hour) => sum / (counts[hour] ?? 0)) }
}

export const realCities = (dir: string): WeekFigures => ({
  ...losAngelesRequests(dir),
  ...sanFranciscoUnits(dir),
  ...losAngelesSpeeds(dir),
})
