// Every way in which a few processes on one simulated store can end, over all schedules and faults:
// what the meaning of a fault is asserted on.

import assert from 'node:assert/strict'
import {
  type Checks,
  exploreSystem,
  type Process,
  type Simulation,
  simulatedWorld,
  type SystemOptions,
} from '../../../simulation/index.ts'
import type { Store } from '../../store.ts'
import { SimulatedStore, type SimulatedStoreOptions } from '../simulated-store.ts'

/** What a process does, and what it has to say of it. It runs again after a crash. */
export type Act = (store: Store, world: ReturnType<typeof simulatedWorld>) => Promise<unknown>

export type Story = Omit<SystemOptions, 'system'> & {
  readonly acts: readonly Act[]
  readonly store?: SimulatedStoreOptions
  /** What is stored at the start. */
  readonly given?: Readonly<Record<string, unknown>>
}

export type Staged = {
  readonly simulation: Simulation
  readonly store: SimulatedStore
  /** What each process said last: a failure is its name. */
  readonly said: readonly string[]
}

/** Sets the story up in `simulation`. */
export function staged(simulation: Simulation, { acts, store: options, given }: Story): Staged {
  const store = new SimulatedStore(simulation, options)
  for (const [key, value] of Object.entries(given ?? {})) store.put(key, value)
  const said: string[] = acts.map(() => 'nothing')
  for (const [index, act] of acts.entries()) {
    const start = (process: Process): void =>
      void act(store.open(process), simulatedWorld(process)).then(
        (words) => (said[index] = String(words)),
        (error: unknown) => (said[index] = error instanceof Error ? error.name : String(error)),
      )
    simulation.process({ name: `process-${index + 1}`, start })
  }
  return { simulation, store, said }
}

/** Everything that is stored: `order-1=paid`. */
export const contents = (store: SimulatedStore): string =>
  store
    .entries()
    .map(({ key, value }) => `${key}=${String(value)}`)
    .join(' ')

/** How the story can end: what the processes said, and what is stored, as `say` puts it. */
export async function endings(
  story: Story,
  say = ({ said, store }: Staged): string => `${said.join(', ')} | ${contents(store)}`,
): Promise<readonly string[]> {
  const ends = new Set<string>()
  await explored(story, (stage) => ({ atEnd: () => void ends.add(say(stage)) }))
  return [...ends].toSorted()
}

/** All that can happen at some moment of the story, in the words of the scheduler. */
export async function offers(story: Story): Promise<readonly string[]> {
  const labels = new Set<string>()
  await explored(story, ({ simulation }) => ({
    always: () => {
      const options = simulation.enumerate()
      for (let at = 0; at < options.length; at += 1) labels.add(options.at(at).label)
      return undefined
    },
    atEnd: () => undefined,
  }))
  return [...labels].toSorted()
}

/** Explores all schedules of the story; asserts that `checks` find nothing wrong. */
export async function explored(story: Story, checks: (stage: Staged) => Checks): Promise<void> {
  const { counterexample, coverage } = await exploreSystem({
    ...story,
    system: (simulation) => checks(staged(simulation, story)),
  })
  assert.equal(counterexample?.finding.sentence, undefined)
  assert.equal(coverage.kind, 'all')
}
