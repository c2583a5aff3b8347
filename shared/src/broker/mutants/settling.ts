// Mistakes in what becomes of a delivery: B12 to B18.

import { setTimeout as timer } from 'node:timers/promises'
import { header } from '../../message/index.ts'
import { deadLetterQueue, type Outcome } from '../broker.ts'
import { mishandling, type Misread, misreading, mistaken, type Mutant, mutant } from './mutant.ts'

export const settlingMutants: readonly Mutant[] = [
  mishandling(
    'B12',
    'calls every attempt the first',
    (handle) => (delivery) => handle({ ...delivery, attempt: 1 }),
  ),
  ...['B12', 'B18'].map((fails) =>
    mutant(fails, 'counts the attempts of a message wherever it is', () => {
      const attempts = new Map<string, number>()
      return (broker) => ({
        consume: (queue, handle, options) =>
          broker.consume(
            queue,
            (delivery) => {
              const attempt = (attempts.get(delivery.message.id) ?? 0) + 1
              attempts.set(delivery.message.id, attempt)
              return handle({ ...delivery, attempt })
            },
            options,
          ),
      })
    }),
  ),
  mishandling('B13', 'acknowledges although the handler rejected', (handle) => async (delivery) => {
    try {
      return await handle(delivery)
    } catch {
      return { kind: 'ack' }
    }
  }),
  misreading('B13', 'takes nothing for an acknowledgement', (outcome) =>
    outcome === undefined ? { kind: 'ack' } : outcome,
  ),
  misreading('B13', 'takes what it does not know for an acknowledgement', (outcome) => {
    const known = ['ack', 'retry', 'release', 'dead-letter']
    return known.includes(outcome?.kind) ? outcome : { kind: 'ack' }
  }),
  misreading('B14', 'acknowledges what was released', (outcome) =>
    outcome.kind === 'release' ? { kind: 'ack' } : outcome,
  ),
  misreading('B14b', 'counts a release as a failure', (outcome) =>
    outcome.kind === 'release' ? { kind: 'retry', delayMs: 0, reason: 'released' } : outcome,
  ),
  misreading('B15', 'retries at once, whatever the delay', (outcome) =>
    outcome.kind === 'retry' ? { ...outcome, delayMs: 0 } : outcome,
  ),
  misreading('B15', 'publishes a copy to retry later', async (outcome, { delivery, broker }) => {
    if (outcome.kind !== 'retry') return outcome
    const { queue, message } = delivery
    await broker.publish({ queue }, message, { delayMs: outcome.delayMs })
    return { kind: 'ack' }
  }),
  misreading('B15b', 'waits for the delay of a retry in the consumer', async (outcome, context) => {
    if (outcome.kind !== 'retry') return outcome
    const { signal } = context.delivery
    await timer(outcome.delayMs, undefined, { signal, ref: false })
    return { ...outcome, delayMs: 0 }
  }),
  misreading('B16', 'publishes a copy as the dead letter, without its reason', copyAsDeadLetter),
  misreading('B16', 'buries a dead letter twice', async (outcome, context) => {
    await copyAsDeadLetter(outcome, context)
    return outcome
  }),
  misreading('B16', 'drops a dead letter', (outcome) =>
    outcome.kind === 'dead-letter' ? { kind: 'ack' } : outcome,
  ),
  misreading(
    'B16b',
    'holds the limits of a message against its dead letter',
    (outcome, context) => {
      if (outcome.kind !== 'dead-letter') return outcome
      const { message } = context.delivery
      const headers = { ...message.headers, [header.deadReason]: outcome.reason }
      const delivery = { ...context.delivery, message: { ...message, headers } }
      return copyAsDeadLetter(outcome, { ...context, delivery })
    },
  ),
  mistaken('B17', 'has no delivery limit', (broker) => ({
    declare: ({ queues, bindings }) =>
      broker.declare({
        queues: queues.map(({ name }) => ({ name, deliveryLimit: 1000 })),
        bindings,
      }),
  })),
  mistaken('B17', 'hands out once more than the delivery limit', (broker) => ({
    declare: ({ queues, bindings }) => {
      const more = queues.map(({ name, deliveryLimit = 20 }) => {
        return { name, deliveryLimit: deliveryLimit + 1 }
      })
      return broker.declare({ queues: more, bindings })
    },
  })),
  misreading('B17', 'forgets the last reason', (outcome) =>
    outcome.kind === 'retry' ? { ...outcome, reason: 'delivery limit' } : outcome,
  ),
]

async function copyAsDeadLetter(outcome: Outcome, { delivery, broker }: Misread): Promise<Outcome> {
  if (outcome.kind !== 'dead-letter') return outcome
  await broker.publish({ queue: deadLetterQueue(delivery.queue) }, delivery.message)
  return { kind: 'ack' }
}
