/** The topics this door knows. Everything else is refused. */

export type PublishTopic =
  { readonly kind: 'observation'; readonly sensorId: number } | { readonly kind: 'owntracks'; readonly user: string }

const observationTopic = /^v1\.1\/Datastreams\((\d{1,10})\)\/Observations$/
const ownTracksTopic = /^owntracks\/([^/]{1,64})\/[^/]{1,64}$/

export function publishTopic(topic: string): PublishTopic | null {
  const observation = observationTopic.exec(topic)
  if (observation) return { kind: 'observation', sensorId: Number(observation[1]) }
  const user = ownTracksTopic.exec(topic)?.[1]
  return user === undefined ? null : { kind: 'owntracks', user }
}

export const errorsTopic = 'v1.1/errors'
/** Observations of all Datastreams, each on its own Datastream's topic. */
const everyDatastream = 'v1.1/+/Observations'
/** Observations of all Datastreams, all on this topic. */
export const allObservations = 'v1.1/Observations'

export type Filter =
  | { readonly kind: 'datastream'; readonly sensorId: number }
  | { readonly kind: 'every' }
  | { readonly kind: 'all' }
  | { readonly kind: 'errors' }

export function subscribeFilter(filter: string): Filter | null {
  const id = observationTopic.exec(filter)?.[1]
  if (id !== undefined) return { kind: 'datastream', sensorId: Number(id) }
  if (filter === everyDatastream) return { kind: 'every' }
  if (filter === allObservations) return { kind: 'all' }
  return filter === errorsTopic ? { kind: 'errors' } : null
}

export const topicOf = (sensorId: number): string => `v1.1/Datastreams(${sensorId})/Observations`
