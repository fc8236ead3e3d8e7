/** Why the server cannot start, in one line that names the setting to change. Not a fault: a person can mend it. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

/** A failure to listen, in words; other failures as they are. */
export function listenProblem(error: unknown, setting: 'PORT' | 'MQTT_PORT', port: number, host: string): unknown {
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return new StartError(`${setting} ${port} on ${host} is in use: stop the other program or set ${setting}`)
    case 'EACCES':
      return new StartError(`${setting} ${port} may not be opened by this user: set ${setting} to 1024 or more`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartError(`HOST ${host} is not an address of this machine: set HOST`)
    default:
      return error
  }
}
