// The servers of a specification in a simulated world: each instance is a process that the explorer
// schedules.

import { codedFailure } from '../check/index.ts'
import { type Route, serverOf, type SimulatedHttp } from '../http/index.ts'
import { reasonOf } from '../pipeline/index.ts'
import { type Process, type Simulation, simulatedWorld } from '../simulation/index.ts'
import type { SimulatedStore } from '../store/index.ts'
import { notes } from './notes.ts'
import type { Server, Specification } from './specification.ts'

export type ServerStage = {
  readonly specification: Specification
  readonly simulation: Simulation
  readonly http: SimulatedHttp
  readonly store: SimulatedStore
}

/** Starts all instances of all servers. They were declared before. */
export function startServers(stage: ServerStage): void {
  const { servers = {}, instances = 2 } = stage.specification
  for (const [name, server] of Object.entries(servers)) {
    const count = typeof instances === 'number' ? instances : (instances[name] ?? 2)
    for (let instance = 1; instance <= count; instance += 1) {
      stage.simulation.process({
        name: `${name}-${instance}`,
        group: name,
        // Routes that are made once for all instances have no memory of their own to lose.
        isMemoryless: typeof server !== 'function',
        start: (process) => startServer(stage, { name, server }, process),
      })
    }
  }
}

/** The routes for one instance. */
export const routesOf = (server: Server): readonly Route[] =>
  typeof server === 'function' ? server() : server

type Named = { readonly name: string; readonly server: Server }

function startServer(stage: ServerStage, { name, server }: Named, process: Process): void {
  const { specification, simulation, http, store } = stage
  const handle = serverOf({
    name,
    routes: routesOf(server),
    store: store.open(process),
    http: http.open(process, name),
    world: simulatedWorld(process),
    log: notes,
    conflictPauseMs: 0,
    onFailure: ({ method, path }, error) => {
      const violation = codedFailure(error)
      if (!violation) return notes.info({}, `${method} ${path} failed: ${reasonOf(error)}`)
      const { code, sentence } = violation
      simulation.report({ code, sentence, cause: error })
    },
  })
  http.serve(process, name, { handle, atOnce: specification.prefetch ?? 1 })
}
