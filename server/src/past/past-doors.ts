/**
 * Each input of a lived past through what its public door uses once it has read the wire: the same schemas, rights and refusals, in
 * the name of the same accounts and keys. Knows no rule of its own, so that the past cannot tell itself from the present.
 */
import { fieldErrors } from '../../../shared/contract/errors.ts'
import type { HistoryInput, HistoryResult } from '../../../shared/contract/history.ts'
import type { Refusal } from '../../../shared/model/refusal.ts'
import { refuse } from '../../../shared/model/refusal.ts'
import type { Actor } from '../../../shared/model/role.ts'
import type { CommandDoor } from '../access/command-door.ts'
import { mayRead } from '../access/rights.ts'
import { alertReceiver } from '../doors/cap/receive-alert.ts'
import { readReport } from '../doors/open311/request-input.ts'
import { readFix } from '../doors/owntracks/location.ts'
import { createDraftList } from '../doors/sensorthings/drafts.ts'
import { doorActor } from '../doors/door-keys.ts'
import { invalid } from '../doors/http-door.ts'
import type { FieldError } from '../../../shared/model/refusal.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import type { UnitProposal } from '../../../shared/model/unit.ts'
import type { DuplicateCandidate } from '../../../shared/model/duplicate.ts'
import type { City } from '../ports/city.ts'
import type { Clock } from '../ports/clock.ts'
import type { Engine } from '../ports/engine.ts'
import type { Intake } from '../ports/intake.ts'

export interface PastDoorsParts {
  readonly engine: Engine
  readonly intake: Intake
  readonly commandDoor: CommandDoor
  readonly city: City
  readonly clock: Clock
  readonly recommend: (incident: Incident) => readonly UnitProposal[]
  readonly duplicates: (incident: Incident) => readonly DuplicateCandidate[]
  /** Who may act, by account name. */
  readonly actors: ReadonlyMap<string, Actor>
}
type Of<Kind extends HistoryInput['kind']> = Extract<HistoryInput, { kind: Kind }>

/** The name the machines' key goes by on a server of its own. */
const caller = { keyName: 'ingest', doors: [], user: null, isDrill: false } as const
const machine = doorActor(caller)
const kindOfSet = { Things: 'Thing', Sensors: 'Sensor', ObservedProperties: 'ObservedProperty' } as const
const utf8 = new TextEncoder()
const no = ({ code, message }: Refusal): HistoryResult => ({ ok: false, code, message })
const wrong = (errors: readonly FieldError[]): HistoryResult => no(invalid(errors))

/** Takes inputs one by one; each is answered after its commit. */
export function createPastDoors(parts: PastDoorsParts): (input: HistoryInput) => Promise<HistoryResult> {
  const { engine, intake, commandDoor, city, clock, recommend, duplicates, actors } = parts
  const receive = alertReceiver(engine, city)
  const classes = new Map(city.caseClasses.map((row) => [row.code, row]))

  async function create({ set, bodies, commandId }: Of<'create'>): Promise<HistoryResult> {
    const list = createDraftList((kind, id) => engine.view.entity(kind, id) !== undefined, clock.now())
    bodies.forEach((body, i) => list.add(kindOfSet[set], body, `bodies.${i}`, {}))
    if (list.errors.length > 0) return wrong(list.errors)
    const { drafts } = list
    const outcome = await engine.submit(machine, { commandId, command: { type: 'catalog.create', drafts } })
    if (!outcome.ok) return no(outcome.refusal)
    const ids = outcome.data['ids'] as readonly number[]
    return { ok: true, made: drafts.map(({ kind }, i) => [kind, ids[i] as number] as const) }
  }

  async function readings({ items, at }: Of<'readings'>): Promise<HistoryResult> {
    const outcomes = await intake.accept(items, at)
    return { ok: true, refused: outcomes.filter((outcome) => !outcome.ok).length }
  }

  async function request({ fields, commandId }: Of<'request'>): Promise<HistoryResult> {
    const read = readReport(new Map(Object.entries(fields)), classes, caller, clock.now())
    if ('errors' in read) return wrong(read.errors)
    const outcome = await engine.submit(machine, { commandId, command: read.value })
    if (!outcome.ok) return no(outcome.refusal)
    return { ok: true, incidentId: String(outcome.data['incidentId']) }
  }

  async function alert({ xml, commandId }: Of<'alert'>): Promise<HistoryResult> {
    const received = await receive(utf8.encode(xml), caller, commandId)
    return received.ok ? { ok: true } : no(received.refusal)
  }

  async function command({ as, body }: Of<'command'>): Promise<HistoryResult> {
    const actor = actors.get(as)
    if (actor === undefined) return no(refuse('UNAUTHENTICATED', `there is no account ${as}`))
    const ack = await commandDoor(actor, body)
    return ack.ok ? { ok: true } : { ok: false, code: ack.error.code, message: ack.error.message }
  }

  function proposals({ incidentId }: Of<'proposals'>): HistoryResult {
    const duty = actors.get('duty')
    if (duty === undefined || !mayRead(duty, 'recommendations')) return no(refuse('FORBIDDEN', 'nobody may ask that'))
    const incident = engine.view.incidents.get(incidentId)
    if (incident === undefined) return no(refuse('NOT_FOUND', 'no such case'))
    return { ok: true, proposals: recommend(incident).map(({ unitId, etaS }) => ({ unitId, etaS })) }
  }

  function candidates({ incidentId }: Of<'duplicates'>): HistoryResult {
    const duty = actors.get('duty')
    if (duty === undefined || !mayRead(duty, 'duplicates')) return no(refuse('FORBIDDEN', 'nobody may ask that'))
    const incident = engine.view.incidents.get(incidentId)
    if (incident === undefined) return no(refuse('NOT_FOUND', 'no such case'))
    const worded = duplicates(incident).map(({ incidentId: other, score, reasons }) => {
      const speakFor = reasons.filter(({ weight }) => weight > 0).map(({ words }) => words.zh)
      return { incidentId: other, score, reason: speakFor.join('；') }
    })
    return { ok: true, candidates: worded }
  }

  async function fix({ user, message }: Of<'fix'>): Promise<HistoryResult> {
    const errors: FieldError[] = []
    const read = readFix(message, user, engine.view.units, clock.now(), errors)
    if (errors.length > 0) return wrong(errors)
    if (read !== null) await intake.fixes([read])
    return { ok: true }
  }

  return async (input) => {
    switch (input.kind) {
      case 'create':
        return create(input)
      case 'readings':
        return readings(input)
      case 'request':
        return request(input)
      case 'alert':
        return alert(input)
      case 'command':
        return command(input)
      case 'proposals':
        return proposals(input)
      case 'duplicates':
        return candidates(input)
      case 'fix':
        return fix(input)
    }
  }
}

/** What a player said that is no message, as one line naming fields. */
export const problemOf = (error: Parameters<typeof fieldErrors>[0]): string =>
  fieldErrors(error)
    .slice(0, 5)
    .map(({ field, problem }) => `${field || 'message'}: ${problem}`)
    .join('; ')
