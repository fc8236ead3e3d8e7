/**
 * Reports of a simulated city with the truth beside them: which happening each tells of, and when that is over. Callers and happenings are the
 * simulator's own; sensors tell of what they are bent by, in the words the server gives an alarm's case. For judging duplicates and suggestions.
 */
import type { Incident } from '../../../shared/model/incident.ts'
import { seededRandom, seedFrom } from '../../../mock-data/city/random.ts'
import { callerSource } from '../../../mock-data/incidents/caller-source.ts'
import { happeningSource } from '../../../mock-data/incidents/happening-source.ts'
import { rateByCode } from '../../../mock-data/incidents/class-rates.ts'
import { requestFields } from '../../../mock-data/incidents/request-fields.ts'
import type { Happening } from '../../../mock-data/life/happening.ts'
import { defaultRates } from '../../../mock-data/life/rates.ts'
import { pastRates } from '../../../mock-data/past/past-rates.ts'
import { defaultAlarmRules } from '../../../server/src/domain/alarm-rules.ts'
import { sampleIncident } from '../../support/sample-rows.ts'
import { livedCity } from '../../support/lived-city.ts'
import { mondayAt, peopleOptions } from '../../support/people-options.ts'

const hourMs = 3_600_000
const minuteMs = 60_000
/** What is put right sooner: urgent things in about an hour, others in about fifteen. */
const mendedAfterH = { urgent: 1.2, other: 15 }
/** Calls that are no case are voided within the hour. */
const idleMs = hourMs

export type StreamStep =
  | {
      readonly kind: 'report'
      readonly at: number
      readonly incident: Incident
      /** '' = about no happening. */
      readonly happeningId: string
      readonly trueClass: string | null
      readonly truePlace: readonly [number, number] | null
      readonly from: 'sensor' | 'citizen' | 'patrol'
    }
  /** Every case about it ends. */
  | { readonly kind: 'over'; readonly at: number; readonly happeningId: string }

export function reportStream({ seed, days }: { readonly seed: number; readonly days: number }): StreamStep[] {
  const city = livedCity()
  const options = peopleOptions({ city, seed, rates: { ...defaultRates, ...pastRates(city.divisions) } })
  const source = happeningSource({ ...options, hasOpening: false })
  const callers = callerSource({ ...options, hasOpening: false, isThere: (id) => source.active.has(id) })
  const random = seededRandom(seedFrom(seed, 'mended'))
  const siteOf = new Map(city.devices.map(({ code, site }) => [code, site]))
  const positionOf = new Map(city.devices.map(({ code, position }) => [code, position]))
  const happenings = new Map<string, Happening>()
  const steps: StreamStep[] = []
  let mends: { readonly at: number; readonly happening: Happening }[] = []
  let number = 0
  const nextId = () => `20260302-${String(++number).padStart(6, '0')}`
  const base = { ...sampleIncident({}), alarmIds: [], assignments: [], departmentId: null, resolution: null }
  const report = (at: number, over: Partial<Incident>): Incident => ({
    ...base,
    ...{ id: nextId(), state: 'reported', reportedAt: at, occurredAt: at, stateSince: at, updatedAt: at },
    ...{ filedAt: null, acceptedAt: null, dispatchedAt: null, arrivedAt: null, closedAt: null, version: 1 },
    ...over,
  })

  for (let at = mondayAt; at < mondayAt + days * 24 * hourMs; at += minuteMs) {
    const to = at + minuteMs
    for (const happening of source.begin(at, to, [])) {
      happenings.set(happening.id, happening)
      callers.heard(happening)
      const isUrgent = rateByCode.get(happening.classCode)?.isUrgent === true
      const hours = (isUrgent ? mendedAfterH.urgent : mendedAfterH.other) * Math.exp(0.6 * random.normal())
      mends.push({ at: happening.startsAt + hours * hourMs, happening })
      for (const { code, worst } of happening.sensed) {
        const rule = defaultAlarmRules.find(({ kind }) => kind === happening.kind)
        const [position, site = code] = [positionOf.get(code), siteOf.get(code)]
        if (rule === undefined || position === undefined) continue
        const told = {
          title: `${rule.name.zh}：${site}`,
          description: `实测 ${worst}，限值 ${rule.limit}。${rule.consequence.zh}。${rule.action.zh}。`,
        }
        const incident = report(happening.startsAt + 2 * minuteMs, {
          ...told,
          ...{ classCode: rule.classCode, position, address: null, source: 'iot', sourceRef: `A${number}` },
          ...{ reporter: null, districtId: null },
        })
        steps.push({
          ...{ kind: 'report', at: incident.reportedAt, incident, happeningId: happening.id, from: 'sensor' },
          ...{ trueClass: happening.classCode, truePlace: happening.position },
        })
      }
    }
    for (const { at: saidAt, request, happeningId } of callers.due(at, to)) {
      const fields = requestFields(request)
      const happening = happenings.get(happeningId)
      const isPatrol = request.accountId !== null
      const incident = report(saidAt, {
        ...{ title: request.description.slice(0, 60), description: request.description },
        ...{ classCode: request.serviceCode, address: request.site.words, source: 'open311' },
        position: request.hasPosition ? [Number(fields['long']), Number(fields['lat'])] : null,
        ...{ sourceRef: request.accountId, districtId: null },
        reporter: { name: request.name, phone: request.phone, email: null },
      })
      steps.push({
        ...{ kind: 'report', at: saidAt, incident, happeningId, from: isPatrol ? 'patrol' : 'citizen' },
        ...{ trueClass: happening?.classCode ?? null, truePlace: happening?.position ?? null },
      })
      if (happening === undefined) steps.push({ kind: 'over', at: saidAt + idleMs, happeningId: incident.id })
    }
    for (const { at: mendedAt, happening } of mends) {
      const isOver = mendedAt <= to || !source.active.has(happening.id)
      if (!isOver) continue
      for (const ended of source.mended(happening.classCode, happening.position, mendedAt))
        steps.push({ kind: 'over', at: to + 20 * minuteMs, happeningId: ended.id })
      steps.push({ kind: 'over', at: to + 20 * minuteMs, happeningId: happening.id })
    }
    mends = mends.filter(({ at: mendedAt, happening }) => mendedAt > to && source.active.has(happening.id))
  }
  return steps.sort((a, b) => a.at - b.at)
}
