/**
 * Who tells about a happening, when and in which words: citizens some minutes later, each in words and a pin of their own, some
 * under a wrong class, some again when nothing came of it; patrols by day; and those whose call is no case at all. Pure and
 * seeded; the truth (`happeningId`) goes beside the request and never into it.
 */
import type { LonLat } from '../../shared/model/geo.ts'
import { logNormal, seededRandom, seedFrom, type Random } from '../city/random.ts'
import type { CallerSource, Happening, PeopleOptions } from '../life/happening.ts'
import type { DoorInput } from '../life/door-input.ts'
import type { CitizenRequest } from './citizen-request.ts'
import { rateByCode } from './class-rates.ts'
import { gazetteerOf } from './gazetteer.ts'
import { residentsOf } from './residents.ts'
import { somebody, type Person } from './people.ts'
import { complaintByCode } from './words/complaints.ts'
import { writeIdleTalk, writeLetter, type Voice } from './words/letters.ts'
import { newWords } from './words/new-words.ts'

const hourMs = 3_600_000
const minuteMs = 60_000

/** Settings of how people tell. Shares of calls unless a unit is said. */
export const telling = {
  withoutPin: 0.07,
  wrongClass: 0.06,
  foreigner: 0.03,
  /** Those who ring 12345: what they say is in the operator's words. The others write by themselves. */
  byTelephone: 0.3,
  /** Medians in city time, and the deviation of their logarithm. */
  ringS: 9,
  talkS: 150,
  callSpread: 0.5,
  /** Who told of something that stays, and tells again a day or two later while it is still there. */
  again: 0.12,
  /** Share of what a patrol may find that it does find and report. */
  patrol: 0.22,
  /** Of what is seen in the evening, told only the next morning. */
  tomorrow: 0.7,
  /** Who waits for the morning calls about twice this after seven, h. */
  morningH: 1.2,
  /** Calls that are no case, a day for each 100,000 residents. */
  idlePerDay: 0.9,
  /** Those who still call after it is over. */
  tooLate: 0.2,
  /** Median minutes from the beginning to a call, and the deviation of its logarithm. */
  urgentDelayMin: 4,
  delayMin: 45,
  spread: 1,
  /** Deviation of a pin from the place, metres. */
  pinM: 12,
} as const

export interface CallerOptions extends PeopleOptions {
  /** Is it still there? Absent = always. */
  readonly isThere?: (happeningId: string) => boolean
  readonly isRainingAt?: (position: LonLat, at: number) => boolean
  /** As of the happenings: who sees the opening calls within seconds. */
  readonly hasOpening?: boolean
}

interface Call {
  readonly at: number
  readonly key: string
  readonly happening: Happening | null
  readonly kind: 'citizen' | 'patrol' | 'again' | 'idle'
  readonly person: Person | null
}

function poisson(mean: number, random: Random): number {
  const least = Math.exp(-Math.min(30, mean))
  let n = 0
  for (let product = random.next(); product > least; product *= random.next()) n++
  return n
}

