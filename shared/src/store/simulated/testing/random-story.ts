// Small random stories on a simulated store: two processes with two or three calls each, which act
// on what they saw last, in a world with one fault.

import { keysOf } from '../../contract/parts.ts'
import { absent, type Store, type Version } from '../../store.ts'
import type { Act, Story } from './endings.ts'

type Memory = Map<string, Version>
type Call = (...given: [...Parameters<Act>, Memory]) => Promise<unknown>

const keys = ['a', 'a/1', 'b'] as const
const faults = ['failedSaves', 'unknown', 'staleReads', 'crashes'] as const

/** `random`: numbers in [0, 1) by which the story is made. */
export function randomStory(random: () => number): Story {
  const below = (count: number): number => Math.floor(random() * count)
  // There is one at every place below the length.
  const oneOf = <T>(options: readonly T[]): T => options[below(options.length)] as T
  const mode = oneOf([undefined, undefined, 'vanishes', 'lingers'] as const)
  const lifetimeMs = (key: string) => (key === 'a' ? undefined : 10)
  return {
    acts: times(2, () => actOf(times(2 + below(2), () => callOf(oneOf, below(2))))),
    faults: { [oneOf(faults)]: 1 },
    time: oneOf(['lazy', 'adversarial']),
    store: mode ? { expiry: { mode, lifetimeMs } } : {},
  }
}

const times = <T>(count: number, make: () => T): readonly T[] => Array.from({ length: count }, make)

/** One call after the other; says what each of them said. */
function actOf(calls: readonly Call[]): Act {
  return async (store, world) => {
    const memory: Memory = new Map()
    const said: unknown[] = []
    for (const call of calls) {
      try {
        said.push(await call(store, world, memory))
      } catch (error) {
        said.push(error instanceof Error ? error.name : error)
      }
    }
    return said.join(' ')
  }
}

function callOf(oneOf: <T>(options: readonly T[]) => T, value: number): Call {
  const key = oneOf(keys)
  const ms = oneOf([5, 10])
  const seen = (memory: Memory, what: string) => memory.get(what) ?? absent
  const load: Call = async (store, _world, memory) => {
    const loaded = await store.load(key, '-')
    memory.set(key, loaded.version)
    return `${loaded.value}${loaded.version}`
  }
  const save: Call = async (store, _world, memory) => {
    memory.set(key, await store.save(key, value, seen(memory, key)))
    return `v${memory.get(key)}`
  }
  const remove: Call = (store, _world, memory) => store.remove(key, seen(memory, key))
  const both: Call = (store, _world, memory) =>
    store.saveAll([
      { key: 'a', value, expected: seen(memory, 'a') },
      { key: 'a/1', value, expected: seen(memory, 'a/1'), pending: true },
    ])
  const queue: Call = (store, _world, memory) =>
    store.saveAll([{ key, value, expected: seen(memory, key), pending: true }])
  const pending = found((store, options) => store.pending(options), ms)
  const list = found((store, options) => store.list('a/', options), ms)
  const sleep: Call = (_store, world) => world.sleep(ms)
  return oneOf([load, load, save, save, remove, both, queue, pending, list, sleep])
}

type Find = (store: Store, options: Parameters<Store['pending']>[0]) => ReturnType<Store['pending']>

/** By age too, every other time. */
const found =
  (find: Find, ms: number): Call =>
  async (store) =>
    keysOf(await find(store, { limit: 10, olderThanMs: ms === 5 ? 0 : 10 })).join('+')
