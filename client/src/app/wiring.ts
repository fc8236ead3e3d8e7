/**
 * The only file that knows both the connection and the stores: opens the connection with the session, hands every batch to the
 * tables' own writers, and closes it with the session.
 */
import { watch } from 'vue'
import type { RouteMeta, Router } from 'vue-router'
import type { RowChange, StateTable, StateTables } from '../../../shared/contract/realtime.ts'
import { makeApi } from '../connection/api.ts'
import { fail } from '../connection/failure.ts'
import { connect, type Connection, type ConnectionOptions, type Topics } from '../connection/socket.ts'
import { useAlarmGroupsStore } from '../stores/alarm-groups.ts'
import { useAlarmsStore } from '../stores/alarms.ts'
import { useCaseHeatStore } from '../stores/case-heat.ts'
import { useCasePlansStore } from '../stores/case-plans.ts'
import { useCityStore } from '../stores/city.ts'
import { untilNextSecondMs } from '../stores/clock-offset.ts'
import { useDisplaysStore } from '../stores/displays.ts'
import { useDistrictOnTimeStore } from '../stores/district-on-time.ts'
import { useDrillsStore } from '../stores/drills.ts'
import { useDutyStore } from '../stores/duty.ts'
import { useFloodStore } from '../stores/flood.ts'
import { useHandsStore } from '../stores/hands.ts'
import { useIncidentsStore } from '../stores/incidents.ts'
import { useKpiTodayStore } from '../stores/kpi-today.ts'
import { useLinkStore } from '../stores/link.ts'
import { useModesStore } from '../stores/modes.ts'
import { usePeopleStore } from '../stores/people.ts'
import { useResourcesStore } from '../stores/resources.ts'
import { useResponsesStore } from '../stores/responses.ts'
import { useRemoteStore } from '../stores/remote.ts'
import { useRoadStretchesStore } from '../stores/road-stretches.ts'
import { useSensorMapStore } from '../stores/sensor-map.ts'
import { useSensorsStore } from '../stores/sensors.ts'
import { useSensorsNearStore } from '../stores/sensors-near.ts'
import { useSessionStore } from '../stores/session.ts'
import type { TableChange } from '../stores/table.ts'
import { useUnitsStore } from '../stores/units.ts'
import { useVitalsStore } from '../stores/vitals.ts'
import { useWallsStore } from '../stores/walls.ts'
import { useWarningsStore } from '../stores/warnings.ts'

export interface WiringOptions {
  readonly router: Router
  readonly fetch: typeof fetch
  readonly now: () => number
  /** The server has said with the page that nobody is signed in. */
  readonly isStranger?: boolean
  readonly open?: ConnectionOptions['open']
  readonly schedule?: ConnectionOptions['schedule']
}

type Sorted = { [T in StateTable]: TableChange<StateTables[T]>[] }

/** Changes by table, in order. */
export function sortByTable(changes: readonly RowChange[]): Sorted {
  const sorted: Sorted = {
    alarm: [],
    'alarm-group': [],
    flood: [],
    incident: [],
    unit: [],
    warning: [],
    drill: [],
    mode: [],
    response: [],
    duty: [],
    wall: [],
    plan: [],
    kpi: [],
    sensor: [],
  }
  for (const change of changes) (sorted[change.table] as RowChange[] | undefined)?.push(change)
  return sorted
}

