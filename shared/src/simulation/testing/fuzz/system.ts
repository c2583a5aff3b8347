// A random program as a system that a search can run. What is left at the end of a run is all that
// two searches are compared by.

import type { System } from '../../run.ts'
import type { Simulation } from '../../simulation.ts'
import { Actor } from './actor.ts'
import type { Program } from './program.ts'
import { Resources } from './resources.ts'

export type Observer = {
  /** May break the simulation, before anything is added to it. */
  readonly plant: (simulation: Simulation) => void
  /** Is told what is left at the end of a run, and what each script has come to know. */
  readonly onEnd: (state: string) => void
  /** Is told of each step that had to wait for its guard, and went on. */
  readonly onWait: () => void
}

export function systemOf(program: Program, { plant, onEnd, onWait }: Observer): System {
  const { scripts, consumers } = program
  return (simulation) => {
    plant(simulation)
    const { messages } = consumers
    const resources = new Resources(simulation, { messages, onWait })
    const results = scripts.map(() => -1)
    for (const [index, code] of scripts.entries()) {
      simulation.process({
        name: `script-${index + 1}`,
        start: (process) => {
          results[index] = -1
          void new Actor(process, resources)
            .run(code, { register: index + 1 })
            .then((register) => (results[index] = register))
        },
      })
    }
    for (let number = 1; number <= consumers.count; number += 1) {
      simulation.process({
        name: `consumer-${number}`,
        group: 'consumers',
        isMemoryless: !consumers.remembers,
        start: (process) => void new Actor(process, resources).consume(consumers),
      })
    }
    return {
      atEnd: () => {
        onEnd(`${resources.text()} ${results.join(' ')}`)
        return undefined
      },
    }
  }
}
