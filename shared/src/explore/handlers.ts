// The handlers of endpoints, as a specification gives them: a list, what makes one for each
// instance, or either of them together with the behaviours around it.

import type { Behaviour, Handler } from '../pipeline/index.ts'
import type { Endpoint, Handlers } from './specification.ts'

/** Handlers for one instance. Throws a TypeError where something else was given. */
export function handlersOf(name: string, given: Endpoint | undefined): readonly Handler[] {
  const made = given === undefined ? [] : listOf(given)
  const handlers: readonly (Handler | undefined)[] = typeof made === 'function' ? made() : made
  // The types say that it cannot be; a test may import what its file does not export.
  if (handlers.every((handler): handler is Handler => typeof handler?.handle === 'function')) {
    return handlers
  }
  throw new TypeError(
    `expected handlers in the endpoint ${name}, got something else. Does your file still export ` +
      'the handler under the name that the test imports?',
  )
}

/** The behaviours of one instance that are only around its own handlers. */
export const behavioursOf = (given: Endpoint): readonly Behaviour[] =>
  'behaviours' in given ? given.behaviours() : []

/** Whether an instance remembers nothing between two messages, as far as one can see from here:
 *  what is made for each instance may. */
export const isMemoryless = (given: Endpoint): boolean =>
  typeof given !== 'function' && !('behaviours' in given)

const listOf = (given: Endpoint): Handlers => ('handlers' in given ? given.handlers : given)

/** The handlers of one instance of each. */
export function madeBy(
  groups: Readonly<Record<string, Endpoint>>,
): Readonly<Record<string, readonly Handler[]>> {
  return Object.fromEntries(
    Object.entries(groups).map(([name, handlers]) => [name, handlersOf(name, handlers)]),
  )
}
