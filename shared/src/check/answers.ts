// Properties of what clients were told: a thank-you is a promise.

import type { BodyOf, Definition, WireMessage } from '../message/index.ts'
import type { View } from './view.ts'
import { type Verdict, Violation } from './violation.ts'

/** Whoever was thanked for a message of this type got what she asked for. Says nothing of those
 *  who were told that it failed, or nothing at all. */
export function honoured<D extends Definition>(
  end: View,
  definition: D,
  isDone: (body: BodyOf<D>) => boolean,
): Verdict {
  for (const event of end.history) {
    if (event.kind !== 'answered' || !event.isThanked) continue
    const { client, message } = event
    if (message.type !== definition.type) continue
    const text = textOf(message)
    // The same definition has written it.
    if (isDone(definition.parse(JSON.parse(text)) as BodyOf<D>)) continue
    const sentence = `expected the effect of ${message.type} ${text}, for which ${client} was thanked`
    return new Violation('LOST_MESSAGE', `${sentence}, got none`)
  }
  return undefined
}

const textOf = ({ body }: WireMessage): string => new TextDecoder().decode(body)
