// The store's calls over its parts: what is checked before any effect, what is sent, what an error
// means, and what becomes of a call once the store is closed.

import { randomUUID } from 'node:crypto'
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
import type { CallOptions } from './document-client.ts'
import { afterRead, afterWrite, wasRepeated } from './errors.ts'
import { get, list, pending, type ReadFrom } from './reads.ts'
import { type TableWrite, tableWrite, type WriteTo } from './writes.ts'

export type StoreParts = ReadFrom &
  Pick<WriteTo, 'lifetimeMs'> & {
    readonly features: StoreFeatures
    /** How long one call may take, in milliseconds. */
    readonly timeLimitMs: number
  }

export class OpenStore implements Store {
  readonly features: StoreFeatures
  readonly #parts: StoreParts
  readonly #underWay = new Set<Promise<unknown>>()
  #isClosed = false

  constructor(parts: StoreParts) {
    this.features = parts.features
    this.#parts = parts
  }

  async load<T>(key: string, whenAbsent: T): Promise<Loaded<T>> {
    checkKey(key)
    const entry = await this.#read((options) => get(this.#parts, key, options))
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
    this.#demandOpen()
    const checked = checkWrites(writes, this.features)
    if (checked.length === 0) return []
    const { table, shards, lifetimeMs, nowMicros } = this.#parts
    const to = { table, shards, lifetimeMs, nowMicros: nowMicros() }
    const keys = checked.map(({ key }) => key)
    return this.#tracked(
      this.#write(
        checked.map((write) => tableWrite(write, to)),
        keys,
      ),
    )
  }

  async list<T = unknown>(prefix: string, options: ListOptions): Promise<readonly Entry<T>[]> {
    checkPrefix(prefix)
    const asked = { prefix, ...checkListOptions(options) }
    return (await this.#read((call) => list(this.#parts, asked, call))) as readonly Entry<T>[]
  }

  async pending<T = unknown>(options: ListOptions): Promise<readonly Entry<T>[]> {
    const asked = checkListOptions(options)
    return (await this.#read((call) => pending(this.#parts, asked, call))) as readonly Entry<T>[]
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.allSettled(this.#underWay)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #write(
    writes: readonly TableWrite[],
    keys: readonly string[],
  ): Promise<readonly Version[]> {
    const versions = writes.map(({ version }) => version)
    try {
      await this.#send(writes)
      return versions
    } catch (error) {
      if (wasRepeated(error) && (await this.#isOwn(keys, versions))) return versions
      throw afterWrite(error, keys)
    }
  }

  async #send(writes: readonly TableWrite[]): Promise<void> {
    const { documents } = this.#parts
    const options = this.#options()
    const [one] = writes
    if (one === undefined) return
    if (writes.length > 1) {
      const items = writes.map((write) =>
        'put' in write ? { Put: write.put } : { Delete: write.delete },
      )
      // The same for every try of this call, and only for them.
      const token = { ClientRequestToken: randomUUID() }
      await documents.transactWrite({ TransactItems: items, ...token }, options)
    } else if ('put' in one) await documents.put(one.put, options)
    else await documents.delete(one.delete, options)
  }

  /** Whether a write has been applied, as far as its own version is still to be seen. */
  async #isOwn(keys: readonly string[], versions: readonly Version[]): Promise<boolean> {
    const saved = versions.findIndex((version) => version !== absent)
    const key = keys[saved]
    if (key === undefined) return false
    const entry = await get(this.#parts, key, this.#options()).catch(() => undefined)
    return entry?.version === versions[saved]
  }

  #read<T>(work: (options: CallOptions) => Promise<T>): Promise<T> {
    this.#demandOpen()
    const read = work(this.#options()).catch((error: unknown) => {
      throw afterRead(error)
    })
    return this.#tracked(read)
  }

  #options(): CallOptions {
    return { abortSignal: AbortSignal.timeout(this.#parts.timeLimitMs) }
  }

  #tracked<T>(call: Promise<T>): Promise<T> {
    const settled = call.finally(() => this.#underWay.delete(settled))
    this.#underWay.add(settled)
    return settled
  }

  #demandOpen(): void {
    if (!this.#isClosed) return
    throw new Unavailable('expected an open store, got a closed one. Open it again')
  }
}
