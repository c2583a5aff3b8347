// Properties of what clients were told: a thank-you is a promise.

import { type BodyOf, bodyOf, type Definition, textOf } from '../message/index.ts'
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
    if (isDone(bodyOf(message, definition))) continue
    const what = `${message.type} ${textOf(message)}`
    const sentence = `expected the effect of ${what}, for which ${client} was thanked`
    return new Violation('LOST_MESSAGE', `${sentence}, got none`)
  }
  return undefined
}
