/**
 * Duty: the shift's log and the chief's console. Guarantees: a line is never changed, only added to; the console is one person's until another
 * has acknowledged every item of the sheet and signed; both signatures are of two people.
 */
import type { Actor } from '../../../../shared/model/role.ts'
import type { Command } from '../../../../shared/model/command.ts'
import type { DutyCommand } from '../../../../shared/model/duty-command.ts'
import type { HandOver } from '../../../../shared/model/duty.ts'
import { consoleCommands } from '../../../../shared/model/duty.ts'
import { dutyCommandRoles } from '../../../../shared/model/duty-command.ts'
import { dutyShiftAt } from '../../../../shared/model/duty-roster.ts'
import type { Context, Decision, Refused } from '../context.ts'
import { accepted, checkVersion, invalid, refused } from '../context.ts'
import type { CityState } from '../state.ts'
import { signOff, signOn } from './attendance.ts'
import { handOverItems } from './hand-over-items.ts'
import { decideChange, requestChange } from './roster-change.ts'
import { decideRoll } from './roll-call.ts'
import { openHandOver } from './state.ts'

/** A sheet says what is so; one older than this is drawn up anew before anybody takes over by it. */
export const staleSheetMs = 60 * 60_000

/** While a chief has the console, another chief does not command the shift; null = may. */
export function barredFromConsole(state: CityState, actor: Actor, command: Command): Refused | null {
  const holder = state.duty.get('now')?.console ?? null
  if (holder === null || actor.role !== 'chief' || actor.name === holder.by) return null
  if (!consoleCommands.includes(command.type)) return null
  return refused('NOT_ALLOWED', `${holder.by} has the console until the hand-over is signed`, {
    heldBy: holder.by,
    sinceAt: holder.sinceAt,
  })
}

export function decideDuty(
  state: CityState,
  actor: Actor,
  command: DutyCommand,
  expectedVersion: number | undefined,
  context: Context,
): Decision {
  const { role, name } = actor
  if (!dutyCommandRoles[command.type].some((one) => one === role))
    return refused('FORBIDDEN', `the role ${role} may not ${command.type}`)
  switch (command.type) {
    case 'duty.note':
      return accepted([{ type: 'duty.noted', text: command.text }])
    case 'duty.record-call':
      if (command.call.calledAt > context.now) return invalid('call.calledAt', 'must not lie ahead')
      return accepted([{ type: 'duty.call-recorded', call: command.call }])
    case 'duty.correct':
      if (!state.dutyLines.has(command.seq))
        return invalid('seq', 'no line of this shift or the one before: what is older is put right by a new note')
      return accepted([{ type: 'duty.corrected', ofSeq: command.seq, text: command.text }])
    case 'duty.request-change':
      return requestChange(state, actor, command, context)
    case 'duty.approve-change':
    case 'duty.decline-change':
      return decideChange(state, actor, command, context)
    case 'duty.take-console': {
      const holder = state.duty.get('now')?.console ?? null
      if (holder !== null)
        return refused('NOT_ALLOWED', `${holder.by} has the console: it is handed over, not taken`, {
          heldBy: holder.by,
        })
      return accepted([{ type: 'duty.console-taken', by: name }])
    }
    case 'duty.release-console': {
      const holder = state.duty.get('now')?.console ?? null
      if (holder === null) return refused('NOT_ALLOWED', 'nobody has the console')
      return accepted([{ type: 'duty.console-released', from: holder.by, reason: command.reason }])
    }
    case 'duty.sign-on':
      return signOn(state, actor, command.officerId, context)
    case 'duty.sign-off':
      return signOff(state, actor, command, context)
    case 'duty.call-roll':
    case 'duty.mark-roll':
    case 'duty.end-roll':
      return decideRoll(state, actor, command, expectedVersion, context)
    default:
      return decideHandOver(state, actor, command, expectedVersion, context)
  }
}

type HandOverCommand = Extract<
  DutyCommand,
  {
    type:
      | 'duty.prepare-hand-over'
      | 'duty.sign-hand-over'
      | 'duty.cancel-hand-over'
      | 'duty.acknowledge-items'
      | 'duty.take-over'
  }
