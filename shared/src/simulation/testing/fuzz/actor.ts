// Interprets the code of a random program, as one instance of a process.

import type { Process } from '../../process.ts'
import { simulatedWorld } from '../../world.ts'
import type { Code, Instruction, Program } from './program.ts'
import type { Delivery, Resources } from './resources.ts'

export class Actor {
  readonly #process: Process
  readonly #resources: Resources

  constructor(process: Process, resources: Resources) {
    this.#process = process
    this.#resources = resources
  }

  /** Takes messages for ever. */
  async consume({ code, remembers }: Program['consumers']): Promise<void> {
    let delivery: Delivery | undefined
    let memory = 0
    this.#process.onCrash(() => delivery && this.#resources.giveBack(delivery))
    for (;;) {
      delivery = await this.#resources.receive(this.#process)
      const register = delivery.message + (remembers ? memory : 0)
      memory = await this.run(code, { register, delivery })
      await this.#settle(delivery)
    }
  }

  /** Resolves with what the register holds at the end. */
  async run(code: Code, { register = 1, delivery }: Running = {}): Promise<number> {
    let held = register
    for (const instruction of code) held = await this.#do(instruction, { register: held, delivery })
    return held
  }

  async #do(instruction: Instruction, { register = 1, delivery }: Running): Promise<number> {
    const [process, resources] = [this.#process, this.#resources]
    const { clock, coin, sleep } = simulatedWorld(process)
    const run = (code: Code): Promise<number> => this.run(code, { register, delivery })
    switch (instruction.does) {
      case 'read':
        return resources.read(process, instruction.key)
      case 'increment':
        return resources.increment(process, instruction.key)
      case 'write':
        await resources.write(process, instruction.key, register + instruction.add)
        return register
      case 'branch':
        return run(register % 2 === 1 ? instruction.odd : instruction.even)
      case 'both': {
        const [one, other] = await Promise.all([run(instruction.one), run(instruction.other)])
        return one + 3 * other
      }
      case 'pass':
        await resources.pass(process)
        return register
      case 'move':
        await resources.move(process, instruction.isOpen)
        return register
      case 'send':
        await resources.send(process, register)
        return register
      case 'sleep':
        await sleep(instruction.ms)
        return register
      case 'clock':
        return clock.nowMs()
      case 'nap':
        return (await resources.nap(process)) ? register : register + 1
      case 'cancel':
        await resources.cancel(process)
        return register
      case 'toss':
        return coin('toss') ? register + 1 : register
      case 'acknowledge':
        if (delivery) await this.#settle(delivery)
        return register
    }
  }

  async #settle(delivery: Delivery): Promise<void> {
    if (!delivery.isSettled) await this.#resources.acknowledge(this.#process, delivery)
  }
}

type Running = { readonly register?: number; readonly delivery?: Delivery | undefined }
