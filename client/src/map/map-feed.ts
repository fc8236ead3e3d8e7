/**
 * What a page has, told to its map. Guarantees that each overlay is told only of what it draws and only when that is another: a list made anew
 * with the same rows, or a clock that moved within its minute, is nothing new, and costs no tile and no picture.
 */
import { computed, watch, type ComputedRef, type WatchSource } from 'vue'
import type { LonLat } from '../../../shared/model/geo.ts'
import type { Incident } from '../../../shared/model/incident.ts'
import type { SensorMark } from '../../../shared/model/sensor-mark.ts'
import type { UnitProposal } from '../../../shared/model/unit.ts'
import type { Warning } from '../../../shared/model/warning.ts'
import type { CrewTrail } from './crew-trail-layer.ts'
import type { LayerGroup } from './layer-groups.ts'
import type { MapSession } from './map-session.ts'
import type { FlowingRoad } from './road-flow-layer.ts'
import type { Sketch } from './sketch-layer.ts'
import type { PlacedUnit } from './units-layer.ts'

export interface MapFeed {
  readonly sensors: readonly SensorMark[]
  readonly incidents: readonly Incident[]
  readonly units: readonly PlacedUnit[]
  readonly selectedIncidentId: string | null
  readonly proposals: readonly UnitProposal[]
  readonly warnings: readonly Warning[]
  readonly heat: readonly LonLat[]
  readonly divisionFill: ReadonlyMap<string, number>
  readonly roads: readonly FlowingRoad[]
  readonly hidden: readonly LayerGroup[]
  readonly trail: CrewTrail
  readonly sketch: Sketch
  readonly layerNames: readonly string[]
  readonly dark: boolean
  readonly locale: 'zh-CN' | 'en'
  readonly nowAt: number
  readonly scale: number
}

const minuteMs = 60_000
const noUnits: readonly PlacedUnit[] = []

/** The list, and the same array for as long as the same rows are in it. */
export function steady<Row>(list: () => readonly Row[]): ComputedRef<readonly Row[]> {
  return computed<readonly Row[]>((before) => {
    const now = list()
    return before?.length === now.length && now.every((row, at) => row === before[at]) ? before : now
  })
}

/** Tells `to` what there is, now and whenever it is another, for as long as the component lives. `lettering` is the size of names. */
export function feedMap(
  to: Pick<MapSession, 'show' | 'hide' | 'restyle'>,
  feed: MapFeed,
  lettering: () => number,
): void {
  const now = <T>(source: WatchSource<T>, tell: (data: T) => void) => watch(source, tell, { immediate: true })
  /** Ages are worded in minutes. Without the server's clock they are counted to the newest change of any case. */
  const clockAt = computed(() =>
    feed.nowAt > 0
      ? Math.floor(feed.nowAt / minuteMs) * minuteMs
      : feed.incidents.reduce((newest, incident) => Math.max(newest, incident.updatedAt), 0),
  )
  const hasDivisions = computed(() => feed.layerNames.includes('divisions'))
  const incidents = steady(() => feed.incidents)
  const warnings = steady(() => feed.warnings)
  const target = computed(() => incidents.value.find(({ id }) => id === feed.selectedIncidentId)?.position ?? null)
  /** Who is proposed moves; where nobody is, it matters to nobody where crews are. */
  const proposedOf = computed(() => (feed.proposals.length === 0 ? noUnits : feed.units))

  now(
    () => ({ present: hasDivisions.value, locale: feed.locale, fill: feed.divisionFill }),
    (data) => to.show('divisions', data),
  )
  now(
    () => ({ locale: feed.locale }),
    (data) => to.show('names', data),
  )
  now(
    () => ({ warnings: warnings.value, nowAt: clockAt.value }),
    (data) => to.show('warnings', data),
  )
  now(
    () => feed.trail,
    (data) => to.show('trail', data),
  )
  now(
    () => feed.sketch,
    (data) => to.show('sketch', data),
  )
  now(
    () => feed.hidden,
    (hidden) => to.hide(hidden),
  )
  now(
    () => feed.roads,
    (data) => to.show('roads', data),
  )
  now(
    () => feed.heat,
    (data) => to.show('heat', data),
  )
  now(
    () => feed.sensors,
    (data) => to.show('sensors', data),
  )
  now(
    () => ({ units: feed.units, incidents: incidents.value }),
    (data) => to.show('units', data),
  )
  now(
    () => ({
      incidents: incidents.value,
      selectedIncidentId: feed.selectedIncidentId,
      nowAt: clockAt.value,
      locale: feed.locale,
    }),
    (data) => to.show('incidents', data),
  )
  now(
    () => ({ proposals: feed.proposals, units: proposedOf.value, target: target.value }),
    (data) => to.show('proposals', data),
  )
  watch(
    () => [feed.dark, feed.scale, lettering()] as const,
    ([dark, scale, textScale]) => to.restyle(dark, scale, textScale),
  )
}
