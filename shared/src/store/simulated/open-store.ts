// The simulated store as one process sees it: what is checked before any step, and what becomes of
// a call once the store is closed.

import type { Process, Step } from '../../simulation/index.ts'
import { TooLarge, Unavailable } from '../../world/index.ts'
import { checkKey, checkPrefix } from '../keys.ts'
import { checkListOptions } from '../list-options.ts'
import {
  absent,
  type Entry,
  type ListOptions,
  type Loaded,
  type Store,
  type StoreFeatures,
  type Version,
  type Write,
} from '../store.ts'
import { checkWrites } from '../write-set.ts'
import {
  findStep,
  footprintOf,
  loadStep,
  refusedStep,
  type StepParts,
  type WriteCall,
  writeStep,
} from './steps.ts'

export type OpenStoreParts = StepParts & {
  readonly process: Process
  readonly features: StoreFeatures
}

export class OpenStore implements Store {
  readonly features: StoreFeatures
  readonly #parts: OpenStoreParts
  readonly #accepted: Promise<unknown>[] = []
  #isClosed = false

  constructor(parts: OpenStoreParts) {
    this.features = parts.features
    this.#parts = parts
  }

  async load<T>(key: string, whenAbsent: T): Promise<Loaded<T>> {
    checkKey(key)
    return this.#take(loadStep(this.#parts, { key, whenAbsent }))
  }

  async save(key: string, value: unknown, expected: Version): Promise<Version> {
    const [version = absent] = await this.#write('save', [{ key, value, expected }])
    return version
  }

  async remove(key: string, expected: Version): Promise<void> {
    await this.#write('remove', [{ key, remove: true, expected }])
  }

  saveAll(writes: readonly Write[]): Promise<readonly Version[]> {
    return this.#write('save all', writes)
  }

  async list<T = unknown>(prefix: string, options: ListOptions): Promise<readonly Entry<T>[]> {
    checkPrefix(prefix)
    const checked = checkListOptions(options)
    const find = (): readonly Entry[] => this.#parts.entries.list(prefix, checked)
    const step = findStep(this.#parts, { kind: 'list', resource: footprintOf(prefix), find })
    return (await this.#take(step)) as readonly Entry<T>[]
  }

  async pending<T = unknown>(options: ListOptions): Promise<readonly Entry<T>[]> {
    const checked = checkListOptions(options)
    const find = (): readonly Entry[] => this.#parts.entries.pending(checked)
    // It reads all partitions, and no one name stands for all of their writes.
    const step = findStep(this.#parts, { kind: 'pending', resource: '*', find })
    return (await this.#take(step)) as readonly Entry<T>[]
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.allSettled(this.#accepted)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #write(kind: WriteCall['kind'], given: readonly Write[]): Promise<readonly Version[]> {
    this.#demandOpen()
    const [first] = given
    if (first === undefined) return []
    const call = { kind, resource: footprintOf(first.key) }
    let writes: WriteCall['writes']
    try {
      writes = checkWrites(given, this.features)
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error
      // A step, so that a picture shows what was tried.
      return this.#take(refusedStep(this.#parts, { ...call, error, given }))
    }
    return this.#take(writeStep(this.#parts, { ...call, writes }))
  }

  #take<T>(step: Step<T>): Promise<T> {
    this.#demandOpen()
    const taken = this.#parts.process.operation(step)
    this.#accepted.push(taken)
    return taken
  }

  #demandOpen(): void {
    if (!this.#isClosed) return
    throw new Unavailable('expected an open store, got a closed one. Open it again')
  }
}
