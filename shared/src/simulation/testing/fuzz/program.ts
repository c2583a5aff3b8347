// Tiny random programs for the fuzz: scripts that run once, and consumers that take messages from a
// queue, over a few keys, doors and alarms. They are data, so that one can be read when it fails,
// and follow from a seed alone. They are made to race, block and be hit by faults, not to be useful.

import type { Faults } from '../../budget.ts'
import { randomOf } from '../../strategy.ts'

/** Each code has one register, which begins with 1 for scripts and with the message for
 *  deliveries. */
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

/** The program of `seed`: the first that is neither trivial nor too long to run all its schedules. */
export function programOf(seed: number): Program {
  const random = randomOf(seed)
  for (;;) {
    const program = draw(random)
    const schedules = roughSchedules(program)
    if (schedules >= 10 && schedules <= 150) return program
  }
}

function draw(random: () => number): Program {
  const pick = pickOf(random)
  const codes = codesOf(random)
  const count = pick([0, 0, 1, 1, 1, 2])
  const scripts = count === 0 ? pick([2, 2, 3]) : pick([1, 1, 2])
  const messages = count === 0 ? 0 : pick([0, 0, 1, 1, 2])
  // A queue that is empty at first needs somebody who sends.
  const sends: Code = count > 0 && messages === 0 ? [{ does: 'send' }] : []
  const early: Code = random() < 0.4 ? [{ does: 'acknowledge' }] : []
  const fault = pick([undefined, 'crashes', 'duplicates', 'lostAcks', 'reorderings', 'lostWrites'])
  return {
    scripts: Array.from({ length: scripts }, () => [...sends, ...codes(pick([1, 2, 2, 3]))]),
    consumers: {
      count,
      code: [...early, ...codes(pick([1, 2, 2]))],
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
  const move = (): Instruction => ({ does: 'move', isOpen: random() < 0.8 })
  const sleep = (): Instruction => ({ does: 'sleep', ms: pick([1, 2, 3]) })
  const clock = (): Instruction => ({ does: 'clock' })
  const plain = (): Instruction =>
    either([read, read, read, write, write, write, increment, pass, pass, move, move, sleep, clock])
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

/** How many schedules it has, about: what matters is that it does not run away. */
function roughSchedules({ scripts, consumers, faults }: Program): number {
  const { count, messages, code } = consumers
  const delivery = stepsOf(code) + 2
  const deliveries = Array.from({ length: count }, (_, index) => (index < messages ? delivery : 0))
  if (count === 1) deliveries[0] = delivery * messages
  const lengths = [...scripts.map(stepsOf), ...deliveries]
  let [schedules, total] = [1, 0]
  for (const length of lengths) {
    for (let step = 1; step <= length; step += 1) {
      total += 1
      schedules *= total / step
    }
  }
  const spent = Object.entries(faults).reduce(
    (sum, [name, left]) => sum + (name === 'coins' ? 0 : left),
    0,
  )
  return schedules * (1 + (spent * total) / 2)
}

function stepsOf(code: Code): number {
  return code.reduce((sum, instruction) => {
    if (instruction.does === 'branch') return sum + 1
    if (instruction.does === 'both') return sum + 3
    return sum + (instruction.does === 'toss' || instruction.does === 'acknowledge' ? 0 : 1)
  }, 0)
}
