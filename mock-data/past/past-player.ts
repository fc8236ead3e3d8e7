/**
 * Plays a city's past step by step: what reaches the doors in the next half minute of it, with what officers and crews do about
 * what they have been shown. Pure and seeded: the same city, seed, first and last instant give the same steps to the same answers.
 */
import type { HistoryInput, HistoryResult, HistoryStep, ServerMessage } from '../../shared/contract/history.ts'
import { seededRandom, seedFrom } from '../city/random.ts'
import { coarseRoads } from '../crews/coarse-roads.ts'
import { filingConditions } from '../crews/filing-conditions.ts'
import { officerMind } from '../crews/officer-mind.ts'
import { canBeSent } from '../crews/best-crew.ts'
import { classRates } from '../incidents/class-rates.ts'
import { gazetteerOf } from '../incidents/gazetteer.ts'
import { hotlineReport } from '../incidents/hotline-report.ts'
import { requestFields } from '../incidents/request-fields.ts'
import { cityLife } from '../life/city-life.ts'
import { cityNow } from '../life/city-now.ts'
import { defaultPeopleRates, type PeopleRates } from '../life/people-rates.ts'
import type { DoorInput } from '../life/door-input.ts'
import type { LivedCity } from '../life/lived-city.ts'
import { customaryCalendar, officeHours } from '../../shared/model/office-hours.ts'
import { deviceSample } from './device-sample.ts'
import { uuids } from './ids.ts'
import { pastCrews } from './past-crews.ts'
import { pastAttendance } from './past-attendance.ts'
import { pastOfficer } from './past-officer.ts'
import { pastRates, sampledDevices } from './past-rates.ts'
import { deviceRegister } from './register-devices.ts'
import { WatchedRows } from './watched-rows.ts'

/** Short enough that one act follows another in natural time. */
const stepMs = 30_000
const hourMs = 3_600_000
/** The line takes 20,000 readings in one piece. */
const mostTogether = 5000

export interface PastPlayer {
  /** The next step, or null at `until`. */
  next(): HistoryStep | null
  took(answer: Extract<ServerMessage, { kind: 'stepped' }>): void
  /** Time has gone on: play to there. */
  goOn(until: number): void
}

type Heard = (result: HistoryResult, now: number) => void
interface Sent {
  readonly input: HistoryInput
  /** What came of it is told to whoever sent it. */
  readonly heard: Heard
}
const nothing: Heard = () => undefined

/** Readings with nothing else between them reach the door together, with the last of them: a gateway sends what it has gathered. */
function together(sent: readonly Sent[]): Sent[] {
  const out: Sent[] = []
  for (const one of sent) {
    const last = out.at(-1)
    const isRoom = last?.input.kind === 'readings' && last.input.items.length < mostTogether
    if (one.input.kind !== 'readings' || !isRoom) out.push(one)
    else {
      last.input.items.push(...one.input.items)
      last.input.at = one.input.at
    }
  }
  return out
}

