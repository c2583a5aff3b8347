// The steps that a process takes on the simulated broker: publish, receive, settle. Each does what
// it says at the moment when it is chosen or, where a fault is spent, what its fault says.

import { digestOf, type Lane, type Step } from '../../simulation/index.ts'
import { Unavailable, Unknown } from '../../world/index.ts'
import type { Outcome, Settled } from '../broker.ts'
import { attemptOf, type Copy, digestOfCopy } from './copy.ts'
import { type BrokerDetail, shown } from './detail.ts'
import type { Exchange, Publication } from './exchange.ts'
import type { SimulatedQueue } from './queue.ts'

/** Stores a message. `refused`: certainly not, and the publisher knows. `unknown`: stored, or not,
 *  and the publisher does not know which. */
export function publish(exchange: Exchange, publication: Publication): Step<void> {
  const { to, message, delayMs } = publication
  const what = `${message.type} ${message.id}`
  let isStored = false
  let fault: 'refused' | 'unknown' | undefined
  const store = (): void => {
    exchange.store(publication)
    isStored = true
  }
  return {
    kind: 'publish',
    resource: exchange.resource(to),
    access: 'write',
    effect: store,
    faults: [
      {
        spends: 'refused',
        effect: () => {
          fault = 'refused'
          throw new Unavailable(`expected the broker to take ${what}, it is not available`)
        },
      },
      {
        spends: 'unknown',
        variants: () => 2,
        effect: (variant) => {
          fault = 'unknown'
          if (variant === 0) store()
          throw new Unknown(`expected the broker to confirm ${what}, got no answer`)
        },
      },
    ],
    detail: (): BrokerDetail => {
      const queues = exchange.route(to)
      return { step: 'publish', message: shown(message), to, queues, delayMs, isStored, fault }
    },
  }
}

/** Takes the first message that is available, and begins its lane. `duplicates`: one more copy of
 *  it is handed out next. `reorderings`: it overtakes those before it. */
export function receive(queue: SimulatedQueue): Step<string> {
  let copy: Copy | undefined
  let fault: 'duplicates' | 'reorderings' | undefined
  const handOut = (position: number): string => {
    const lane = queue.handOut(position)
    copy = queue.inFlight.get(lane)
    return lane
  }
  return {
    kind: 'receive',
    resource: queue.resource,
    access: 'write',
    idle: true,
    guard: () => queue.hasAvailable(),
    effect: () => handOut(0),
    faults: [
      {
        spends: 'duplicates',
        effect: () => {
          fault = 'duplicates'
          const lane = handOut(0)
          if (copy) queue.storeAgain('head', copy)
          return lane
        },
      },
      {
        spends: 'reorderings',
        variants: () => queue.available().length - 1,
        offers: (variant) => queue.available()[variant + 1]?.name,
        effect: (variant) => {
          fault = 'reorderings'
          return handOut(variant + 1)
        },
      },
    ],
    opens: (lane) => lane,
    offers: () => queue.available()[0]?.name,
    digest: () => (copy ? digestOfCopy(copy) : digestOf(copy)),
    detail: (): BrokerDetail | undefined => {
      if (!copy) return undefined
      const [message, attempt] = [shown(copy.message), attemptOf(copy)]
      return { step: 'receive', message, queue: queue.name, attempt, copy: copy.kind, fault }
    },
  }
}

export type Held = { readonly queue: SimulatedQueue; readonly lane: Lane; readonly copy: Copy }

/** Does what the handler decided, and ends the lane. Without effect where the broker has taken the
 *  delivery back. */
export function settle({ queue, lane, copy }: Held, outcome: Outcome): Step<Settled> {
  let became: Settled = 'lost'
  return {
    kind: outcome.kind,
    resource: queue.resource,
    access: 'write',
    lane,
    closes: true,
    effect: () => (became = queue.settle(lane.name, outcome)),
    detail: (): BrokerDetail => {
      const [message, attempt] = [shown(copy.message), attemptOf(copy)]
      return { step: 'settle', message, queue: queue.name, attempt, outcome, became }
    },
  }
}
