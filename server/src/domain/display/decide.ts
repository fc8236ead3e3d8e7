/**
 * The wall's remote control (推送上屏). Guarantees: who holds a display is known and is not pushed aside by an equal; a hold ends by itself.
 * Refuses to know what a display shows: that follows from the row, the programme and the clock (`shownOn`).
 */
import type { WallCommand } from '../../../../shared/model/command.ts'
import type { WallControl, WallHold } from '../../../../shared/model/display.ts'
import { roles, type Actor, type Role } from '../../../../shared/model/role.ts'
import { wallCommandRoles } from '../../../../shared/model/display-rights.ts'
import type { Context, Decision } from '../context.ts'
import { accepted, checkVersion, invalid, notFound, refused } from '../context.ts'
import type { CityState } from '../state.ts'
import { wallOf } from './state.ts'

const isRole = (role: Actor['role']): role is Role => (roles as readonly string[]).includes(role)

export function decideWall(
  state: CityState,
  actor: Actor,
  command: WallCommand,
  expectedVersion: number | undefined,
  context: Context,
): Decision {
  const { role } = actor
  if (!isRole(role) || !wallCommandRoles[command.type].includes(role))
    return refused('FORBIDDEN', `role ${role} may not ${command.type.slice('wall.'.length)}`)
  const wall = wallOf(state)
  const stale = checkVersion(expectedVersion, wall)
  if (stale) return stale
  if (command.type === 'wall.set-programme') {
    if (command.reason.trim() === '') return invalid('reason', 'a reason is needed')
    const { programme, reason } = command
    return accepted([{ type: 'wall.programme-set', programme, reason }], {})
  }
  if (command.type === 'wall.push') return push(state, wall, { ...actor, role }, command, context)
  const hold = wall.holds.find(({ id }) => id === command.holdId)
  if (hold === undefined || context.now >= hold.untilAt) return notFound('hold', command.holdId)
  if (!mayMove(actor, hold)) return heldBy(hold)
  return command.type === 'wall.point'
    ? accepted([{ type: 'wall.pointed', holdId: hold.id, pointer: command.position }], { holdId: hold.id })
    : accepted([{ type: 'wall.released', holdId: hold.id }], { holdId: hold.id })
}

/** The holder itself, and a chief. */
const mayMove = (actor: Actor, hold: WallHold): boolean => actor.role === 'chief' || actor.name === hold.by
const heldBy = ({ by, id, untilAt }: WallHold): Decision =>
  refused('CONFLICT', `${by} holds it: ${id}`, { holdId: id, by, untilAt })

function push(
  state: CityState,
  wall: WallControl,
  actor: Actor & { readonly role: Role },
  command: Extract<WallCommand, { type: 'wall.push' }>,
  { now }: Context,
): Decision {
  const { display, scene, caseId, position, minutes } = command
  const incident = caseId === null ? undefined : state.incidents.get(caseId)
  if (caseId !== null && incident === undefined) return notFound('case', caseId)
  const others = wall.holds.find(
    (hold) => now < hold.untilAt && isOverlapping(hold.display, display) && !mayMove(actor, hold),
  )
  if (others !== undefined) return heldBy(others)
  const hold: WallHold = {
    id: `H${state.counters.wallHold + 1}`,
    display,
    scene,
    caseId,
    position: position ?? incident?.position ?? null,
    pointer: null,
    by: actor.name,
    role: actor.role,
    sinceAt: now,
    untilAt: now + minutes * 60_000,
  }
  return accepted([{ type: 'wall.held', hold }], { holdId: hold.id })
}

const isOverlapping = (a: string | null, b: string | null): boolean => a === null || b === null || a === b
