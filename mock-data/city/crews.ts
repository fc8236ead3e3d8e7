/** The city's crews at their stations: where their tools are. */
import type { CrewRow } from '../../shared/contract/city-pack.ts'
import { crewKinds, crewRow } from './organisation.ts'
import type { Plan } from './plan.ts'
import { nearPlace, type Place } from './places.ts'
import { toLonLat } from './plane.ts'
import type { Random } from './random.ts'

const stationKinds: Readonly<Record<string, readonly string[]>> = {
  sanitation: ['sanitation-depot'],
  road: ['road-depot'],
  drainage: ['pumping'],
  urban: ['urban-management'],
  gas: ['gas-station'],
  fire: ['fire'],
  traffic: ['traffic-police'],
  water: ['waterworks'],
  parks: ['parks-depot'],
  lighting: ['lighting-depot'],
  power: ['substation'],
  environment: ['government'],
  lift: ['estate'],
  community: ['community'],
  medical: ['hospital'],
}

export function makeCrews(plan: Plan, places: readonly Place[], random: Random): CrewRow[] {
  return crewKinds.flatMap((kind) => {
    const stations = places.filter((place) => stationKinds[kind.kind]?.includes(place.kind))
    const homes = stations.length > 0 ? stations : places
    const count = plan.size === 'full' ? kind.count : Math.ceil(kind.count / 10)
    return Array.from({ length: count }, (_, n) => {
      const home = homes[n % homes.length] as Place
      return crewRow(kind, n, toLonLat(nearPlace(home.at, 15, random)), home.words)
    })
  })
}
