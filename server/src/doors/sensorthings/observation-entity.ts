/** One stored reading as the standard words an Observation. */
import type { Reading } from '../../../../shared/model/reading.ts'
import { observationNode, propertiesOf } from './nodes.ts'
import { words } from './words.ts'

/** `base` is the service's root, without a slash at its end. */
export function observationEntity(reading: Reading, base: string): Record<string, unknown> {
  const self = `${base}/${words.Observation.set}(${reading.id})`
  const links = Object.keys(words.Observation.navigation).map((name) => [
    `${name}@iot.navigationLink`,
    `${self}/${name}`,
  ])
  return {
    '@iot.id': reading.id,
    '@iot.selfLink': self,
    ...propertiesOf(observationNode(reading)),
    ...Object.fromEntries(links),
  }
}
