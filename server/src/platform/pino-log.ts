/**
 * The process's diary as JSON lines on stderr. Secrets are cut out by field name, wherever they sit one level deep.
 */
import { pino } from 'pino'
import type { Log } from '../ports/log.ts'

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

const secrets = [
  'password',
  'token',
  'cookie',
  'authorization',
  'key',
  'ingestKey',
  'drillKey',
  'demoPassword',
  'databaseUrl',
]

/** A log from this level up. `write` takes one line; stderr where absent. */
export function createPinoLog(level: LogLevel, write?: (line: string) => void): Log {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: secrets.flatMap((name) => [name, `*.${name}`]), censor: '[secret]' },
      serializers: { error: pino.stdSerializers.err },
    },
    write ? { write } : pino.destination({ dest: 2, sync: true }),
  )
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
  }
}
