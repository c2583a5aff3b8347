// Where the consumers of one process take and return messages. Everything that it writes in one
// turn of the event loop is one transaction, and what its consumers hold stays leased while they
// work.

import type { GroupCommit } from '../../sqlite/index.ts'
import type { Outcome, Settled } from '../broker.ts'
import type { LeaseTrust } from './lease-trust.ts'
import type { Lease, Leases } from './leases.ts'
import type { Messages } from './messages.ts'

/** What a power cut undoes here is a message that is handed out once more, as any may be: nobody
 *  waits for the disk. */
const handedOutAgain = { durable: false } as const

export type DeskOptions = {
  readonly group: GroupCommit
  readonly leases: Leases
  readonly messages: Messages
  readonly trust: LeaseTrust
  readonly leaseMs: number
  readonly renewMs: number
  /** Called when messages of `queue` became ready, or will. */
  readonly onReturn: (queue: string) => void
}

export type Taking = {
  readonly limit: () => number
  /** Whether what is due by now, and what nobody holds any more, may be taken as well. */
  readonly makesReady: boolean
  /** Is told, amid the transaction, how many it takes: nobody else has them from then on. */
  readonly onTaken: (count: number) => void
}

/** What may be taken: now, or in `inMs`, or as far as anybody knows never. */
export type Prospect = { readonly isReady: boolean; readonly inMs?: number }

/** A lease, and how to tell its handler that it is gone. */
export type Held = { readonly lease: Lease; readonly abort: AbortController }

export class Desk {
  readonly #options: DeskOptions
  readonly #held = new Set<Held>()
  #renewal: NodeJS.Timeout | undefined

  constructor(options: DeskOptions) {
    this.#options = options
  }

  /** What a consumer of `queue` may expect. Throws where the file cannot be read right now. */
  prospect(queue: string): Prospect {
    const nowMs = Date.now()
    const { ready, delayedUntilMs, leasedUntilMs, leasedAtMs, delayedAtMs } =
      this.#options.messages.outlook(queue)
    const takesExpiredFromMs = this.#options.trust.observe(nowMs)
    // Something was done later than now: the clock was set back, and a claim puts that right.
    const isReady = ready === 1 || (leasedAtMs ?? 0) > nowMs || (delayedAtMs ?? 0) > nowMs
    const nextMs = Math.min(
      delayedUntilMs ?? Infinity,
      leasedUntilMs === null ? Infinity : Math.max(leasedUntilMs, takesExpiredFromMs),
    )
    if (isReady || nextMs <= nowMs) return { isReady: true }
    return nextMs === Infinity ? { isReady: false } : { isReady: false, inMs: nextMs - nowMs }
  }

  /** Leases up to `limit` messages, which is asked at the time of the transaction. Rejects where
   *  the file cannot be written. */
  async claim(queue: string, { limit, makesReady, onTaken }: Taking): Promise<readonly Held[]> {
    const { group, leases, leaseMs, trust, onReturn } = this.#options
    const { leases: taken, buried } = await group.run(() => {
      const nowMs = Date.now()
      const takesExpired = trust.observe(nowMs) <= nowMs
      const claim = { queue, limit: limit(), nowMs, leaseMs, takesExpired, makesReady }
      const claimed = leases.claim(claim)
      onTaken(claimed.leases.length)
      return claimed
    }, handedOutAgain)
    const held = taken.map((lease) => ({ lease, abort: new AbortController() }))
    for (const one of held) this.#held.add(one)
    if (held.length > 0) this.#keepRenewing()
    // There are dead letters now, and perhaps others behind what was taken for nothing.
    if (buried > 0) onReturn(queue)
    return held
  }

  /** Does what the handler decided, and says what became of it. Never rejects: what cannot be
   *  settled is lost here, and handed out again when its lease ends. */
  async settle(held: Held, outcome: Outcome): Promise<Settled> {
    const { group, leases, onReturn } = this.#options
    const { lease } = held
    try {
      const settled = await group.run(
        () => leases.settle(lease, outcome, Date.now()),
        handedOutAgain,
      )
      if (settled !== 'acked' && settled !== 'lost') onReturn(lease.queue)
      return settled
    } catch {
      return 'lost'
    } finally {
      this.#forget([held])
    }
  }

  /** Gives back, uncounted, what a handler does not give back in time. Never rejects, likewise. */
  async giveBack(held: readonly Held[]): Promise<void> {
    const given = held.map(({ lease }) =>
      this.#options.group.run(
        () => this.#options.leases.settle(lease, { kind: 'release' }, 0),
        handedOutAgain,
      ),
    )
    // What cannot be given back is not renewed either: its lease ends by itself.
    this.#forget(held)
    await Promise.allSettled(given)
    for (const queue of new Set(held.map(({ lease }) => lease.queue))) this.#options.onReturn(queue)
  }

  /** Renews nothing from now on. */
  stop(): void {
    this.#forget([...this.#held])
  }

  #forget(held: readonly Held[]): void {
    for (const one of held) this.#held.delete(one)
    if (this.#held.size > 0) return
    clearInterval(this.#renewal)
    this.#renewal = undefined
  }

  #keepRenewing(): void {
    // The promise never rejects, see there.
    this.#renewal ??= setInterval(() => void this.#renew(), this.#options.renewMs)
  }

  /** Never rejects: what could not be renewed is tried again the next time. */
  async #renew(): Promise<void> {
    const { group, leases, leaseMs } = this.#options
    const held = [...this.#held]
    try {
      const gone = await group.run(() => {
        const dueAtMs = Date.now() + leaseMs
        return held.filter(({ lease }) => !leases.renew(lease, dueAtMs))
      }, handedOutAgain)
      for (const one of gone) {
        // One that was settled in the meantime is no longer held, and was not taken by anybody.
        if (this.#held.has(one)) one.abort.abort(new Error('the lease ended and was taken over'))
      }
      this.#forget(gone)
    } catch {
      // The file is locked or the disk is full. A lease that ends for it is found gone later.
    }
  }
}
