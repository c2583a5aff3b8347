// The process of one endpoint or service: `endpoint-process.ts FILE TEST EXPLORATION`. It loads the
// test file itself, as functions do not travel between processes, runs that test up to that
// exploration, and serves its part in what is explored there. It ends with its parent.

import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'
import {
  type Opening,
  type Order,
  type ProcessReport,
  serve,
  type Specification,
  worldVariable,
} from '@workshop/shared/explore'
import { bodies } from './vitest-stub.ts'

const [file = '', testAt = '', explorationAt = ''] = process.argv.slice(2)

const opened = new Promise<Opening>((resolve) => {
  process.on('message', (order: Order) => {
    if (order.kind === 'open') resolve(order.opening)
  })
})
// The parent is gone: what it wanted to know, nobody wants to know any more.
process.once('disconnect', () => process.exit(1))

let explorations = 0

/** Called by `explore`, for each exploration of the test. */
export async function play(specification: Specification): Promise<void> {
  explorations += 1
  if (explorations < Number(explorationAt)) return
  await serve(specification, await opened, {
    tell: (report: ProcessReport) => process.send?.(report),
    onOrder: (listener) => process.on('message', listener),
  })
  process.exit(0)
}

async function run(): Promise<void> {
  const stub = new URL('vitest-stub.ts', import.meta.url).href
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'vitest' ? { url: stub, shortCircuit: true } : next(specifier, context),
  })
  process.env[worldVariable] = import.meta.url
  await import(pathToFileURL(file).href)
  const body = bodies[Number(testAt)]
  if (!body) throw new Error(`expected test ${testAt} in ${file}, got ${bodies.length} tests`)
  await body()
  throw new Error(`expected exploration ${explorationAt} in the test, got ${explorations}`)
}

// Not awaited here: `explore` imports this module, which must have been evaluated by then. What
// rejects ends the process, with its reason on the error output.
void run()
