// One schedule, from the first step to the end. A run is a generator: where promises can be drained
// synchronously it yields after some thousand steps, so that a long one can be interrupted;
// elsewhere it yields whenever it has to wait for them.

import type { Faults } from './budget.ts'
import type { Drain } from './drain.ts'
import { blocked, endless, realTimeUsed, unsettled, wrongSoFar } from './ending.ts'
import type { Finding } from './finding.ts'
import type { Option, Options } from './option.ts'
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

/** What a run yields when it has to wait for promises; `undefined`: it need not. */
export type Pause = 'wait'

export class Runner {
  /** Steps of all runs so far. */
  steps = 0
  runs = 0
  /** The names of the goals of the system. */
  goals: readonly string[] = []
  readonly #given: RunnerOptions
  #current: Schedule | undefined

  constructor(options: RunnerOptions) {
    this.#given = options
  }

  /** What happened last: the place to look when it never gives control back. */
  get last(): Option | undefined {
    return this.#current?.last
  }

  /** What was chosen so far in the run that goes on. */
  get choices(): readonly number[] {
    return this.#current?.choices ?? []
  }

  /** Notes a call of the real clock, of timers or of randomness, in whatever runs now. */
  realTime(call: string): void {
    const simulation = this.#current?.simulation
    simulation?.report(realTimeUsed(call, simulation))
  }

  /** Notes what is written to the console, in a run that is traced. */
  logged(text: string): void {
    const simulation = this.#current?.simulation
    simulation?.trace?.log(simulation, text)
  }

  /** Runs one schedule, as `strategy` chooses. */
  *run(strategy: Strategy, trace?: Trace): Generator<Pause | undefined, Run> {
    const { drain } = this.#given
    const schedule = new Schedule(this.#given, strategy, trace)
    this.#current = schedule
    // What the last run left there is no fault of this one.
    if (drain && drain.stray.length > 0) drain.stray.length = 0
    schedule.begin()
    if (this.runs === 0) this.goals = schedule.goals
    this.runs += 1
    do {
      if (!drain) yield 'wait'
      else {
        drain.run()
        if (schedule.steps % stepsAtOnce === stepsAtOnce - 1) yield undefined
      }
    } while (schedule.next())
    this.steps += schedule.steps
    return schedule.result()
  }
}

const shownFrames = 50
/** More than most runs of a search have, and far less than what a watchdog takes for a hang. */
const stepsAtOnce = 512
const none: readonly string[] = []

/** One run, as it goes on. */
class Schedule {
  readonly simulation: Simulation
  steps = 0
  last: Option | undefined
  readonly choices: number[] = []
  readonly #given: RunnerOptions
  readonly #strategy: Strategy
  readonly #trace: Trace | undefined
  #checks: Checks = { atEnd: () => undefined }
  #faults = 0
  #switches = 0
  #isPruned = false
  #finding: Finding | undefined

  constructor(given: RunnerOptions, strategy: Strategy, trace: Trace | undefined) {
    this.#given = given
    this.#strategy = strategy
    this.#trace = trace
    strategy.begin()
    this.simulation = new Simulation({
      faults: given.faults,
      time: given.time,
      trace,
      tracksState: strategy.usesState ?? false,
      crashesAnywhere: strategy.isTold ?? false,
      decide: (options) => this.#decide(options, false),
    })
  }

  get goals(): readonly string[] {
    return Object.keys(this.#checks.goals ?? {})
  }

  begin(): void {
    // Nobody reads the stacks of errors in a run that is not shown, and taking them is slow.
    Error.stackTraceLimit = this.#trace ? shownFrames : 0
    this.#checks = this.#given.system(this.simulation)
  }

  /** Takes the next step; everything has to be parked. False: the run is over. */
  next(): boolean {
    const { simulation } = this
    this.#finding = this.#check()
    if (this.#finding) return false
    const options = simulation.enumerate()
    if (options.length === 0) return this.#end()
    const isAsked = options.length > 1 || this.#strategy.isTold === true
    const position = isAsked ? this.#decide(options, true) : 0
    if (position === prune) {
      this.#isPruned = true
      return false
    }
    const option = options.at(position)
    if (!option.operation && !option.happening) return this.#end()
    this.steps += 1
    this.last = option
    simulation.fire(option)
    return true
  }

  result(): Run {
    const { goals } = this.#checks
    return {
      finding: this.#finding,
      isPruned: this.#isPruned,
      choices: this.choices,
      cost: { faults: this.#faults, switches: this.#switches, steps: this.steps },
      reached: this.#isPruned || !goals ? none : this.goals.filter((name) => goals[name]?.()),
    }
  }

  #check(): Finding | undefined {
    const { simulation } = this
    const { drain, maxSteps } = this.#given
    if (simulation.findings.length > 0 || (drain !== undefined && drain.stray.length > 0)) {
      return wrongSoFar(simulation, drain)
    }
    if (this.steps >= maxSteps) return endless(simulation, maxSteps)
    return this.#checks.always?.()
  }

  #decide(options: Options, isBoundary: boolean): number {
    const trace = this.#trace
    const position = this.#strategy.choose(this.simulation, options, isBoundary)
    if (position === prune) return prune
    this.choices.push(position)
    const option = options.at(position)
    if (trace) trace.marks.push(markOf(options.at(0), option))
    if (option.spends !== undefined) this.#faults += 1
    if (option.isSwitch) this.#switches += 1
    return position
  }

  #end(): false {
    const { simulation } = this
    this.#finding = unsettled(simulation) ?? this.#checks.atEnd() ?? blocked(simulation)
    return false
  }
}
