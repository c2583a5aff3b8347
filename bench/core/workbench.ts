// What a benchmark stands on: a folder of its own, and a RabbitMQ of its own, which is started when
// it is first asked for. Everything ends with it.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ChannelModel, type ConfirmChannel, connect } from 'amqplib'
import type { WireMessage } from '@workshop/shared/message'
import { startPrivateRabbitmq } from '../../tests/rabbitmq/private-rabbitmq.ts'

export class Workbench implements AsyncDisposable {
  readonly #folder: string
  readonly #stack = new AsyncDisposableStack()
  #rabbit: Promise<Rabbit> | undefined

  private constructor(folder: string) {
    this.#folder = folder
    this.#stack.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }))
  }

  static async open(): Promise<Workbench> {
    return new Workbench(await mkdtemp(join(tmpdir(), 'bench-core-')))
  }

  /** A folder for files that nobody else uses; made when it is used. */
  folder(name: string): string {
    return join(this.#folder, name)
  }

  get rabbit(): Promise<Rabbit> {
    return (this.#rabbit ??= this.#start())
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stack.disposeAsync()
  }

  async #start(): Promise<Rabbit> {
    const broker = this.#stack.use(await startPrivateRabbitmq())
    const model = await connect(broker.url)
    this.#stack.defer(() => model.close())
    return new Rabbit(broker.url, model, await model.createConfirmChannel())
  }
}

/** RabbitMQ as amqplib has it, for what is no part of a measurement and for what is compared. */
export class Rabbit {
  readonly url: string
  readonly model: ChannelModel
  readonly channel: ConfirmChannel

  constructor(url: string, model: ChannelModel, channel: ConfirmChannel) {
    this.url = url
    this.model = model
    this.channel = channel
  }

  /** Resolves once `queue` durably holds all of them. */
  async fill(queue: string, messages: readonly WireMessage[]): Promise<void> {
    for (const { id, type, headers, body } of messages) {
      this.channel.sendToQueue(queue, Buffer.from(body), {
        messageId: id,
        type,
        headers,
        persistent: true,
      })
    }
    await this.channel.waitForConfirms()
  }

  async purge(queue: string): Promise<void> {
    await this.channel.purgeQueue(queue)
  }
}

/** The arguments of the queues that the core declares, so that nobody has an easier one. */
export const quorum = { 'x-queue-type': 'quorum', 'x-overflow': 'reject-publish' } as const
