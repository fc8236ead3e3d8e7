/** A line to the MQTT door that says at once whether it can take a message; it never stores what it cannot send. */
import { connect } from 'mqtt'

export interface MqttLine {
  /** False: not connected, or too many not yet acknowledged; send it another way. */
  publish(topic: string, payload: string): boolean
  readonly acknowledged: number
  close(): Promise<void>
}

const mostUnacknowledged = 500

export function mqttLine(url: string, key: string): MqttLine {
  const client = connect(url, {
    username: 'simulator',
    password: key,
    clean: true,
    reconnectPeriod: 3000,
    connectTimeout: 10_000,
    resubscribe: false,
  })
  // The HTTP door takes over while this one is away; there is nobody to tell.
  client.on('error', () => {})
  let waiting = 0
  let acknowledged = 0
  client.on('close', () => {
    waiting = 0
  })
  return {
    get acknowledged() {
      return acknowledged
    },
    publish(topic, payload) {
      if (!client.connected || waiting >= mostUnacknowledged) return false
      waiting++
      client.publish(topic, payload, { qos: 1 }, (error) => {
        waiting = Math.max(0, waiting - 1)
        if (!error) acknowledged++
      })
      return true
    },
    close: async () => {
      await client.endAsync(true)
    },
  }
}
