/**
 * Starting and ending a drill. Guarantees: the chief alone, one at a time; where one ends, nothing of it is left open and no
 * crew is bound by it. What is real is not touched by either.
 */
import type { Actor } from '../../../../shared/model/role.ts'
import type { DrillCommand } from '../../../../shared/model/command.ts'
import type { Drill } from '../../../../shared/model/drill.ts'
import type { Instant } from '../../../../shared/model/ids.ts'
import { longestDrillMs, runningDrill } from '../../../../shared/model/drill.ts'
import { scenarios } from '../../../../shared/model/scenario.ts'
import type { Context, Decision, Emitted } from '../context.ts'
import { accepted, checkVersion, invalid, notFound, refused } from '../context.ts'
import type { CityState } from '../state.ts'
import { leftovers } from './leftovers.ts'

export function decideDrill(
  state: CityState,
  actor: Actor,
  command: DrillCommand,
  expectedVersion: number | undefined,
  context: Context,
): Decision {
  if (actor.role !== 'chief') return refused('FORBIDDEN', `role ${actor.role} may not start or end drills`)
  if (command.type === 'drill.start') return start(state, actor, command, context)
  const drill = state.drills.get(command.drillId)
  if (drill === undefined) return notFound('drill', command.drillId)
  const stale = checkVersion(expectedVersion, drill)
  if (stale) return stale
  if (command.reason.trim() === '') return invalid('reason', 'a reason is needed')
  const events = [
    ...leftovers(state),
    { event: { type: 'drill.ended', drillId: drill.id, reason: command.reason } } as const,
  ]
  return { ok: true, events, data: { drillId: drill.id } }
}

function start(
  state: CityState,
  actor: Actor,
  command: Extract<DrillCommand, { type: 'drill.start' }>,
  context: Context,
): Decision {
  const running = runningDrill(state.drills)
  if (running !== null) {
    const { id: drillId, scenario, startedBy, startedAt, version } = running
    const details = { drillId, scenario, startedBy, startedAt, version }
    return refused(
      'CONFLICT',
      `drill ${drillId} (${running.name.en}) is running since it was started by ${startedBy}`,
      details,
    )
  }
  const number = state.counters.drill + 1
  const drill: Drill = {
    id: `D${number}`,
    version: 1,
    scenario: command.scenario,
    name: scenarios[command.scenario].name,
    startedBy: actor.name,
    startedAt: context.now,
    endedAt: null,
    countsInKpi: command.countsInKpi,
    // Another day each time, and still one that anybody can have again.
    seed: command.seed ?? number,
  }
  return accepted([{ type: 'drill.started', drill }], { drillId: drill.id, seed: drill.seed })
}

/** A drill that has run as long as one may. The instant of the limit itself is the first without it. */
export function expiredDrill(state: CityState, now: Instant): Emitted[] {
  const drill = runningDrill(state.drills)
  if (drill === null || now < drill.startedAt + longestDrillMs) return []
  return [...leftovers(state), { event: { type: 'drill.ended', drillId: drill.id, reason: 'expired' } }]
}
