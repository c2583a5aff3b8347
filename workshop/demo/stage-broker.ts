// Puts up the broker of a demonstration, and takes down what only the demonstration needed.

import { randomUUID } from 'node:crypto'
import { SetupProblem } from '../command.ts'
import type { BrokerAt } from './protocol.ts'

export async function stageBroker(
  kind: string,
  directory: string,
): Promise<{ readonly broker: BrokerAt } & AsyncDisposable> {
  if (kind === 'sqlite') {
    return { broker: { kind, directory }, [Symbol.asyncDispose]: () => Promise.resolve() }
  }
  if (kind !== 'rabbitmq') {
    throw new SetupProblem(`expected --broker sqlite or rabbitmq, got "${kind}"`)
  }
  throw new SetupProblem(`not yet ${randomUUID()}`)
}
