// The thread in which an attendee's tests run. It stays from one save to the next, with everything
// loaded and compiled by then, and evaluates only the exercises anew: a run takes a quarter of the
// time of one in a new thread. Vitest starts and stops it as if it were new each time.

import { sep } from 'node:path'
import { parentPort } from 'node:worker_threads'
import { init, runBaseTests, setupEnvironment } from 'vitest/worker'

type Listener = (message: unknown) => void
type ModuleRunner = Parameters<NonNullable<Parameters<typeof init>[0]['onModuleRunner']>>[0]

const port = parentPort
if (!port) throw new Error('expected to be a worker thread, got none')

/** Vitest's own listener comes first; those after it belong to one run each. */
const listeners: Listener[] = []
const kept: { modules?: ModuleRunner['evaluatedModules'] } = {}

port.on('message', (message: { readonly type?: string }) => {
  // The calls of the run before are answered no more.
  if (message.type === 'start') listeners.splice(1)
  // Listeners come and go while they are told.
  for (const listener of listeners.slice()) listener(message)
})

init({
  post: (response) => port.postMessage(response),
  on: (listener: Listener) => void listeners.push(listener),
  off: (listener: Listener) => {
    const index = listeners.indexOf(listener)
    if (index >= 0) listeners.splice(index, 1)
  },
  setup: setupEnvironment,
  onModuleRunner: ({ evaluatedModules }) => {
    kept.modules = evaluatedModules
  },
  runTests: (state, traces) => {
    forgetExercises()
    return runBaseTests('run', state, traces)
  },
  collectTests: (state, traces) => runBaseTests('collect', state, traces),
})

/** What is no package and not the core may have changed since. */
function forgetExercises(): void {
  for (const [file, modules] of kept.modules?.fileToModulesMap ?? []) {
    const path = file.split(sep).join('/')
    if (path.includes('/node_modules/') || path.includes('/shared/src/')) continue
    for (const module of modules) kept.modules?.invalidateModule(module)
  }
}
