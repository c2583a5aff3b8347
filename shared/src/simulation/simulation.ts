// One run of a simulated world: its processes, what they have parked, and what can happen next. A
// step is one operation; it is done at the moment when it is chosen, then its promise settles, and
// then everything that follows from it runs until it has parked again. Between two steps nothing
// else happens. Which step comes next is the choice of a strategy; see run.ts.

import { Agenda, type Last } from './agenda.ts'
import { Budget, type Faults } from './budget.ts'
import { digestOf, digestOfText, join, mix } from './digest.ts'
import type { Finding } from './finding.ts'
import type { Lane } from './lane.ts'
import type { Operation, Step } from './operation.ts'
import { type Happening, type Option, Options } from './option.ts'
import { Process, type ProcessOptions } from './process.ts'
import type { Trace } from './trace.ts'
import { Alarms, type ClockOptions } from './world.ts'

export type SimulationOptions = {
  readonly time?: ClockOptions['time'] | undefined
  readonly faults: Faults
  /** Decides what happens in the middle of a step: the position of the option chosen. */
  readonly decide: (options: Options) => number
  readonly tracksState: boolean
  /** Whether a crash may follow a step that changed nothing. Default false: it is the same as one
   *  before that step. */
  readonly crashesAnywhere?: boolean
  /** Records each step. Slower; a search does without. */
  readonly trace?: Trace | undefined
}

export class Simulation {
  readonly budget: Budget
  readonly trace: Trace | undefined
  /** Whether `digest` is asked for: a run that samples does without. */
  readonly tracksState: boolean
  /** Whether a crash may follow a step that changed nothing. */
  readonly crashesAnywhere: boolean
  /** What is wrong so far: the first one counts. */
  readonly findings: Finding[] = []
  /** Simulated time, in milliseconds. */
  nowMs = 0
  readonly alarms: Alarms
  /** The lane whose code runs now. */
  current: Lane | undefined
  readonly #coinsFallen = new Map<string, boolean>()
  #coinsDigest = 0
  readonly #decide: SimulationOptions['decide']
  readonly #agenda: Agenda
  readonly #processes: Process[] = []
  readonly #digests: (() => number)[] = []
  readonly #last: Last = { lane: undefined, process: undefined }

  constructor({ faults, decide, trace, time, ...how }: SimulationOptions) {
    this.budget = new Budget(faults)
    this.#agenda = new Agenda(this.budget, this.#processes)
    this.trace = trace
    this.tracksState = how.tracksState
    this.crashesAnywhere = how.crashesAnywhere ?? false
    this.#decide = decide
    this.alarms = new Alarms(this, time === undefined ? {} : { time })
  }

  /** Adds a process, and starts it. */
  process(options: ProcessOptions): Process {
    const index = this.#processes.length
    const process = new Process(this, { index }, options)
    this.#processes.push(process)
    const now = (): Process => this.#processes[index] ?? process
    if (this.budget.has('crashes') && options.canCrash !== false) {
      this.happening({
        kind: 'crash',
        resource: '*',
        spends: 'crashes',
        process,
        variants: () => (now().canCrash ? 1 : 0),
        effect: () => this.crash(now()),
      })
    }
    this.#start(process)
    return process
  }

  get processes(): readonly Process[] {
    return this.#processes
  }

  /** What is parked, in the order of the processes; for each of them, as parked. */
  get pending(): readonly Operation[] {
    const pending: Operation[] = []
    for (const { parked } of this.#processes) {
      for (let one = parked; one !== undefined; one = one.next) pending.push(one)
    }
    return pending
  }

  /** Adds something that happens by itself. */
  happening(happening: Happening): void {
    this.#agenda.addHappening(happening)
  }

  /** Adds a part of the state: whatever effects and guards read must be in a digest. */
  state(digest: () => number): void {
    this.#digests.push(digest)
  }

  /** Parks a step of `process`; see there. */
  park<T>(process: Process, step: Step<T>): Promise<T> {
    const running = this.current?.process === process ? this.current : process.root
    const lane = step.lane ?? (step.idle ? process.root : running)
    return new Promise((resolve, reject) => {
      lane.waiting += 1
      lane.process.park({
        // Its result goes to nobody but `resolve`, which takes what the effect gives.
        step: step as Step<unknown>,
        guard: step.guard,
        faults: step.faults,
        lane,
        id: this.tracksState ? idOf(step as Step<unknown>, lane) : 0,
        resolve: resolve as (value: unknown) => void,
        reject,
        priority: -1,
        next: undefined,
        stack: this.trace?.stack(),
      })
    })
  }

