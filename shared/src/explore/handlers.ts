// The handlers of endpoints, as a specification gives them: a list, or what makes one for each
// instance.

import type { Handler } from '../pipeline/index.ts'
import type { Handlers } from './specification.ts'

/** Handlers for one instance. Throws a TypeError where something else was given. */
export function handlersOf(name: string, given: Handlers | undefined): readonly Handler[] {
  const handlers: readonly (Handler | undefined)[] =
    typeof given === 'function' ? given() : (given ?? [])
  // The types say that it cannot be; a test may import what its file does not export.
  if (handlers.every((handler): handler is Handler => typeof handler?.handle === 'function')) {
    return handlers
  }
  throw new TypeError(
    `expected handlers in the endpoint ${name}, got something else. Does your file still export ` +
      'the handler under the name that the test imports?',
  )
}

/** The handlers of one instance of each. */
export function madeBy(
  groups: Readonly<Record<string, Handlers>>,
): Readonly<Record<string, readonly Handler[]>> {
  return Object.fromEntries(
    Object.entries(groups).map(([name, handlers]) => [name, handlersOf(name, handlers)]),
  )
}