export function pastPlayer(options: {
  readonly city: LivedCity
  readonly seed: number
  readonly from: number
  readonly until: number
  readonly people?: PeopleRates | undefined
}): PastPlayer {
  const { city, seed, from, people = defaultPeopleRates } = options
  const newId = uuids(seededRandom(seedFrom(seed, 'commands')))
  const chance = seededRandom(seedFrom(seed, 'moments'))
  const rows = new WatchedRows()
  const register = deviceRegister(city.devices, newId)
  const sample = deviceSample(city.devices, sampledDevices)
  const life = cityLife({
    city,
    seed,
    startAt: from,
    speed: 1,
    scenario: null,
    scale: 1,
    rates: pastRates(city.divisions),
    readEveryMs: () => hourMs,
    plays: ({ code }) => sample.has(code),
  })
  const gazetteer = gazetteerOf(city)
  const classes = new Set(classRates.map(({ code }) => code))
  const inCity = cityNow(life.time)
  inCity.begin(life)
  const office = officeHours(city.calendar ?? customaryCalendar, city.head.timeZone)
  const placeOfWords = (words: string) => gazetteer.find(words)
  const departments = city.departments.map(({ id }) => id)
  const mind = officerMind({
    ...{ speed: 1, seed, placeOfWords, classes, city: inCity, office, departments, rates: people },
    conditions: filingConditions(city.caseClasses),
    settings: city.caseSettings,
    isFree: (unitId) => canBeSent(rows.units.get(unitId)),
  })
  const officer = pastOfficer(mind, rows, newId)
  const attendance = pastAttendance(seed, uuids(seededRandom(seedFrom(seed, 'attendance'))))
  // Nobody can see today where a crew was last week, only how long it took.
  const crews = pastCrews({
    rows: city.crews,
    roads: coarseRoads(city.roads),
    seed,
    city: inCity,
    watched: rows,
    newId,
    rates: people,
  })
  let until = options.until
  let now = from
  let underWay: readonly Sent[] = []
  /** What the city does in the step that begins now. Drawn before what came of the step before it is heard: people see that, the city a step later. */
  let coming: { readonly to: number; readonly sent: readonly Sent[] } | null = null

  const byDoor = (input: DoorInput): HistoryInput | null => {
    // The city notices by its own beat: what came between two beats reaches the door with the second.
    const at = Math.max(now, Math.ceil(input.at))
    switch (input.door) {
      case 'sensorthings': {
        const sensorId = register.streams.get(input.code)
        if (sensorId === undefined) return null
        return {
          kind: 'readings',
          at,
          items: [{ sensorId, phenomenonAt: Math.floor(input.phenomenonAt), result: input.value }],
        }
      }
      case 'open311': {
        const call = hotlineReport(input.request, at, { caseClasses: city.caseClasses, speed: 1 })
        return call === null
          ? { kind: 'request', at, commandId: newId(), fields: requestFields(input.request) }
          : { kind: 'command', at, as: 'duty', body: { commandId: newId(), ...call } }
      }
      case 'cap':
        return { kind: 'alert', at, commandId: newId(), xml: input.xml }
    }
  }

  const fromLife = (to: number): Sent[] =>
    life
      .advance(to)
      .map(byDoor)
      .filter((input) => input !== null)
      .map((input) => ({ input, heard: nothing }))

  function comingStep() {
    if (coming !== null || !register.isDone || now >= until) return coming
    const to = Math.min(until, now + stepMs)
    return (coming = { to, sent: fromLife(to) })
  }

  /** What people do in the step to `to`, about what they know now: what is due by its end is done in it. */
  function fromPeople(to: number): Sent[] {
    const at = () => chance.whole(now + 1, to)
    /** The work on it is done: what was wrong there is put right. */
    const mended = (incidentId: string | null, then: number) => {
      const incident = incidentId === null ? undefined : rows.incidents.get(incidentId)
      if (incident?.position) life.mended(incident.classCode, incident.position, coming?.to ?? then)
    }
    const asOfficer = officer.due(to, at).map(({ input, asked }): Sent => {
      return {
        input,
        heard(result, then) {
          officer.took(asked, result, then)
          const isOwnWork = asked.act.kind === 'case' && asked.act.body.type === 'incident.feed-back'
          if (result.ok && isOwnWork && rows.incidents.get(asked.id)?.state === 'handling') mended(asked.id, then)
        },
      }
    })
    const asCrews = crews.due(to, at).map(({ input, asked }): Sent => {
      return {
        input,
        heard(result, then) {
          crews.took(asked, result, then)
          if (result.ok && (asked.type === 'incident.finish' || asked.type === 'incident.transport'))
            mended(asked.incidentId, then)
        },
      }
    })
    const comings = attendance.due(to).map((input): Sent => ({ input, heard: nothing }))
    return [...asOfficer, ...asCrews, ...comings]
  }

  function step(to: number, sent: readonly Sent[]): HistoryStep {
    underWay = together(sent.toSorted((a, b) => a.input.at - b.input.at))
    now = to
    coming = null
    return { kind: 'step', until: to, inputs: underWay.map(({ input }) => input) }
  }

  return {
    goOn: (later) => void (until = later),
    next() {
      const entry = register.next(now)
      if (entry !== null) return step(now, [{ input: entry, heard: (result) => register.took(result) }])
      for (let next = comingStep(); next !== null; next = comingStep()) {
        const { to } = next
        const sent = [...fromPeople(to), ...next.sent]
        // Crews stand somewhere when the present begins.
        if (to === until) sent.push(...crews.places(to).map((input) => ({ input, heard: nothing })))
        if (sent.length > 0 || to === until) return step(to, sent)
        now = to
        coming = null
      }
      return null
    },
    took({ results, changes }) {
      comingStep()
      underWay.forEach(({ heard }, i) => heard(results[i] as HistoryResult, now))
      for (const change of changes) {
        if (change.table === 'alarm') officer.alarmChanged(change.id, change.row === null)
        else if (change.table === 'unit') crews.changed(change.id)
        else if (change.table === 'duty') attendance.changed(change.row, now)
      }
      rows.apply(changes, (before, after, id) => officer.caseChanged(before, after, id, now))
    },
  }
}
