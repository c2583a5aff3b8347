// Does what it is told, act by act, and goes on without faults where the last act ends. What an act
// asks for may not be possible: then the run ends there, and `problem` says why. Coins fall on
// tails.
//
// Every act takes a step of the run, so that a run's own bound is the bound of this one.

import { type Act, actInWords, type CrashAct, isAbout, type RunAct } from '../act.ts'
import type { Option, Options } from '../option.ts'
import type { Process } from '../process.ts'
import type { Simulation } from '../simulation.ts'
import { prune, type Strategy } from '../strategy.ts'

export type Told = Strategy & {
  /** Which act was not possible, what could have happened instead, and which acts remain. Undefined
   *  where all were. */
  readonly problem: string | undefined
}

export function told(acts: readonly Act[]): Told {
  return new Teller(acts)
}

class Teller implements Told {
  readonly isTold = true
  readonly #acts: readonly Act[]
  #next = 0
  #why: string | undefined

  constructor(acts: readonly Act[]) {
    this.#acts = acts
  }

  get problem(): string | undefined {
    const act = this.#acts[this.#next]
    if (!act) return undefined
    const why =
      this.#why ?? `expected ${act.about} to go on or to begin, got nothing that can happen`
    const left = this.#acts.slice(this.#next + 1).map(actInWords)
    const remaining = left.length === 0 ? '' : `. What remains: ${left.join(', ')}`
    return `act ${this.#next + 1} is not possible, ${actInWords(act)}: ${why}${remaining}`
  }

  begin(): void {
    this.#next = 0
    this.#why = undefined
  }

  choose(simulation: Simulation, options: Options, isBoundary: boolean): number {
    const act = this.#acts[this.#next]
    if (!isBoundary || !act) return 0
    return act.kind === 'run' ? this.#goOn(act, options) : this.#crash(act, { simulation, options })
  }

  #goOn(act: RunAct, options: Options): number {
    const { about, until } = act
    const position = find(options, (option) => isStepOf(option, about))
    const taken = position < 0 ? find(options, (option) => isStartOf(option, about)) : position
    if (taken < 0) {
      return this.#fail(`expected ${about} to go on or to begin, got ${whatCan(options)}`)
    }
    const step = options.at(taken).operation?.step
    const isLast = step?.closes === true
    const isReached = until !== undefined && isOfKind(step?.kind, until)
    if (isLast && until !== undefined && !isReached) {
      return this.#fail(
        `expected ${about} to reach another ${until}, got to its end (${step.kind})`,
      )
    }
    if (isLast || isReached) this.#next += 1
    return taken
  }

  #crash({ about }: CrashAct, { simulation, options }: Happens): number {
    const worker = simulation.processes.find((process) => worksOn(process, about))
    if (!worker) return this.#fail(`expected a process at work on ${about}, got none`)
    const isDeath = ({ happening }: Option): boolean =>
      happening?.kind === 'crash' && happening.process?.index === worker.index
    const position = find(options, isDeath)
    if (position < 0) {
      return this.#fail(`expected ${worker.name} to be able to crash, got no \`crashes\` left`)
    }
    this.#next += 1
    return position
  }

  #fail(why: string): typeof prune {
    this.#why = why
    return prune
  }
}

type Happens = { readonly simulation: Simulation; readonly options: Options }

const worksOn = ({ lanes }: Process, about: string): boolean =>
  [...lanes].some(({ name }) => isAbout(name, about))

/** A `save all` is a `save`, too. */
const isOfKind = (kind = '', until: string): boolean =>
  kind === until || kind.startsWith(`${until} `)

/** The position of the first option that fits; -1 where none does. */
function find(options: Options, fits: (option: Option) => boolean): number {
  for (let index = 0; index < options.length; index += 1) if (fits(options.at(index))) return index
  return -1
}

/** A step of work that has begun; as it was meant, as faults come after all others. */
const isStepOf = ({ operation }: Option, about: string): boolean =>
  operation !== undefined && !operation.step.idle && isAbout(operation.lane.name, about)

/** The step that begins the work; as a fault, it may overtake others. */
function isStartOf(option: Option, about: string): boolean {
  const offered = offeredBy(option)
  return offered !== undefined && isAbout(offered, about)
}

function offeredBy({ operation, fault, variant }: Option): string | undefined {
  return fault ? fault.offers?.(variant) : operation?.step.offers?.()
}

/** What can happen instead, in words. */
function whatCan(options: Options): string {
  const all = new Set<string>()
  for (let index = 0; index < options.free; index += 1) {
    const option = options.at(index)
    const { operation } = option
    if (!operation) continue
    const { kind, resource } = operation.step
    const offered = offeredBy(option)
    const name = operation.lane.name.replace(/#\d+$/, '')
    all.add(offered === undefined ? `${name} may ${kind}` : `${offered} is next in ${resource}`)
  }
  return all.size === 0 ? 'nothing that can happen' : `only: ${[...all].join(', ')}`
}
