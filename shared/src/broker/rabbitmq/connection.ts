// A connection that comes back. It reconnects for as long as it is not closed, after pauses with
// jitter; who needs it waits with a bound. What lived on it (channels, consumers, unconfirmed
// messages) does not come back by itself: that is for those who made it.

import type { ChannelModel } from 'amqplib'
import { Unavailable, within } from '../../world/index.ts'
import { Backoff } from './backoff.ts'
import { dial, type Link } from './dial.ts'
import type { Settings } from './options.ts'
import { placeOf, reasonOf, unreachable } from './url.ts'
import { orAborted, pause } from './waiting.ts'

const goodbyeMs = 2000

export class Connection {
  readonly #name: string
  readonly #settings: Settings
  readonly #backoff: Backoff
  readonly #ending = new AbortController()
  readonly #unblocked = new Set<() => void>()
  #link: Link | undefined
  #up = Promise.withResolvers<void>()
  #upAtMs = 0
  #isBlocked = false
  #version = ''

  private constructor(name: string, settings: Settings) {
    this.#name = name
    this.#settings = settings
    this.#backoff = new Backoff(settings.maxBackoffMs)
  }

  /** Connects once. Rejects with an `Unavailable` that names host and port. */
  static async open(name: string, settings: Settings): Promise<Connection> {
    const connection = new Connection(name, settings)
    try {
      connection.#adopt(await connection.#dial())
    } catch (error) {
      throw unreachable(settings.url, error)
    }
    return connection
  }

  /** Aborted once it is closed or abandoned: it will not come back. */
  get ending(): AbortSignal {
    return this.#ending.signal
  }

  /** Whether the broker takes no publishes from it, for want of memory or disk space. */
  get isBlocked(): boolean {
    return this.#isBlocked
  }

  /** What keeps it from its work right now, for people. */
  get trouble(): string | undefined {
    const place = placeOf(this.#settings.url)
    if (!this.#link) return `no connection of the ${this.#name} to RabbitMQ at ${place}`
    if (this.#isBlocked) return `RabbitMQ at ${place} takes no publishes for want of memory or disk`
    return undefined
  }

  /** The broker's version, as of the last time it connected. */
  get version(): string {
    return this.#version
  }

  onUnblocked(listener: () => void): void {
    this.#unblocked.add(listener)
  }

  /** The live connection, within `timeoutMs`, or an `Unavailable`. */
  async ready(timeoutMs: number): Promise<ChannelModel> {
    const giveUp = new AbortController()
    const deadline = setTimeout(() => giveUp.abort(), timeoutMs)
    try {
      const model = await this.whenUp(giveUp.signal)
      if (model) return model
    } finally {
      clearTimeout(deadline)
    }
    const place = placeOf(this.#settings.url)
    throw new Unavailable(
      this.ending.aborted
        ? `expected an open broker, this one is closed: nothing was sent to ${place}`
        : `expected RabbitMQ at ${place} to be back within ${timeoutMs} ms, it was not. Try again later`,
    )
  }

  /** The live connection, however long it takes; undefined when it ends or `signal` is aborted. */
  async whenUp(signal: AbortSignal): Promise<ChannelModel | undefined> {
    const model = this.#model
    if (model) return model
    const over = AbortSignal.any([signal, this.ending])
    while (!over.aborted) {
      await orAborted(this.#up.promise, over)
      const back = this.#model
      if (back) return back
    }
    return undefined
  }

  /** Gives `model` up, when it turns out to be dead although nobody said so. */
  giveUp(model: ChannelModel): void {
    if (this.#link?.model === model) this.#lost(this.#link, 'found dead')
  }

  /** Says goodbye where that is possible, and lets go in any case. */
  async close(): Promise<void> {
    const link = this.#end()
    if (!link) return
    try {
      // Its end may also be a death, for which amqplib's own promise would wait in vain.
      const died = new Promise((resolve) => link.model.once('close', resolve))
      await within(goodbyeMs, Promise.race([link.model.close(), died]), 'a goodbye')
    } catch {
      // It was gone already, or does not answer: its end is the same.
    } finally {
      link.destroy()
    }
  }

  abandon(): void {
    this.#end()?.destroy()
  }

  get #model(): ChannelModel | undefined {
    return this.#link?.model
  }

  #end(): Link | undefined {
    this.#ending.abort()
    const link = this.#link
    this.#link = undefined
    return link
  }

  #dial(): Promise<Link> {
    const { url, heartbeatS, requestTimeoutMs } = this.#settings
    return dial({ url, name: this.#name, heartbeatS, timeoutMs: requestTimeoutMs })
  }

  #adopt(link: Link): void {
    const { model } = link
    this.#link = link
    this.#upAtMs = performance.now()
    this.#isBlocked = false
    this.#version = model.connection.serverProperties.version
    model.on('blocked', (reason) => {
      this.#isBlocked = true
      this.#notice('blocked', reason)
    })
    model.on('unblocked', () => {
      this.#isBlocked = false
      this.#notice('unblocked', '')
      for (const listener of this.#unblocked) listener()
    })
    model.on('close', (cause) => this.#lost(link, cause ? reasonOf(cause) : 'closed'))
    this.#notice('connected', this.#version)
    this.#up.resolve()
  }

  #lost(link: Link, why: string): void {
    link.destroy()
    if (this.#link !== link) return
    this.#link = undefined
    this.#up = Promise.withResolvers()
    this.#notice('disconnected', why)
    // It handles its own failures, and ends when the connection does.
    void this.#reconnect(performance.now() - this.#upAtMs)
  }

  async #reconnect(livedMs: number): Promise<void> {
    let waitMs = this.#backoff.nextMs(livedMs)
    while (!this.ending.aborted) {
      await pause(waitMs, this.ending)
      if (this.ending.aborted) return
      try {
        const link = await this.#dial()
        // It was closed while it connected: close wins.
        if (this.ending.aborted) link.destroy()
        else this.#adopt(link)
        return
      } catch (error) {
        this.#notice('failed', `to connect: ${reasonOf(error)}`)
        waitMs = this.#backoff.nextMs(0)
      }
    }
  }

  #notice(kind: 'connected' | 'disconnected' | 'blocked' | 'unblocked' | 'failed', what: string) {
    this.#settings.onNotice({ kind, detail: `${this.#name}: ${what}` })
  }
}
