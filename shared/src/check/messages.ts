// Properties of the messages of a run: nothing announced that is not so, and one content for one
// id.

import {
  type BodyOf,
  canonicalJson,
  type Definition,
  header,
  textOf,
  type WireMessage,
} from '../message/index.ts'
import type { HistoryEvent } from './history.ts'
import { namesIn } from './properties.ts'
import type { View } from './view.ts'
import { type Verdict, Violation } from './violation.ts'

/** Every message of this type announces something that is so at the end. What `isTrue` says no to
 *  is a ghost: it was announced, and never became durable. */
export function noGhosts<D extends Definition>(
  end: View,
  definition: D,
  isTrue: (body: BodyOf<D>) => boolean,
): Verdict {
  const ghost = end.published(definition).find((body) => !isTrue(body))
  if (ghost === undefined) return undefined
  return new Violation(
    'GHOST_MESSAGE',
    `expected ${definition.type} only about what became durable, got one about what never did: ` +
      canonicalJson(ghost),
    { about: namesIn(ghost) },
  )
}

/** One message or more of this type was published by the handler of the message `cause`, whatever
 *  others of the same body there are. `LOST_MESSAGE` otherwise. */
export function publishedFor(end: View, definition: Definition, cause: string): Verdict {
  const isOne = (event: HistoryEvent): boolean =>
    event.kind === 'published' &&
    event.message.type === definition.type &&
    event.message.headers[header.causationId] === cause
  if (end.history.some(isOne)) return undefined
  return new Violation(
    'LOST_MESSAGE',
    `expected ${definition.type} to be published for the message ${cause}, got no such message`,
    { about: [cause] },
  )
}

/** Of two facts that cannot both be true of one thing, only one is announced. `thing` names what a
 *  message is about: an attempt. */
export function neverBoth<A extends Definition, B extends Definition>(
  end: View,
  [one, other]: readonly [A, B],
  thing: (body: BodyOf<A> | BodyOf<B>) => string,
): Verdict {
  const others = new Set(end.published(other).map(thing))
  const both = end.published(one).find((body) => others.has(thing(body)))
  if (both === undefined) return undefined
  const name = thing(both)
  return new Violation(
    'ALTERNATIVE_WORLDS',
    `expected ${one.type} or ${other.type} about ${name}, got both`,
    { about: [name, ...namesIn(both)] },
  )
}

/** Two messages with one id are the same message: they have the same type and the same body. */
export function sameContent(end: View): Verdict {
  const first = new Map<string, WireMessage>()
  for (const event of end.history) {
    if (event.kind !== 'published') continue
    const { message } = event
    const before = first.get(message.id) ?? message
    first.set(message.id, before)
    if (contentOf(before) === contentOf(message)) continue
    return new Violation(
      'CONTENT_DIFFERS',
      `expected one content for the message id ${message.id}, got ${contentOf(before)} and ` +
        contentOf(message),
      { about: [message.id] },
    )
  }
  return undefined
}

/** All messages of this type about one thing say the same of it, whatever their ids. `thing` names
 *  what a message is about: an order. */
export function oneBody<D extends Definition>(
  end: View,
  definition: D,
  thing: (body: BodyOf<D>) => string,
): Verdict {
  const first = new Map<string, BodyOf<D>>()
  for (const body of end.published(definition)) {
    const name = thing(body)
    const before = first.get(name) ?? body
    first.set(name, before)
    if (canonicalJson(before) === canonicalJson(body)) continue
    return new Violation(
      'CONTENT_DIFFERS',
      `expected every ${definition.type} about ${name} to say the same, got ` +
        `${canonicalJson(before)} and ${canonicalJson(body)}`,
      { about: [name, ...namesIn(before), ...namesIn(body)] },
    )
  }
  return undefined
}

const contentOf = (message: WireMessage): string => `${message.type} ${textOf(message)}`
