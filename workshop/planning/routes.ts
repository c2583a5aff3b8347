// The ways through the workshop, and the numbers of all its exercises, also of those that are still
// to be written: the one place where they are told. A test holds them to the folders that exist.
//
// What an exercise or a lecture takes stands in its own files, and never here.

import { SetupProblem } from '../command.ts'

/** The slugs of the exercises; the first is 01. */
export const slugs = [
  'two-clicks',
  'sync-to-async',
  'idempotent-business-logic',
  'simulate-duplication',
  'simulate-database-problems',
  'simulate-broker-problems',
  'allow-removal',
  'more-chaos',
  'facts-and-attempts',
  'id-based-deduplication',
  'deterministic-ids',
  'even-more-chaos',
  'outbox',
  'generic-outbox',
  'when-is-it-over',
  'explore-every-path',
  'model-it',
  'deduplication-store',
  'one-field',
  'batches-and-expiry',
  'the-week-after',
  'tokens',
  'idempotency-key',
  'stubborn-client',
  'put-post-delete',
  'side-effects',
  'accepted-202',
  'write-ahead-log',
  'quorum',
  'generation-clock',
  'paxos',
  'replicated-log',
] as const

export type Route = {
  readonly name: string
  readonly title: string
  /** The numbers of the exercises that the room does, in order: `03`. */
  readonly exercises: readonly string[]
  /** The numbers of those that it is shown in between. */
  readonly shown: readonly string[]
  /** How many days it has; undefined: as many as it takes. */
  readonly days: number | undefined
  /** The minutes of each day from its start to its end, breaks included. */
  readonly dayMinutes: number
}

/** `01` from 1. */
export const numberOf = (place: number): string => String(place).padStart(2, '0')

const numbers = (text: string): readonly string[] =>
  text.split(' ').flatMap((one) => {
    const [first = 0, last = first] = one.split('-').map(Number)
    return Array.from({ length: last - first + 1 }, (_, index) => numberOf(first + index))
  })

export const routes: readonly Route[] = [
  {
    name: 'one-day',
    title: 'One day: idempotence to outbox',
    exercises: numbers('03-08 10-13'),
    shown: [],
    days: 1,
    dayMinutes: 420,
  },
  {
    name: 'two-days',
    title: 'Two days: exactly once, end to end',
    exercises: numbers('01-03 05 06 08-10 12 13 16-18 22 25'),
    shown: numbers('04 07 11 14 15 19-21 23 24 26 27'),
    days: 2,
    dayMinutes: 390,
  },
  {
    name: 'patterns',
    title: 'Patterns of distributed systems',
    exercises: numbers('28-32'),
    shown: [],
    days: 2,
    dayMinutes: 240,
  },
  {
    name: 'everything',
    title: 'Everything, at your own pace',
    exercises: numbers('01-32'),
    shown: [],
    days: undefined,
    dayMinutes: 390,
  },
]

/** What goes first where a room is slow: exercises, and lectures that can be read at home. What is
 *  not named goes after these, the longest first. */
export const cutFirst: readonly string[] = [
  'lecture 12',
  'lecture 01',
  'exercise 04',
  'exercise 11',
  'lecture 00',
  'exercise 14',
  'lecture 05',
  'exercise 06',
  'exercise 12',
  'lecture 09',
]

/** The route that `name` begins, where only one begins so. Throws a `SetupProblem` otherwise. */
export function routeOf(name: string): Route {
  const exact = routes.find((route) => route.name === name)
  const begun = routes.filter((route) => name !== '' && route.name.startsWith(name))
  const found = exact ?? (begun.length === 1 ? begun[0] : undefined)
  if (found) return found
  const names = (begun.length > 1 ? begun : routes).map((route) => route.name).join(', ')
  throw new SetupProblem(`expected the name of one route out of ${names}, got "${name}"`)
}
