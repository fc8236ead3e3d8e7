/** The programme of displays as it is written on the desk: moves of its parts, and what the door would say against it. Pure. */
import { programmeSchema } from '../../../../shared/contract/display.ts'
import type { ProgrammeTurn, WallProgramme } from '../../../../shared/model/display.ts'

/** Whose turns are written: of one display by its place in the list, or the usual ones. */
export type TurnsOf = number | 'usual'

export const newTurn: ProgrammeTurn = {
  days: [],
  from: '00:00',
  to: '00:00',
  when: {},
  scenes: ['overview'],
  dwellS: 60,
}

export const turnsIn = (programme: WallProgramme, of: TurnsOf): readonly ProgrammeTurn[] =>
  of === 'usual' ? programme.usual : (programme.displays[of]?.turns ?? [])

export function withTurns(programme: WallProgramme, of: TurnsOf, turns: readonly ProgrammeTurn[]): WallProgramme {
  if (of === 'usual') return { ...programme, usual: turns }
  const displays = programme.displays.map((one, at) => (at === of ? { ...one, turns } : one))
  return { ...programme, displays }
}

/** An element moved one place up, where there is one. */
export function movedUp<T>(list: readonly T[], at: number): readonly T[] {
  const [before, it] = [list[at - 1], list[at]]
  if (before === undefined || it === undefined) return list
  return [...list.slice(0, at - 1), it, before, ...list.slice(at + 1)]
}

/** An element put in, or taken out. */
export const toggled = <T>(list: readonly T[], it: T): readonly T[] =>
  list.includes(it) ? list.filter((one) => one !== it) : [...list, it]

/** Conditions without those that name nothing: none left is no condition. */
export function conditions(when: ProgrammeTurn['when']): ProgrammeTurn['when'] {
  const { modes = [], warnings = [] } = when
  return { ...(modes.length === 0 ? {} : { modes }), ...(warnings.length === 0 ? {} : { warnings }) }
}

/** Where the programme is wrong, as the door would name it: `displays.0.id`. */
export function problemsOf(programme: WallProgramme): readonly string[] {
  const checked = programmeSchema.safeParse(programme)
  return checked.success ? [] : [...new Set(checked.error.issues.map(({ path }) => path.join('.')))]
}
