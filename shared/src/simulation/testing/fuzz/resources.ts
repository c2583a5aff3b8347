// What a random program works on: keys, a door, naps and a queue, each of them a few steps over the
// primitive. All of their state is in a digest; plants.ts takes parts of it out.

import { digestOf, digestOfText, join, mix } from '../../digest.ts'
import type { Fault, Step } from '../../operation.ts'
import type { Process } from '../../process.ts'
import type { Simulation } from '../../simulation.ts'
import { simulatedWorld } from '../../world.ts'

export type Delivery = { readonly message: number; isSettled: boolean }

export class Resources {
  readonly #keys = new Map<string, number>()
  #isOpen = false
  readonly #queue: number[]
  /** Whoever naps now is parked, and so needs no digest. */
  readonly #naps = new Set<AbortController>()
  readonly #attempts: number[] = []
  readonly #onWait: () => void

  /** `onWait` is told of each step that had to wait for its guard, and went on. */
  constructor(
    simulation: Simulation,
    { messages, onWait }: { messages: number; onWait: () => void },
  ) {
    this.#queue = Array.from({ length: messages }, (_, index) => index + 1)
    this.#onWait = onWait
    simulation.state(() => digestOfEntries(this.#keys))
    simulation.state(() => digestOf(this.#isOpen))
    simulation.state(() => mix(digestOf(this.#queue), digestOf(this.#attempts)))
  }

  /** All of it that a later step could read. */
  text(): string {
    return JSON.stringify([this.#keys.get('x'), this.#keys.get('y'), this.#isOpen, this.#queue])
  }

  read(process: Process, key: string): Promise<number> {
    const effect = (): number => this.#keys.get(key) ?? 0
    return process.operation({ kind: 'read', resource: key, access: 'read', effect })
  }

  write(process: Process, key: string, value: number): Promise<void> {
    const lost: Fault<void> = { spends: 'lostWrites', effect: () => undefined }
    const effect = (): void => void this.#keys.set(key, value)
    const step = { kind: 'write', resource: key, access: 'write', effect, faults: [lost] } as const
    return process.operation(step)
  }

  increment(process: Process, key: string): Promise<number> {
    const effect = (): number => {
      const value = (this.#keys.get(key) ?? 0) + 1
      this.#keys.set(key, value)
      return value
    }
    return process.operation({ kind: 'increment', resource: key, access: 'write', effect })
  }

  move(process: Process, isOpen: boolean): Promise<void> {
    const effect = (): void => {
      this.#isOpen = isOpen
    }
    return process.operation({ kind: 'move', resource: 'door', access: 'write', effect })
  }

  pass(process: Process): Promise<void> {
    const guard = (): boolean => this.#isOpen
    const effect = (): void => undefined
    const step = { kind: 'pass', resource: 'door', access: 'read', guard, effect } as const
    return process.operation(this.#noted(step))
  }

  /** Resolves with whether nobody cancelled it. */
  async nap(process: Process): Promise<boolean> {
    const nap = new AbortController()
    this.#naps.add(nap)
    process.onCrash(() => this.#naps.delete(nap))
    try {
      await simulatedWorld(process).sleep(2, nap.signal)
      return true
    } catch {
      return false
    } finally {
      this.#naps.delete(nap)
    }
  }

  cancel(process: Process): Promise<void> {
    const effect = (): void => {
      for (const nap of this.#naps) nap.abort()
    }
    return process.operation({ kind: 'cancel', resource: 'naps', access: 'write', effect })
  }

  send(process: Process, message: number): Promise<void> {
    const effect = (): void => void this.#queue.push(message)
    return process.operation({ kind: 'send', resource: 'queue', access: 'write', effect })
  }

  receive(process: Process): Promise<Delivery> {
    const queue = this.#queue
    const take = (index: number): Delivery => {
      const [message = 0] = queue.splice(index, 1)
      this.#attempts[message] = (this.#attempts[message] ?? 0) + 1
      return { message, isSettled: false }
    }
    const twice = (): Delivery => {
      queue.unshift(queue[0] ?? 0)
      return take(0)
    }
    return process.operation<Delivery>(
      this.#noted({
        kind: 'receive',
        resource: 'queue',
        access: 'write',
        idle: true,
        guard: () => queue.length > 0,
        effect: () => take(0),
        faults: [
          { spends: 'duplicates', effect: twice },
          { spends: 'reorderings', variants: () => queue.length - 1, effect: (by) => take(by + 1) },
        ],
        opens: ({ message }) => `message-${message}#${this.#attempts[message]}`,
      }),
    )
  }

  acknowledge(process: Process, delivery: Delivery): Promise<void> {
    const effect = (): void => {
      delivery.isSettled = true
    }
    const lost: Fault<void> = { spends: 'lostAcks', effect: () => this.giveBack(delivery) }
    const step = { kind: 'acknowledge', resource: 'queue', access: 'write' } as const
    return process.operation<void>({ ...step, effect, faults: [lost], closes: true })
  }

  giveBack(delivery: Delivery): void {
    if (!delivery.isSettled) this.#queue.unshift(delivery.message)
    delivery.isSettled = true
  }

  #noted<T>(step: Step<T>): Step<T> {
    let hasWaited = false
    const { guard = () => true, effect } = step
    return {
      ...step,
      guard: () => {
        const isReady = guard()
        hasWaited ||= !isReady
        return isReady
      },
      effect: () => {
        if (hasWaited) this.#onWait()
        return effect()
      },
    }
  }
}

function digestOfEntries(entries: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const [key, value] of entries) sum = join(sum, mix(digestOfText(key), value))
  return sum
}
