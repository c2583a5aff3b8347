// Keeps a handler's work within its delivery. Work that it starts and does not wait for would
// outlive it: the message is acknowledged while a save may still fail. Such a handler fails
// instead, with the name of the call; and what it calls when its delivery is over is refused.

import { decoratedStore, type Store } from '../store/index.ts'
import type { Http } from '../world/index.ts'

/** A handler did not wait for a publish or a save of its own. */
export class NotAwaited extends Error {
  override readonly name = 'NotAwaited'
  readonly code = 'NOT_AWAITED'
}

export class Pending {
  readonly #calls: Followed<unknown>[] = []
  readonly #signal: AbortSignal
  #over = false

  /** Refuses calls once `signal` is aborted. */
  constructor(signal: AbortSignal) {
    this.#signal = signal
  }

  /** Starts `work`, and follows it under the name `what`. */
  follow<T>(what: string, work: () => Promise<T>): Promise<T> {
    if (this.#signal.aborted) return Promise.reject(this.#signal.reason as Error)
    if (this.#over) {
      const late = `${what} was called after its handler had returned. Await each call`
      return Promise.reject(new NotAwaited(late))
    }
    const call = Followed.of(what, work())
    this.#calls.push(call)
    return call
  }

  /** Runs a handler of `type`. Throws `NotAwaited` for what it started and did not wait for,
   *  even if that has settled since: next time it may not have. */
  async around(type: string, handle: () => Promise<void>): Promise<void> {
    try {
      await handle()
    } finally {
      this.#over = true
    }
    const forgotten = this.#calls.find(({ isAwaited, isSettled }) => !isAwaited || !isSettled)
    if (forgotten === undefined) return
    throw new NotAwaited(
      `the handler of ${type} did not wait for ${forgotten.what}. Write \`await\` before it`,
    )
  }
}

/** A promise that knows whether anybody waits for it. */
class Followed<T> extends Promise<T> {
  what = ''
  isAwaited = false
  isSettled = false

  /** What is derived from it, by `then`, is an ordinary promise. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise
  }

  static of<T>(what: string, work: Promise<T>): Followed<T> {
    const followed = new Followed<T>((resolve, reject) => {
      work.then(resolve, reject)
    })
    followed.what = what
    // Nobody else may be listening; then `around` reports it, and its failure must not end the
    // process.
    const settled = (): void => {
      followed.isSettled = true
    }
    void super.prototype.then.call(followed, settled, settled)
    return followed
  }

  // `await` goes through here too: it takes this way for every promise that is not a plain one.
  override then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.isAwaited = true
    return super.then(onFulfilled, onRejected)
  }
}

/** `store`, each call followed by `pending`. */
export function followed(store: Store, pending: Pending): Store {
  return decoratedStore(store, {
    load: (key, whenAbsent) => pending.follow(`load("${key}")`, () => store.load(key, whenAbsent)),
    save: (key, value, expected) =>
      pending.follow(`save("${key}")`, () => store.save(key, value, expected)),
    remove: (key, expected) =>
      pending.follow(`remove("${key}")`, () => store.remove(key, expected)),
    saveAll: (writes) => pending.follow('saveAll(...)', () => store.saveAll(writes)),
    list: (prefix, options) =>
      pending.follow(`list("${prefix}")`, () => store.list(prefix, options)),
    pending: (options) => pending.follow('pending(...)', () => store.pending(options)),
  })
}

/** `http`, each call followed by `pending`. */
export const followedHttp = (http: Http, pending: Pending): Http => ({
  send: (call) => pending.follow(`${call.method} ${call.path}`, () => http.send(call)),
})