>

function decideHandOver(
  state: CityState,
  actor: Actor,
  command: HandOverCommand,
  expectedVersion: number | undefined,
  context: Context,
): Decision {
  const open = openHandOver(state)
  if (command.type === 'duty.prepare-hand-over') return prepare(state, actor, command.matters, open, context)
  if (open === null) return refused('NOT_ALLOWED', 'no hand-over sheet is drawn up')
  const stale = checkVersion(expectedVersion, open)
  if (stale) return stale
  const handOverId = open.id
  const isOutgoing = actor.name === open.outgoing
  switch (command.type) {
    case 'duty.sign-hand-over':
      // By whoever has the console, who drew it up: no other chief comes as far as here.
      if (open.state !== 'drawn-up') return refused('NOT_ALLOWED', 'it is signed already')
      return accepted([{ type: 'duty.hand-over-signed', handOverId }], { handOverId })
    case 'duty.cancel-hand-over':
      return accepted([{ type: 'duty.hand-over-cancelled', handOverId, reason: command.reason }], { handOverId })
    case 'duty.acknowledge-items': {
      const refusal = asIncoming(open, isOutgoing)
      if (refusal !== null) return refusal
      const unknown = command.itemIds.findIndex((id) => !open.items.some((item) => item.id === id))
      if (unknown >= 0) return invalid(`itemIds.${unknown}`, 'no such item on this sheet')
      return accepted([{ type: 'duty.items-acknowledged', handOverId, itemIds: command.itemIds }], { handOverId })
    }
    default: {
      const refusal = asIncoming(open, isOutgoing)
      if (refusal !== null) return refusal
      const left = open.items.filter((item) => item.acknowledgedAt === null)
      if (left.length > 0)
        return refused('NOT_ALLOWED', `${left.length} items are not acknowledged yet`, {
          left: left.length,
          itemIds: left.slice(0, 20).map((item) => item.id),
        })
      if (open.incoming !== null && open.incoming !== actor.name)
        return refused('FORBIDDEN', `${open.incoming} acknowledged the items, and signs`, { incoming: open.incoming })
      if (context.now - open.asOfAt > staleSheetMs)
        return refused('NOT_ALLOWED', 'the sheet is more than an hour old: the outgoing chief draws it up anew', {
          asOfAt: open.asOfAt,
        })
      const handed = { handOverId, from: open.outgoing, to: actor.name }
      return accepted([{ type: 'duty.handed-over', ...handed }], handed)
    }
  }
}

function asIncoming(open: HandOver, isOutgoing: boolean): Refused | null {
  if (isOutgoing) return refused('FORBIDDEN', 'the incoming chief does this: not the one who hands over')
  return open.state === 'signed' ? null : refused('NOT_ALLOWED', 'the outgoing chief has not signed it yet')
}

/** Drawn up, or brought up to date: what reads as it did stays acknowledged. */
function prepare(
  state: CityState,
  actor: Actor,
  matters: readonly string[],
  open: HandOver | null,
  context: Context,
): Decision {
  if (state.duty.get('now')?.console?.by !== actor.name)
    return refused('NOT_ALLOWED', 'who hands over has the console: take it first')
  const known = new Map(open?.items.map((item) => [item.id, item]))
  const items = handOverItems(state, context, matters).map((item) => {
    const before = known.get(item.id)
    const isSame = before !== undefined && JSON.stringify(before.lines) === JSON.stringify(item.lines)
    return isSame && before.total === item.total ? before : item
  })
  const handOver: HandOver = {
    id: open?.id ?? `H${state.counters.handOver + 1}`,
    version: open?.version ?? 0,
    state: 'drawn-up',
    shiftId: dutyShiftAt(context.dayOf, context.now).id,
    asOfAt: context.now,
    outgoing: actor.name,
    outgoingSignedAt: null,
    incoming: null,
    incomingSignedAt: null,
    items,
  }
  return accepted([{ type: 'duty.hand-over-prepared', handOver }], { handOverId: handOver.id, items: items.length })
}
