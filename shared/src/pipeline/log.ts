// Where the core logs to: nowhere, or pino.

import { pino } from 'pino'
import type { Log } from './context.ts'

/** Says nothing. */
export const silent: Log = {
  child: () => silent,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}

export type LogOptions = {
  /** The name of the process in each line. */
  readonly name: string
  /** Default `info`. */
  readonly level?: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

/** A pino logger: a line of JSON each, on standard output. */
export function pinoLog({ name, level = 'info' }: LogOptions): Log {
  return pino({ name, level })
}
