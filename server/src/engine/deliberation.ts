/**
 * Decides one batch: each input against the state the inputs before it made. Guarantees: events are numbered, timed and
 * sealed in the order they were decided; state is folded at once, so the next input sees it; a rule that throws spoils
 * its own input only. Knows no store: what is decided here is nothing until it is committed.
 */
import type { Actor } from '../../../shared/model/role.ts'
import type { AlarmRule } from '../../../shared/model/alarm.ts'
import type { DomainEvent, LoggedEvent } from '../../../shared/model/event.ts'
import type { Instant, SensorId } from '../../../shared/model/ids.ts'
import type { Reading } from '../../../shared/model/reading.ts'
import type { Sensor } from '../../../shared/model/sensor.ts'
import { isOfDrill } from '../../../shared/model/reading.ts'
import type { UnitFix } from '../../../shared/model/unit.ts'
import type { Changes } from '../domain/changes.ts'
import type { Context, Emitted } from '../domain/context.ts'
import type { CityState } from '../domain/state.ts'
import type { AlarmWatch, Verdict } from '../domain/alarm/watch.ts'
import type { DeviationWatch } from '../domain/anomaly/deviation-watch.ts'
import { situationOf } from '../domain/alarm/scope.ts'
import { cityModeOf } from '../domain/mode/state.ts'
import type { DataWatch } from '../domain/alarm/data-watch.ts'
import { isAlgorithmOn } from '../domain/algorithm/state.ts'
import { announce } from '../domain/alarm/announce.ts'
import { announceData, announceGateway } from '../domain/alarm/announce-data.ts'
import { rulesInForce } from '../domain/alarm/rules-in-force.ts'
import { shapeAlarms } from '../domain/alarm-load/shape.ts'
import { arrivalSuggested } from '../domain/unit/arrival.ts'
import type { LinkWatch } from '../domain/unit/link-watch.ts'
import { decide } from '../domain/decide.ts'
import { alarmTickSteps, decideTick } from '../domain/tick.ts'
import { withPlans } from '../domain/plan/apply.ts'
import { evolve } from '../domain/state.ts'
import { withFollowing } from '../domain/incident/following.ts'
import { noChanges } from '../domain/changes.ts'
import type { CommandOutcome } from '../ports/engine.ts'
import type { CommitBatch, EventHasher } from '../ports/store.ts'
import type { Input } from './input-queue.ts'
import type { Remembered, RememberedCommands } from './remembered-commands.ts'
import { answerAgain } from './remembered-commands.ts'

export interface Core {
  readonly state: CityState
  readonly watch: AlarmWatch
  /** Watches what the running drill brings: it raises and clears alarms of its own. */
  readonly drillWatch: AlarmWatch
  /** Watches whether sensors are heard and believed; null where nobody is to be missed. */
  readonly dataWatch: DataWatch | null
  /** Watches whether sensors say what is expected of them now. */
  readonly deviationWatch: DeviationWatch
  /** The pack's rules, as they were before any change. */
  readonly packRules: readonly AlarmRule[]
  /** When each crew was last heard of. */
  readonly links: LinkWatch
  readonly remembered: RememberedCommands
  readonly hasher: EventHasher
  /** Hash of the last event decided. */
  headHash: string
  /** First instant of the city day the log last spoke of. */
  dayStartAt: Instant
}

type Command = CommitBatch['commands'][number]

export class Deliberation {
  readonly events: LoggedEvent[] = []
  readonly changes: Changes = noChanges()
  readonly readings: Reading[] = []
  readonly fixes: UnitFix[] = []
  readonly commands: Command[] = []
  readonly faults: unknown[] = []
  readonly #core: Core
  readonly #context: Context
  readonly #known: ReadonlyMap<string, Remembered>
  readonly #answers: ((duplicates: ReadonlyMap<number, number>) => void)[] = []

  /** `known`: outcomes the store remembers of commands in this batch. */
  constructor(core: Core, context: Context, known: ReadonlyMap<string, Remembered>) {
    this.#core = core
    this.#context = context
    this.#known = known
  }

  take(input: Input): void {
    switch (input.kind) {
      case 'command':
        return this.#command(input)
      case 'readings': {
        const first = this.readings.length
        for (const reading of input.readings) this.#reading(reading)
        this.#answers.push((duplicates) => input.resolve(part(duplicates, first, input.readings.length)))
        return
      }
      case 'fixes':
        for (const fix of input.fixes) this.#fix(fix)
        break
      case 'note':
        this.#append([{ event: input.event }], input.actor, 'note')
        break
      case 'tick':
        this.#tick()
    }
    this.#answers.push(() => input.resolve())
  }

