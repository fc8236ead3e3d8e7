/**
 * The one way in for what people ask, whether by HTTP or by socket: validate, authorise, hand to the engine, answer.
 * Guarantees an answer in the contract's shape whatever arrives; a fault is logged once, by an id the answer names.
 */
import { randomUUID } from 'node:crypto'
import { personCommandSchema, submissionHeadSchema } from '../../../shared/contract/command.ts'
import { fieldErrors, type WireError } from '../../../shared/contract/errors.ts'
import type { CommandAck } from '../../../shared/contract/realtime.ts'
import type { PersonCommand } from '../../../shared/model/command.ts'
import { refuse, type FieldError, type Refusal } from '../../../shared/model/refusal.ts'
import type { Actor } from '../../../shared/model/role.ts'
import type { City } from '../ports/city.ts'
import type { Engine } from '../ports/engine.ts'
import type { Log } from '../ports/log.ts'
import type { Metrics } from '../ports/metrics.ts'
import type { ReadModels } from '../ports/store.ts'
import { audienceOf, incidentFor } from './audience.ts'
import { maySubmit } from './rights.ts'
import { scopeRefusal, type ScopeWorld } from './scope-check.ts'

/** Submits what arrived from this actor. Never throws. */
export type CommandDoor = (actor: Actor, body: unknown) => Promise<CommandAck>

export const wireError = (refusal: Refusal): WireError => ({ ...refusal, id: randomUUID() })

const knownFields = new Map(
  personCommandSchema.options.map((option) => [option.shape.type.value as string, new Set(Object.keys(option.shape))]),
)
const headFields = new Set(Object.keys(submissionHeadSchema.shape))

function unknownFields(body: object, type: string): FieldError[] {
  const known = knownFields.get(type)
  return Object.keys(body)
    .filter((name) => !headFields.has(name) && !known?.has(name))
    .slice(0, 20)
    .map((name) => ({ field: name.slice(0, 64), problem: 'unknown field' }))
}

interface Read {
  readonly commandId: string
  readonly expectedVersion?: number
  readonly command: PersonCommand
}

/** What arrived as a command, or a refusal that names every wrong field. */
export function readSubmission(body: unknown): { ok: true; read: Read } | { ok: false; refusal: Refusal } {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return {
      ok: false,
      refusal: refuse('INVALID', 'a command is a JSON object', { fields: [{ field: '', problem: 'not an object' }] }),
    }
  const head = submissionHeadSchema.safeParse(body)
  const command = personCommandSchema.safeParse(body)
  const fields = [head, command].flatMap((result) => (result.success ? [] : fieldErrors(result.error))).slice(0, 20)
  if (command.success) fields.push(...unknownFields(body, command.data.type))
  if (!head.success || !command.success || fields.length > 0)
    return {
      ok: false,
      refusal: refuse(
        'INVALID',
        fields
          .map((f) => `${f.field}: ${f.problem}`)
          .join('; ')
          .slice(0, 500),
        { fields },
      ),
    }
  const { commandId, expectedVersion } = head.data
  return {
    ok: true,
    read: { commandId, command: command.data, ...(expectedVersion === undefined ? {} : { expectedVersion }) },
  }
}

/** May this actor submit this command on these rows? Null = yes. */
export function authorise(actor: Actor, command: PersonCommand, view: Engine['view']): Refusal | null {
  if (!maySubmit(actor, command.type)) return refuse('FORBIDDEN', `the role ${actor.role} may not ${command.type}`)
  if (actor.role === 'crew' && 'unitId' in command && command.unitId !== actor.unitId)
    return refuse('FORBIDDEN', 'a crew acts for itself only')
  if ('incidentId' in command) {
    const incident = view.incidents.get(command.incidentId)
    // One that is not in memory is ended or unknown: the engine tells which, and its table refuses acts on ended cases.
    if (incident && !incidentFor(audienceOf(actor), incident))
      return refuse('FORBIDDEN', 'this case is not one of this account')
  }
  return null
}

export function createCommandDoor(deps: {
  engine: Engine
  log: Log
  metrics: Metrics
  /** What places lie in, and cases that ended long ago: asked of accounts bound to a part of the city. */
  city: Pick<City, 'locate' | 'districtOf'>
  models: Pick<ReadModels, 'incident'>
}): CommandDoor {
  const { engine, log, metrics, city, models } = deps
  const world: ScopeWorld = {
    view: engine.view,
    locate: (at) => city.locate(at),
    districtOf: (at) => city.districtOf(at),
    findCase: async (id) => engine.view.incidents.get(id) ?? (await models.incident(id)),
  }
  const answer = (refusal: Refusal): CommandAck => {
    metrics.count('tongguan_commands_total', { outcome: refusal.code })
    return { ok: false, error: wireError(refusal) }
  }
  return async (actor, body) => {
    const submission = readSubmission(body)
    if (!submission.ok) return answer(submission.refusal)
    const { read } = submission
    try {
      const refusal =
        authorise(actor, read.command, engine.view) ??
        (actor.scope === undefined ? null : await scopeRefusal(actor.scope, read.command, world))
      if (refusal) return answer(refusal)
      const outcome = await engine.submit(actor, read)
      if (!outcome.ok) return answer(outcome.refusal)
      metrics.count('tongguan_commands_total', { outcome: 'ok' })
      return { ok: true, rev: outcome.rev, data: outcome.data }
    } catch (error) {
      const id = randomUUID()
      log.error({ error, id, command: read.command.type, actor: actor.name }, 'a command could not be carried out')
      metrics.count('tongguan_commands_total', { outcome: 'INTERNAL' })
      return {
        ok: false,
        error: { code: 'INTERNAL', message: 'the server failed; the same command may be sent again', id },
      }
    }
  }
}
