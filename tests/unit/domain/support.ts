/** Rules on paper: a state, a clock and a log kept by hand, without an engine. */
import type { Actor } from '../../../shared/model/role.ts'
import type { Command } from '../../../shared/model/command.ts'
import type { LoggedEvent } from '../../../shared/model/event.ts'
import { cityCalendar } from '../../../shared/model/city-calendar.ts'
import { cityContext } from '../../../server/src/engine/city-context.ts'
import { decide } from '../../../server/src/domain/decide.ts'
import { evolve, newCityState, type CityState } from '../../../server/src/domain/state.ts'
import type { Decision, Emitted } from '../../../server/src/domain/context.ts'
import { SnapshotReader } from '../../../server/src/domain/snapshot.ts'
import { noChanges } from '../../../server/src/domain/changes.ts'
import type { UnitFix } from '../../../shared/model/unit.ts'
import { smallCity } from '../../support/small-city.ts'
import { testNoon } from '../../support/engine.ts'

export const dayOf = cityCalendar('Asia/Shanghai')
export const city = smallCity()

export function restoreState(pieces: Iterable<string>): CityState | null {
  const reader = new SnapshotReader(dayOf)
  for (const piece of pieces) reader.take(piece)
  return reader.state()
}

export class Paper {
  now = testNoon
  readonly state: CityState = newCityState(dayOf)
  readonly log: LoggedEvent[] = []
  readonly fixes = new Map<string, UnitFix>()
  readonly contextAt: ReturnType<typeof cityContext>
  changes = noChanges()

  /** `contextAt`: made before, where many papers share one and no crew of theirs ever moves. */
  constructor(crews = true, of = city, contextAt?: ReturnType<typeof cityContext>) {
    this.contextAt = contextAt ?? cityContext(of, dayOf, this.fixes)
    for (const crew of crews ? of.crews : []) this.ask({ name: 'system', role: 'system' }, crew)
  }

  get context() {
    return this.contextAt(this.now)
  }

  /** Decides and, where accepted, folds. */
  ask(actor: Actor, command: Command, expectedVersion?: number): Decision {
    const decision = decide(this.state, actor, command, expectedVersion, this.context)
    if (decision.ok) this.fold(decision.events, actor.name)
    return decision
  }

  fold(emitted: readonly Emitted[], actor = 'system'): void {
    for (const { event } of emitted) {
      const seq = this.state.rev + 1
      const logged = { seq, at: this.now, actor, cause: 'test', event, prevHash: '', hash: '' }
      this.log.push(logged)
      evolve(this.state, logged, this.changes)
    }
  }
}

export const refusalOf = (decision: Decision) => (decision.ok ? null : decision.refusal)
