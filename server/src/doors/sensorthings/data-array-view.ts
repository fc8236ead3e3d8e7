/** Observations as data arrays: the standard's compact form for reading many. */
import { propertiesOf, type Node } from './nodes.ts'

const usual = ['id', 'phenomenonTime', 'resultTime', 'result']

/** One group a Datastream, in the order the Datastreams first appear. `select` names the components. */
export function toDataArrays(
  nodes: readonly Node[],
  select: readonly string[] | null,
  base: string,
): Record<string, unknown>[] {
  const components = select ?? usual
  const groups = new Map<number, unknown[][]>()
  for (const node of nodes) {
    if (node.kind !== 'Observation') continue
    const values: Record<string, unknown> = { ...propertiesOf(node), id: node.id, '@iot.id': node.id }
    const rows = groups.get(node.reading.sensorId) ?? []
    groups.set(node.reading.sensorId, rows)
    rows.push(components.map((name) => values[name] ?? null))
  }
  return [...groups].map(([sensorId, dataArray]) => ({
    'Datastream@iot.navigationLink': `${base}/Datastreams(${sensorId})`,
    components,
    'dataArray@iot.count': dataArray.length,
    dataArray,
  }))
}
