/**
 * Features of interest made from places: one a Location, when the first observation from there comes.
 * Guarantees: off the hot path (a set look-up an observation once known), and never two for one place from this process.
 */
import { randomUUID } from 'node:crypto'
import type { EntityDraft } from '../../../../shared/model/catalog.ts'
import type { Actor } from '../../../../shared/model/role.ts'
import type { Engine } from '../../ports/engine.ts'
import type { Log } from '../../ports/log.ts'
import type { CatalogIndex } from './catalog-index.ts'

const maxDraftsPerCommand = 500

export interface FeatureKeeper {
  /** Makes what is missing for the sensors' places. Never rejects: an observation does not depend on it. */
  ensure(sensorIds: Iterable<number>, actor: Actor): Promise<void>
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

  async function make(drafts: readonly EntityDraft[], actor: Actor): Promise<void> {
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

  return {
    async ensure(sensorIds, actor) {
      const drafts = new Map<number, EntityDraft>()
      const waits: Promise<void>[] = []
      for (const sensorId of sensorIds) {
        if (settled.has(sensorId)) continue
        settled.add(sensorId)
        const draft = missing(sensorId)
        const place = Number(draft?.links.Location?.[0] ?? 0)
        const before = underWay.get(place)
        if (before) waits.push(before)
        else if (draft && drafts.size < maxDraftsPerCommand) drafts.set(place, draft)
        else if (draft) settled.delete(sensorId)
      }
      if (drafts.size > 0) {
        const made = make([...drafts.values()], actor).finally(() => {
          for (const place of drafts.keys()) underWay.delete(place)
        })
        for (const place of drafts.keys()) underWay.set(place, made)
        waits.push(made)
      }
      await Promise.all(waits)
    },
    stop,
  }
}
