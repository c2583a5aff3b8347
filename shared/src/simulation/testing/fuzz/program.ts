// Tiny random programs for the fuzz: scripts that run once, and consumers that take messages from a
// queue, over a few keys, doors and alarms. They are data, so that one can be read when it fails,
// and follow from a seed alone. They are made to race, block and be hit by faults, not to be
// useful.

import type { Faults } from '../../budget.ts'
import { randomOf } from '../../strategy.ts'

/** Each code has one register, which begins with the number of the script or of the message. */
export type Instruction =
  | { readonly does: 'read' | 'increment'; readonly key: string }
  /** Writes the register plus `add`. */
  | { readonly does: 'write'; readonly key: string; readonly add: number }
  /** By whether the register is odd. */
  | { readonly does: 'branch'; readonly odd: Code; readonly even: Code }
  | { readonly does: 'both'; readonly one: Code; readonly other: Code }
  /** Waits until the door is open. */
  | { readonly does: 'pass' }
  | { readonly does: 'move'; readonly isOpen: boolean }
  | { readonly does: 'send' }
  | { readonly does: 'sleep'; readonly ms: number }
  | { readonly does: 'clock' | 'toss' }
  /** Sleeps until somebody cancels it; in scripts only. */
  | { readonly does: 'nap' | 'cancel' }
  /** Acknowledges before the end. */
  | { readonly does: 'acknowledge' }

export type Code = readonly Instruction[]

export type Program = {
  readonly scripts: readonly Code[]
  readonly consumers: {
    readonly count: number
    readonly code: Code
    readonly messages: number
    /** Whether the register outlives a delivery. */
    readonly remembers: boolean
  }
  readonly faults: Faults
  readonly time: 'lazy' | 'adversarial'
}

/** The program of `seed`: the first drawn from it that races and whose schedules are few. */
export function programOf(seed: number): Program {
  const random = randomOf(seed)
  for (;;) {
    const program = draw(random)
    const schedules = roughSchedules(program)
    if (schedules >= 20 && schedules <= 180 && races(program)) return program
  }
}

function draw(random: () => number): Program {
  const pick = pickOf(random)
  const codes = codesOf(random)
  const count = pick([0, 0, 1, 1, 1, 2])
  const scripts = count === 0 ? pick([2, 2, 3]) : pick([1, 1, 2])
  const messages = count === 0 ? 0 : pick([0, 0, 0, 1, 2])
  // A queue that is empty at first needs somebody who sends.
  const sends: Code = count > 0 && (messages === 0 || random() < 0.2) ? [{ does: 'send' }] : []
  const early: Code = random() < 0.4 ? [{ does: 'acknowledge' }] : []
  const ofQueues = ['duplicates', 'lostAcks', 'reorderings']
  // One sleeps, and the others may cancel that.
  const naps = random() < 0.3
  const nap: Code = naps ? [{ does: 'nap' }] : []
  const cancel: Code = naps ? [{ does: 'cancel' }] : []
  const fault = pick([
    undefined,
    'crashes',
    'crashes',
    'lostWrites',
    ...(count > 0 ? ofQueues : []),
  ])
  return {
    scripts: Array.from({ length: scripts }, (_, index) => [
      ...(index === 0 ? sends : []),
      ...codes(pick([1, 2, 2, 3])),
      ...(index === 0 ? nap : cancel),
    ]),
    consumers: {
      count,
      code: [...early, ...codes(pick([1, 2, 2])), ...cancel],
      messages,
      remembers: random() < 0.3,
    },
    faults: { ...(fault && { [fault]: pick([1, 1, 2]) }), coins: pick([0, 1]) },
    time: pick(['lazy', 'adversarial']),
  }
}

type Pick = <T>(from: readonly T[]) => T

const pickOf =
  (random: () => number): Pick =>
  <T>(from: readonly T[]) =>
    from[Math.floor(random() * from.length)] as T

/** Draws codes of the length asked for. */
function codesOf(random: () => number): (length: number) => Code {
  const pick = pickOf(random)
  const either = (from: readonly (() => Instruction)[]): Instruction => pick(from)()
  const key = (): string => pick(['x', 'x', 'x', 'y'])
  const read = (): Instruction => ({ does: 'read', key: key() })
  const write = (): Instruction => ({ does: 'write', key: key(), add: pick([0, 1, 2]) })
  const increment = (): Instruction => ({ does: 'increment', key: key() })
  const pass = (): Instruction => ({ does: 'pass' })
  const move = (): Instruction => ({ does: 'move', isOpen: random() < 0.6 })
  const sleep = (): Instruction => ({ does: 'sleep', ms: pick([1, 2, 3]) })
  const clock = (): Instruction => ({ does: 'clock' })
  const often = [read, read, read, write, write, write, pass, pass, pass, move, move, move]
  const plain = (): Instruction => either([...often, increment, sleep, clock])
  const readX: Code = [{ does: 'read', key: 'x' }]
  const compound = (): Instruction =>
    either([
      () => ({ does: 'branch', odd: [plain()], even: pick<Code>([[], [plain()]]) }),
      () => ({ does: 'both', one: [plain()], other: [plain()] }),
      () => ({ does: 'both', one: readX, other: readX }),
      () => ({ does: 'toss' }),
    ])
  return (length) => Array.from({ length }, () => (random() < 0.2 ? compound() : plain()))
}

/** Whether two codes use the key x, and one of them writes it. */
function races({ scripts, consumers }: Program): boolean {
  const codes = consumers.count > 0 ? [...scripts, consumers.code] : scripts
  const uses = codes.filter((code) => code.some((one) => 'key' in one && one.key === 'x'))
  return uses.length > 1 && uses.flat().some(({ does }) => does === 'write')
}

/** How many schedules it has, about: what matters is that it does not run away. */
function roughSchedules({ scripts, consumers, faults, time }: Program): number {
  const sleeping = time === 'adversarial' ? 3 : 2
  const steps = (code: Code): number => code.reduce((sum, one) => sum + stepsOf(one, sleeping), 0)
  const { crashes = 0, duplicates = 0, coins = 0, ...others } = faults
  const sent = scripts.flat().filter(({ does }) => does === 'send').length
  const deliveries = consumers.count === 0 ? 0 : consumers.messages + sent + duplicates
  const workers = Math.min(consumers.count, deliveries)
  const consumed = Array.from(
    { length: workers },
    () => (deliveries / workers) * (steps(consumers.code) + 2),
  )
  let [schedules, total] = [1 + coins, 0]
  for (const length of [...scripts.map(steps), ...consumed]) {
    for (let step = 1; step <= length; step += 1) {
      total += 1
      schedules *= total / step
    }
  }
  const spent = Object.values(others).reduce((sum, left) => sum + left, duplicates)
  return schedules * (1 + total) ** crashes * 2 ** spent
}

function stepsOf(instruction: Instruction, sleeping: number): number {
  const { does } = instruction
  if (does === 'sleep' || does === 'nap') return sleeping
  if (does === 'both') return 4
  return does === 'toss' || does === 'acknowledge' || does === 'clock' ? 0 : 1
}
