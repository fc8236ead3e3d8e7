/** Are the ports the server will want free? Asked before a past is lived: whoever waited for that must not hear of it only then. */
import { createServer } from 'node:net'
import { listenProblem } from './start-error.ts'

interface Wanted {
  readonly host: string
  /** 0 = any that is free. */
  readonly port: number
  /** 0 = no broker of our own. */
  readonly mqttPort: number
}

/** Opens each and closes it again. Rejects with a `StartError` that names the setting. */
export async function tryPorts({ host, port, mqttPort }: Wanted): Promise<void> {
  const wanted = [
    ['PORT', port],
    ['MQTT_PORT', mqttPort],
  ] as const
  for (const [setting, number] of wanted) {
    if (number === 0) continue
    const server = createServer()
    await new Promise<void>((done, broken) => {
      server.once('error', (error) => broken(listenProblem(error, setting, number, host) as Error))
      server.listen(number, host, () => server.close(() => done()))
    })
  }
}
