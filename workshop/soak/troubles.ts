// Makes the troubles of a plan happen, each at its moment, and counts those that did. One that
// finds nobody to meet waits until somebody is there; whatever lasts is over when the last one
// resolves.

import { setTimeout as timer } from 'node:timers/promises'
import type { Auditor } from './auditor.ts'
import type { Crew } from './crew.ts'
import type { Hub } from './hub.ts'
import type { Member } from './member.ts'
import type { Place } from './place.ts'
import type { Trouble, TroubleKind } from './plan.ts'

export type Stage = {
  readonly place: Place
  readonly hub: Hub
  readonly crew: Crew
  readonly auditor: Auditor
}

export type Happened = Readonly<Record<TroubleKind, number>>

const pollMs = 20
/** For so long a kill that is aimed waits for a message. */
const aimingMs = 500

export class Troubles {
  readonly #stage: Stage
  readonly #happened = { kill: 0, crash: 0, pause: 0, cut: 0, hole: 0, restart: 0, full: 0 }
  readonly #lasting = new Set<Promise<void>>()
  /** Wires that swallow at the moment. */
  readonly #swallowed = new Set<string>()
  #isRestarting = false

  constructor(stage: Stage) {
    this.#stage = stage
  }

  /** How many there were of each. Of crashes: how many were ordered. */
  get happened(): Happened {
    return this.#happened
  }

  /** Until the plan or the time is over. Rejects where something cannot be put right again. */
  async run(plan: readonly Trouble[], signal: AbortSignal): Promise<void> {
    const startMs = performance.now()
    for (const trouble of plan) {
      const waitMs = startMs + trouble.atMs - performance.now()
      if (waitMs > 0) await timer(waitMs, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) break
      await this.#happen(trouble, signal)
    }
    await Promise.all(this.#lasting)
  }

  async #happen(trouble: Trouble, signal: AbortSignal): Promise<void> {
    const { kind, pick, isAimed, lastsMs } = trouble
    switch (kind) {
      case 'kill':
        await (await this.#somebody(trouble, signal))?.killAtWork(isAimed ? aimingMs : 0)
        return
      case 'crash':
        return (await this.#somebody(trouble, signal))?.order({ kind: 'die' })
      case 'pause':
        return this.#last((await this.#somebody(trouble, signal))?.pause(lastsMs))
      case 'cut':
      case 'hole':
        return this.#spoil(kind, pick, lastsMs)
      case 'restart':
        return this.#restart()
      case 'full':
        this.#happened.full += 1
        return this.#last(this.#fill(lastsMs))
    }
  }

  /** A process that is up; undefined where there is none until the time is over. */
  async #somebody({ kind, pick }: Trouble, signal: AbortSignal): Promise<Member | undefined> {
    while (!signal.aborted) {
      const there = this.#stage.crew.up.filter(({ isDoomed }) => !isDoomed)
      const found = there[Math.floor(pick * there.length)]
      if (found) {
        this.#happened[kind] += 1
        return found
      }
      await timer(pollMs)
    }
    return undefined
  }

  #spoil(kind: 'cut' | 'hole', pick: number, ms: number): void {
    const { wires } = this.#stage.place
    const free = wires?.slots.filter((slot) => !this.#swallowed.has(slot)) ?? []
    const slot = free[Math.floor(pick * free.length)]
    if (!wires || slot === undefined) return
    this.#happened[kind] += 1
    if (kind === 'cut') return wires.cut(slot)
    this.#swallowed.add(slot)
    this.#last(wires.swallow(slot, ms).finally(() => this.#swallowed.delete(slot)))
  }

  /** Where the broker is nothing but its processes, all of them: nobody has its file open when the
   *  last one is killed, and whoever opens it next finds its log. */
  async #restart(): Promise<void> {
    const { place, hub, auditor, crew } = this.#stage
    if (this.#isRestarting) return
    this.#happened.restart += 1
    // Nothing else waits for it: processes die while the broker is away, too.
    if (place.restart) {
      this.#isRestarting = true
      return this.#last(place.restart().finally(() => (this.#isRestarting = false)))
    }
    await auditor.leave()
    await hub.leave()
    await crew.killAll()
    await hub.return()
    await auditor.return()
    await crew.start()
  }

  async #fill(ms: number): Promise<void> {
    const { crew } = this.#stage
    // Who is started in the meantime has room: a disk that is full for some is worse.
    const members = crew.up
    for (const member of members) member.order({ kind: 'disk', isFull: true })
    await timer(ms)
    for (const member of members) member.order({ kind: 'disk', isFull: false })
  }

  #last(lasting: Promise<void> | undefined): void {
    if (!lasting) return
    this.#lasting.add(lasting)
    // Whoever waits for the end of them hears of it.
    lasting.catch(() => undefined)
  }
}
