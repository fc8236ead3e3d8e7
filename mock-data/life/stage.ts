/**
 * A world with what happens in it and who tells of it: one stage is the city's own, another is a drill's. Takes both on by
 * the tick and keeps which devices are bent by what.
 */
import type { LonLat } from '../../shared/model/geo.ts'
import { bentDevices, type BentDevices } from '../signals/bent-devices.ts'
import type { World } from '../world/world.ts'
import type { DoorInput } from './door-input.ts'
import type { CallerSource, CityTime, Happening, HappeningSource, Trouble } from './happening.ts'

export interface Stage {
  readonly world: World
  readonly bent: BentDevices
  /** Takes everything on to `to`; `wake` names devices that speak at once. Answers the calls that came. */
  tick(from: number, to: number, wake: (code: string) => void): Extract<DoorInput, { door: 'open311' }>[]
  mended(classCode: string, position: LonLat, at: number, wake: (code: string) => void): void
}

/** `isOwn`: troubles of this world that are this stage's to tell of; absent = all. */
export function stage(
  world: World,
  source: HappeningSource,
  callers: CallerSource,
  time: CityTime,
  isOwn: (trouble: Trouble) => boolean = () => true,
): Stage {
  const bent = bentDevices()
  const felt = new Map<string, Happening>()
  const end = (happening: Happening, at: number) => {
    felt.delete(happening.id)
    bent.end(happening.id, at)
    world.ended(happening.id)
  }
  return {
    world,
    bent,
    tick(from, to, wake) {
      world.step(to, time.cityAt(to))
      for (const code of bent.expire(to)) wake(code)
      for (const happening of felt.values())
        if (happening.endsAt !== null && happening.endsAt <= to) end(happening, happening.endsAt)
      for (const happening of source.begin(from, to, world.troubles.filter(isOwn))) {
        callers.heard(happening)
        const { id, kind, position, severity, sensed } = happening
        if (kind === null || sensed.length === 0) continue
        felt.set(id, happening)
        bent.begin(happening)
        world.happens(
          id,
          kind,
          position,
          severity,
          sensed.map(({ code }) => code),
        )
        for (const { code } of sensed) wake(code)
      }
      // What nobody mended and the city has forgotten no longer bends anything.
      for (const happening of felt.values()) if (!source.active.has(happening.id)) end(happening, to)
      return callers.due(from, to)
    },
    mended(classCode, position, at, wake) {
      for (const happening of source.mended(classCode, position, at)) {
        end(happening, at)
        for (const { code } of happening.sensed) wake(code)
      }
      world.mended(classCode, position, time.cityAt(at))
    },
  }
}
