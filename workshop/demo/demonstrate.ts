// A live demonstration: the endpoint of an exercise as a process of its own, a customer who sends
// real messages, and an audience that hears the announcements. It resolves when nothing is left to
// do.

import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  type Broker,
  type BrokerSpec,
  deadLetterQueue,
  decoratedBroker,
  openBroker,
} from '@workshop/shared/broker'
import { troubleOf } from '@workshop/shared/chaos'
import type { Demonstration, SystemsDemonstration } from '@workshop/shared/explore'
import { header, messageId, type Outgoing } from '@workshop/shared/message'
import { type Behaviour, client, type Routes, type Sender } from '@workshop/shared/pipeline'
import type { Item } from '@workshop/shared/shop'
import { sqliteStore } from '@workshop/shared/store'
import { patience, realWorld, Unavailable, Unknown } from '@workshop/shared/world'
import type { Exercise } from '../catalogue/exercise.ts'
import { SetupProblem } from '../command.ts'
import { root } from '../root.ts'
import { EndpointChild } from './endpoint-child.ts'
import type { Report } from './protocol.ts'
import { demonstrateSystems } from './systems.ts'

export type Staging = {
  readonly exercise: Exercise
  /** The folder with the code to run. */
  readonly code: string
  readonly item: Item
  readonly broker: BrokerSpec
  readonly directory: string
  /** Called with each thing that happens: who, and what. */
  readonly tell: (who: string, what: string) => void
}

export type Ending = { readonly ok: boolean; readonly sentence: string; readonly shown: string }

const boundMs = 30_000
const audience = 'marketing'

/** The endpoint is in the first file that the reader edits. */
const fileOf = ({ front }: Exercise): string => front.edit[0] ?? ''
/** Its name is the name of that file. */
const endpointOf = (exercise: Exercise): string => basename(fileOf(exercise), '.ts')

/** The queues that a demonstration of `exercise` uses. */
export const queuesOf = (exercise: Exercise): readonly string[] => [endpointOf(exercise), audience]

export async function demonstrate(staging: Staging): Promise<Ending> {
  const { exercise, code, item, directory, tell } = staging
  const script = await scriptOf(exercise)
  if ('systems' in script) return demonstrateSystems({ ...staging, script: script.systems })
  const { demonstration } = script
  const name = endpointOf(exercise)
  const count = new Count()
  await using opened = await openBroker(staging.broker)
  const broker = decoratedBroker(opened, {
    publish: async (to, message, options) => {
      await opened.publish(to, message, options)
      count.sent += 1
    },
  })
  await using store = sqliteStore({ directory })
  const heard = await listen(broker, demonstration, tell)
  await using _child = await EndpointChild.start(
    { name, module: join(code, fileOf(exercise)), broker: staging.broker, directory, item },
    (report) => {
      count.add(report)
      tellReport(name, report, tell)
    },
  )
  await order({ broker, name, item, given: demonstration.given(item), tell })
  await count.quiet()
  const { value } = await store.load<unknown>(demonstration.entity, undefined)
  const letters = await broker.peek(deadLetterQueue(name), 100)
  const dead = letters.map(({ headers }) => headers[header.deadReason] ?? 'no reason')
  for (const reason of dead) tell('dead letters', reason)
  const ending = demonstration.ending({ item, value, heard: heard.types, dead })
  await heard.stop()
  return { ...ending, shown: `${demonstration.entity}: ${demonstration.show(value)}` }
}

export type Script =
  | { readonly demonstration: Demonstration }
  /** Of two systems. */
  | { readonly systems: SystemsDemonstration }

/** What `demo.ts` of an exercise exports. */
export async function scriptOf({ folder }: Exercise): Promise<Script> {
  const path = join(root, 'solutions', folder, 'demo.ts')
  await readFile(path).catch((error: unknown) => {
    throw new SetupProblem(`expected a demonstration of ${folder}, got no ${path}`, {
      cause: error,
    })
  })
  const module: Script = await import(pathToFileURL(path).href)
  return module
}

async function listen(broker: Broker, { hear }: Demonstration, tell: Staging['tell']) {
  const types: string[] = []
  await broker.declare({
    queues: [{ name: audience }],
    bindings: hear.map(({ type }) => ({ event: type, queue: audience })),
  })
  const consumer = await broker.consume(audience, async ({ message }) => {
    types.push(message.type)
    tell(audience, `hears       ${describe(message.type, bodyOf(message.body))}`)
    return { kind: 'ack' }
  })
  return { types, stop: () => consumer.stop() }
}

const bodyOf = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes))

function describe(type: string, body: unknown): string {
  const item = typeof body === 'object' && body !== null && 'item' in body ? body.item : ''
  return `${type} ${typeof item === 'string' ? item : ''}`.trim()
}

type Order = {
  readonly broker: Broker
  readonly name: string
  readonly item: Item
  readonly given: readonly Outgoing[]
  readonly tell: Staging['tell']
}

async function order({ broker, name, item, given, tell }: Order): Promise<void> {
  const routes: Routes = Object.fromEntries(given.map(({ type }) => [type, name]))
  const saying: Behaviour = {
    outgoing: async ({ message, delayMs }, next) => {
      const later = delayMs > 0 ? ', which will arrive later' : ''
      tell('customer', `sends       ${describe(message.type, message.body)}${later}`)
      await next()
    },
  }
  const behaviours = [troubleOf(item), saying]
  const customer = client({ name: 'customer', broker, routes, behaviours })
  for (const [index, outgoing] of given.entries()) {
    await click(customer, { ...outgoing, id: messageId(`click-${index + 1}`) }, tell)
  }
}

/** A customer clicks until she is thanked: the same message, with the same id. */
async function click(customer: Sender, message: Outgoing, tell: Staging['tell']): Promise<void> {
  for (let clicks = 1; ; clicks += 1) {
    try {
      if (message.kind === 'event') await customer.publish({ ...message, kind: 'event' })
      else await customer.send({ ...message, kind: 'command' })
      return
    } catch (error) {
      const mayRepeat = error instanceof Unavailable || error instanceof Unknown
      if (!mayRepeat || clicks >= 5) throw error
      tell('customer', `clicks again: ${error.message}`)
    }
  }
}

function tellReport(name: string, report: Report, tell: Staging['tell']): void {
  if (report.kind === 'received') {
    const again = report.attempt > 1 ? `, attempt ${report.attempt}` : ''
    tell(name, `receives    ${report.type}${again}`)
  }
  if (report.kind === 'failed') tell(name, `fails       ${report.reason}`)
}

/** Counts what was put into the endpoint's queue, and what has come to its end. */
class Count {
  sent = 0
  #ended = 0

  add(report: Report): void {
    if (report.kind === 'published' && report.to === 'queue') this.sent += 1
    if (report.kind === 'settled' && ['ack', 'dead-letter'].includes(report.outcome)) {
      this.#ended += 1
    }
  }

  async quiet(): Promise<void> {
    const world = realWorld()
    const isLate = patience(boundMs)
    while (this.#ended < this.sent) {
      if (isLate()) {
        throw new Error(`expected ${this.sent} messages to be handled, got ${this.#ended}`)
      }
      await world.sleep(20)
    }
    // The announcements of the last message are on their way to the audience.
    await world.sleep(200)
  }
}
