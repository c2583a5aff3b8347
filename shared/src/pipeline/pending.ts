// Keeps a handler's work within its delivery. Work that it starts and does not wait for would outlive
// it: the message is acknowledged while a save may still fail. Such a handler fails instead, with the
// name of the call; and what it calls when its delivery is over is refused.

import { decoratedStore, type Store } from '../store/index.ts'

/** A publish or a save was still under way when its handler had already returned. */
export class NotAwaited extends Error {
  override readonly name = 'NotAwaited'
  readonly code = 'NOT_AWAITED'
}

export class Pending {
  readonly #calls = new Map<symbol, string>()
  readonly #signal: AbortSignal
  #over = false

  /** Refuses calls once `signal` is aborted. */
  constructor(signal: AbortSignal) {
    this.#signal = signal
  }

  /** Follows `work` under the name `what` until it settles. */
  async follow<T>(what: string, work: () => Promise<T>): Promise<T> {
    this.#signal.throwIfAborted()
    if (this.#over) {
      throw new NotAwaited(`${what} was called after its handler had returned. Await each call`)
    }
    const call = Symbol(what)
    this.#calls.set(call, what)
    try {
      return await work()
    } finally {
      this.#calls.delete(call)
    }
  }

  /** Runs a handler of `type`. Throws `NotAwaited` when something that it started is still under way
   *  after it has returned. */
  async around(type: string, handle: () => Promise<void>): Promise<void> {
    try {
      await handle()
    } finally {
      this.#over = true
    }
    const [what] = this.#calls.values()
    if (what === undefined) return
    throw new NotAwaited(
      `the handler of ${type} returned before ${what} had settled. Write \`await\` before it`,
    )
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
