// What the simulated store holds: every value that each key ever had, by version, and which of them
// is there now. A version is the place of a value among those of its key: it is never given twice,
// and does not depend on what happens to other keys. Nothing here waits: calls are parts of steps.

import { digestOfText, empty, join, mix, type Simulation } from '../../simulation/index.ts'
import { canonicalJson } from '../../message/index.ts'
import { frozenJson } from '../frozen.ts'
import { absent, type Entry, type ListOptions, type Loaded, type Version } from '../store.ts'
import type { CheckedWrite } from '../write-set.ts'

/** Which entries do not stay for ever, and how they go. */
export type Expiry = {
  /** How long after it was saved an entry expires, in milliseconds; undefined: never. */
  readonly lifetimeMs: (key: string, value: unknown) => number | undefined
  /** `vanishes`: an entry is gone as soon as it has expired. `lingers`: it goes at any later
   *  moment, and may be read until it does. */
  readonly mode: 'vanishes' | 'lingers'
}

export type StoreSize = {
  readonly entries: number
  /** Of all keys, and of all values as JSON. */
  readonly bytes: number
  readonly largestBytes: number
}

/** A value that a key has, or had. */
type Saved = {
  /** Frozen, to its depth. */
  readonly loaded: Loaded<unknown>
  readonly isPending: boolean
  readonly savedAtMs: number
  readonly expiresAtMs: number
  /** Of the value and its version. */
  readonly digest: number
}

type Cell = {
  readonly key: string
  readonly digest: number
  /** By version; at `absent` there is nothing. */
  readonly saved: (Saved | undefined)[]
  version: Version
}

export class Entries {
  readonly #simulation: Simulation
  readonly #expiry: Expiry | undefined
  readonly #cells = new Map<string, Cell>()
  /** Those that have a value, be it expired: a long run leaves many that have none. */
  readonly #filled = new Set<Cell>()
  /** In the order in which they were saved. */
  readonly #pending = new Set<Cell>()

  constructor(simulation: Simulation, expiry?: Expiry) {
    this.#simulation = simulation
    this.#expiry = expiry
  }

  /** The value that `key` has or had at `version`, by default now. */
  get(key: string, version: Version = this.version(key)): Loaded<unknown> | undefined {
    return this.#cells.get(key)?.saved[version]?.loaded
  }

  version(key: string): Version {
    const cell = this.#cells.get(key)
    return (cell && this.#now(cell)?.loaded.version) ?? absent
  }

  /** The versions that `key` had before the one that it has now, the latest first. */
  older(key: string): readonly Version[] {
    const now = this.version(key)
    const versions = this.#cells.get(key)?.saved.map((_, version) => version as Version) ?? []
    return versions.filter((version) => version !== now).toReversed()
  }

  /** The digest of a value and its version. */
  digestOf(key: string, version: Version): number {
    return this.#cells.get(key)?.saved[version]?.digest ?? empty
  }

  /** The first key that is not at the version expected. */
  conflict(writes: readonly CheckedWrite[]): string | undefined {
    return writes.find(({ key, expected }) => this.version(key) !== expected)?.key
  }

  /** Does all of them, and gives the new versions. */
  apply(writes: readonly CheckedWrite[]): readonly Version[] {
    return writes.map(({ key, json, pending }) => {
      const cell = this.#cell(key)
      if (json === undefined) return this.#set(cell, undefined)
      const { nowMs, tracksState } = this.#simulation
      const value = frozenJson(json)
      const version = cell.saved.length as Version
      return this.#set(cell, {
        loaded: Object.freeze({ value, version }),
        isPending: pending,
        savedAtMs: nowMs,
        expiresAtMs: nowMs + (this.#expiry?.lifetimeMs(key, value) ?? Infinity),
        digest: tracksState ? mix(digestOfText(json), version) : empty,
      })
    })
  }

  /** Takes away what is stored under `key`. */
  drop(key: string): void {
    this.#set(this.#cell(key), undefined)
  }

  /** The keys of what has expired and is still there. */
  expired(): readonly string[] {
    const { nowMs } = this.#simulation
    const expired = this.#stored(this.#cells.values()).filter(([, one]) => one.expiresAtMs <= nowMs)
    return expired.map(([key]) => key)
  }

  list(prefix: string, options: Required<ListOptions>): readonly Entry[] {
    const found = [...this.#filled].filter(({ key }) => key.startsWith(prefix))
    return this.#chosen(this.#stored(found).toSorted(byBytes), options)
  }

  pending(options: Required<ListOptions>): readonly Entry[] {
    return this.#chosen(this.#stored(this.#pending), options)
  }

  size(): StoreSize {
    const stored = this.#stored(this.#filled)
    const sizes = stored.map(([, { loaded }]) => Buffer.byteLength(canonicalJson(loaded.value)))
    const keys = stored.map(([key]) => Buffer.byteLength(key))
    return {
      entries: sizes.length,
      bytes: [...keys, ...sizes].reduce((sum, bytes) => sum + bytes, 0),
      largestBytes: sizes.reduce((most, bytes) => Math.max(most, bytes), 0),
    }
  }

  /** Tells apart what can make a difference to a later step, among it which versions were given,
   *  and the order of what is pending. */
  digest(): number {
    const isPastSeen = this.#simulation.budget.has('staleReads')
    let all = 0
    for (const cell of this.#cells.values()) {
      if (cell.saved.length === 1) continue
      const now = this.#now(cell)
      let one = mix(cell.digest, cell.saved.length)
      if (now) one = mix(mix(one, now.digest), now.savedAtMs)
      if (isPastSeen) for (const before of cell.saved) one = mix(one, before?.digest ?? empty)
      all = join(all, one)
    }
    for (const cell of this.#pending) if (this.#now(cell)) all = mix(all, cell.digest)
    return all
  }

  #now({ saved, version }: Cell): Saved | undefined {
    const now = saved[version]
    const isGone =
      this.#expiry?.mode === 'vanishes' && now && this.#simulation.nowMs >= now.expiresAtMs
    return isGone ? undefined : now
  }

  #stored(cells: Iterable<Cell>): readonly Stored[] {
    return [...cells].flatMap((cell) => {
      const now = this.#now(cell)
      return now ? [[cell.key, now] as const] : []
    })
  }

  #chosen(found: readonly Stored[], { limit, olderThanMs }: Required<ListOptions>) {
    const savedByMs = this.#simulation.nowMs - olderThanMs
    const old = found.filter(([, { savedAtMs }]) => savedAtMs <= savedByMs)
    return old.slice(0, limit).map(([key, { loaded }]) => ({ key, ...loaded }))
  }

  #cell(key: string): Cell {
    const known = this.#cells.get(key)
    if (known) return known
    const cell = { key, digest: digestOfText(key), saved: [undefined], version: absent }
    this.#cells.set(key, cell)
    return cell
  }

  /** The one place where anything changes. */
  #set(cell: Cell, saved: Saved | undefined): Version {
    const { alarms } = this.#simulation
    if (saved) cell.saved.push(saved)
    cell.version = saved?.loaded.version ?? absent
    if (saved) this.#filled.add(cell)
    else this.#filled.delete(cell)
    this.#pending.delete(cell)
    if (saved?.isPending) this.#pending.add(cell)
    alarms.clear(cell)
    if (saved && saved.expiresAtMs < Infinity) alarms.set(cell, saved.expiresAtMs)
    return cell.version
  }
}

type Stored = readonly [key: string, saved: Saved]

const byBytes = ([a]: Stored, [b]: Stored): number => Buffer.compare(Buffer.from(a), Buffer.from(b))
