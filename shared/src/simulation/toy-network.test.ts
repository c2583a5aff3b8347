// The scheduler knows nothing of queues and stores: a network that loses and duplicates packets is
// one more resource, whole in this file. Over it, three protocols hand two items from a sender to a
// receiver; only the one that repeats itself and counts does it exactly once.

import { expect, test } from 'vitest'
import { digestOf, exploreSystem, type Process, type Simulation, type System } from './index.ts'

type Packet = { readonly number: number; readonly item?: string }

class Network {
  readonly #simulation: Simulation
  readonly #links = new Map<string, Packet[]>()
  /** Until when each waits for a packet: guards read it, so it has to be in a digest. */
  readonly #deadlines = new Map<string, number>()

  constructor(simulation: Simulation) {
    this.#simulation = simulation
    simulation.state(() => digestOf([this.#links, this.#deadlines]))
  }

  send(process: Process, to: string, packet: Packet): Promise<void> {
    const arrive = (times: number): void => {
      for (let time = 0; time < times; time += 1) this.#link(to).push(packet)
    }
    return process.operation({
      kind: 'send',
      resource: to,
      access: 'write',
      effect: () => arrive(1),
      faults: [
        { spends: 'losses', effect: () => arrive(0) },
        { spends: 'duplicates', effect: () => arrive(2) },
      ],
    })
  }

  /** Resolves with the next packet, or with nothing once so much time has gone by. */
  receive(process: Process, at: string, waitMs = Infinity): Promise<Packet | undefined> {
    const simulation = this.#simulation
    const untilMs = simulation.nowMs + waitMs
    const alarm = {}
    if (waitMs < Infinity) simulation.alarms.set(alarm, untilMs)
    this.#deadlines.set(at, untilMs)
    return process.operation({
      kind: 'receive',
      resource: at,
      access: 'write',
      idle: waitMs === Infinity,
      guard: () => this.#link(at).length > 0 || simulation.nowMs >= untilMs,
      effect: () => {
        simulation.alarms.clear(alarm)
        return this.#link(at).shift()
      },
    })
  }

  #link(to: string): Packet[] {
    const link = this.#links.get(to) ?? []
    this.#links.set(to, link)
    return link
  }
}

type Protocol = { readonly repeats: boolean; readonly counts: boolean }

const items = ['ann', 'ben']

const handingOver =
  ({ repeats, counts }: Protocol): System =>
  (simulation) => {
    const network = new Network(simulation)
    const received: string[] = []
    const send = async (process: Process): Promise<void> => {
      for (const [number, item] of items.entries()) {
        for (;;) {
          await network.send(process, 'receiver', { number, item })
          const answer = await network.receive(process, 'sender', 10)
          const isForThis = answer !== undefined && (!counts || answer.number === number)
          if (isForThis || !repeats) break
        }
      }
    }
    const receive = async (process: Process): Promise<void> => {
      for (;;) {
        const { number = 0, item = '' } = (await network.receive(process, 'receiver')) ?? {}
        if (!counts || number === received.length) received.push(item)
        await network.send(process, 'sender', { number })
      }
    }
    simulation.process({ name: 'sender', start: (process) => void send(process) })
    simulation.process({ name: 'receiver', start: (process) => void receive(process) })
    return {
      atEnd: () =>
        received.join() === items.join()
          ? undefined
          : { code: 'NOT_ONCE', sentence: `expected ${items.join()}, got ${received.join()}` },
    }
  }

async function explore(protocol: Protocol, faults: Readonly<Record<string, number>>) {
  const { counterexample, coverage } = await exploreSystem({
    system: handingOver(protocol),
    faults,
  })
  return counterexample?.finding.sentence ?? coverage.kind
}

test('on a network without faults, two items arrive once, each of them', async () => {
  expect(await explore({ repeats: false, counts: false }, {})).toBe('all')
})

test('without repetition, a lost packet is lost', async () => {
  const sentence = await explore({ repeats: false, counts: true }, { losses: 1 })
  expect(sentence).toBe('expected ann,ben, got ann')
})

test.each([{ losses: 1 }, { duplicates: 1 }])(
  'with repetition and without numbers, %o makes an item arrive twice',
  async (faults) => {
    const sentence = await explore({ repeats: true, counts: false }, faults)
    expect(sentence).toMatch(/^expected ann,ben, got (ann,ann,ben|ann,ben,ben)$/)
  },
)

test('with repetition and numbers, every schedule with three faults hands over each once', async () => {
  const faults = { losses: 2, duplicates: 1 }
  expect(await explore({ repeats: true, counts: true }, faults)).toBe('all')
})
