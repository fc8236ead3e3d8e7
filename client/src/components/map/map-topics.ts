/** Quiet pictures under the marks: where cases were, how traffic runs, and districts by a number. Pure. */

/** `onTime`: share closed within the limit over seven days. */
export const mapTopics = ['heat', 'roads', 'open', 'overdue', 'onTime'] as const
export type MapTopic = (typeof mapTopics)[number]
/** Only one of them can fill the districts. */
export const districtTopics = ['open', 'overdue', 'onTime'] as const
export type DistrictTopic = (typeof districtTopics)[number]
export const isDistrictTopic = (topic: string): topic is DistrictTopic =>
  (districtTopics as readonly string[]).includes(topic)

/** How strongly each district is filled, 0 to 1, the worst strongest: of counts the most, of a rate the least. */
export function fillOf(topic: DistrictTopic, values: ReadonlyMap<string, number>): Map<string, number> {
  const bad = new Map([...values].map(([id, value]) => [id, topic === 'onTime' ? 1 - value : value]))
  const most = Math.max(0, ...bad.values())
  return new Map([...bad].map(([id, value]) => [id, most === 0 ? 0 : value / most]))
}

/** Worst first; equally bad ones by id. */
export const worstFirst = (topic: DistrictTopic, values: ReadonlyMap<string, number>): [string, number][] =>
  [...values].sort(([a, x], [b, y]) => (topic === 'onTime' ? x - y : y - x) || (a < b ? -1 : 1))
