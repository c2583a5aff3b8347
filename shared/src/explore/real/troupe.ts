// The processes of a performance: allows what they ask for, spends the faults of the plan on it,
// writes down what they report, kills and restarts. A process that ends without having been killed
// fails the performance.

import type { ChildProcess } from 'node:child_process'
import type { BrokerSpec } from '../../broker/index.ts'
import type { WireMessage } from '../../message/index.ts'
import { type Http, realWorld, Unavailable, Unknown } from '../../world/index.ts'
import { Actor } from './actor.ts'
import type { Chronicle } from './chronicle.ts'
import type { Ledger } from './ledger.ts'
import { Network } from './network.ts'
import { type Plan, spoiltRequest } from './plan.ts'
import type { Call, Opening, Report, Role, Spoiled } from './protocol.ts'
import { eventOf } from './told-event.ts'

/** How long a process stands still, at most, until another one has its message. */
const pausedMs = 5000

export type Setting = Omit<Opening, 'role'> & { readonly broker: BrokerSpec }

export type TroupeOptions = {
  readonly setting: Setting
  readonly roles: readonly Role[]
  readonly plan: Plan
  readonly chronicle: Chronicle
  readonly ledger: Ledger
  /** Starts a process that will be told what to open. */
  readonly spawn: () => ChildProcess
}

