/**
 * The register of devices: create, update, delete, all or nothing. Guarantees: no link leads nowhere; mandatory links
 * are there; a deletion takes along what cannot be without it (OGC 18-088); the sensor register follows in the same act.
 */
import type { Actor } from '../../../../shared/model/role.ts'
import type { Entity, EntityKind } from '../../../../shared/model/catalog.ts'
import type { InternalCommand } from '../../../../shared/model/command.ts'
import type { Context, Decision } from '../context.ts'
import { isInternal, refused } from '../context.ts'
import type { CityState } from '../state.ts'
import { CatalogPlan } from './plan.ts'

export type CatalogCommand = Extract<InternalCommand, { type: `catalog.${string}` }>

/** What falls with it: the kinds whose mandatory link this kind is. */
const dependents: Readonly<Partial<Record<EntityKind, readonly EntityKind[]>>> = {
  Thing: ['Datastream', 'HistoricalLocation'],
  Sensor: ['Datastream'],
  ObservedProperty: ['Datastream'],
  Location: ['HistoricalLocation'],
}
/** What only loses its link. */
const holders: Readonly<Partial<Record<EntityKind, readonly EntityKind[]>>> = {
  Location: ['Thing', 'FeatureOfInterest'],
  FeatureOfInterest: ['Datastream'],
}

export function decideCatalog(state: CityState, actor: Actor, command: CatalogCommand, context: Context): Decision {
  if (!isInternal(actor)) return refused('FORBIDDEN', 'the catalogue is written by its doors only')
  const plan = new CatalogPlan(state, context)
  switch (command.type) {
    case 'catalog.create':
      return plan.decide({ ids: plan.create(command.drafts) })
    case 'catalog.update':
      return updateEntity(plan, command)
    case 'catalog.delete': {
      const { kind, id } = command
      if (plan.entity(kind, id) === undefined) return noSuch(kind, id)
      deleteEntity(state, plan, kind, id)
      return plan.decide({ id })
    }
  }
}

function updateEntity(plan: CatalogPlan, command: Extract<CatalogCommand, { type: 'catalog.update' }>): Decision {
  const { kind, id, body, drafts } = command
  const known = plan.entity(kind, id)
  if (known === undefined) return noSuch(kind, id)
  const ids = plan.create(drafts)
  const links = { ...known.links, ...plan.links(kind, command.links, 'links') }
  plan.update({ kind, id, body, links })
  return plan.decide({ id, ids })
}

/** Of each entity once: what depends on one kind depends on none of the others that fall with it. */
function deleteEntity(state: CityState, plan: CatalogPlan, kind: EntityKind, id: number): void {
  for (const owner of dependents[kind] ?? []) {
    for (const each of state.links.to(kind, id, owner)) {
      const entity = plan.entity(owner, each) as Entity
      const others = othersThan(entity, kind, id)
      if (others.length > 0) plan.update({ ...entity, links: { ...entity.links, [kind]: others } })
      else deleteEntity(state, plan, owner, each)
    }
  }
  for (const owner of holders[kind] ?? []) {
    for (const each of state.links.to(kind, id, owner)) {
      const entity = plan.entity(owner, each) as Entity
      plan.update({ ...entity, links: { ...entity.links, [kind]: othersThan(entity, kind, id) } })
    }
  }
  plan.touch({ kind, id })
  plan.delete(kind, id)
}

/** What else it leads to, of the kind it is known to lead to. */
const othersThan = ({ links }: Entity, kind: EntityKind, id: number): readonly number[] =>
  (links[kind] as readonly number[]).filter((linked) => linked !== id)

const noSuch = (kind: EntityKind, id: number): Decision =>
  refused('NOT_FOUND', `there is no ${kind} ${id}`, {
    kind,
    id,
    fields: [{ field: 'id', problem: `no ${kind} ${id}` }],
  })
