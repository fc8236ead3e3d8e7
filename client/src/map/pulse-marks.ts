/**
 * The slow pulse round cases of the two upper levels that nobody has accepted. Drawn by the page over the map and animated by its
 * compositor, so that a map at rest is not drawn again for it. Guarantees at most `maxPulses` of them, worst and oldest first: where
 * everything pulses, nothing is pointed at. Still where less motion is asked for.
 */
import { Marker, type MapLibreMap } from 'maplibre-gl'
import type { LonLat } from '../../../shared/model/geo.ts'
import { planeOf } from './plane.ts'
import './pulse-marks.css'

export interface Pulse {
  readonly id: string
  readonly at: LonLat
  readonly level: 1 | 2
  readonly sinceAt: number
}

export const maxPulses = 24

/** Those that may pulse at once. */
export const foremost = (pulses: readonly Pulse[]): Pulse[] =>
  [...pulses].sort((a, b) => a.level - b.level || a.sinceAt - b.sinceAt).slice(0, maxPulses)

export interface PulseMarks {
  /** `radiusPx` of the ring at rest. */
  show(map: MapLibreMap, pulses: readonly Pulse[], radiusPx: number): void
  clear(): void
}

export function pulseMarks(): PulseMarks {
  const markers = new Map<string, Marker>()
  const drop = (id: string) => {
    markers.get(id)?.remove()
    markers.delete(id)
  }
  return {
    show(map, pulses, radiusPx) {
      const shown = new Map(foremost(pulses).map((pulse) => [pulse.id, pulse]))
      for (const id of [...markers.keys()]) if (!shown.has(id)) drop(id)
      for (const { id, at, level } of shown.values()) {
        const known = markers.get(id)
        const marker = known ?? new Marker({ element: ring() })
        const element = marker.getElement()
        element.dataset.level = String(level)
        element.style.setProperty('--pulse', `${2 * radiusPx}px`)
        const [lng, lat] = planeOf(map).shown(at)
        marker.setLngLat([lng, lat])
        if (known === undefined) markers.set(id, marker.addTo(map))
      }
    },
    clear() {
      for (const id of [...markers.keys()]) drop(id)
    },
  }
}

function ring(): HTMLElement {
  // MapLibre moves the outer one by a transform; the inner one is ours to animate.
  const outer = document.createElement('div')
  outer.className = 'map-pulse'
  outer.setAttribute('aria-hidden', 'true')
  outer.append(document.createElement('i'))
  return outer
}
