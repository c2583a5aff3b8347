// What is to be seen of a broker, and of the outbox in a store: read, and nothing changed.

import type { Broker, QueueNumbers } from '@workshop/shared/broker'
import { deadLetterQueue } from '@workshop/shared/broker'
import { header, type WireMessage } from '@workshop/shared/message'
import { type Backlog, backlogOf } from '@workshop/shared/operations'
import { openStoreFile } from '@workshop/shared/store'
import { SetupProblem } from '../command.ts'
import { asProblem, fileIn, isDead, queueNames, type Reached } from './reach.ts'

export type DeadLetter = {
  readonly id: string
  readonly type: string
  readonly reason: string | null
  readonly attempts: number | null
  /** How long it has been one, in milliseconds. */
  readonly ageMs: number | null
}

export type InspectedQueue = {
  readonly name: string
  readonly waiting: number
  /** Null where the broker does not tell. */
  readonly delayed: number | null
  readonly inFlight: number | null
  readonly deadLetters: number
  /** The first of them. */
  readonly letters: readonly DeadLetter[]
}

export type Inspection = {
  readonly broker: string
  readonly queues: readonly InspectedQueue[]
  /** Null where no store was named. */
  readonly outbox: Backlog | null
}

export type InspectOptions = {
  readonly reached: Reached
  /** Which queues; all where none is named. */
  readonly queues: readonly string[]
  /** How many dead letters of each queue are read. */
  readonly limit: number
  /** A file of a store, or its folder. */
  readonly store?: string | undefined
  readonly nowMs: number
}

/** Throws a `SetupProblem` where something that was named is not there. */
export async function inspect(options: InspectOptions): Promise<Inspection> {
  const { reached, limit, nowMs } = options
  const numbers = reached.numbers()
  const names = chosen(queueNames(options.queues), numbers)
  const queues: InspectedQueue[] = []
  for (const name of names) {
    queues.push(await asProblem(() => queue(reached.broker, name, { numbers, limit, nowMs })))
  }
  return { broker: reached.name, queues, outbox: await outboxOf(options.store, nowMs) }
}

/** The queues that are there, or were named. */
export function chosen(
  named: readonly string[],
  numbers: readonly QueueNumbers[] | undefined,
): readonly string[] {
  if (!numbers) {
    if (named.length > 0) return named
    throw new SetupProblem(
      'expected the names of queues, got none. AMQP cannot list queues: name them after the ' +
        'broker, such as orders tree',
    )
  }
  const known = numbers.map(({ name }) => name).filter((name) => !isDead(name))
  const unknown = named.find((name) => !known.includes(name))
  if (unknown !== undefined) {
    const those = known.length === 0 ? 'it has none' : `it has ${known.join(', ')}`
    throw new SetupProblem(`expected a queue of this broker, got "${unknown}": ${those}`)
  }
  return named.length > 0 ? named : known
}

type Look = {
  readonly numbers: readonly QueueNumbers[] | undefined
  readonly limit: number
  readonly nowMs: number
}

async function queue(
  broker: Broker,
  name: string,
  { numbers, limit, nowMs }: Look,
): Promise<InspectedQueue> {
  const dead = deadLetterQueue(name)
  const known = numbers?.find((one) => one.name === name)
  const deadLetters = await broker.count(dead)
  const letters = deadLetters === 0 ? [] : await broker.peek(dead, limit)
  return {
    name,
    waiting: known?.waiting ?? (await broker.count(name)),
    delayed: known?.delayed ?? null,
    inFlight: known?.inFlight ?? null,
    deadLetters,
    letters: letters.map((one) => letterOf(one, nowMs)),
  }
}

export function letterOf({ id, type, headers }: WireMessage, nowMs: number): DeadLetter {
  const [attempts, atMs] = [
    numberIn(headers[header.deadAttempts]),
    numberIn(headers[header.deadAtMs]),
  ]
  const reason = headers[header.deadReason] ?? null
  return { id, type, reason, attempts, ageMs: atMs === null ? null : Math.max(0, nowMs - atMs) }
}

/** Headers are what anybody wrote into them. */
function numberIn(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,16}$/.test(text) ? Number(text) : null
}

async function outboxOf(path: string | undefined, nowMs: number): Promise<Backlog | null> {
  if (path === undefined) return null
  return asProblem(async () => {
    await using store = openStoreFile(fileIn(path, 'store.sqlite'))
    return await backlogOf(store, { nowMs: () => nowMs })
  })
}
