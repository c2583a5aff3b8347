// An event of an exchange, as it was told by another process: errors do not travel whole.

import type { HttpEvent } from '../../http/index.ts'
import { Unavailable, Unknown } from '../../world/index.ts'
import type { ToldEvent } from './protocol.ts'

export function eventOf(told: ToldEvent): HttpEvent {
  if (!('outcome' in told)) return told
  const { outcome, ...event } = told
  const sentence = `told by ${event.caller}`
  const error = outcome === 'Unavailable' ? new Unavailable(sentence) : new Unknown(sentence)
  return { ...event, error }
}