/** Starts; resolves once it is known who is signed in. Answers how to stop. */
export async function startWiring(options: WiringOptions): Promise<() => void> {
  const { router, now } = options
  const [remote, session, link, city] = [useRemoteStore(), useSessionStore(), useLinkStore(), useCityStore()]
  const tables = {
    alarm: useAlarmsStore(),
    group: useAlarmGroupsStore(),
    flood: useFloodStore(),
    incident: useIncidentsStore(),
    unit: useUnitsStore(),
    warning: useWarningsStore(),
    drill: useDrillsStore(),
    mode: useModesStore(),
    response: useResponsesStore(),
    duty: useDutyStore(),
    wall: useWallsStore(),
    plan: useCasePlansStore(),
    kpi: useKpiTodayStore(),
  }
  const [sensors, sensorMap, vitals] = [useSensorsStore(), useSensorMapStore(), useVitalsStore()]
  const [hands, displays] = [useHandsStore(), useDisplaysStore()]
  let connection: Connection | null = null

  const loseSession = () => session.lose()
  const api = makeApi({ fetch: options.fetch, onUnauthenticated: loseSession })
  remote.attach({
    ...api,
    submit: (draft) =>
      connection?.submit(draft) ?? Promise.resolve(fail('UNREACHABLE', 'there is no connection to the server')),
  })

  hands.attach((hand) => connection?.sayHand(hand))
  sensorMap.attach((view) => connection?.sayView(view))
  displays.attach((here) => connection?.sayHere(here))

  const topicsOf = ({ watches, vitals }: RouteMeta): Topics => ({
    state: true,
    ...(watches === undefined ? {} : { telemetry: { kinds: watches } }),
    ...(vitals === undefined ? {} : { vitals }),
  })

  function open(): void {
    if (connection !== null) return
    connection = connect({
      topics: topicsOf(router.currentRoute.value.meta),
      now,
      ...(options.open === undefined ? {} : { open: options.open }),
      ...(options.schedule === undefined ? {} : { schedule: options.schedule }),
      onBatch(batch, sync) {
        if (batch.replaced !== null) {
          const rows = sortByTable(batch.replaced)
          tables.alarm.replace(rows.alarm)
          tables.group.replace(rows['alarm-group'])
          tables.flood.replace(rows.flood)
          tables.incident.replace(rows.incident)
          tables.unit.replace(rows.unit)
          tables.warning.replace(rows.warning)
          tables.drill.replace(rows.drill)
          tables.mode.replace(rows.mode)
          tables.response.replace(rows.response)
          tables.duty.replace(rows.duty)
          tables.wall.replace(rows.wall)
          tables.plan.replace(rows.plan)
          tables.kpi.replace(rows.kpi)
        }
        const rows = sortByTable(batch.changes)
        tables.alarm.apply(rows.alarm)
        tables.group.apply(rows['alarm-group'])
        tables.flood.apply(rows.flood)
        tables.incident.apply(rows.incident)
        tables.unit.apply(rows.unit)
        tables.warning.apply(rows.warning)
        tables.drill.apply(rows.drill)
        tables.mode.apply(rows.mode)
        tables.response.apply(rows.response)
        tables.duty.apply(rows.duty)
        tables.wall.apply(rows.wall)
        tables.plan.apply(rows.plan)
        if (tables.drill.running === null) sensors.forgetDrill()
        tables.kpi.apply(rows.kpi)
        sensors.setValues(batch.values)
        tables.unit.movePlaces(batch.places)
        if (batch.thinned > 0) link.addThinned(batch.thinned)
        link.reached(sync.rev, batch.replaced !== null)
      },
      onHands: (all, own) => hands.set(all, own),
      onVitals: (numbers) => vitals.set(numbers),
      onMapSensors: (sent) => sensorMap.set(sent),
      onDisplays: (all) => displays.set(all),
      onHello: ({ at, build }) => link.greeted(at, now(), build),
      onState: (sync) => link.setLamp(sync.phase, sync.outdated),
      onPulse: (pulse) => {
        link.heard(pulse.at, now(), pulse.newestReadingAt)
        // Lanes share one ordered line: what came before this pulse has arrived, also where nothing of it was ours to see.
        link.reached(pulse.rev)
      },
      onSessionLost: loseSession,
    })
    sensorMap.sayAgain()
    void loadOnce()
  }
  /** The city, tried again until it is there: the page comes up before it and without it. */
  async function loadOnce(): Promise<void> {
    const mine = connection
    for (let waitMs = 1_000; connection === mine && connection !== null; waitMs = Math.min(15_000, waitMs * 2)) {
      if (city.answer !== null || (await city.load()) === null) return
      await new Promise((resolve) => setTimeout(resolve, waitMs))
    }
  }
  function close(): void {
    connection?.close()
    connection = null
    link.setLamp('offline', false)
    hands.set([], null)
    displays.set([])
    for (const table of Object.values(tables)) table.replace([])
    tables.unit.forgetPlaces()
    sensors.clear()
    sensorMap.clear()
    vitals.clear()
    for (const useAsked of [
      useCaseHeatStore,
      useDistrictOnTimeStore,
      usePeopleStore,
      useResourcesStore,
      useRoadStretchesStore,
      useSensorsNearStore,
    ])
      useAsked().clear()
  }

  // At the server's whole seconds: pages that hang beside each other change in the same moment.
  let clock: ReturnType<typeof setTimeout>
  function tick(): void {
    link.tick(now())
    clock = setTimeout(tick, untilNextSecondMs(link.nowAt))
  }
  tick()
  // A hidden page's clock is let run once a minute; what is looked at again is right at once.
  const onShown = () => link.tick(now())
  globalThis.document?.addEventListener('visibilitychange', onShown)

  if (options.isStranger === true) session.lose()
  let failure = session.status === 'unknown' ? await session.restore() : null
  for (let waitMs = 500; failure !== null; waitMs = Math.min(8_000, waitMs * 2)) {
    // The server is starting or away: nobody can tell who we are, so wait for it.
    link.setLamp('connecting', false)
    await new Promise((resolve) => setTimeout(resolve, waitMs))
    failure = await session.restore()
  }

  const stops = [
    watch(
      () => session.status,
      (status) => {
        if (status === 'in') open()
        else close()
        const here = router.currentRoute.value
        if (status === 'out' && here.name !== undefined && here.meta.isPublic !== true && here.meta.isOpen !== true)
          void router.replace({ name: 'sign-in', query: session.wasLost ? { to: here.fullPath } : {} })
      },
      { immediate: true, flush: 'sync' },
    ),
    watch(
      // By what they say: the desk's address changes with each case, and its topics do not.
      () => JSON.stringify(topicsOf(router.currentRoute.value.meta)),
      () => {
        sensors.clear()
        connection?.setTopics(topicsOf(router.currentRoute.value.meta))
      },
    ),
  ]

  return () => {
    for (const stop of stops) stop()
    clearTimeout(clock)
    globalThis.document?.removeEventListener('visibilitychange', onShown)
    close()
  }
}
