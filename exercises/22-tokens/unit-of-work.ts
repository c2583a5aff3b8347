import type { Address } from '@workshop/shared/broker'
import type { Headers, Message } from '@workshop/shared/message'
import type { Dispatch } from '@workshop/shared/pipeline'
import { Conflict, decoratedStore, type Loaded, type Store } from '@workshop/shared/store'

/** A message that a handler has sent, as a store can keep it. */
export type Captured = {
  readonly id: string
  readonly type: string
  readonly headers: Headers
  readonly body: string
  readonly to: Address
  readonly delayMs: number
}

/** What was sent for each incoming message. Absent: it was not processed. A list: it is not
 *  dispatched yet. `null`: done. */
export type Outbox = Readonly<Record<string, readonly Captured[] | null>>

/** The fields of a handler's state, and the outbox beside them, under one key. */
export type Entity = { readonly outbox?: Outbox }

/** The key of the entity that `message` is about: the text in `field` of its body. */
export function keyIn({ type, body }: Message, field: string): string {
  const key: unknown = (body as Readonly<Record<string, unknown>>)[field]
  if (typeof key === 'string') return key
  throw new TypeError(`expected a key in the field ${field} of ${type}, got none`)
}

/** One message's work on one entity: nothing of it leaves before somebody saves and dispatches it.
 *  This file is done. */
export class UnitOfWork {
  readonly messages: Captured[] = []
  #state: object
  readonly #key: string
  readonly #version: Loaded<Entity>['version']
  /** What the handler gets for a store. */
  readonly store: Store

  constructor(store: Store, key: string, { value, version }: Loaded<Entity>) {
    this.#key = key
    this.#state = value
    this.#version = version
    let isNew = version === 0
    this.store = decoratedStore(store, {
      load: <T>(asked: string, whenAbsent: T) => {
        this.#expectOwn(asked)
        return Promise.resolve({ value: isNew ? whenAbsent : (this.#state as T), version })
      },
      save: (asked, state, expected) => {
        this.#expectOwn(asked)
        if (expected !== this.#version) return Promise.reject(new Conflict(asked))
        this.#state = state as object
        isNew = false
        return Promise.resolve(version)
      },
    })
  }

  /** The state as the handler has left it. */
  get state(): object {
    return this.#state
  }

  /** Takes a message, instead of the broker. */
  readonly dispatch = ({ to, message, delayMs }: Dispatch): Promise<void> => {
    const { id, type, headers } = message
    const body = Buffer.from(message.body).toString()
    this.messages.push({ id, type, headers, body, to, delayMs })
    return Promise.resolve()
  }

  #expectOwn(asked: string): void {
    if (asked === this.#key) return
    throw new TypeError(`expected the handler to use ${this.#key} only, got ${asked}`)
  }
}

/** A captured message, ready for the broker: the same bytes each time. */
export const asDispatch = ({ id, type, headers, body, to, delayMs }: Captured): Dispatch => ({
  to,
  message: { id, type, headers, body: Buffer.from(body) },
  delayMs,
})
