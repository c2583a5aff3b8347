// Gives dead letters another chance: each is published again to its queue, as it was, and only then
// removed from the dead letters. At least once: a crash in between leaves it in both, under the
// same id, and whoever deduplicates handles it once. It is in one of the two at any moment.

import { type Broker, checkWithin, deadLetterQueue, type Handle } from '../broker/index.ts'
import { type WireMessage, withoutDeadLetterHeaders } from '../message/index.ts'
import { reasonOf } from '../pipeline/index.ts'
import { realWorld, type World } from '../world/index.ts'

export type ReplayOptions = {
  /** Those with one of these ids. Default: all. */
  readonly ids?: readonly string[]
  /** How many at most: 1 to 1000, 1000 by default. */
  readonly limit?: number
  /** How long all of it may take, in milliseconds. Default 60 000. */
  readonly withinMs?: number
  readonly world?: World
}

export type Replayed = {
  /** The ids of those that are in their queue again. */
  readonly replayed: readonly string[]
  /** Those that the broker did not take. They are dead letters still. */
  readonly refused: readonly { readonly id: string; readonly reason: string }[]
  /** Which of `ids` none of those had that were looked at. */
  readonly missing: readonly string[]
  /** How many stood behind the first `maxLooked`, and were not looked at. */
  readonly unseen: number
}

/** As many as are looked at: what is not wanted is held until all were, and then given back. */
export const maxLooked = 1000
const pollMs = 10

/** Replays what is in the dead letters of `queue` at the time of the call. Rejects as the broker
 *  does where the queue was never declared or nobody answers. */
export async function replayDeadLetters(
  broker: Broker,
  queue: string,
  options: ReplayOptions = {},
): Promise<Replayed> {
  const { ids, withinMs = 60_000, world = realWorld() } = options
  const limit = checkWithin('limit', options.limit ?? maxLooked, [1, maxLooked])
  const dead = deadLetterQueue(queue)
  const count = await broker.count(dead)
  const total = Math.min(count, maxLooked)
  const replay = new Replay({ broker, queue, total, limit, ids: ids && new Set(ids) })
  if (total > 0) {
    const consumer = await broker.consume(dead, replay.handle, { prefetch: total })
    for (let leftMs = withinMs; leftMs > 0 && !replay.isDone; leftMs -= pollMs) {
      await world.sleep(pollMs)
    }
    // First nothing more is taken, then what was held is given back: it is not handed out again.
    const stopped = consumer.stop()
    replay.end()
    await stopped
  }
  const { replayed, refused } = replay
  const found = new Set([...replayed, ...refused.map(({ id }) => id)])
  const missing = (ids ?? []).filter((id) => !found.has(id))
  return { replayed, refused, missing, unseen: count - total }
}

type Wanted = {
  readonly broker: Broker
  readonly queue: string
  readonly total: number
  readonly limit: number
  readonly ids: ReadonlySet<string> | undefined
}

class Replay {
  readonly replayed: string[] = []
  readonly refused: { readonly id: string; readonly reason: string }[] = []
  readonly #wanted: Wanted
  readonly #ended = Promise.withResolvers<void>()
  #seen = 0
  #begun = 0
  #decided = 0

  constructor(wanted: Wanted) {
    this.#wanted = wanted
  }

  /** Whether each of those that were there was looked at, and sent where it is wanted. */
  get isDone(): boolean {
    return this.#decided >= this.#wanted.total
  }

  /** Lets go of what is held. */
  end(): void {
    this.#ended.resolve()
  }

  readonly handle: Handle = async ({ message }) => {
    const isReplayed = this.#takes(message) && (await this.#send(message))
    this.#decided += 1
    if (isReplayed) return { kind: 'ack' }
    await this.#ended.promise
    return { kind: 'release' }
  }

  #takes({ id }: WireMessage): boolean {
    const { total, limit, ids } = this.#wanted
    this.#seen += 1
    // What became a dead letter after this began is for the next time.
    if (this.#seen > total || this.#begun === limit || (ids && !ids.has(id))) return false
    this.#begun += 1
    return true
  }

  async #send(message: WireMessage): Promise<boolean> {
    const { broker, queue } = this.#wanted
    const { id } = message
    try {
      const headers = withoutDeadLetterHeaders(message.headers)
      await broker.publish({ queue }, { ...message, headers })
      this.replayed.push(id)
      return true
    } catch (error) {
      this.refused.push({ id, reason: reasonOf(error) })
      return false
    }
  }
}
