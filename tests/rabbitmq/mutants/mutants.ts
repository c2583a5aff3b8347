// Mistakes that an adapter for RabbitMQ can make, each with the fault case that must notice it.

import type { Mutation } from './mutation.ts'

export type Mutant = Mutation & {
  readonly mistake: string
  /** The title of the fault case that fails. */
  readonly fails: string
}

const good = 'among 400 good publishes at once, the one that is unroutable fails, and no other'
const outlive =
  'handlers that outlive their connection count against the prefetch, and settle nothing'
const cut = 'connections cut five times under load lose no confirmed message'
const silent = 'a silent connection is noticed: its publishes end in time, its consumers come back'
const closes =
  'a channel that the broker closes takes no other subscription with it, and comes back'

export const mutants: readonly Mutant[] = [
  {
    mistake: 'leaves each frame a write of its own',
    fails: 'what amqplib writes in one go leaves in one go',
    file: 'dial.ts',
    find: 'if (stream instanceof Socket)',
    replace: 'if (false)',
  },
  {
    mistake: 'publishes without the mandatory flag',
    fails: good,
    file: 'rabbitmq-broker.ts',
    find: "const mandatory = 'queue' in to",
    replace: 'const mandatory = false',
  },
  {
    mistake: 'finds what was returned by its id alone',
    fails: good,
    file: 'publisher.ts',
    find: 'parcel.routingKey !== fields.routingKey',
    replace: 'false',
  },
  {
    mistake: 'takes a publish for confirmed once it is written',
    fails: cut,
    file: 'publisher.ts',
    find: 'pending.sent()',
    replace: 'pending.confirmed(undefined)',
  },
  {
    mistake: 'subscribes without a prefetch',
    fails: outlive,
    file: 'subscription.ts',
    find: 'await channel.prefetch(options.prefetch)',
    replace: '',
  },
  {
    mistake: 'forgets the handlers that outlive their channel',
    fails: outlive,
    file: 'in-flight.ts',
    find: 'if (this.#running.size >= this.#prefetch) return undefined',
    replace: '',
  },
  {
    mistake: 'counts what was settled too late as acknowledged',
    fails: outlive,
    file: 'consumer.ts',
    find: 'this.#settled[settled] += 1',
    replace: 'this.#settled.acked += 1',
  },
  {
    mistake: 'does not abort the signal of what the broker took back',
    fails: outlive,
    file: 'consumer.ts',
    find: 'if (work.subscription === subscription) {',
    replace: 'if (false) {',
  },
  {
    mistake: 'waits for a confirm without an end',
    fails: silent,
    file: 'pending-publish.ts',
    find: '}, timeoutMs)',
    replace: '}, 600_000)',
  },
  {
    mistake: 'connects without heartbeats',
    fails: silent,
    file: 'dial.ts',
    find: 'String(heartbeatS)',
    replace: "'0'",
  },
  {
    mistake: 'ignores that the broker has cancelled its consumer',
    fails: 'a queue that is deleted under its consumer is made again, with its bindings',
    file: 'subscription.ts',
    find: 'if (message === null) subscription.drop()',
    replace: 'if (message === null) return',
  },
  {
    mistake: 'does not make a queue again',
    fails: 'a queue that is deleted under its consumer is made again, with its bindings',
    file: 'topology.ts',
    find: 'if (deliveryLimit === undefined) return',
    replace: 'return',
  },
  {
    mistake: 'does not open a channel again that the broker has closed',
    fails: closes,
    file: 'channels.ts',
    find: 'if (!model || signal.aborted) return',
    replace: 'return',
  },
  {
    mistake: 'leaves what waits for a reconnect waiting when it is closed',
    fails: 'close wins over a reconnect, and everything settles',
    file: 'publisher.ts',
    find: "this.abandon('the broker was closed')",
    replace: '',
  },
  {
    mistake: 'counts only the attempts since the last delay',
    fails: 'delayed retries and consumers that died count together towards the delivery limit',
    file: 'amqp-message.ts',
    find: 'const before = byBroker ? 0 : carriedAttempts',
    replace: 'const before = 0',
  },
  {
    mistake: 'leaves the last release to the broker, which takes it for a failure',
    fails: 'a message released more often than its delivery limit is no dead letter',
    file: 'settlement.ts',
    find: 'if (this.#options.releaseIsFree() || !isLast) {',
    replace: '{',
  },
  {
    mistake: 'has no place for what is due and wanted by nobody',
    fails: 'delayed events that nobody wants hold no other delayed message up',
    file: 'topology.ts',
    find: 'alternateExchange: unrouted',
    replace: '',
  },
  {
    mistake: 'does not ask whether the queue of a delayed message exists',
    fails: 'a delayed message to a queue that was never declared, or too far ahead, is refused',
    file: 'rabbitmq-broker.ts',
    find: "if (delayMs > 0 && 'queue' in to) await this.#requireQueue(to.queue)",
    replace: '',
  },
  {
    mistake: 'lets any number of publishes wait',
    fails: 'more publishes at once than may wait are refused, and had no effect',
    file: 'publisher.ts',
    find: 'if (this.#waiting.size < maxWaiting + this.#freePlaces()) return undefined',
    replace: 'return undefined',
  },
]
