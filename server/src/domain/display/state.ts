/** The wall's remote control as a fold of its events. */
import { freeWall, type WallControl } from '../../../../shared/model/display.ts'
import type { WallEvent } from '../../../../shared/model/event.ts'

/** One row, and none before the first push or change of programme. */
export type WallTable = ReadonlyMap<string, WallControl>

export const wallOf = (state: { readonly walls: WallTable }): WallControl => state.walls.get('wall') ?? freeWall

/** A push takes the place of what was held there; what has run out is let go of with any event. */
export function evolveWall(wall: WallControl, event: WallEvent, at: number): WallControl {
  const version = wall.version + 1
  const holds = wall.holds.filter((hold) => at < hold.untilAt)
  switch (event.type) {
    case 'wall.held': {
      const { hold } = event
      return {
        ...wall,
        version,
        holds: [...holds.filter((one) => hold.display !== null && one.display !== hold.display), hold],
      }
    }
    case 'wall.pointed':
      return {
        ...wall,
        version,
        holds: holds.map((hold) => (hold.id === event.holdId ? { ...hold, pointer: event.pointer } : hold)),
      }
    case 'wall.released':
      return { ...wall, version, holds: holds.filter(({ id }) => id !== event.holdId) }
    case 'wall.programme-set':
      return { ...wall, version, holds, programme: event.programme }
  }
}