  /** Makes events of verdicts that were waiting for the start. */
  announceAll(verdicts: readonly Verdict[]): void {
    for (const verdict of verdicts) this.#verdict(verdict, false, 'start')
  }

  emit(emitted: readonly Emitted[], cause: string): void {
    this.#append(emitted, 'system', cause)
  }

  /** Tells all who asked; called once, after the commit. */
  answer(duplicates: ReadonlyMap<number, number>): void {
    for (const answer of this.#answers) answer(duplicates)
  }

  get isEmpty(): boolean {
    return this.events.length + this.readings.length + this.fixes.length + this.commands.length === 0
  }

  #command(input: Extract<Input, { kind: 'command' }>): void {
    const { actor, envelope, cause } = input
    const { commandId } = envelope
    const remembered =
      commandId === '' ? undefined : (this.#core.remembered.get(commandId) ?? this.#known.get(commandId))
    if (remembered !== undefined) {
      const again = answerAgain(remembered, actor.name)
      this.#answers.push(() => input.resolve(again))
      return
    }
    let outcome: CommandOutcome
    try {
      outcome = this.#decide(actor, envelope, cause)
    } catch (fault) {
      this.faults.push(fault)
      this.#answers.push(() => input.reject(fault instanceof Error ? fault : new Error(String(fault))))
      return
    }
    if (outcome.ok && commandId !== '') {
      this.#core.remembered.set(commandId, { actor: actor.name, outcome })
      this.commands.push({ commandId, actor: actor.name, outcome })
    }
    this.#answers.push(() => input.resolve(outcome))
  }

  #decide(actor: Actor, envelope: Extract<Input, { kind: 'command' }>['envelope'], cause: string): CommandOutcome {
    const { state } = this.#core
    const decision = decide(state, actor, envelope.command, envelope.expectedVersion, this.#context)
    if (!decision.ok) return decision
    this.#append(decision.events, actor.name, cause)
    return { ok: true, rev: state.rev, data: decision.data }
  }

  #fix(fix: UnitFix): void {
    const { state, links } = this.#core
    const unit = state.units.get(fix.unitId)
    if (unit === undefined) return
    this.fixes.push(fix)
    const events = [...links.heard(unit, fix.fixAt), ...arrivalSuggested(unit, fix, state.incidents)]
    if (events.length > 0)
      this.#append(
        events.map((event) => ({ event })),
        'system',
        `fix:${fix.unitId}@${fix.fixAt}`,
      )
  }

  #reading(reading: Reading): void {
    this.readings.push(reading)
    const sensor = this.#core.state.sensors.get(reading.sensorId)
    if (sensor === undefined) return
    const ofDrill = isOfDrill(reading.quality)
    // The drill may have ended while this was on its way: it is kept, marked, and judged by nobody.
    if (ofDrill && this.#core.state.drills.size === 0) return
    const watch = ofDrill ? this.#core.drillWatch : this.#core.watch
    const verdict = watch.observe(sensor.kind, reading, sensor.districtId)
    if (verdict !== undefined) this.#verdict(verdict, ofDrill)
    if (ofDrill) return
    if (isAlgorithmOn(this.#core.state.algorithms, 'expected-value')) {
      const unlike = this.#core.deviationWatch.observe(sensor, reading, this.#situation)
      if (unlike !== undefined) this.#verdict(unlike)
    }
    if (this.#core.dataWatch !== null) this.#judgeData(this.#core.dataWatch, sensor, reading)
  }

  readonly #situation = () => situationOf(cityModeOf(this.#core.state), this.#context)

  #judgeData(watch: DataWatch, sensor: Sensor, reading: Reading): void {
    const { gateway, sensor: verdict } = watch.observe(sensor, reading)
    if (gateway === undefined && verdict === undefined) return
    const { state } = this.#core
    const cause = `reading:${sensor.id}@${reading.phenomenonAt}`
    const rule = watch.gatewayRule()
    try {
      if (gateway !== undefined && rule !== undefined)
        this.#append(announceGateway(state, gateway, rule, this.#context), 'system', cause)
      if (verdict !== undefined)
        this.#append(announceData(state, verdict, watch.isHidden(sensor), this.#context), 'system', cause)
    } catch (fault) {
      this.faults.push(fault)
    }
  }

  #verdict(verdict: Verdict, ofDrill = false, cause = `reading:${verdict.sensorId}@${verdict.at}`): void {
    const { state } = this.#core
    const sensor = state.sensors.get(verdict.sensorId)
    if (sensor === undefined) return
    try {
      const emitted = withFollowing(state, announce(state, verdict, sensor, this.#context, ofDrill), this.#context)
      if (emitted.length > 0) this.#append(emitted, 'system', cause)
    } catch (fault) {
      this.faults.push(fault)
    }
  }

  /** The watches go by the rules as they stand now; what stands goes on standing. */
  #takeRules(): void {
    const { state, watch, drillWatch, dataWatch, packRules } = this.#core
    const rules = rulesInForce(packRules, state.ruleChanges)
    const kindOf = (id: SensorId) => state.sensors.get(id)?.kind
    for (const each of [watch, drillWatch]) each.setRules(rules, kindOf)
    dataWatch?.setRules(rules)
    this.#core.deviationWatch.setRules(rules)
  }

  #tick(): void {
    const { state, watch, drillWatch } = this.#core
    const day = this.#context.dayOf(this.#context.now)
    if (day.startAt > this.#core.dayStartAt) {
      this.#core.dayStartAt = day.startAt
      this.changes.kpi = true
      // Numbers of the day begin again; this event is what brings that to every page.
      const event = { type: 'audit.noted', act: 'day.started', ok: true, subject: day.ymd, details: {} } as const
      this.#append([{ event }], 'system', 'tick')
    }
    try {
      this.#append(decideTick(state, watch, this.#context, drillWatch), 'system', 'tick')
      for (const emitted of alarmTickSteps(state, this.#core.dataWatch, this.#context))
        this.#append(emitted, 'system', 'tick')
      const lost = this.#core.links.tick(state.units, this.#context.now)
      this.#append(
        lost.map((event) => ({ event })),
        'system',
        'tick',
      )
    } catch (fault) {
      this.faults.push(fault)
    }
  }

  #append(said: readonly Emitted[], actor: string, cause: string): void {
    const shaped = shapeAlarms(this.#core.state, said, this.#context.now)
    const emitted = withPlans(this.#core.state, shaped, this.#context)
    const { state, watch, drillWatch, dataWatch, hasher } = this.#core
    let [seq, prevHash] = [state.rev, this.#core.headHash]
    // Sealed before any is folded: an event that cannot be written must leave no trace.
    const logged = emitted.map((one): LoggedEvent => {
      const facts = {
        seq: ++seq,
        at: this.#context.now,
        actor: one.actor ?? actor,
        cause: one.cause ?? cause,
        event: one.event,
      }
      const sealed: LoggedEvent = { ...facts, prevHash, hash: hasher(prevHash, facts).hash }
      prevHash = sealed.hash
      return sealed
    })
    this.#core.headHash = prevHash
    for (const one of logged) {
      const { event } = one
      const forgotten = forgottenBy(event, state.sensors)
      if (forgotten !== undefined) {
        for (const each of [watch, drillWatch]) each.forget(forgotten.id)
        dataWatch?.forget(forgotten)
        this.#core.deviationWatch.forget(forgotten.id)
      }
      if (event.type === 'drill.ended') drillWatch.clear()
      evolve(state, one, this.changes)
      if (event.type === 'alarm-rule.change-approved') this.#takeRules()
      this.events.push(one)
    }
  }
}

/** The sensor as the watches knew it, where what they know of it is of no use any more. */
function forgottenBy(event: DomainEvent, sensors: ReadonlyMap<SensorId, Sensor>): Sensor | undefined {
  if (event.type === 'sensor.removed') return sensors.get(event.sensorId)
  if (event.type !== 'sensor.registered') return undefined
  const known = sensors.get(event.sensor.id)
  const isSame = known?.kind === event.sensor.kind && known.gateway === event.sensor.gateway
  return isSame ? undefined : known
}

const none: ReadonlyMap<number, number> = new Map()

/** The duplicates among `count` readings from `first` on, numbered from 0. */
function part(duplicates: ReadonlyMap<number, number>, first: number, count: number): ReadonlyMap<number, number> {
  if (duplicates.size === 0) return none
  const own = new Map<number, number>()
  for (const [index, id] of duplicates) if (index >= first && index < first + count) own.set(index - first, id)
  return own
}
