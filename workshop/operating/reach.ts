// The broker that an operator names: a queue file of the embedded one, or the URL of a RabbitMQ.
// What cannot be reached is said in a sentence, without the password that the URL may hold.

import { statSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Broker,
  deadLetterQueue,
  openQueueFile,
  type QueueNumbers,
  queuesIn,
  rabbitmqBroker,
} from '@workshop/shared/broker'
import { SetupProblem } from '../command.ts'

export type Wish = {
  /** A file, its folder, or `amqp://...`. */
  readonly broker?: string | undefined
  /** What begins the names of the queues in RabbitMQ. */
  readonly namespace: string
}

export interface Reached extends AsyncDisposable {
  readonly broker: Broker
  /** For people: the file, or host and port. */
  readonly name: string
  /** The queues of a file; undefined where the broker cannot list them. */
  numbers(): readonly QueueNumbers[] | undefined
}

/** Opens it. Throws a `SetupProblem` that says what was expected, what came, and what to do. */
export async function reach({ broker, namespace }: Wish): Promise<Reached> {
  if (broker === undefined || broker === '') {
    throw new SetupProblem(
      'expected --broker with the file of an embedded broker or amqp://..., got none',
    )
  }
  return asProblem(() => (broker.includes('://') ? rabbitmq(broker, namespace) : embedded(broker)))
}

/** The names of queues, without the end of those of dead letters, each once. */
export const queueNames = (names: readonly string[]): readonly string[] => [
  ...new Set(names.map((name) => (isDead(name) ? name.slice(0, -deadEnd.length) : name))),
]

const deadEnd = deadLetterQueue('')

export const isDead = (queue: string): boolean => queue.endsWith(deadEnd)

/** `work`, whose failure is one of the call or of the machine. */
export async function asProblem<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof SetupProblem || !(error instanceof Error)) throw error
    throw new SetupProblem(error.message, { cause: error })
  }
}

/** `path`, or the file of that name in it where it is a folder. */
export function fileIn(path: string, name: string): string {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
  return isFolder ? join(path, name) : path
}

async function embedded(path: string): Promise<Reached> {
  const file = fileIn(path, 'broker.sqlite')
  const broker = openQueueFile(file)
  return {
    broker,
    name: file,
    numbers: () => queuesIn(file),
    [Symbol.asyncDispose]: () => broker.close(),
  }
}

async function rabbitmq(url: string, namespace: string): Promise<Reached> {
  const broker = await rabbitmqBroker({ url, namespace })
  return {
    broker,
    name: `RabbitMQ at ${new URL(url).host}`,
    numbers: () => undefined,
    [Symbol.asyncDispose]: () => broker.close(),
  }
}
