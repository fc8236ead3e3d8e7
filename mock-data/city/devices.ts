/** What stands in the streets and measures: each kind in the number a real city has, each device with who answers for it. */
import type { DeviceRow } from '../../shared/contract/city-pack.ts'
import { deviceKinds, type DeviceKind } from './device-kinds.ts'
import { deviceSpots, type DeviceGround } from './device-sites.ts'
import { toLonLat, type Point } from './plane.ts'
import type { Random } from './random.ts'
import { spread } from './sites.ts'

interface Standing {
  readonly row: Omit<DeviceRow, 'gateway'>
  readonly family: DeviceKind['family']
  readonly districtId: string
  readonly gridId: string
}

const mostBehindAGateway = 90

/** Names gateways: what is of a family and stands close together speaks through one. */
function withGateways(standing: readonly Standing[]): DeviceRow[] {
  const groups = new Map<string, Standing[]>()
  for (const each of standing) {
    const key = `${each.family}-${each.districtId}`
    const group = groups.get(key)
    if (group) group.push(each)
    else groups.set(key, [each])
  }
  const gateways = new Map<Standing, string>()
  for (const [key, group] of groups) {
    const inOrder = [...group].sort((a, b) =>
      a.gridId < b.gridId ? -1 : a.gridId > b.gridId ? 1 : a.row.code < b.row.code ? -1 : 1,
    )
    const count = Math.ceil(inOrder.length / mostBehindAGateway)
    inOrder.forEach((each, i) => {
      const number = Math.floor((i * count) / inOrder.length) + 1
      gateways.set(each, `GW-${key}-${String(number).padStart(2, '0')}`)
    })
  }
  return standing.map((each) => {
    const { departmentId, ...row } = each.row
    return { ...row, gateway: gateways.get(each) ?? '', departmentId }
  })
}

export function makeDevices(city: DeviceGround, random: Random): DeviceRow[] {
  const { plan, divided } = city.land
  const spots = deviceSpots(city, random)
  const standing: Standing[] = []
  const names = new Map<string, number>()
  for (const { kind, prefix, words, count, apartM, departmentId, family } of deviceKinds) {
    if (kind === 'other') continue
    const wanted = Math.max(Math.min(count, 4), Math.round(count * plan.share))
    const { first, then } = spots[kind]
    const inside = ({ at }: { readonly at: Point }) => divided.at(at) !== null
    const chosen = first.filter(inside).slice(0, wanted)
    if (chosen.length < wanted)
      chosen.push(
        ...spread(
          then.filter(inside),
          wanted - chosen.length,
          plan.size === 'full' ? apartM : Math.min(apartM, 400),
          random,
        ),
      )
    chosen.forEach(({ at, words: site }, n) => {
      const number = String(n + 1).padStart(3, '0')
      const called = `${site}${words}`
      const again = (names.get(called) ?? 0) + 1
      names.set(called, again)
      const where = divided.at(at)
      standing.push({
        ...{ family, districtId: where?.districtId ?? '', gridId: where?.gridId ?? '' },
        row: {
          code: `${prefix}-${number}`,
          name: again > 1 ? `${called}${again}` : called,
          kind,
          position: toLonLat(at),
          site,
          departmentId,
        },
      })
    })
  }
  return withGateways(standing)
}
