/** Cameras: at crossings, stations, squares and along the water, numbered as GB/T 28181 does. */
import type { CameraRow } from '../../shared/contract/city-pack.ts'
import type { Land } from './land.ts'
import type { Place } from './places.ts'
import { placed, toLonLat } from './plane.ts'
import type { Random } from './random.ts'
import { spread, type Site } from './sites.ts'

const watched = ['metro-station', 'station', 'coach-station', 'mall', 'hospital', 'school', 'stadium', 'terminal', 'underpass', 'bridge', 'market', 'park', 'government', 'key-site'] // prettier-ignore

interface Mount {
  readonly site: Site
  readonly isCrossing: boolean
}

export function makeCameras(
  { plan, divided }: Land,
  places: readonly Place[],
  corners: readonly Site[],
  random: Random,
): CameraRow[] {
  const atPlaces = random
    .shuffled(places.filter(({ kind }) => watched.includes(kind)))
    .slice(0, Math.round(plan.cameras * 0.4))
    .map((site): Mount => ({ site, isCrossing: false }))
  const apartM = plan.size === 'full' ? 240 : 150
  const atCorners = spread(corners, plan.cameras - atPlaces.length, apartM, random).map((site): Mount => ({
    site,
    isCrossing: true,
  }))
  const numbers = new Map<string, number>()
  const names = new Map<string, number>()
  return [...atCorners, ...atPlaces].flatMap(({ site, isCrossing }): CameraRow[] => {
    const where = divided.at(site.at)
    if (where === null) return []
    const number = (numbers.get(where.districtId) ?? 0) + 1
    numbers.set(where.districtId, number)
    const isFixed = isCrossing && random.chance(0.7)
    const ptzType = isFixed ? 3 : random.chance(0.15) ? 6 : isCrossing ? 1 : random.pick([1, 2, 4])
    const called = `${site.words}${isCrossing ? '' : '监控'}${isFixed ? '枪机' : '球机'}`
    const again = (names.get(called) ?? 0) + 1
    names.set(called, again)
    return [
      {
        // Centre 8, trade 2, type 3 (132 = network camera), network 1, number 6.
        id: `${where.districtId}00001320${String(number).padStart(6, '0')}`,
        name: again > 1 ? `${called}${again}` : called,
        position: toLonLat(placed([9, 0], random.between(0, 6.28), site.at)),
        ptzType,
        headingDeg: ptzType === 3 || ptzType === 4 ? random.whole(0, 71) * 5 : null,
        departmentId: isCrossing ? 'traffic' : 'police',
      },
    ]
  })
}