export function callerSource(options: CallerOptions): CallerSource {
  const { city, time, startAt, seed, speed, scale, rates, services, callFactorAt, hasOpening = true } = options
  const gazetteer = gazetteerOf(city)
  const isThere = options.isThere ?? (() => true)
  const isRainingAt = options.isRainingAt ?? (() => false)
  const hourAt = (at: number) => time.hourOf(time.cityAt(at))
  const dice = (word: string) => seededRandom(seedFrom(seed, `calls ${word}`))
  const idle = dice('idle')
  const fresh = newWords()
  /** Soonest first. */
  const calls: Call[] = []
  const add = (call: Call) => {
    const after = calls.findLastIndex(({ at }) => at <= call.at)
    calls.splice(after + 1, 0, call)
  }
  const idlePerDay = (telling.idlePerDay * rates.calls * scale * residentsOf(city.divisions)) / 100_000
  const idleGap = () => (-Math.log(1 - idle.next()) * 24 * hourMs) / Math.max(1e-6, idlePerDay) / speed
  let nextIdleAt = startAt + idleGap()

  /** Whoever sleeps, or has come home for the day, waits till morning with what can wait. */
  const daytime = (at: number, isUrgent: boolean, random: Random): number => {
    const hour = hourAt(at)
    const waits = hour < 6.5 || hour >= 22.5 ? 0.85 : hour >= 18.5 ? telling.tomorrow : 0
    if (isUrgent || !random.chance(waits)) return at
    const untilSevenH = (7 - hour + 24) % 24
    // Breakfast and the way to work come first: two waits, so that few call at seven sharp.
    const laterH = -telling.morningH * (Math.log(1 - random.next()) + Math.log(1 - random.next()))
    return at + ((untilSevenH + laterH) * hourMs) / speed
  }
  const delayMs = (isUrgent: boolean, random: Random) =>
    ((isUrgent ? telling.urgentDelayMin : telling.delayMin) * minuteMs * Math.exp(telling.spread * random.normal())) /
    speed

  const pin = (at: LonLat, random: Random): LonLat => {
    const [east, north] = [random.normal(), random.normal()].map((z) => (z * telling.pinM) / 111_320) as [
      number,
      number,
    ]
    return [at[0] + east / Math.cos((at[1] * Math.PI) / 180), at[1] + north]
  }
  const serviceFor = (code: string, voice: Voice, random: Random): string | null => {
    const mistaken = (complaintByCode.get(code)?.mistaken ?? []).filter((one) => services.has(one))
    const isWrong = voice !== 'patrol' && mistaken.length > 0 && random.chance(telling.wrongClass)
    if (!isWrong && services.has(code)) return code
    return mistaken.length > 0 ? random.pick(mistaken) : null
  }
  const voiceOf = ({ kind, person }: Call, random: Random): Voice => {
    if (kind === 'patrol') return 'patrol'
    if (kind === 'citizen' && person === null && random.chance(telling.foreigner)) return 'foreigner'
    return random.chance(telling.byTelephone) ? 'caller' : 'resident'
  }
  /** Chances of its own: how long a call took changes nothing of what is said. */
  const telephone = (key: string): CitizenRequest['call'] => {
    const random = dice(`${key} telephone`)
    const about = (medianS: number) => logNormal(random, medianS, telling.callSpread)
    return { ringS: about(telling.ringS), talkS: about(telling.talkS) }
  }
  const request = (call: Call, happening: Happening): CitizenRequest | null => {
    const random = dice(call.key)
    const complaint = complaintByCode.get(happening.classCode)
    const voice = voiceOf(call, random)
    const serviceCode = serviceFor(happening.classCode, voice, random)
    if (!complaint || serviceCode === null) return null
    const position = pin(happening.position, random)
    const words = random.chance(0.35) ? happening.site : gazetteer.wordsAt(position, random)
    const occasion = {
      place: words,
      voice,
      hour: hourAt(call.at),
      isRaining: isRainingAt(happening.position, call.at),
      isFresh:
        ((call.at - happening.startsAt) * speed) / hourMs < 1 && rateByCode.get(happening.classCode)?.isUrgent === true,
      isRepeat: call.kind === 'again',
    }
    return {
      serviceCode,
      site: { position, words },
      hasPosition: voice === 'patrol' || !random.chance(telling.withoutPin),
      description: fresh(happening.classCode, words, () => writeLetter(complaint, occasion, random)),
      ...(call.person ?? somebody(voice === 'foreigner', random)),
      accountId: voice === 'patrol' ? `patrol-${String(random.whole(1, 60)).padStart(2, '0')}` : null,
      call: voice === 'caller' ? telephone(call.key) : null,
    }
  }
  const idleRequest = (call: Call): CitizenRequest | null => {
    const random = dice(call.key)
    const position = gazetteer.anywhere(random)
    if (!position || !services.has('E0699')) return null
    const site = { position, words: gazetteer.wordsAt(position, random) }
    return {
      serviceCode: 'E0699',
      site,
      hasPosition: false,
      description: writeIdleTalk(random),
      ...somebody(false, random),
      accountId: null,
      call: telephone(call.key),
    }
  }

  return {
    heard(happening) {
      const random = dice(happening.id)
      const isUrgent = rateByCode.get(happening.classCode)?.isUrgent === true
      const isOpening = hasOpening && happening.startsAt - startAt < minuteMs && happening.id.startsWith('h-')
      const hour = hourAt(happening.startsAt)
      const isNight = hour >= 23 || hour < 6
      const expected =
        happening.callers *
        rates.calls *
        callFactorAt(time.cityAt(happening.startsAt)) *
        (isNight ? (isUrgent ? 0.6 : 0.8) : 1)
      const n = Math.max(isOpening && happening.sensed.length === 0 ? 1 : 0, poisson(expected, random))
      for (let k = 0; k < n; k++) {
        const wait = isOpening ? random.between(1500, 20_000) : delayMs(isUrgent, random)
        const at = daytime(happening.startsAt + wait, isUrgent || isOpening, random)
        const tellsAgain = !isUrgent && happening.endsAt === null && random.chance(telling.again)
        const person = tellsAgain ? somebody(false, random) : null
        add({ at, key: `${happening.id} ${k}`, happening, kind: 'citizen', person })
        if (!tellsAgain) continue
        const againAt = daytime(at + (random.between(20, 50) * hourMs) / speed, false, random)
        add({ at: againAt, key: `${happening.id} ${k} again`, happening, kind: 'again', person })
      }
      const canPatrol = !isUrgent && !happening.classCode.startsWith('E06') && happening.cause !== 'scenario'
      if (canPatrol && random.chance(telling.patrol)) {
        const at = happening.startsAt + 2 * delayMs(false, random)
        if (hourAt(at) >= 7 && hourAt(at) < 18.5)
          add({ at, key: `${happening.id} patrol`, happening, kind: 'patrol', person: null })
      }
    },
    due(_from, to) {
      for (; nextIdleAt <= to; nextIdleAt += idleGap())
        if (hourAt(nextIdleAt) >= 7 && hourAt(nextIdleAt) < 22)
          add({
            at: nextIdleAt,
            key: `idle ${Math.round(nextIdleAt - startAt)}`,
            happening: null,
            kind: 'idle',
            person: null,
          })
      const out: Extract<DoorInput, { door: 'open311' }>[] = []
      while (calls[0] && calls[0].at <= to) {
        const call = calls.shift() as Call
        const { happening } = call
        if (happening) {
          const callsAnyway = call.kind === 'citizen' && dice(`${call.key} late`).chance(telling.tooLate)
          if (!isThere(happening.id) && !callsAnyway) continue
        }
        const said = happening ? request(call, happening) : idleRequest(call)
        if (said) out.push({ door: 'open311', at: call.at, request: said, happeningId: happening?.id ?? '' })
      }
      return out
    },
  }
}
