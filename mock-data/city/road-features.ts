/** Stretches as map features: cut where they run on a bridge or in a tunnel, neighbours sharing the vertex. */
import type { RoadFeature } from '../../shared/contract/city-pack.ts'
import { speedKmh } from './arterials.ts'
import { ground, type Mask } from './mask.ts'
import { thinned, toLonLat, type Point } from './plane.ts'
import type { Stretch } from './street-network.ts'

type State = 'plain' | 'bridge' | 'tunnel'

const piercing = new Set(['motorway', 'trunk', 'primary'])

/** Where a bridge begins a little before the water. */
function stateAt(mask: Mask, kind: string, p: Point): State {
  const here = mask.at(p)
  if (here & ground.water) return 'bridge'
  if (here & ground.hill && piercing.has(kind)) return 'tunnel'
  if (here & ground.rail && piercing.has(kind)) return 'bridge'
  return kind === 'motorway' && !(here & ground.outside) ? 'bridge' : 'plain'
}

export function roadFeatures(stretches: readonly Stretch[], mask: Mask): RoadFeature[] {
  return stretches.flatMap(({ curve, points }) => {
    const features: RoadFeature[] = []
    const close = (run: readonly Point[], state: State) => {
      if (run.length < 2) return
      features.push({
        type: 'Feature',
        properties: {
          ...{ class: curve.class, speedKmh: curve.speedKmh ?? speedKmh[curve.class], oneway: curve.oneway },
          ...{ name: curve.name, nameEn: curve.nameEn, bridge: state === 'bridge', tunnel: state === 'tunnel' },
        },
        geometry: { type: 'LineString', coordinates: thinned(run, 1).map((p) => [...toLonLat(p)]) },
      })
    }
    let run: Point[] = [points[0] as Point]
    let state: State | null = null
    for (let i = 1; i < points.length; i++) {
      const [a, b] = [points[i - 1] as Point, points[i] as Point]
      const next = [0.25, 0.5, 0.75]
        .map((t) => stateAt(mask, curve.class, [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]))
        .reduce((one, other) => (other === 'plain' ? one : other))
      if (state !== null && next !== state) {
        close(run, state)
        run = [a]
      }
      state = next
      run.push(b)
    }
    close(run, state ?? 'plain')
    return features
  })
}