type Pending = {
  readonly actor: Actor
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

export class Troupe implements AsyncDisposable {
  readonly #options: TroupeOptions
  readonly #actors = new Map<string, Actor>()
  readonly #failed = Promise.withResolvers<never>()
  readonly #calls = new Map<number, Pending>()
  /** Told when somebody else has been handed what a paused process holds. */
  readonly #onDelivered = new Set<(actor: Actor, queue: string, id: string) => void>()
  readonly #network: Network
  #restarting = 0
  #lastCall = 0
  #isOver = false

  constructor(options: TroupeOptions) {
    this.#options = options
    // Whoever waits for anything here hears of it.
    this.#failed.promise.catch(() => undefined)
    this.#network = new Network({
      ...options,
      orFails: (work) => this.orFails(work),
      onChange: (listening) => {
        for (const actor of this.#actors.values()) actor.order({ kind: 'servers', listening })
      },
    })
    for (const role of options.roles) this.#start(role)
  }

  /** What `work` gives; rejects as soon as a process has ended by itself. */
  orFails<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.#failed.promise])
  }

  /** All of them begin to take messages, as soon as all are ready. */
  async begin(): Promise<void> {
    const actors = [...this.#actors.values()]
    await this.orFails(Promise.all(actors.map(({ ready }) => ready)))
    for (const actor of actors) actor.order({ kind: 'begin' })
  }

  get isRestarting(): boolean {
    return this.#restarting > 0
  }

  /** Whether anything that was allowed has not ended yet, or goes on alone. */
  get isBusy(): boolean {
    return (
      this.#network.isBusy || [...this.#actors.values()].some(({ underWay }) => underWay.size > 0)
    )
  }

  /** How a client calls servers. */
  http(caller: string): Http {
    return this.#network.http(caller)
  }

  /** Calls a service, as a client does. Rejects with `Unknown` where its process died. */
  async call(service: string, message: WireMessage): Promise<void> {
    const number = (this.#lastCall += 1)
    const living = [...this.#actors.values()].filter(
      ({ opening, isDoomed }) => opening.role.name === service && !isDoomed,
    )
    const actor = living[number % living.length]
    if (!actor) throw new Unavailable(`expected a process of the service ${service}, got none`)
    await this.orFails(actor.begun)
    const answer = Promise.withResolvers<void>()
    this.#calls.set(number, { actor, ...answer })
    actor.order({ kind: 'call', number, message })
    await this.orFails(answer.promise)
  }

  /** Lets all of them finish, and end. */
  async stop(): Promise<void> {
    this.#isOver = true
    await this.orFails(Promise.all([...this.#actors.values()].map((actor) => actor.stop())))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true
    await Promise.all([...this.#actors.values()].map((actor) => actor[Symbol.asyncDispose]()))
  }

  #start(role: Role): Actor {
    const { setting, spawn } = this.#options
    const actor = new Actor({
      opening: { ...setting, role },
      spawn,
      onReport: (from, report) => this.#hear(from, report),
      onEnd: (sentence) => {
        if (!this.#isOver) this.#failed.reject(new Error(sentence))
      },
    })
    this.#actors.set(role.instance, actor)
    return actor
  }

  #hear(actor: Actor, report: Report): void {
    const { chronicle, ledger } = this.#options
    const { instance } = actor
    switch (report.kind) {
      case 'ready':
        return
      case 'begun':
        if (report.origin !== undefined) this.#network.listen(actor, report.origin)
        return
      case 'exchanged':
        return chronicle.record(instance, eventOf(report.event))
      case 'late':
        return this.#network.late(actor, report.by)
      case 'asks':
        return this.#allow(actor, report)
      case 'did':
        return this.#did(actor, report)
      case 'delivered': {
        const { queue, message } = report
        ledger.delivered(instance, { queue, id: message.id })
        chronicle.record(instance, report)
        for (const listener of this.#onDelivered) listener(actor, queue, message.id)
        return
      }
      case 'settled':
        ledger.settled(instance, { queue: report.queue, id: report.message.id }, report.outcome)
        return chronicle.record(instance, report)
      case 'failed': {
        const { message, code, reason } = report
        const error =
          code === undefined ? new Error(reason) : Object.assign(new Error(reason), { code })
        return chronicle.record(instance, {
          kind: 'failed',
          ...(message ? { message } : {}),
          error,
        })
      }
      case 'answered': {
        const pending = this.#calls.get(report.number)
        this.#calls.delete(report.number)
        if (report.failure === undefined) pending?.resolve()
        else pending?.reject(new Unavailable(report.failure))
      }
    }
  }

  #allow(actor: Actor, { number, call }: { readonly number: number; readonly call: Call }): void {
    // Whoever is about to die hears nothing more.
    if (actor.isDoomed) return
    if (this.#canPause(actor) && this.#options.plan.spends('expiredLeases')) {
      // It never rejects.
      void this.#pause(actor).then(() => this.#allow(actor, { number, call }))
      return
    }
    const { ledger } = this.#options
    const spoiled = this.#spoil(call)
    if (spoiled !== undefined)
      this.#options.chronicle.tell(actor.instance, `${spoiled}: ${call.kind}`)
    const isMade = spoiled !== 'refused' && spoiled !== 'lost'
    if (isMade) {
      const copies = spoiled === 'doubled' || spoiled === 'copied late' ? 2 : 1
      actor.underWay.set(number, { call, copies })
      // Owed from now on: it may be delivered before it is reported.
      if (call.kind === 'publish') ledger.put(call.to, call.id, copies)
    }
    actor.order({ kind: 'go', number, spoiled })
  }

  #spoil(call: Call): Spoiled | undefined {
    const { plan, ledger, setting } = this.#options
    if (call.kind === 'request') return spoiltRequest(plan)
    if (plan.spends(call.kind === 'write' ? 'failedSaves' : 'refused')) return 'refused'
    if (plan.spends('unknown')) {
      return realWorld({ seed: setting.seed }).coin('unknown') ? 'unanswered' : 'lost'
    }
    if (call.kind === 'write' || ledger.queuesOf(call.to).length === 0) return undefined
    if (plan.spends('duplicates')) return 'doubled'
    return plan.spends('lateCopies') ? 'copied late' : undefined
  }

  #did(actor: Actor, { number, deed }: Extract<Report, { readonly kind: 'did' }>): void {
    const { chronicle, ledger, plan } = this.#options
    const allowed = actor.underWay.get(number)
    actor.underWay.delete(number)
    if (deed) {
      chronicle.deed(actor.instance, deed)
      if (!actor.isDoomed && plan.spends('crashes')) actor.isDoomed = true
    } else if (allowed?.call.kind === 'publish') {
      ledger.put(allowed.call.to, allowed.call.id, -allowed.copies)
    }
    if (!actor.isDoomed) actor.order({ kind: 'go', number, spoiled: undefined })
    // What it was allowed to do is done and written down: nothing of it can be missed.
    else if (actor.underWay.size === 0) this.#restart(actor).catch(this.#failed.reject)
  }

  async #restart(actor: Actor): Promise<void> {
    const { chronicle, ledger } = this.#options
    this.#restarting += 1
    try {
      this.#network.leave(actor)
      await actor.kill()
      chronicle.tell(actor.instance, 'is killed, and starts again')
      ledger.died(actor.instance)
      for (const [number, pending] of this.#calls) {
        if (pending.actor !== actor) continue
        this.#calls.delete(number)
        pending.reject(new Unknown(`${actor.instance} died before it answered`))
      }
      if (this.#isOver) return
      const again = this.#start(actor.opening.role)
      await again.ready
      again.order({ kind: 'begin' })
      again.order({ kind: 'servers', listening: this.#network.listening })
    } finally {
      this.#restarting -= 1
    }
  }

  /** A lease can expire where the embedded broker leases, a message is being handled, and somebody
   *  else could take it. */
  #canPause(actor: Actor): boolean {
    const { ledger, setting } = this.#options
    if (setting.broker.kind !== 'sqlite' || process.platform === 'win32') return false
    const others = [...this.#actors.values()].filter(
      (other) => other !== actor && other.opening.role.name === actor.opening.role.name,
    )
    return others.length > 0 && ledger.workOf(actor.instance).length > 0
  }

  /** Stops the process until another one has been handed its message. */
  async #pause(actor: Actor): Promise<void> {
    const { chronicle, ledger, plan } = this.#options
    const held = ledger.workOf(actor.instance)
    const taken = new AbortController()
    const listener = (by: Actor, queue: string, id: string): void => {
      const isOther = by !== actor
      if (isOther && held.some((copy) => copy.queue === queue && copy.id === id)) taken.abort()
    }
    this.#onDelivered.add(listener)
    chronicle.tell(actor.instance, 'stands still, and its lease ends')
    actor.pause()
    const isTaken = await realWorld()
      .sleep(pausedMs, taken.signal)
      .then(
        () => false,
        () => true,
      )
    if (!isTaken) plan.misses('expiredLeases')
    this.#onDelivered.delete(listener)
    actor.resume()
    chronicle.tell(actor.instance, 'goes on')
  }
}
