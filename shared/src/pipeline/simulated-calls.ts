// Calls from outside to a service, in a simulated world: a request and its answer. Nothing is kept
// and nothing is delivered again: when an instance dies, whoever called it is left without an
// answer.

import type { Broker, Handle } from '../broker/index.ts'
import type { WireMessage } from '../message/index.ts'
import {
  digestOfText,
  empty,
  join,
  mix,
  type Process,
  type Simulation,
} from '../simulation/index.ts'
import { Unknown } from '../world/index.ts'
import { answerTo, servedOver } from './calls.ts'

/** What a picture shows of a step of a call. */
export type CallDetail = {
  readonly service: string
  readonly caller: string
  readonly message: WireMessage
}

type Answer = { readonly error: Error | undefined }

type Call = {
  readonly number: number
  readonly service: string
  readonly caller: string
  readonly message: WireMessage
  isTaken: boolean
  answer: Answer | undefined
}

export class SimulatedCalls {
  readonly #calls: Call[] = []

  constructor(simulation: Simulation) {
    simulation.state(() => this.#calls.reduce((sum, call) => join(sum, digestOf(call)), empty))
  }

  /** Calls `service` as `caller`. Rejects with `Unknown` when nobody can say what came of it, and
   *  with `Unavailable` when the service failed. */
  async call(caller: Process, service: string, message: WireMessage): Promise<void> {
    const detail = (): CallDetail => ({ service, caller: caller.name, message })
    const resource = `service ${service}`
    const number = await caller.operation({
      kind: 'call',
      resource,
      access: 'write',
      effect: () => this.#add({ service, caller: caller.name, message }),
      detail,
    })
    const answer = (): Answer | undefined => this.#called(number).answer
    await caller.operation<void>({
      kind: 'hear',
      resource: `${resource} ${number}`,
      access: 'read',
      guard: () => answer() !== undefined,
      effect: () => {
        const error = answer()?.error
        if (error) throw error
      },
      detail,
    })
  }

  /** The broker for an instance of a service, which takes its calls one at a time. */
  servedOver(process: Process, broker: Broker): Broker {
    return servedOver(broker, (service, handle) => void this.#serve(process, service, handle))
  }

  async #serve(process: Process, service: string, handle: Handle): Promise<never> {
    let current: Call | undefined
    process.onCrash(() => {
      if (current) current.answer ??= { error: new Unknown(`${service} died before it answered`) }
    })
    for (;;) {
      const call = (current = this.#called(await this.#take(process, service)))
      const error = await answerTo(call.message, service, handle)
      await this.#answer(process, call, { error })
    }
  }

  /** The number of a new call. Steps tell numbers, because calls change. */
  #add(made: Pick<Call, 'service' | 'caller' | 'message'>): number {
    const number = this.#calls.length + 1
    this.#calls.push({ ...made, number, isTaken: false, answer: undefined })
    return number
  }

  #called(number: number): Call {
    const call = this.#calls[number - 1]
    if (!call) throw new Error(`expected a call number ${number}, got ${this.#calls.length} calls`)
    return call
  }

  #take(process: Process, service: string): Promise<number> {
    const next = (): Call | undefined =>
      this.#calls.find((call) => call.service === service && !call.isTaken)
    let taken: Call | undefined
    return process.operation({
      kind: 'take',
      resource: `service ${service}`,
      access: 'write',
      idle: true,
      guard: () => next() !== undefined,
      effect: () => {
        const call = next()
        if (!call) throw new Error(`expected a call of ${service}, got none`)
        call.isTaken = true
        taken = call
        return call.number
      },
      opens: (number) => `call-${number}`,
      detail: () => taken,
    })
  }

  #answer(process: Process, call: Call, answer: Answer): Promise<void> {
    return process.operation<void>({
      kind: answer.error ? 'fail' : 'answer',
      resource: `service ${call.service} ${call.number}`,
      access: 'write',
      closes: true,
      effect: () => {
        call.answer = answer
      },
      detail: (): CallDetail => call,
    })
  }
}

const digestOf = ({ number, message, isTaken, answer }: Call): number =>
  mix(
    mix(digestOfText(message.id), number),
    (isTaken ? 1 : 0) + (answer ? (answer.error ? digestOfText(answer.error.message) : 2) : 0),
  )
