// One schedule, from the first step to the end. A run is a generator: where the machine can drain
// promises synchronously it never yields; elsewhere it yields whenever it has to wait for them.

import type { Faults } from './budget.ts'
import type { Drain } from './drain.ts'
import { blocked, endless, realTimeUsed, unsettled, wrongSoFar } from './ending.ts'
import type { Finding } from './finding.ts'
import { type Option, Options } from './option.ts'
import { markOf } from './schedule.ts'
import { Simulation } from './simulation.ts'
import { prune, type Strategy } from './strategy.ts'
import type { Trace } from './trace.ts'
import type { ClockOptions } from './world.ts'

/** Builds a world from nothing: adds its resources and processes, and says what must hold. */
export type System = (simulation: Simulation) => Checks

export type Checks = {
  /** After each step. */
  readonly always?: () => Finding | undefined
  /** When nothing is left to do. */
  readonly atEnd: () => Finding | undefined
  /** What some schedule must reach, by the end of it; else the check proves nothing. */
  readonly goals?: Readonly<Record<string, () => boolean>>
}

export type RunnerOptions = ClockOptions & {
  readonly system: System
  readonly faults: Faults
  /** How many steps a run may take. */
  readonly maxSteps: number
  /** Without it, each step waits for the event loop. */
  readonly drain: Drain | undefined
}

export type Cost = { readonly faults: number; readonly switches: number; readonly steps: number }

export type Run = {
  readonly finding: Finding | undefined
  readonly isPruned: boolean
  /** The position of what was chosen, wherever there was a choice. */
  readonly choices: readonly number[]
  readonly cost: Cost
  readonly reached: readonly string[]
}

/** What a run yields when it has to wait for promises. */
export type Pause = 'wait'

export class Runner {
  /** Steps of all runs so far. */
  steps = 0
  runs = 0
  /** The names of the goals of the system. */
  goals: readonly string[] = []
  /** What happened last: the place to look when it never gives control back. */
  last: Option | undefined
  readonly #given: RunnerOptions
  readonly #options = new Options()
  /** A coin is tossed while the options of a step are still in use. */
  readonly #coins = new Options()
  #running: Simulation | undefined

  constructor(options: RunnerOptions) {
    this.#given = options
  }

  /** Notes a call of the real clock, of timers or of randomness, in whatever runs now. */
  realTime(call: string): void {
    this.#running?.report(realTimeUsed(call, this.#running))
  }

  /** Runs one schedule, as `strategy` chooses. */
  *run(strategy: Strategy, trace?: Trace): Generator<Pause, Run> {
    const { system, faults, maxSteps, drain, time } = this.#given
    this.runs += 1
    strategy.begin()
    const choices: number[] = []
    let [spent, switches, steps] = [0, 0, 0]
    const decide = (options: Options, isBoundary: boolean): number => {
      const position = strategy.choose(simulation, options, isBoundary)
      if (position === prune) return prune
      choices.push(position)
      const option = options.at(position)
      trace?.marks.push(markOf(options.at(0), option))
      if (option.isFault) spent += 1
      if (option.isSwitch) switches += 1
      return position
    }
    const simulation = new Simulation({
      faults,
      options: this.#options,
      coins: this.#coins,
      decide: (options) => decide(options, false),
      trace,
      tracksState: strategy.usesState ?? false,
      ...(time === undefined ? {} : { time }),
    })
    this.#running = simulation
    const done = (finding: Finding | undefined, isPruned = false): Run => ({
      finding,
      isPruned,
      choices,
      cost: { faults: spent, switches, steps },
      reached: isPruned ? [] : reached(checks.goals),
    })
    const checks = system(simulation)
    this.goals = Object.keys(checks.goals ?? {})
    for (;;) {
      if (drain) drain.run()
      else yield 'wait'
      if (simulation.findings.length > 0 || (drain && drain.stray.length > 0) || checks.always) {
        const wrong = wrongSoFar(simulation, drain) ?? checks.always?.()
        if (wrong) return done(wrong)
      }
      if (steps >= maxSteps) return done(endless(simulation, maxSteps))
      const options = simulation.enumerate()
      if (options.length === 0) break
      const position = options.length === 1 ? 0 : decide(options, true)
      if (position === prune) return done(undefined, true)
      const option = options.at(position)
      const isEnd = option.operation === undefined && option.happening === undefined
      if (isEnd) break
      steps += 1
      this.steps += 1
      this.last = option
      simulation.fire(option)
    }
    return done(unsettled(simulation) ?? checks.atEnd() ?? blocked(simulation))
  }
}

function reached(goals: Checks['goals'] = {}): readonly string[] {
  return Object.keys(goals).filter((name) => goals[name]?.())
}
