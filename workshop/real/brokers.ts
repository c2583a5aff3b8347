// The brokers on which solutions are verified: the embedded one, and a RabbitMQ where there is one.

import { chooseBroker } from '@workshop/shared/broker'
import type { RealBroker } from '@workshop/shared/explore'
import { Unavailable } from '@workshop/shared/world'
import { SetupProblem } from '../command.ts'

/** The broker that is wished for, or all that there are. Throws a `SetupProblem` where RabbitMQ is
 *  wished for, or required by REQUIRE_RABBITMQ=1, and does not answer; else prints that it is left
 *  out. */
export async function realBrokers(
  wish: string | undefined,
  print: (line: string) => void,
): Promise<readonly RealBroker[]> {
  if (wish === 'sqlite') return [{ kind: 'sqlite' }]
  if (wish === 'rabbitmq') return [await rabbitmq(print)]
  if (wish !== undefined) {
    throw new SetupProblem(`expected --broker sqlite or rabbitmq, got "${wish}"`)
  }
  const embedded: RealBroker = { kind: 'sqlite' }
  try {
    return [embedded, await rabbitmq(print)]
  } catch (error) {
    if (!(error instanceof SetupProblem) || process.env['REQUIRE_RABBITMQ'] === '1') throw error
    print(`RabbitMQ is left out: ${error.message}`)
    return [embedded]
  }
}

async function rabbitmq(print: (line: string) => void): Promise<RealBroker> {
  try {
    const { spec } = await chooseBroker({ kind: 'rabbitmq' }, print)
    if (spec.kind === 'rabbitmq') return { kind: 'rabbitmq', url: spec.url }
    throw new Error('expected a RabbitMQ to be chosen, got another broker')
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
    throw new SetupProblem(error.message, { cause: error })
  }
}
