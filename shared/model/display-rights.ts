/** Who may steer the wall: officers push, hold and release; the programme is the chief's. */
import type { WallCommand } from './command.ts'
import type { Role } from './role.ts'

const officers = ['duty', 'chief'] as const
export const wallCommandRoles: Record<WallCommand['type'], readonly Role[]> = {
  'wall.push': officers,
  'wall.point': officers,
  'wall.release': officers,
  'wall.set-programme': ['chief'],
}
