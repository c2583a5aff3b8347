// Decorators that write a run's history: of a broker, of a store, of a server and of those who call
// it. They change nothing else, but for a header that says which request it is.

import { type Broker, decoratedBroker, type Delivery, type Handle } from '../broker/index.ts'
import { type HttpEvent, type Serve, wireRequestOf, wireResponseOf } from '../http/index.ts'
import { decoratedStore, type Store, type Write } from '../store/index.ts'
import type { Http, Ids } from '../world/index.ts'
import type { History } from './history.ts'

/** `broker`, with everything that is published, delivered and settled recorded in `history`. */
export function recordedBroker(broker: Broker, history: History): Broker {
  const recorded =
    (handle: Handle): Handle =>
    async (delivery: Delivery) => {
      const { queue, message } = delivery
      history.record({ kind: 'delivered', queue, message })
      const outcome = await handle(delivery)
      history.record({ kind: 'settled', queue, message, outcome: outcome.kind })
      return outcome
    }
  return decoratedBroker(broker, {
    publish: async (to, message, options) => {
      await broker.publish(to, message, options)
      history.record({ kind: 'published', to, message })
    },
    consume: (queue, handle, options) => broker.consume(queue, recorded(handle), options),
  })
}

/** `store`, with every write that it accepts recorded in `history`. */
export function recordedStore(store: Store, history: History): Store {
  const record = (write: Write): void =>
    history.record(
      'remove' in write
        ? { kind: 'removed', key: write.key }
        : { kind: 'saved', key: write.key, value: write.value },
    )
  return decoratedStore(store, {
    save: async (key, value, expected) => {
      const version = await store.save(key, value, expected)
      record({ key, value, expected })
      return version
    },
    remove: async (key, expected) => {
      await store.remove(key, expected)
      record({ key, remove: true, expected })
    },
    saveAll: async (writes) => {
      const versions = await store.saveAll(writes)
      for (const write of writes) record(write)
      return versions
    },
  })
}

/** Names a request to whoever records what becomes of it. */
const requestId = 'x-request-id'

/** Where HTTP is recorded: a history, or whatever passes it on. */
export type HttpHistory = { record(event: HttpEvent): void }

export type RecordedHttp = {
  readonly caller: string
  readonly history: HttpHistory
  /** Of its requests. */
  readonly ids: Ids
}

/** `http`, with what `caller` has sent and heard recorded. */
export function recordedHttp(http: Http, { caller, history, ids }: RecordedHttp): Http {
  return {
    send: async (call) => {
      const id = ids.next()
      const exchanged = { id, caller, server: call.to, request: wireRequestOf(call) }
      history.record({ kind: 'requested', ...exchanged })
      try {
        const response = await http.send({ ...call, headers: { ...call.headers, [requestId]: id } })
        history.record({ kind: 'heard', ...exchanged, response: wireResponseOf(response) })
        return response
      } catch (cause) {
        const error = cause instanceof Error ? cause : new Error(String(cause))
        history.record({ kind: 'heard', ...exchanged, error })
        throw cause
      }
    },
  }
}

export type RecordedServe = { readonly server: string; readonly history: HttpHistory }

/** `serve`, with what it has answered recorded. */
export function recordedServe(serve: Serve, { server, history }: RecordedServe): Serve {
  return async (request, signal) => {
    const response = await serve(request, signal)
    const { [requestId]: id = '', 'user-agent': caller = '', ...headers } = request.headers
    const shown = { ...request, headers }
    history.record({ kind: 'responded', id, caller, server, request: shown, response })
    return response
  }
}
