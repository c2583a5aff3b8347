// The process of one endpoint: loads the handlers, brings in the item's trouble, reports what
// happens to its parent, and ends when the parent lets go of it.

import { pathToFileURL } from 'node:url'
import { decoratedBroker, openBroker } from '@workshop/shared/broker'
import { troubleOf } from '@workshop/shared/chaos'
import {
  type Behaviour,
  reasonOf,
  routesTo,
  standard,
  startEndpoint,
} from '@workshop/shared/pipeline'
import { sqliteStore } from '@workshop/shared/store'
import { exportedHandlers } from '../exported-handlers.ts'
import type { EndpointTask, Report } from './protocol.ts'

const task: EndpointTask = JSON.parse(process.argv[2] ?? '{}')

const report = (event: Report): void => {
  process.send?.(event)
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

/** Ends the process with a sentence about the reader's file: what is wrong in it is no crash. */
function refuse(what: string): never {
  console.error(`  ✘  ${task.module}\n     ${what}`)
  process.exit(1)
}

const module: Record<string, unknown> = await import(pathToFileURL(task.module).href).catch(
  (error: unknown) => refuse(`expected a file that can be loaded, got ${reasonOf(error)}`),
)
const handlers = exportedHandlers(module)
if (handlers.length === 0) refuse('expected a file that exports a handler, got none')
const opened = await openBroker(task.broker)
const broker = decoratedBroker(opened, {
  publish: async (to, message, options) => {
    await opened.publish(to, message, options)
    report({ kind: 'published', type: message.type, to: 'queue' in to ? 'queue' : 'event' })
  },
  consume: (queue, handle, options) =>
    opened.consume(
      queue,
      async (delivery) => {
        const outcome = await handle(delivery)
        report({ kind: 'settled', type: delivery.message.type, outcome: outcome.kind })
        return outcome
      },
      options,
    ),
})
const store = sqliteStore({ directory: task.directory })
const endpoint = await startEndpoint({
  name: task.name,
  handlers,
  broker,
  store,
  routes: routesTo({ [task.name]: handlers }),
  prefetch: 1,
  behaviours: [
    ...standard({ delayed: { attempts: 3, baseMs: 200 }, immediate: { times: 0 } }),
    reporting,
    troubleOf(task.item),
  ],
})
report({ kind: 'ready' })

process.once('disconnect', () => {
  const close = async (): Promise<void> => {
    await endpoint.stop()
    await broker.close()
    await store.close()
  }
  close().then(
    () => process.exit(0),
    () => process.exit(1),
  )
})
