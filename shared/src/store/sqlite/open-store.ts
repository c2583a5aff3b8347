// The store's calls over its parts: what is checked before any effect, what is written through the
// group commit, what is read at once, and what becomes of a call once the store is closed.

import { type GroupCommit, whenUnlocked } from '../../sqlite/index.ts'
import { Unavailable } from '../../world/index.ts'
import { frozenCopy } from '../frozen.ts'
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
import type { EntryTable } from './entry-table.ts'

export interface SqliteStore extends Store {
  /** What `pragma name` reads on the connection that this store writes with. */
  setting(name: string): unknown
  /** What a killed process does, for tests: accepted writes are not finished, nothing settles. */
  abandon(): void
}

export type StoreParts = {
  readonly features: StoreFeatures
  readonly table: EntryTable
  readonly group: GroupCommit
  /** How long a read waits for a locked file, in milliseconds. */
  readonly lockedForMs: number
  closeFile(): void
}

export class OpenStore implements SqliteStore {
  readonly features: StoreFeatures
  readonly #parts: StoreParts
  /** How many writes of each key have not resolved. */
  readonly #saving = new Map<string, number>()
  #state: 'open' | 'closed' | 'abandoned' = 'open'
  #closing: Promise<void> | undefined

  constructor(parts: StoreParts) {
    this.features = parts.features
    this.#parts = parts
  }

  async load<T>(key: string, whenAbsent: T): Promise<Loaded<T>> {
    checkKey(key)
    const entry = await this.#read(
      () => this.#parts.table.get(key),
      () => this.#saving.has(key),
    )
    if (entry === undefined) return { value: frozenCopy(whenAbsent), version: absent }
    return { value: entry.value as T, version: entry.version }
  }

  async save(key: string, value: unknown, expected: Version): Promise<Version> {
    const [version = absent] = await this.saveAll([{ key, value, expected }])
    return version
  }

  async remove(key: string, expected: Version): Promise<void> {
    await this.saveAll([{ key, remove: true, expected }])
  }

  async saveAll(writes: readonly Write[]): Promise<readonly Version[]> {
    if (this.#state !== 'open') return this.#ended()
    const { table, group } = this.#parts
    const checked = checkWrites(writes, this.features)
    if (checked.length === 0) return []
    for (const { key } of checked) this.#saving.set(key, (this.#saving.get(key) ?? 0) + 1)
    try {
      return await group.run(() => checked.map((write) => table.apply(write)))
    } finally {
      for (const { key } of checked) this.#saved(key)
    }
  }

  #saved(key: string): void {
    const others = (this.#saving.get(key) ?? 1) - 1
    if (others > 0) this.#saving.set(key, others)
    else this.#saving.delete(key)
  }

  async list<T = unknown>(prefix: string, options: ListOptions): Promise<readonly Entry<T>[]> {
    checkPrefix(prefix)
    const checked = checkListOptions(options)
    const entries = await this.#read(() => this.#parts.table.list(prefix, checked))
    return entries as readonly Entry<T>[]
  }

  async pending<T = unknown>(options: ListOptions): Promise<readonly Entry<T>[]> {
    const checked = checkListOptions(options)
    const entries = await this.#read(() => this.#parts.table.pending(checked))
    return entries as readonly Entry<T>[]
  }

  setting(name: string): unknown {
    return this.#parts.table.setting(name)
  }

  async close(): Promise<void> {
    if (this.#state === 'open') this.#state = 'closed'
    if (this.#state === 'abandoned') return
    this.#closing ??= this.#finish()
    await this.#closing
  }

  abandon(): void {
    this.#state = 'abandoned'
    this.#parts.group.abandon()
    this.#parts.closeFile()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #finish(): Promise<void> {
    await this.#parts.group.close()
    this.#parts.closeFile()
  }

  /** What is given is on the disk, so that nothing is built on what a power cut would undo. */
  async #read<T>(work: () => T, isMine = () => this.#saving.size > 0): Promise<T> {
    const { group, lockedForMs } = this.#parts
    group.hurry()
    const giveUpAtMs = performance.now() + lockedForMs
    const read = await whenUnlocked(
      () => (this.#state === 'open' ? { result: group.read(work) } : undefined),
      { giveUpAtMs },
    )
    if (read === undefined) return this.#ended()
    await group.onDisk(isMine())
    return read.result
  }

  /** The end of a call that came too late. A killed process does not even learn that it did. */
  #ended(): Promise<never> {
    if (this.#state === 'abandoned') return new Promise(() => {})
    return Promise.reject(
      new Unavailable('expected an open store, got a closed one. Open it again'),
    )
  }
}
