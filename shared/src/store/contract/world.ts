// What a conformance case needs of the world it runs in: processes on one store, and time. A case
// has no timer of its own, so that the same case runs on the real clock and through a simulated
// schedule.

import type { TestTime } from '../../world/index.ts'
import type { Store, StoreFeatures } from '../store.ts'

export interface StoreWorld extends TestTime {
  /** How many write to one key at once. Default 100; fewer where each call takes milliseconds. */
  readonly writers?: number
  /** One more process on the same store, which is empty at first. */
  open(): Promise<Store>
  /** Ends that process as `kill -9` would: what it had not finished never settles. */
  crash(store: Store): Promise<void>
}

type Flags = {
  readonly [
    Name in keyof StoreFeatures as StoreFeatures[Name] extends boolean ? Name : never
  ]: StoreFeatures[Name]
}

export type StoreObligation = {
  /** The number in `store.ts`: `S4`. A second case of the same number has a letter: `S4b`. */
  readonly id: string
  /** The guarantee, as a sentence. */
  readonly title: string
  /** Only adapters that declare these features can pass. */
  readonly needs?: keyof Flags | readonly (keyof Flags)[]
  run(world: StoreWorld): Promise<void>
}
