/**
 * Features of interest made from places: one a Location, when the first observation from there comes.
 * Guarantees: cheap (a set look-up an observation once known), and never two for one place from this process.
 */
import { randomUUID } from 'node:crypto'
import type { EntityDraft } from '../../../../shared/model/catalog.ts'
import type { Actor } from '../../../../shared/model/role.ts'
import type { Engine } from '../../ports/engine.ts'
import type { Log } from '../../ports/log.ts'
import type { CatalogIndex } from './catalog-index.ts'

const maxDraftsPerCommand = 500

/** The door itself makes them, whoever observed. */
const actor: Actor = { name: 'door:sensorthings', role: 'door' }

export interface FeatureKeeper {
  /**
   * Resolves when what the sensor's place misses is made. Observations of every door are seen to without asking: this
   * is for who wants to tell of it. Never rejects: an observation does not depend on it.
   */
  ensure(sensorId: number): Promise<void>
  stop(): void
}

export function createFeatureKeeper(engine: Engine, index: CatalogIndex, log: Log): FeatureKeeper {
  const settled = new Set<number>()
  const underWay = new Map<number, Promise<void>>()
  const stop = engine.onCommit((commit) => {
    const isMoved = commit.events.some(
      ({ event }) =>
        (event.type === 'catalog.updated' && event.entity.kind !== 'FeatureOfInterest') ||
        event.type === 'catalog.deleted',
    )
    if (isMoved) settled.clear()
    if (commit.readings.length > 0) see(commit.readings)
  })

  function missing(sensorId: number): EntityDraft | null {
    const datastream = engine.view.entity('Datastream', sensorId)
    if (!datastream || index.featureOf(datastream)) return null
    const thing = engine.view.entity('Thing', datastream.links.Thing?.[0] ?? 0)
    const location = engine.view.entity('Location', thing?.links.Location?.[0] ?? 0)
    if (!location) return null
    const { name, description, encodingType, location: feature } = location.body
    return {
      kind: 'FeatureOfInterest',
      body: { name, description, encodingType, feature },
      links: { Location: [location.id] },
    }
  }

  async function make(drafts: readonly EntityDraft[]): Promise<void> {
    try {
      const outcome = await engine.submit(actor, {
        commandId: randomUUID(),
        command: { type: 'catalog.create', drafts },
      })
      if (!outcome.ok) log.warn({ refusal: outcome.refusal }, 'feature of interest refused')
    } catch (error) {
      log.error({ error }, 'feature of interest not made')
    }
  }

  function see(sensors: Iterable<{ readonly sensorId: number }>): void {
    const drafts = new Map<number, EntityDraft>()
    for (const { sensorId } of sensors) {
      if (settled.has(sensorId)) continue
      settled.add(sensorId)
      const draft = missing(sensorId)
      const place = Number(draft?.links.Location?.[0] ?? 0)
      if (!draft || underWay.has(place)) continue
      drafts.set(place, draft)
    }
    const all = [...drafts]
    for (let from = 0; from < all.length; from += maxDraftsPerCommand) {
      const some = all.slice(from, from + maxDraftsPerCommand)
      const made = make(some.map(([, draft]) => draft)).finally(() => {
        for (const [place] of some) underWay.delete(place)
      })
      for (const [place] of some) underWay.set(place, made)
    }
  }

  return {
    async ensure(sensorId) {
      see([{ sensorId }])
      await Promise.all(underWay.values())
    },
    stop,
  }
}
