// The process of one of two systems that talk over HTTP: its endpoint, or its server, over a store
// of its own. It tells its parent what happens, and ends when the parent lets go of it. A server
// holds each response back until the parent allows it, so that it can be killed at that moment.

import { pathToFileURL } from 'node:url'
import { decoratedBroker, openBroker, sqliteBroker } from '@workshop/shared/broker'
import { fetchHttp, type Route, type Serve, serverOf, startServer } from '@workshop/shared/http'
import {
  type Behaviour,
  type Handler,
  reasonOf,
  routesTo,
  standard,
  startEndpoint,
} from '@workshop/shared/pipeline'
import { type Store, sqliteStore } from '@workshop/shared/store'
import { realWorld } from '@workshop/shared/world'
import { exportedHandlers } from '../exported-handlers.ts'
import type { EndpointPart, ServerPart, SystemReport, SystemTask } from './system-protocol.ts'

const task: SystemTask = JSON.parse(process.argv[2] ?? '{}')
const report = (event: SystemReport): void => {
  process.send?.(event)
}

async function runServer({ name, port }: ServerPart, routes: readonly Route[], mine: Store) {
  const answer = serverOf({ name, routes, store: mine, world: realWorld() })
  const serve: Serve = async (request, signal) => {
    const { method, path, body } = request
    const response = await answer(request, signal)
    const allowed = new Promise<void>((resolve) => {
      process.once('message', () => resolve())
    })
    report({ kind: 'answers', method, path, body, status: response.status })
    await allowed
    return response
  }
  const running = await startServer({ serve, port })
  report({ kind: 'ready', origin: running.origin })
  return () => running.stop()
}

async function runEndpoint(
  { name, broker: spec, server, origin }: EndpointPart,
  handlers: readonly Handler[],
  mine: Store,
) {
  const opened =
    spec.kind === 'sqlite'
      ? sqliteBroker({ directory: spec.directory, leaseMs: 1000 })
      : await openBroker(spec)
  const broker = decoratedBroker(opened, {
    publish: async (to, message, options) => {
      await opened.publish(to, message, options)
      report({ kind: 'published', type: message.type })
    },
  })
  const endpoint = await startEndpoint({
    name,
    handlers,
    broker,
    store: mine,
    http: fetchHttp({ name, origin: (wanted) => (wanted === server ? origin : undefined) }),
    routes: routesTo({ [name]: handlers }),
    prefetch: 1,
    behaviours: [
      ...standard({ delayed: { attempts: 20, baseMs: 200 }, immediate: { times: 0 } }),
      reporting,
    ],
  })
  report({ kind: 'ready', origin: '' })
  return async () => {
    await endpoint.stop()
    await broker.close()
  }
}

const reporting: Behaviour = {
  incoming: async ({ message, attempt }, next) => {
    report({ kind: 'received', type: message.type, attempt })
    try {
      await next()
    } catch (error) {
      report({ kind: 'failed', type: message.type, reason: reasonOf(error) })
      throw error
    }
  },
}

/** The routes that a file exports: the first list of them. */
function routesIn(exported: Record<string, unknown>): readonly Route[] {
  const lists = Object.values(exported).filter((one): one is readonly Route[] => Array.isArray(one))
  return lists[0] ?? []
}

const module: Record<string, unknown> = await import(pathToFileURL(task.module).href)
const store = sqliteStore({ directory: task.directory })
const stop =
  task.kind === 'server'
    ? await runServer(task, routesIn(module), store)
    : await runEndpoint(task, exportedHandlers(module), store)

process.once('disconnect', () => {
  stop()
    .then(() => store.close())
    .then(
      () => process.exit(0),
      () => process.exit(1),
    )
})