  /** A choice in the middle of a step: whether `coin` falls on heads, which spends of `coins`. Once
   *  it has fallen it stays: the same name is the same coin. */
  toss(coin: string, lane = this.current): boolean {
    const fallen = this.#coinsFallen.get(coin)
    if (fallen !== undefined) return fallen
    let heads = false
    if (this.budget.has('coins')) {
      // A list of its own: that of the step that tosses it is still in use.
      const options = new Options()
      options.addNothing()
      options.free = 1
      options.addCoin(coin)
      heads = this.#decide(options) === 1
      if (heads) this.budget.spend('coins')
    }
    this.#coinsFallen.set(coin, heads)
    const side = mix(digestOfText(coin), heads ? 1 : 0)
    this.#coinsDigest = join(this.#coinsDigest, side)
    lane?.learn(side)
    this.trace?.coin(this, coin, heads)
    return heads
  }

  /** Notes something that must not be. */
  report(finding: Finding): void {
    this.findings.push(finding)
  }

  /** Drops what `process` has parked and begins it anew. */
  crash(process: Process): void {
    const next = process.crash()
    this.#processes[process.index] = next
    this.#start(next)
  }

  /** Takes a step back that waits to be chosen, because its caller has given up. */
  withdraw(step: object): void {
    const operation = this.pending.find((one) => one.step === step)
    if (operation) this.#take(operation)
  }

  /** What can happen next. Nothing: the run is over. */
  enumerate(): Options {
    this.#forgetLane()
    return this.#agenda.enumerate(this.#last)
  }

  /** Does what `option` says. Afterwards, whatever follows from it has to run. */
  fire(option: Option): void {
    const { operation, happening } = option
    if (option.spends !== undefined) this.budget.spend(option.spends)
    if (operation) this.#fireOperation(option, operation)
    else if (happening) {
      this.current = undefined
      this.#last.lane = undefined
      this.#last.process = undefined
      happening.effect(option.variant)
      this.trace?.step(this, option)
    }
  }

  /** What tells this state from any other, as far as the rest of the run can depend on it. */
  digest(): number {
    let state = mix(this.budget.digest(), this.#coinsDigest)
    for (const digest of this.#digests) state = mix(state, digest())
    let processes = mix(1, this.nowMs)
    for (const process of this.#processes) processes = join(processes, process.digest())
    return mix(state, processes)
  }

  /** The digest of who ran last, on which the cost of a switch depends. */
  get lastDigest(): number {
    return this.#last.lane?.digest ?? 0
  }

  #start(process: Process): void {
    const before = this.current
    this.current = process.root
    process.start()
    this.current = before
  }

  /** A lane that has been closed goes on until nothing is parked in it: what follows an early
   *  acknowledgement is interrupted, and lost in a crash, like what comes before it. */
  #forgetLane(): void {
    const { lane } = this.#last
    if (!lane || lane.isOpen || lane.waiting > 0) return
    lane.process.lanes.delete(lane)
    this.#last.lane = undefined
  }

  #take(operation: Operation): void {
    const { lane } = operation
    lane.process.take(operation)
    lane.waiting -= 1
  }

  #fireOperation(option: Option, operation: Operation): void {
    const { step, lane, resolve, reject } = operation
    const { fault } = option
    this.#take(operation)
    lane.process.hasWritten = step.access === 'write'
    let result: unknown
    let isRejected = false
    this.current = lane
    try {
      result = fault ? fault.effect(option.variant) : step.effect()
    } catch (error) {
      result = error
      isRejected = true
    }
    const next = isRejected || !step.opens ? lane : lane.process.open(step.opens(result))
    if (step.closes) lane.isOpen = false
    if (this.tracksState) {
      const told = isRejected || !step.digest ? digestOf(result) : step.digest(result)
      next.learn(mix(operation.id, isRejected ? mix(told, 1) : told))
    }
    this.current = next
    this.#last.lane = next
    this.#last.process = lane.process
    if (this.trace) this.trace.step(this, option, isRejected ? { error: result } : { result })
    if (isRejected) reject(result)
    else resolve(result)
  }
}

/** A process rests in the same steps again and again, whichever of its group it is. */
const idOf = ({ idle, kind, resource }: Step<unknown>, lane: Lane): number =>
  idle ? mix(digestOfText(kind), digestOfText(resource)) : lane.nextOperation()
