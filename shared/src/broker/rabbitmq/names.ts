// What the parts of a workshop are called inside RabbitMQ. One direct exchange routes everything,
// by an address as the routing key: `queue:orders` or `event:ItemAdded`. Names of the adapter's own
// have a dot, which no queue of an application has.

import { type Address, deadLetterQueue } from '../broker.ts'

const queueName = /^[\w-]{1,100}(\.dead)?$/
const maxEventBytes = 200

export class Names {
  readonly #namespace: string
  /** Routes what is published now. */
  readonly exchange: string
  /** Routes what was delayed and is due. Like `exchange`, but what nobody wants ends in
   *  `unrouted`. */
  readonly due: string
  /** The exchange and the queue of what was due and had no queue any more. */
  readonly unrouted: string

  constructor(namespace: string) {
    this.#namespace = namespace
    this.exchange = `${namespace}workshop`
    this.due = `${this.exchange}.due`
    this.unrouted = `${this.exchange}.unrouted`
  }

  queue(name: string): string {
    return `${this.#namespace}${checkedQueue(name)}`
  }

  /** The exchange and the queue in which messages wait for up to `maxMs`. */
  delay(maxMs: number): string {
    return `${this.exchange}.delay.${maxMs}`
  }
}

export function routingKey(address: Address): string {
  if ('queue' in address) return `queue:${checkedQueue(address.queue)}`
  const bytes = Buffer.byteLength(address.event)
  if (bytes >= 1 && bytes <= maxEventBytes) return `event:${address.event}`
  throw new TypeError(`expected an event of 1 to ${maxEventBytes} bytes, got ${bytes} bytes`)
}

/** The routing key of dead letters that the broker itself makes. It alone tells them from those of
 *  the adapter, and how often they were handed out. */
export function brokerDeadLetterKey(queue: string, deliveryLimit: number): string {
  return `dead:${deliveryLimit}:${queue}`
}

export function readBrokerDeadLetterKey(
  key: string,
): { readonly queue: string; readonly deliveryLimit: number } | undefined {
  const [, limit, queue] = /^dead:(\d+):(.+)$/.exec(key) ?? []
  return limit && queue ? { queue, deliveryLimit: Number(limit) } : undefined
}

/** Whether `queue` holds dead letters. It has no dead-letter queue of its own. */
export function isDeadLetterQueue(queue: string): boolean {
  return queue.endsWith(deadLetterQueue(''))
}

function checkedQueue(name: string): string {
  if (queueName.test(name)) return name
  throw new TypeError(`expected a queue name of 1 to 100 of A-Z a-z 0-9 _ -, got "${name}"`)
}
