// Puts up the broker of a demonstration, and takes down what only the demonstration needed.

import { randomUUID } from 'node:crypto'
import { type BrokerSpec, chooseBroker, rabbitmqBroker } from '@workshop/shared/broker'
import { Unavailable } from '@workshop/shared/world'
import { SetupProblem } from '../command.ts'

export type StageOptions = {
  readonly kind: string
  /** The folder of the embedded broker. */
  readonly directory: string
  /** The queues that the demonstration uses. */
  readonly queues: readonly string[]
  /** Is told in one line which broker it is, and why. */
  readonly print: (line: string) => void
}

/** Resolves once the broker can be spoken to. */
export async function stageBroker({
  kind,
  directory,
  queues,
  print,
}: StageOptions): Promise<{ readonly spec: BrokerSpec } & AsyncDisposable> {
  if (kind === 'sqlite') return chooseBroker({ kind, directory }, print)
  if (kind !== 'rabbitmq') {
    throw new SetupProblem(`expected --broker sqlite or rabbitmq, got "${kind}"`)
  }
  const namespace = `demo-${randomUUID().slice(0, 8)}.`
  try {
    const chosen = await chooseBroker({ kind, namespace, mayStartContainer: true }, print)
    return {
      spec: chosen.spec,
      [Symbol.asyncDispose]: async () => {
        await removeQueues(chosen.spec, queues)
        await chosen[Symbol.asyncDispose]()
      },
    }
  } catch (error) {
    if (error instanceof Unavailable) throw new SetupProblem(error.message, { cause: error })
    throw error
  }
}

/** A demonstration leaves nothing behind on a broker that others use as well. */
async function removeQueues(spec: BrokerSpec, queues: readonly string[]): Promise<void> {
  if (spec.kind !== 'rabbitmq') return
  await using broker = await rabbitmqBroker({ url: spec.url, namespace: spec.namespace })
  await broker.declare({ queues: queues.map((name) => ({ name })), bindings: [] })
  await broker.drop()
}
