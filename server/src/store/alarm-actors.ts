/** Sensors and rules that raised alarms, each with a number that the hours know it by: given once, in order, and never again. */
import type { Database, Statement } from '../ports/store.ts'

export interface ActorName {
  readonly sensorId: number | null
  readonly ruleId: string
  readonly sensorName: string
  /** The rule's name as JSON. */
  readonly name: string
}
interface Numbered {
  readonly named: ReadonlyMap<number, ActorName>
  numberOf(actor: ActorName): number
}

const keyOf = (ruleId: string, sensorId: number | null) => `${sensorId ?? -1} ${ruleId}`

/** The numbers of these actors; the next free ones for those that have none. There is one writer, who stores them with what they count. */
export async function numberActors(database: Database, actors: readonly ActorName[]): Promise<Numbered> {
  const byKey = new Map(actors.map((actor) => [keyOf(actor.ruleId, actor.sensorId), actor]))
  const wanted = [...byKey.values()]
  const rows = await database.query(
    `select n, alarm_actor.rule_id, alarm_actor.sensor_id from alarm_actor
      join unnest($1::text[], $2::bigint[]) as wanted (rule_id, sensor_id)
      on alarm_actor.rule_id = wanted.rule_id and coalesce(alarm_actor.sensor_id, -1) = wanted.sensor_id`,
    [wanted.map(({ ruleId }) => ruleId), wanted.map(({ sensorId }) => sensorId ?? -1)],
  )
  const numbers = new Map(
    rows.map((row) => [`${row.sensor_id === null ? -1 : Number(row.sensor_id)} ${String(row.rule_id)}`, Number(row.n)]),
  )
  if (numbers.size < byKey.size) {
    const [greatest] = await database.query('select coalesce(max(n), 0) as n from alarm_actor')
    let next = Number(greatest?.n)
    for (const key of byKey.keys()) if (!numbers.has(key)) numbers.set(key, ++next)
  }
  const numberOf = ({ ruleId, sensorId }: ActorName) => numbers.get(keyOf(ruleId, sensorId)) as number
  return { named: new Map([...byKey].map(([key, actor]) => [numbers.get(key) as number, actor])), numberOf }
}

/** Stores new ones, and what a known one is called now. */
export function actorStatement({ named }: Numbered): Statement[] {
  const actors = [...named].sort(([a], [b]) => a - b)
  if (actors.length === 0) return []
  return [
    {
      sql: `insert into alarm_actor as old (n, rule_id, sensor_id, sensor_name, name)
        select * from unnest($1::int[], $2::text[], $3::bigint[], $4::text[], $5::text[])
        on conflict (n) do update set sensor_name = excluded.sensor_name, name = excluded.name
        where (old.sensor_name, old.name) is distinct from (excluded.sensor_name, excluded.name)`,
      params: [
        actors.map(([n]) => n),
        actors.map(([, { ruleId }]) => ruleId),
        actors.map(([, { sensorId }]) => sensorId),
        actors.map(([, { sensorName }]) => sensorName),
        actors.map(([, { name }]) => name),
      ],
    },
  ]
}

export interface ActorIdentity {
  readonly sensorId: number | null
  readonly ruleId: string
}

/** Who bears which number, remembered: a number is never given to another. */
export class AlarmActors {
  readonly #database: Database
  readonly #known: ActorIdentity[] = []

  constructor(database: Database) {
    this.#database = database
  }

  /** By number; number 0 is nobody's. */
  async all(): Promise<readonly (ActorIdentity | undefined)[]> {
    const rows = await this.#database.query('select n, rule_id, sensor_id from alarm_actor where n >= $1', [
      Math.max(1, this.#known.length),
    ])
    for (const { n, rule_id: ruleId, sensor_id: sensorId } of rows)
      this.#known[Number(n)] = { ruleId: String(ruleId), sensorId: sensorId === null ? null : Number(sensorId) }
    return this.#known
  }
}

export async function namesOf(
  database: Database,
  actors: readonly { readonly actor: number }[],
): Promise<ReadonlyMap<number, Pick<ActorName, 'sensorName' | 'name'>>> {
  const rows = await database.query('select n, sensor_name, name from alarm_actor where n = any($1::int[])', [
    actors.map(({ actor }) => actor),
  ])
  return new Map(rows.map((row) => [Number(row.n), { sensorName: String(row.sensor_name), name: String(row.name) }]))
}
