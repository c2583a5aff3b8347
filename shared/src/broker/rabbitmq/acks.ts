// The acknowledgements of one channel. Those of one callback are sent together: as far as all that
// was delivered is done, one frame acknowledges all of it, which spares a quorum queue an entry in
// its log for each. What was done out of turn is acknowledged by itself.

import type { ConsumeMessage } from 'amqplib'

/** Sends an acknowledgement, of this message or of all up to it. */
export type SendAck = (message: ConsumeMessage, allUpTo: boolean) => void

export class Acks {
  readonly #send: SendAck
  /** What was delivered and is not settled, in the order in which it came. */
  readonly #outstanding = new Set<ConsumeMessage>()
  #done = new Set<ConsumeMessage>()

  constructor(send: SendAck) {
    this.#send = send
  }

  delivered(message: ConsumeMessage): void {
    this.#outstanding.add(message)
  }

  /** It is settled in another way, now. */
  settled(message: ConsumeMessage): void {
    this.#outstanding.delete(message)
  }

  /** To be sent before the next event is read. */
  ack(message: ConsumeMessage): void {
    if (this.#done.size === 0) process.nextTick(() => this.flush())
    this.#done.add(message)
  }

  /** Sends what there is. Throws as `send` does: then nothing of it comes again. */
  flush(): void {
    const done = this.#done
    this.#done = new Set()
    const first: ConsumeMessage[] = []
    for (const message of this.#outstanding) {
      if (!done.delete(message)) break
      first.push(message)
    }
    for (const message of [...first, ...done]) this.#outstanding.delete(message)
    const last = first.at(-1)
    if (last) this.#send(last, first.length > 1)
    for (const message of done) this.#send(message, false)
  }
}
